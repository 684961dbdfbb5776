"""ゆうちょ銀行の記号・番号 (Japan Post Bank's symbol and number): the symbol's 4th digit is a check over both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Between symbol and number may stand the count of how often the passbook was issued anew, or the word 番号.
_SHAPE = re.compile(r"([0-9]{5})(?:[-: =、,/番号]{0,8}(?:[0-9](?: ?- ?| ))?)([0-9]{2,8})")
_TRANSFER = re.compile(r"[0-9]{5}-[0-9]-[0-9]{1,6}")
_SYMBOL, _NUMBER = 5, 8
_CHECK = 3
#: Each digit of the symbol and of the number counts so many times; "D" is the cross sum of its double.
_WEIGHTS = ("1", "3", "D", "0", "3", "D", "1", "3", "D", "1", "3", "D", "1")
_TERMS = tuple(
    tuple(sum(divmod(2 * digit, 10)) if weight == "D" else int(weight) * digit for digit in range(10))
    for weight in _WEIGHTS
)


def _holds(number: str) -> bool:
    total = sum(terms[int(digit)] for terms, digit in zip(_TERMS, number, strict=True))
    return total % 10 == int(number[_CHECK])


def yucho_symbol_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if _TRANSFER.fullmatch(shape):
        codes[(digits[:, 0] == 0) & digits.any(axis=1)] = Verdict.VALID.code
    if match := _SHAPE.fullmatch(shape):
        whole = np.zeros((len(digits), _SYMBOL + _NUMBER), np.uint8)
        whole[:, :_SYMBOL] = digits[:, :_SYMBOL]
        count = len(match[2])
        whole[:, -count:] = digits[:, -count:]
        formed = (whole[:, 0] == 1) & (whole[:, _SYMBOL - 1] == 0) & (whole[:, -1] == 1)
        total = np.array(_TERMS)[np.arange(_SYMBOL + _NUMBER), whole].sum(axis=1)
        right = total % 10 == whole[:, _CHECK]
        codes[formed] = np.where(right, Verdict.CHECKED.code, Verdict.FAILED.code)[formed]
    return codes


def yucho_symbol_number(value: str) -> Verdict:
    """Judge 記号 `1XXX0` and 番号 of 2 to 8 digits that end in 1; the check is that of the bank's own converter.

    Accounts for transfers (`0XXXX-X-XXXXXX`) carry no check that is public.

    >>> yucho_symbol_number("14030-12345671").name, yucho_symbol_number("14040-12345671").name
    ('CHECKED', 'FAILED')
    >>> yucho_symbol_number("14030-12345672").name, yucho_symbol_number("00120-1-12345").name
    ('INVALID', 'VALID')
    """
    if _TRANSFER.fullmatch(value) and value[0] == "0" and set(value) != {"0", "-"}:
        return Verdict.VALID
    match = _SHAPE.fullmatch(value)
    if not match or match[1][0] != "1" or match[1][-1] != "0" or match[2][-1] != "1":
        return Verdict.INVALID
    return Verdict.CHECKED if _holds(match[1] + match[2].zfill(_NUMBER)) else Verdict.FAILED
