"""介護保険被保険者番号 (care insurance): 10 digits of the municipality's own; no check digit holds everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"[0-9]{10}")


def care_insurance_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    if not _SHAPE.fullmatch(shape):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    is_one = (digits == digits[:, :1]).all(axis=1)
    return np.where(is_one, Verdict.INVALID.code, Verdict.VALID.code).astype(np.uint8)


def care_insurance_number(value: str) -> Verdict:
    """Judge the number of a person insured for care: any 10 digits that are not all the same (介護保険法12条).

    >>> care_insurance_number("0000123456").name, care_insurance_number("0000000000").name
    ('VALID', 'INVALID')
    """
    return Verdict.VALID if _SHAPE.fullmatch(value) and len(set(value)) > 1 else Verdict.INVALID
