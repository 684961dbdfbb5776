"""住民票コード (resident record code): 11 digits, the last a check digit modulo 11."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.check_digit import CheckDigit, digits_of
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"[0-9]{11}|[0-9]{4}([- ])[0-9]{4}\1[0-9]{3}")
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
#: The formula's text is not public: a remainder of 0 gives 0, as with My Number, or 1, as with driver's licences.
_CHECKS = tuple(CheckDigit(_WEIGHTS, 11, (zero, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1)) for zero in (0, 1))


def resident_record_code_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if not _SHAPE.fullmatch(shape):
        return codes
    right = _CHECKS[0].hold(digits) | _CHECKS[1].hold(digits)
    codes[:] = np.where(right, Verdict.CHECKED.code, Verdict.UNCONFIRMED.code)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    return codes


def resident_record_code(value: str) -> Verdict:
    """Judge a resident record code: ten random digits and a check digit, in one run or 4-4-3 (住民基本台帳法7条13号).

    Weights 5,4,3,2,7,6,5,4,3,2, modulus 11, as three published samples have it (平成14年総務省告示436号 itself is not
    online): what does not pass is unconfirmed, not refuted.

    >>> resident_record_code("24727059608").name, resident_record_code("25208017644").name
    ('CHECKED', 'UNCONFIRMED')
    """
    if not _SHAPE.fullmatch(value) or not (digits := digits_of(value)):
        return Verdict.INVALID
    return Verdict.CHECKED if any(check.holds(digits) for check in _CHECKS) else Verdict.UNCONFIRMED
