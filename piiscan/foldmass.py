"""Folding of masses of cells: the classes of all characters at once, where nothing vanishes, combines or is rewritten.

It gives what text.py's `fold` gives, in a tenth of the time; a few places are looked at by the same expressions.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from piiscan import text as slow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_WIDE, _MOVING, _MARK, _KANJI, _JOINT, _DASH, _DIGIT, _SPACE = (1 << bit for bit in range(8))
_BEYOND = 0x10000
#: One mark of an escape in so many characters, and one expression searches them all.
_MANY = 64


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Give, for each character up to the last of two bytes, its classes, and the one that it is folded to."""
    classes, folded = np.zeros(_BEYOND + 1, np.uint8), np.arange(_BEYOND + 1, dtype=np.uint32)
    everything = "".join(map(chr, range(_BEYOND)))
    for bit, characters in (
        (_WIDE, map(chr, slow.ONE_TO_ONE)),
        (_MOVING, slow.MOVING.findall(everything)),
        (_MARK, (mark[0] for mark in slow.ESCAPE_MARKS)),
        (_KANJI, slow.KANJI_DIGITS),
        (_JOINT, slow.KANJI_JOINTS),
        (_DASH, re.findall(f"[{slow.DASHES}]", everything)),
        (_DIGIT, "0123456789０１２３４５６７８９"),
        (_SPACE, " \u3000"),
    ):
        for character in characters:
            classes[ord(character)] |= bit
    for code, character in slow.ONE_TO_ONE.items():
        folded[code] = ord(character)
    return classes, folded


def fold_mass(text: str) -> str | None:
    """Give cells folded, a line feed between them, or None where it takes more than one character for another."""
    classes, folded = _tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = classes[np.minimum(codes, _BEYOND)]
    if _moves(text, codes, kinds):
        return None
    wide = np.flatnonzero(kinds & _WIDE != 0)
    if len(wide):
        codes, kinds = codes.copy(), kinds.copy()
        codes[wide] = folded[codes[wide]]
        kinds[wide] = classes[codes[wide]]
    dashes = np.flatnonzero(kinds[1:-1] & _DASH != 0) + 1
    between = dashes[(kinds[dashes - 1] & kinds[dashes + 1] & _DIGIT) != 0]
    if not len(wide) and not len(between):
        return text
    codes = codes if len(wide) else codes.copy()
    codes[between] = ord("-")
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _moves(text: str, codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> bool:
    """Tell whether something vanishes, combines, is an escape, stands in boxes, or is a number in kanji."""
    if np.bitwise_or.reduce(kinds, initial=0) & _MOVING:
        return True
    if any((np.greater_equal(codes, first) & np.less_equal(codes, last)).any() for first, last in _far(codes)):
        return True
    marks = np.flatnonzero(kinds & _MARK != 0)
    is_full, escape = len(marks) > len(text) // _MANY, slow.escape().match
    if slow.has_escapes(text) if is_full else any(escape(text, at) for at in marks.tolist()):
        return True
    spaced = (kinds[:-2] & _DIGIT != 0) & (kinds[1:-1] & _SPACE != 0) & (kinds[2:] & (_DIGIT | _JOINT) != 0)
    boxes = np.flatnonzero(spaced)  # each is two or four characters behind the one before
    near = boxes[slow.BOXES - 2 :] - boxes[: -slow.BOXES + 2] <= 4 * (slow.BOXES - 2)
    if near.any() and slow.IN_BOXES.search(text):
        return True
    spoken = kinds & (_KANJI | _JOINT) != 0
    starts = max(len(spoken) - slow.KANJI_RUN + 1, 0)
    runs = np.logical_and.reduce([spoken[shift : starts + shift] for shift in range(slow.KANJI_RUN)])
    return bool(runs.any()) and slow.KANJI_NUMBER.search(text) is not None


def _far(codes: NDArray[np.uint32]) -> Iterable[tuple[int, int]]:
    """Give the ranges of vanishing characters beyond two bytes, if there is any character beyond."""
    if not len(codes) or codes.max() < _BEYOND:
        return ()
    return ((first, last) for first, last in slow.VANISHING if first >= _BEYOND)
