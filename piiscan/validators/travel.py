"""旅券と在留カード (passports, residence cards): letters and digits; only the machine-readable line checks itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.check_digit import are_runs, is_run
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PASSPORT = re.compile(r"[A-Z]{2} ?([0-9]{7})")
_OTHER_PASSPORT = re.compile(r"[A-Za-z]{1,2}([0-9]{7,8})")
_CARD = re.compile(r"[A-Z]{2}([0-9]{8})[A-Z]{2}")
_OTHER_CARD = re.compile(r"[A-Za-z]{2}([0-9]{8})[A-Za-z]{2}|B[0-9]{9}")
_MRZ = re.compile(r"[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{7}[MFX<][0-9]{7}[A-Z0-9<]{14}[0-9<][0-9]")
#: What a character of the machine-readable zone counts, and the weights that come round and round.
_VALUES = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_WEIGHTS = (7, 3, 1)
#: The fields of line 2 that carry a check digit behind them: number, birth date, expiry, what the state adds.
_FIELDS = (slice(0, 9), slice(13, 19), slice(21, 27), slice(28, 42))


def _judge(value: str, usual: re.Pattern[str], other: re.Pattern[str]) -> Verdict:
    match = usual.fullmatch(value)
    if not match:
        return Verdict.UNCONFIRMED if other.fullmatch(value) else Verdict.INVALID
    if set(match[1]) == {"0"}:
        return Verdict.INVALID
    return Verdict.SAMPLE if is_run(match[1]) else Verdict.VALID


def _judge_in_bulk(
    digits: NDArray[np.uint8], shape: str, usual: re.Pattern[str], other: re.Pattern[str]
) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    if not usual.fullmatch(shape):
        verdict = Verdict.UNCONFIRMED if other.fullmatch(shape) else Verdict.INVALID
        return np.full(len(digits), verdict.code, np.uint8)
    codes = np.where(are_runs(digits), Verdict.SAMPLE.code, Verdict.VALID.code)
    return np.where(digits.any(axis=1), codes, Verdict.INVALID.code).astype(np.uint8)


def passport_number(value: str) -> Verdict:
    """Judge a passport number: two letters and seven digits, which are not all zero (旅券法6条).

    One letter, eight digits, lower case: older passports, those of other states, careless spellings.

    >>> passport_number("TR3141592").name, passport_number("TR 0000000").name, passport_number("T12345678").name
    ('VALID', 'INVALID', 'UNCONFIRMED')
    """
    return _judge(value, _PASSPORT, _OTHER_PASSPORT)


def passport_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _judge_in_bulk(digits, shape, _PASSPORT, _OTHER_PASSPORT)


def residence_card_number(value: str) -> Verdict:
    """Judge the number of a residence card: two letters, eight digits, two letters (入管法19条の4).

    Lower case, and B with nine digits (外国人登録証明書), are unconfirmed.

    >>> residence_card_number("UH31415926ER").name, residence_card_number("AB00000000CD").name
    ('VALID', 'INVALID')
    >>> residence_card_number("uh31415926er").name
    'UNCONFIRMED'
    """
    return _judge(value, _CARD, _OTHER_CARD)


def residence_card_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _judge_in_bulk(digits, shape, _CARD, _OTHER_CARD)


def _check(text: str) -> str:
    total = sum(_VALUES[char] * _WEIGHTS[at % len(_WEIGHTS)] for at, char in enumerate(text))
    return str(total % 10)


def passport_mrz(value: str) -> Verdict:
    """Judge line 2 of a passport's machine-readable zone: 44 characters, weights 7,3,1, modulus 10 (ICAO 9303).

    Each field has its check digit behind it, and all of them together have one; an empty field may have `<`.

    >>> passport_mrz("TR12345672JPN0001018M2501017<<<<<<<<<<<<<<08").name
    'CHECKED'
    >>> passport_mrz("TR11345672JPN0001018M2501017<<<<<<<<<<<<<<08").name
    'FAILED'
    """
    if not _MRZ.fullmatch(value):
        return Verdict.INVALID
    digits = [value[field.stop] for field in _FIELDS]
    if digits[-1] == "<":
        digits[-1] = "0"
    right = [_check(value[field]) for field in _FIELDS] == digits
    whole = value[:10] + value[13:20] + value[21:43]
    return Verdict.CHECKED if right and _check(whole) == value[43] else Verdict.FAILED
