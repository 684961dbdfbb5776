"""Validators: pure functions from a folded value to a `Verdict`. One file a kind of number, one row here.

A validator sees the value as the pattern matched it, after folding: ASCII digits, `-` for every dash, plain spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from piiscan.verdict import Verdict

VALIDATORS = {
    "api_key": "credential:api_key",
    "basic_pension_number": "pension:basic_pension_number",
    "birth_date": "birth_date:birth_date",
    "email": "email:email",
    "email_unusual": "email:email_unusual",
    "ip_address": "network:ip_address",
    "mac_address": "network:mac_address",
    "my_number": "my_number:my_number",
    "password": "credential:password",
    "payment_card": "payment_card:payment_card",
    "pin_code": "credential:pin_code",
    "phone_international": "phone:phone_international",
    "phone_ip": "phone:phone_ip",
    "phone_landline": "phone:phone_landline",
    "phone_mobile": "phone:phone_mobile",
    "phone_service": "phone:phone_service",
    "postal_code": "postal_code:postal_code",
    "vehicle_plate": "vehicle_plate:vehicle_plate",
}


#: Those that can judge a column of numbers of one shape at once.
IN_BULK = {
    "basic_pension_number": "pension:basic_pension_number_in_bulk",
    "my_number": "my_number:my_number_in_bulk",
    "payment_card": "payment_card:payment_card_in_bulk",
    "phone_ip": "phone:phone_ip_in_bulk",
    "phone_landline": "phone:phone_landline_in_bulk",
    "phone_mobile": "phone:phone_mobile_in_bulk",
    "phone_service": "phone:phone_service_in_bulk",
    "postal_code": "postal_code:postal_code_in_bulk",
}


def validator_in_bulk(name: str) -> Callable[[NDArray[np.uint8], str], NDArray[np.uint8]] | None:
    """Give the bulk form of a validator, if there is one: from a matrix of digits and their shape to verdict codes."""
    if name not in IN_BULK:
        return None
    function: Callable[[NDArray[np.uint8], str], NDArray[np.uint8]] = resolve(__name__, IN_BULK[name])
    return function


def validator(name: str) -> Callable[[str], Verdict]:
    """Give the validator of a table row; KeyError where there is none of that name."""
    function: Callable[[str], Verdict] = resolve(__name__, VALIDATORS[name])
    return function
