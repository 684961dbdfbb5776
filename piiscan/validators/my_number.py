"""個人番号 (My Number): 12 digits, the last a check digit modulo 11 (平成26年総務省令85号5条)."""

from __future__ import annotations

import re
from datetime import datetime

from piiscan.check_digit import CheckDigit
from piiscan.verdict import Verdict

_SHAPE = re.compile(r"[0-9]{12}|[0-9]{4}([- ])[0-9]{4}\1[0-9]{4}|[0-9]{6}([- ])[0-9]{6}")
_CHECK = CheckDigit(
    weights=(6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2),
    modulus=11,
    digits=(0, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1),
)
#: Everybody's example number, printed in every guide and form.
_SAMPLES = frozenset({"123456789018"})


def _is_timestamp(digits: str) -> bool:
    if not "1990" <= digits[:4] <= "2099":
        return False
    try:
        datetime.strptime(digits, "%Y%m%d%H%M")  # noqa: DTZ007 - only asks whether such a minute exists
    except ValueError:
        return False
    return True


def my_number(value: str) -> Verdict:
    """Judge an Individual Number: 12 digits in one run, 4-4-4 or 6-6; weights 6,5,4,3,2,7,6,5,4,3,2, modulus 11.

    A run of digits that reads as a minute between 1990 and 2099 is doubtful: one timestamp in ten passes the check.

    >>> my_number("9876-5432-1093").name, my_number("987654321094").name
    ('CHECKED', 'FAILED')
    """
    if not _SHAPE.fullmatch(value):
        return Verdict.INVALID
    digits = value.replace("-", "").replace(" ", "")
    if len(set(digits)) == 1:
        return Verdict.INVALID
    if not _CHECK.holds(digits):
        return Verdict.FAILED
    if digits in _SAMPLES:
        return Verdict.SAMPLE
    return Verdict.DOUBTFUL if digits == value and _is_timestamp(digits) else Verdict.CHECKED
