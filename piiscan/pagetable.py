"""A table as it is printed on one page: cells in rows, and where its columns stand."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from piiscan.pagerows import Fragment

    #: The left and the right edge of each column.
    Columns = Sequence[tuple[float, float]]
_WORD = re.compile(r"[!-~]+")
#: How much of a line's end stays blank, in characters.
_PADDING = 1.0
#: A column of prose: the usual length of its lines, and how many of them fill its width, so much of it.
_LINES, _LONG, _FULL, _WIDE = 3, 15, 0.6, 0.9


class PageTable(NamedTuple):
    """The rows of a table, one cell a column, from the top; the edges of its columns; the height where it begins."""

    rows: list[list[str]]
    columns: Columns
    top: float

    def continues(self, columns: Columns) -> bool:
        """Tell whether a table with such columns on the page before may go on in this one."""
        return len(columns) == len(self.columns) and all(map(_is_one, columns, self.columns))


def _is_one(column: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two columns cover at least half of the narrower of them."""
    common = min(column[1], other[1]) - max(column[0], other[0])
    return common * 2 >= min(column[1] - column[0], other[1] - other[0])


def join_lines(pieces: Iterable[Fragment], right: float, level: float) -> str:
    """Join what stands in one cell: a line that fills the cell's width goes on in the next one.

    Words of a line come in order; base lines less than `level` apart are one.
    """
    lines: list[list[Fragment]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base):
        if lines and lines[-1][0].base - piece.base <= level:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    text, last = "", None
    for line in lines:
        line.sort(key=lambda piece: piece.left)
        written = " ".join(piece.text for piece in line)
        if last is not None:
            text += _between(text, written, last, right)
        text += written
        last = line[-1]
    return text


def _between(before: str, after: str, last: Fragment, right: float) -> str:
    """Say what stands between two lines of a cell: nothing where a value may have been broken."""
    room = (right - last.right) / size_of(last)
    word = _WORD.match(after)
    if room > room_for(after):
        return "\n"
    is_broken = word and before[-1:].isascii() and before[-1:].isalnum() and " " in before
    return " " if is_broken or (word and room > _PADDING + 1) else ""


def room_for(text: str) -> float:
    """Tell below which room at its end, in characters, a line has been broken before this text."""
    word = _WORD.match(text)
    return _PADDING + max(1.0, width_of(word[0]) if word else 0.0)


def size_of(piece: Fragment) -> float:
    """Estimate the size of a piece's characters by its width, in points."""
    return max(1.0, (piece.right - piece.left) / max(1.0, width_of(piece.text)))


def width_of(text: str) -> float:
    """Estimate the width of a text, in its height."""
    return sum(1.0 if char > "\u00ff" else 0.5 for char in text)


def is_prose(column: Iterable[Sequence[Fragment]]) -> bool:
    """Tell whether the lines of a column are broken where they have filled its width."""
    lines = [(sum(len(piece.text) for piece in cell), cell[0].left, cell[-1].right) for cell in column if cell]
    if len(lines) < _LINES or median(length for length, _, _ in lines) < _LONG:
        return False
    left, right = min(left for _, left, _ in lines), max(right for _, _, right in lines)
    full = sum(end - begin >= _WIDE * (right - left) for _, begin, end in lines)
    return full >= _FULL * len(lines)
