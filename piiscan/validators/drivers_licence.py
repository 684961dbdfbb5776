"""運転免許証番号 (driver's licence number): 12 digits, the 11th a check digit modulo 11."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.check_digit import CheckDigit, digits_of
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"[0-9]{12}|[0-9]{4}([- ])[0-9]{4}\1[0-9]{4}|[0-9]{2}([- ])[0-9]{2}\2[0-9]{6}\2[0-9]\2[0-9]")
_CHECK = CheckDigit(
    weights=(5, 4, 3, 2, 7, 6, 5, 4, 3, 2),
    modulus=11,
    digits=(1, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1),
)
#: Public safety commissions by the number's first digit: those in use have these second digits.
_COMMISSIONS = {1: 5, 2: 6, 3: 1, 4: 10, 5: 6, 6: 6, 7: 5, 8: 4, 9: 8}
_PREFIXES = frozenset(10 * first + second for first, count in _COMMISSIONS.items() for second in range(count))


def drivers_licence_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if not _SHAPE.fullmatch(shape):
        return codes
    known = np.isin(digits[:, 0] * 10 + digits[:, 1], sorted(_PREFIXES))
    right = known & _CHECK.hold(digits[:, :11])
    codes[:] = np.where(right, Verdict.CHECKED.code, Verdict.UNCONFIRMED.code)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    return codes


def drivers_licence(value: str) -> Verdict:
    """Judge a licence number: commission (2), year (2), serial (6), check digit, times issued anew (道交法93条1項1号).

    Weights 5,4,3,2,7,6,5,4,3,2, modulus 11. The rule was never published for everybody, and foreign licences may
    have other commissions: what does not pass is unconfirmed, not refuted.

    >>> drivers_licence("309012345620").name, drivers_licence("309012345610").name
    ('CHECKED', 'UNCONFIRMED')
    """
    if not _SHAPE.fullmatch(value) or not (digits := digits_of(value)):
        return Verdict.INVALID
    is_right = int(digits[:2]) in _PREFIXES and _CHECK.holds(digits[:11])
    return Verdict.CHECKED if is_right else Verdict.UNCONFIRMED
