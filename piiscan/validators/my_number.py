"""個人番号 (My Number): 12 digits, the last a check digit modulo 11 (平成26年総務省令85号5条)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from piiscan.check_digit import CheckDigit, digits_of
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


def my_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if not _SHAPE.fullmatch(shape):
        return codes
    codes[:] = np.where(_CHECK.hold(digits), Verdict.CHECKED.code, Verdict.FAILED.code)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    passed = codes == Verdict.CHECKED.code
    for sample in _SAMPLES:
        codes[passed & (digits == [int(digit) for digit in sample]).all(axis=1)] = Verdict.SAMPLE.code
    if shape.isdigit():
        years = digits[:, :3].astype(np.int16) @ np.array((100, 10, 1), np.int16)
        for row in np.flatnonzero((codes == Verdict.CHECKED.code) & (years >= 199) & (years <= 209)):  # noqa: PLR2004
            if _is_timestamp("".join(map(str, digits[row]))):
                codes[row] = Verdict.DOUBTFUL.code
    return codes


def my_number(value: str) -> Verdict:
    """Judge an Individual Number: 12 digits in one run, 4-4-4 or 6-6; weights 6,5,4,3,2,7,6,5,4,3,2, modulus 11.

    A run of digits that reads as a minute between 1990 and 2099 is doubtful: one timestamp in ten passes the check.

    >>> my_number("9876-5432-1093").name, my_number("987654321094").name
    ('CHECKED', 'FAILED')
    """
    if not _SHAPE.fullmatch(value) or not (digits := digits_of(value)):
        return Verdict.INVALID
    if not _CHECK.holds(digits):
        return Verdict.FAILED
    if digits in _SAMPLES:
        return Verdict.SAMPLE
    return Verdict.DOUBTFUL if digits == value and _is_timestamp(digits) else Verdict.CHECKED
