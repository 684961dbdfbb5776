"""Folding and line counting: one normal form to match in, and the way back to the place in the original.

Folding is one code point to one wherever it can be, never plain NFKC, which turns ① into 1 and moves every offset
(specification section A). Text that holds characters which vanish or combine (zero-width characters, variation
selectors, half-width voiced kana) goes through a slower fold that keeps a map of offsets.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass

_HALF_WIDTH_KANA = range(0xFF66, 0xFF9E)
_SPACES = (0x3000, 0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F)
#: One to one: full-width ASCII, half-width kana, every width of space, the two glyphs that stand for 〒.
ONE_TO_ONE = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _HALF_WIDTH_KANA},
    **dict.fromkeys(_SPACES, " "),
    0x3020: "〒",
    0x3036: "〒",
}
#: What people type for a hyphen; the prolonged sound mark and the kanji one only count as one between digits.
DASHES = "\u2010-\u2015\u2212\ufe31\ufe32\ufe58\ufe63ー\u2500\u2501\u02d7\u2043\u207b\u208b\u2796\u30a0一"
#: The class stands first, the look-behind after it: so the search runs on one set of characters.
_DASH_BETWEEN_DIGITS = re.compile(rf"[{DASHES}](?<=[0-9].)(?=[0-9])")
_WIDE = re.compile("[" + "".join(map(re.escape, map(chr, sorted(ONE_TO_ONE)))) + "]+")
VOICED = {"\uff9e": "\u3099", "\uff9f": "\u309a", "\u3099": "\u3099", "\u309a": "\u309a"}
#: Characters without width, as pairs of first and last.
VANISHING = (
    (0x200B, 0x200D), (0x2060, 0x2060), (0xFEFF, 0xFEFF), (0xAD, 0xAD), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF),
)  # fmt: skip
_MOVING_RANGES = "".join(f"{chr(first)}-{chr(last)}" for first, last in VANISHING)
_MOVING = re.compile(rf"[{_MOVING_RANGES}{''.join(VOICED)}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. `offsets[i]` is the place of its i-th character in the original; None where they are the same."""

    text: str
    offsets: array[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the original text of a (non-empty) span in the folded one."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Bring width, spaces, kana and dashes to one form; dashes only between digits, so `サーバー1` keeps its ー.

    >>> fold("０９０ー１２３４−５６７８").text, fold("①サーバー1").text
    ('090-1234-5678', '①サーバー1')
    >>> fold("ﾏｲﾅﾝﾊﾞｰ").text
    'マイナンバー'
    """
    if text.isascii():
        return Folded(text)
    offsets = None
    if _MOVING.search(text):
        text, offsets = _join(text)
    text = _WIDE.sub(lambda run: run[0].translate(ONE_TO_ONE), text)
    return Folded(_DASH_BETWEEN_DIGITS.sub("-", text), offsets)


def _join(text: str) -> tuple[str, array[int]]:
    """Drop characters that have no width and compose voiced kana; give the text and each character's old place."""
    kept: list[str] = []
    offsets = array("L")
    end = 0
    for match in _MOVING.finditer(text):
        start = match.start()
        kept.extend(text[end:start])
        offsets.extend(range(end, start))
        end = match.end()
        mark = VOICED.get(match[0])
        composed = mark and kept and _compose(kept[-1], mark)
        if composed:
            kept[-1] = composed
        elif mark:
            kept.append(match[0])
            offsets.append(start)
    kept.extend(text[end:])
    offsets.extend(range(end, len(text)))
    return "".join(kept), offsets


def _compose(base: str, mark: str) -> str | None:
    composed = unicodedata.normalize("NFC", ONE_TO_ONE.get(ord(base), base) + mark)
    return composed if len(composed) == 1 else None


_LINE_END = re.compile(r"\r\n|\n|\r")


class LineIndex:
    """Lines and columns of offsets in one text, counted as editors do: LF, CR LF and a lone CR end a line."""

    def __init__(self, text: str, first_line: int = 1, first_column: int = 1) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._first_line, self._first_column = first_line, first_column

    def place(self, offset: int) -> tuple[int, int]:
        """Give the 1-based line and column (code points) of an offset in the text."""
        index = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[index] + (self._first_column if index == 0 else 1)
        return self._first_line + index, column
