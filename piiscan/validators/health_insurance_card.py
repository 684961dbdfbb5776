"""被保険者等記号・番号 (symbol and number of an insured person): no check digit; dates have the same form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"[0-9]{4,8}([-・ /])(?:[0-9]{2,8}|(?<=[0-9]{5}.)[0-9])(?:\1[0-9]{2})?|[0-9]{6,8}")
_DATE_SHAPE = re.compile(r"[0-9]{4}([-・ /]?)[0-9]{2}(?:\1[0-9]{2})?")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?")
_SEPARATORS = str.maketrans("", "", "-・ /")


def health_insurance_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import match_all  # noqa: PLC0415

    if not _SHAPE.fullmatch(shape):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    codes = np.full(len(digits), Verdict.VALID.code, np.uint8)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    if _DATE_SHAPE.fullmatch(shape):
        codes[match_all(_DATE.pattern, digits)] = Verdict.INVALID.code
    return codes


def health_insurance_number(value: str) -> Verdict:
    """Judge symbol, number and branch (記号・番号・枝番) written in digits: all that is neither one digit nor a date.

    >>> health_insurance_number("21700023-45-00").name, health_insurance_number("2024-12-02").name
    ('VALID', 'INVALID')
    """
    digits = value.translate(_SEPARATORS)
    if not _SHAPE.fullmatch(value) or len(set(digits)) == 1:
        return Verdict.INVALID
    is_date = _DATE_SHAPE.fullmatch(value) and _DATE.fullmatch(digits)
    return Verdict.INVALID if is_date else Verdict.VALID
