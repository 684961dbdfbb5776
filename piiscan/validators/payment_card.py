"""クレジットカード番号 (payment card number): issuer range, length and Luhn's formula (ISO/IEC 7812)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from piiscan.check_digit import digits_of, luhn_hold, luhn_holds
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class _Range(NamedTuple):
    brand: str
    first: str
    last: str
    lengths: range


#: Issuer identification numbers: the leading digits lie between `first` and `last` (of equal length).
_RANGES = (
    _Range("Visa", "4", "4", range(16, 20, 3)),
    _Range("Mastercard", "51", "55", range(16, 17)),
    _Range("Mastercard", "2221", "2720", range(16, 17)),
    _Range("JCB", "3528", "3589", range(16, 20)),
    _Range("American Express", "34", "34", range(15, 16)),
    _Range("American Express", "37", "37", range(15, 16)),
    _Range("Diners Club", "300", "305", range(14, 20)),
    _Range("Diners Club", "3095", "3095", range(14, 20)),
    _Range("Diners Club", "36", "36", range(14, 20)),
    _Range("Diners Club", "38", "39", range(14, 20)),
    _Range("Discover", "6011", "6011", range(16, 20)),
    _Range("Discover", "644", "649", range(16, 20)),
    _Range("Discover", "65", "65", range(16, 20)),
    _Range("UnionPay", "62", "62", range(16, 20)),
    _Range("UnionPay", "81", "81", range(16, 20)),
)
#: Test numbers that card brands and payment services publish for everybody's use.
_SAMPLES = frozenset(
    """
    4111111111111111 4242424242424242 4012888888881881 4000056655665556 5555555555554444 5105105105105100
    2223003122003222 5200828282828210 3530111333300000 3566002020360505 378282246310005 371449635398431
    30569309025904 38520000023237 36227206271667 6011111111111117 6011000990139424 6200000000000005
    """.split()
)
_SHAPE = re.compile(r"[0-9]+(?:[- ][0-9]+)*")
_TRACK = re.compile(r"(?:%B|;)([0-9]{13,19})[=^]")


def _brand(digits: str) -> str | None:
    return next(
        (
            row.brand
            for row in _RANGES
            if row.first <= digits[: len(row.first)] <= row.last and len(digits) in row.lengths
        ),
        None,
    )


def payment_card_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    count = digits.shape[1]
    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if not _SHAPE.fullmatch(shape):
        return codes
    issued = np.zeros(len(digits), np.bool_)
    for row in _RANGES:
        if count in row.lengths:
            first = number_of(digits[:, : len(row.first)])
            issued |= (int(row.first) <= first) & (first <= int(row.last))
    issued &= ~(digits == digits[:, :1]).all(axis=1)
    codes[issued] = np.where(luhn_hold(digits[issued]), Verdict.CHECKED.code, Verdict.FAILED.code)
    for sample in _SAMPLES:
        if len(sample) == count:
            codes[issued & (digits == [int(digit) for digit in sample]).all(axis=1)] = Verdict.SAMPLE.code
    return codes


def payment_card(value: str) -> Verdict:
    """Judge a card number of 14 to 19 digits: issuer range and length first, then Luhn's check digit.

    >>> payment_card("4000-0012-3456-7899").name, payment_card("4111111111111111").name
    ('CHECKED', 'SAMPLE')
    >>> payment_card("4000001234567890").name, payment_card("9000000000000001").name
    ('FAILED', 'INVALID')
    """
    if not _SHAPE.fullmatch(value):
        return Verdict.INVALID
    digits = digits_of(value)
    if not digits or not _brand(digits):
        return Verdict.INVALID
    if digits in _SAMPLES:
        return Verdict.SAMPLE
    return Verdict.CHECKED if luhn_holds(digits) else Verdict.FAILED


def card_track(value: str) -> Verdict:
    """Judge a magnetic stripe by the card number within its marks (ISO/IEC 7813: `%B...^`, `;...=`).

    >>> card_track("%B4000001234567899^YAMADA/TARO^2812101").name, card_track(";4111111111111111=2812101").name
    ('CHECKED', 'SAMPLE')
    """
    match = _TRACK.match(value)
    return payment_card(match[1]) if match else Verdict.INVALID
