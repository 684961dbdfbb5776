"""Our validators against independent readings of the same rules: libphonenumber and python-stdnum.

Random values with a fixed seed, so that a disagreement can be repeated. The libraries know which exchanges are
assigned, and we which area codes exist; so whatever they call valid we must accept, with the split they print.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType
from stdnum import luhn
from stdnum.jp import in_

from piiscan.check_digit import luhn_holds
from piiscan.data import load_lines
from piiscan.validators import validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

TRIES = 20_000
AREA_CODES = frozenset(load_lines("area_codes.txt"))
KINDS = {
    PhoneNumberType.MOBILE: ("phone_mobile", Verdict.VALID),
    PhoneNumberType.VOIP: ("phone_ip", Verdict.VALID),
    PhoneNumberType.FIXED_LINE: ("phone_landline", Verdict.LISTED),
    PhoneNumberType.TOLL_FREE: ("phone_service", Verdict.BUSINESS),
    PhoneNumberType.UAN: ("phone_service", Verdict.BUSINESS),
}


def _digits(source: random.Random, count: int) -> str:
    return "".join(source.choices("0123456789", k=count))


def test_my_number_agrees_on_the_check_digit() -> None:
    source = random.Random(12)  # noqa: S311 - repeatable on purpose
    ours = validator("my_number")
    valid = 0
    for number in (_digits(source, 12) for _ in range(TRIES)):
        valid += in_.is_valid(number)
        assert (ours(number) is not Verdict.FAILED) == in_.is_valid(number), number
    assert valid > TRIES / 20


def test_luhn_agrees() -> None:
    source = random.Random(16)  # noqa: S311 - as above
    for _ in range(TRIES):
        number = _digits(source, source.randint(8, 19))
        assert luhn_holds(number) == luhn.is_valid(number), number


@pytest.mark.parametrize(
    ("prefixes", "length"), [("123456789", 9), (["50"], 10), (["70", "80", "90"], 10), (["120", "570"], 9)]
)
def test_what_libphonenumber_calls_valid_we_accept_as_it_is_split(prefixes: Sequence[str], length: int) -> None:
    source = random.Random(length)  # noqa: S311 - as above
    seen = agreed = 0
    for _ in range(TRIES):
        start = source.choice(prefixes)
        parsed = PhoneNumber(country_code=81, national_number=int(start + _digits(source, length - len(start))))
        kind = phonenumbers.number_type(parsed)
        if not phonenumbers.is_valid_number(parsed) or kind not in KINDS:
            continue
        name, verdict = KINDS[kind]
        national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
        international = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
        seen += 1
        if kind == PhoneNumberType.FIXED_LINE and not _is_in_the_plan(national):
            continue
        agreed += 1
        assert validator(name)(national) is verdict, national
        assert validator("phone_international")(international).accepted, international
    assert seen > TRIES / 100
    assert agreed > 0.9 * seen


def _is_in_the_plan(national: str) -> bool:
    """Leave out where libphonenumber is the looser: area codes that do not exist (094), exchanges that begin with 0."""
    code, exchange, _ = national.split("-")
    return code in AREA_CODES and not exchange.startswith("0")
