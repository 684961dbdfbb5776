"""Validators: pure functions from a folded value to a `Verdict`. One file a kind of number, one row here.

A validator sees the value as the pattern matched it, after folding: ASCII digits, `-` for every dash, plain spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from piiscan.verdict import Verdict

VALIDATORS = {
    "basic_pension_number": "pension:basic_pension_number",
    "email": "email:email",
    "my_number": "my_number:my_number",
    "payment_card": "payment_card:payment_card",
    "phone_international": "phone:phone_international",
    "phone_ip": "phone:phone_ip",
    "phone_landline": "phone:phone_landline",
    "phone_mobile": "phone:phone_mobile",
    "phone_service": "phone:phone_service",
    "postal_code": "postal_code:postal_code",
}


def validator(name: str) -> Callable[[str], Verdict]:
    """Give the validator of a table row; KeyError where there is none of that name."""
    function: Callable[[str], Verdict] = resolve(__name__, VALIDATORS[name])
    return function
