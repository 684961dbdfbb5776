"""法人番号 (corporate number): 13 digits, the first a check digit modulo 9 (平成26年財務省令70号)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.check_digit import CheckDigit
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"(?:T[- ]?)?(?:[0-9]{13}|[0-9]([- ])[0-9]{4}\1[0-9]{4}\1[0-9]{4})")
#: The check digit stands first; put last, it is like any other, and is never 0.
_CHECK = CheckDigit(
    weights=(2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1),
    modulus=9,
    digits=(9, 8, 7, 6, 5, 4, 3, 2, 1),
)


def corporate_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if not _SHAPE.fullmatch(shape):
        return codes
    codes[:] = np.where(_CHECK.hold(np.roll(digits, -1, axis=1)), Verdict.PUBLIC.code, Verdict.FAILED.code)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    return codes


def corporate_number(value: str) -> Verdict:
    """Judge a corporate number, 13 digits in one run or 1-4-4-4; with T before it, an invoice issuer's registration.

    The digits behind the first weigh 2,1,2,1,...; the first is 9 less their sum's remainder modulo 9. Whether the
    T-numbers of sole proprietors keep to that is not known: one that fails may be a person's.

    >>> corporate_number("8700110005901").name, corporate_number("T8700110005902").name
    ('PUBLIC', 'FAILED')
    """
    if not _SHAPE.fullmatch(value):
        return Verdict.INVALID
    digits = "".join(filter(str.isdigit, value))
    if len(set(digits)) == 1:
        return Verdict.INVALID
    return Verdict.PUBLIC if _CHECK.holds(digits[1:] + digits[0]) else Verdict.FAILED
