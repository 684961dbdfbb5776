"""基礎年金番号 (basic pension number): 4 digits of the office, 6 of a running number; no check digit is public."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"[0-9]{4}[- ]?[0-9]{6}")
_CERTIFICATE = re.compile(r"([0-9]{4}[- ]?[0-9]{6})[- ]?[0-9]{4}")


def basic_pension_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    if not _SHAPE.fullmatch(shape):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    centuries = number_of(digits[:, :2])
    years = (centuries == 19) | (centuries == 20)  # noqa: PLR2004 - as in the scalar form
    codes = np.where(years, Verdict.DOUBTFUL.code, Verdict.VALID.code).astype(np.uint8)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    return codes


def basic_pension_number(value: str) -> Verdict:
    """Judge a basic pension number: `NNNN-NNNNNN`, with a hyphen, a space or nothing between (国民年金法14条).

    A first half that reads as a year (19xx, 20xx) is doubtful: `2024-123456` is almost always a document's number.

    >>> basic_pension_number("5161-000123").name, basic_pension_number("516-1000123").name
    ('VALID', 'INVALID')
    """
    if not _SHAPE.fullmatch(value) or len(set(value) - {"-", " "}) == 1:
        return Verdict.INVALID
    return Verdict.DOUBTFUL if value[:2] in {"19", "20"} else Verdict.VALID


def pension_certificate_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    match = _CERTIFICATE.fullmatch(shape)
    if not match:
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    return basic_pension_number_in_bulk(digits[:, :10], match[1])


def pension_certificate_number(value: str) -> Verdict:
    """Judge the number on a pension certificate: a basic pension number and the 4 digits of a pension's code.

    >>> pension_certificate_number("5161-000123-1150").name, pension_certificate_number("2024-123456-0001").name
    ('VALID', 'DOUBTFUL')
    """
    match = _CERTIFICATE.fullmatch(value)
    return basic_pension_number(match[1]) if match else Verdict.INVALID
