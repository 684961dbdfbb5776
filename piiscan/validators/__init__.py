"""Validators: pure functions from a folded value to a `Verdict`. One file a kind of number, one row here.

A validator sees the value as the pattern matched it, after folding: ASCII digits, `-` for every dash, plain spaces.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from piiscan.verdict import Verdict

VALIDATORS = {
    "api_key": "credential:api_key",
    "bank_account": "bank_account:bank_account",
    "basic_pension_number": "pension:basic_pension_number",
    "birth_date": "birth_date:birth_date",
    "card_track": "payment_card:card_track",
    "care_insurance_number": "care_insurance:care_insurance_number",
    "corporate_number": "corporate_number:corporate_number",
    "drivers_licence": "drivers_licence:drivers_licence",
    "email": "email:email",
    "email_unusual": "email:email_unusual",
    "employment_insurance_number": "employment_insurance:employment_insurance_number",
    "health_insurance_number": "health_insurance_card:health_insurance_number",
    "health_insurer_number": "health_insurance:health_insurer_number",
    "ip_address": "network:ip_address",
    "late_elderly_insured_number": "health_insurance:late_elderly_insured_number",
    "mac_address": "network:mac_address",
    "my_number": "my_number:my_number",
    "my_number_card_check": "my_number_card:my_number_card_check",
    "my_number_card_serial": "my_number_card:my_number_card_serial",
    "passport_mrz": "travel:passport_mrz",
    "passport_number": "travel:passport_number",
    "password": "credential:password",
    "payment_card": "payment_card:payment_card",
    "pension_certificate_number": "pension:pension_certificate_number",
    "person_name": "person_name:person_name",
    "person_name_addressed": "person_name:person_name_addressed",
    "person_name_listed": "person_name:person_name_listed",
    "person_name_part": "person_name:person_name_part",
    "phone_international": "phone:phone_international",
    "phone_ip": "phone:phone_ip",
    "phone_landline": "phone:phone_landline",
    "phone_mobile": "phone:phone_mobile",
    "phone_service": "phone:phone_service",
    "pin_code": "credential:pin_code",
    "postal_code": "postal_code:postal_code",
    "public_expense_payer_number": "health_insurance:public_expense_payer_number",
    "public_expense_recipient_number": "health_insurance:public_expense_recipient_number",
    "residence_card_number": "travel:residence_card_number",
    "resident_record_code": "resident_record:resident_record_code",
    "town": "town:town",
    "us_ssn": "us_ssn:us_ssn",
    "vehicle_plate": "vehicle_plate:vehicle_plate",
    "workplace": "workplace:workplace",
    "yucho_symbol_number": "yucho:yucho_symbol_number",
}


#: Those that can judge a column of numbers of one shape at once.
IN_BULK = {
    "bank_account": "bank_account:bank_account_in_bulk",
    "basic_pension_number": "pension:basic_pension_number_in_bulk",
    "care_insurance_number": "care_insurance:care_insurance_number_in_bulk",
    "corporate_number": "corporate_number:corporate_number_in_bulk",
    "drivers_licence": "drivers_licence:drivers_licence_in_bulk",
    "employment_insurance_number": "employment_insurance:employment_insurance_number_in_bulk",
    "health_insurance_number": "health_insurance_card:health_insurance_number_in_bulk",
    "health_insurer_number": "health_insurance:health_insurer_number_in_bulk",
    "late_elderly_insured_number": "health_insurance:late_elderly_insured_number_in_bulk",
    "my_number": "my_number:my_number_in_bulk",
    "my_number_card_serial": "my_number_card:my_number_card_serial_in_bulk",
    "passport_number": "travel:passport_number_in_bulk",
    "payment_card": "payment_card:payment_card_in_bulk",
    "pension_certificate_number": "pension:pension_certificate_number_in_bulk",
    "phone_ip": "phone:phone_ip_in_bulk",
    "phone_landline": "phone:phone_landline_in_bulk",
    "phone_mobile": "phone:phone_mobile_in_bulk",
    "phone_service": "phone:phone_service_in_bulk",
    "postal_code": "postal_code:postal_code_in_bulk",
    "public_expense_payer_number": "health_insurance:public_expense_payer_number_in_bulk",
    "public_expense_recipient_number": "health_insurance:public_expense_recipient_number_in_bulk",
    "residence_card_number": "travel:residence_card_number_in_bulk",
    "resident_record_code": "resident_record:resident_record_code_in_bulk",
    "us_ssn": "us_ssn:us_ssn_in_bulk",
    "yucho_symbol_number": "yucho:yucho_symbol_number_in_bulk",
}

#: Those that can judge many values that are no numbers at once.
OF_MANY = {"email": "email:emails"}


def validator_in_bulk(name: str) -> Callable[[NDArray[np.uint8], str], NDArray[np.uint8]] | None:
    """Give the bulk form of a validator, if there is one: from a matrix of digits and their shape to verdict codes."""
    if name not in IN_BULK:
        return None
    function: Callable[[NDArray[np.uint8], str], NDArray[np.uint8]] = resolve(__name__, IN_BULK[name])
    return function


def validator_of_many(name: str) -> Callable[[Sequence[str]], Iterable[Verdict]]:
    """Give what judges many values by a validator, in less time than one by one where it can."""
    if name not in OF_MANY:
        return partial(map, validator(name))
    function: Callable[[Sequence[str]], Iterable[Verdict]] = resolve(__name__, OF_MANY[name])
    return function


def validator(name: str) -> Callable[[str], Verdict]:
    """Give the validator of a table row; KeyError where there is none of that name."""
    function: Callable[[str], Verdict] = resolve(__name__, VALIDATORS[name])
    return function
