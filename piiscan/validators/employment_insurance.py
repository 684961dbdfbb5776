"""雇用保険被保険者番号 (employment insurance): 4-6-1 digits; the rule of its check digit is not public."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Until July 1981 two lines of 6 and 10 digits.
_SHAPE = re.compile(r"[0-9]{4}([- ]?)[0-9]{6}\1[0-9]|[0-9]{6}[- ]?[0-9]{10}")
_YEARS = frozenset({"19", "20"})


def employment_insurance_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    if not _SHAPE.fullmatch(shape):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    years = np.isin(number_of(digits[:, :2]), [int(each) for each in _YEARS])
    codes = np.where(years, Verdict.DOUBTFUL.code, Verdict.VALID.code).astype(np.uint8)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    return codes


def employment_insurance_number(value: str) -> Verdict:
    """Judge the number of a person insured against unemployment: `NNNN-NNNNNN-N` (雇用保険法施行規則10条).

    One that begins as a year does (19xx, 20xx) is doubtful: `2024-123456-7` is the revision of a document.

    >>> employment_insurance_number("5001-123456-7").name, employment_insurance_number("2024-123456-7").name
    ('VALID', 'DOUBTFUL')
    >>> employment_insurance_number("1234-56789-01").name
    'INVALID'
    """
    if not _SHAPE.fullmatch(value) or len(set(value) - {"-", " "}) == 1:
        return Verdict.INVALID
    return Verdict.DOUBTFUL if value[:2] in _YEARS else Verdict.VALID
