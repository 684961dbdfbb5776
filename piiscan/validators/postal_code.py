"""郵便番号 (postal code): 7 digits, 3-4, looked up in Japan Post's list of codes in use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.data import load_bits
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"(?:〒 ?)?([0-9]{3})-?([0-9]{4})")


def postal_code_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    if not _SHAPE.fullmatch(shape):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    numbers = number_of(digits)
    listed = np.frombuffer(load_bits("postal_codes.bin"), np.uint8)[numbers >> 3] >> (numbers & 7) & 1
    return np.where(listed, Verdict.LISTED.code, Verdict.UNLISTED.code).astype(np.uint8)


def postal_code(value: str) -> Verdict:
    """Judge a postal code: listed if one of the area or office codes that Japan Post has in use.

    >>> postal_code("100-0001").name, postal_code("123-4567").name, postal_code("1000-001").name
    ('LISTED', 'UNLISTED', 'INVALID')
    """
    match = _SHAPE.fullmatch(value)
    if not match:
        return Verdict.INVALID
    code = int(match[1] + match[2])
    listed = load_bits("postal_codes.bin")[code >> 3] >> (code & 7) & 1
    return Verdict.LISTED if listed else Verdict.UNLISTED
