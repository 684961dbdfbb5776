"""What must hold: the bars of a full run, and the floor of each identifier that every change is tested against."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.accuracy.score import Score

#: The bars of a full run, as shares.
BARS = {"micro": 0.985, "macro": 0.975, "least": 0.94, "gap": 0.01, "decoys": 0.01, "random": 0.005}
#: Identifier -> the F1 that the small corpus of the tests must reach. Raise it with the detector, never lower it.
FLOORS: dict[str, float] = {
    "my_number": 0.99,
    "basic_pension_number": 0.99,
    "pension_certificate_number": 0.99,
    "resident_record_code": 0.99,
    "drivers_licence": 0.98,
    "passport_number": 0.99,
    "passport_mrz": 0.99,
    "residence_card_number": 0.99,
    "health_insurance": 0.99,
    "late_elderly_insured_number": 0.99,
    "care_insurance_number": 0.99,
    "public_expense_recipient": 0.99,
    "employment_insurance_number": 0.99,
    "bank_account": 0.99,
    "yucho_account": 0.98,
    "payment_card": 0.98,
    "card_security_code": 0.99,
    "phone_mobile": 0.99,
    "phone_landline": 0.99,
    "phone_ip": 0.99,
    "phone_international": 0.99,
    "postal_code": 0.99,
    "email": 0.98,
    "birth_date": 0.99,
    "vehicle_plate": 0.98,
    "us_ssn": 0.99,
    "ip_address": 0.99,
    "mac_address": 0.99,
    "staff_number": 0.99,
    "student_number": 0.99,
    "member_number": 0.99,
    "patient_number": 0.99,
    "card_serial": 0.99,
    "special_care": 0.99,
    "zengin_record": 0.99,
    "medical_claim": 0.99,
    "password": 0.99,
    "api_key": 0.98,
    "age": 0.99,
    "sex": 0.99,
    "relationship": 0.99,
    "workplace": 0.97,
    "person_name": 0.99,
    "address": 0.98,
    "corporate_number": 0.99,
    "health_insurer_number": 0.99,
    "phone_service": 0.99,
}
#: The most decoys of the small corpus, as a share, that may be taken for something.
DECOY_FLOOR = 0.01


def fallen(score: Score) -> list[str]:
    """Name the identifiers below their floor."""
    return [
        f"{name}: F1 {score.identifiers[name].f1:.3f} is below {floor}"
        for name, floor in FLOORS.items()
        if score.identifiers[name].f1 < floor
    ]


def surely_missed(score: Score) -> list[str]:
    """Name what is below its bar even if chance was against it: where the interval's upper end is under the bar."""
    rows = [("micro F1", score.micro, BARS["micro"])]
    rows += [(name, tally, BARS["least"]) for name, tally in score.counted.items()]
    return [
        f"{name}: {tally.f1:.3f}, at most {tally.interval[1]:.3f}, bar {bar}"
        for name, tally, bar in rows
        if tally.interval[1] < bar
    ]
