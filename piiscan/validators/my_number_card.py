"""マイナンバーカードの番号 (printed on a My Number card beside the My Number itself); none has a public check digit."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SERIAL = re.compile(r"[0-9]{16}|[0-9]{4}([- ])[0-9]{4}\1[0-9]{4}\1[0-9]{4}")
_CHECK = re.compile(r"([0-9]{6})[- ]?([0-9]{4})[- ]?[0-9]{4}")
#: Cards are given out since 2016, for ten years at most.
_FIRST_EXPIRY, _LAST_EXPIRY = 2016, 2060


def my_number_card_serial(value: str) -> Verdict:
    """Judge the number under the photograph: 16 digits, in one run or 4-4-4-4.

    >>> my_number_card_serial("0912345678027384").name, my_number_card_serial("0000000000000000").name
    ('VALID', 'INVALID')
    """
    return Verdict.VALID if _SERIAL.fullmatch(value) and len({*value} - {"-", " "}) > 1 else Verdict.INVALID


def my_number_card_serial_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    if not _SERIAL.fullmatch(shape):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    varied = (digits != digits[:, :1]).any(axis=1)
    return np.where(varied, Verdict.VALID.code, Verdict.INVALID.code).astype(np.uint8)


def my_number_card_check(value: str) -> Verdict:
    """Judge a check number B: birth date (YYMMDD), year of expiry (4), security code (4).

    >>> my_number_card_check("85031520311234").name, my_number_card_check("85131520311234").name
    ('VALID', 'INVALID')
    """
    match = _CHECK.fullmatch(value)
    if not match or not _FIRST_EXPIRY <= int(match[2]) <= _LAST_EXPIRY:
        return Verdict.INVALID
    year, month, day = (int(match[1][at : at + 2]) for at in (0, 2, 4))
    try:
        date(2000 + year, month, day)  # the century is not told; of 1900 and 2000 this one has the leap day
    except ValueError:
        return Verdict.INVALID
    return Verdict.VALID
