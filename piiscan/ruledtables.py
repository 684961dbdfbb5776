"""Words put into the grid that lines draw on a page, if it is one of a table and not a frame around text."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from piiscan.pagetable import PageTable, is_prose, join_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from piiscan.pagerows import Fragment
    from piiscan.ruledgrids import Cell, Grid

    Words = Mapping[Cell, Sequence[Fragment]]

#: Base lines closer than this are one line (points). Where cells of more lines hold most of the text, they are frames.
_LEVEL, _LINES = 2.5, 8
#: A field of columns without lines below each row: so many rows, in half of the columns at least as dense as this.
_ROWS, _DENSE = 3, 0.7
#: Where a word stands in its cell: a little right of its left edge, and above its base line.
_INSIDE, _ABOVE = 1.5, 2.0
_PAIR = 2


def fill(grid: Grid, words: Sequence[Fragment]) -> tuple[PageTable | None, set[int]]:
    """Give the table that a grid makes of words, and which of these are in it; or None where it is no table."""
    cells: dict[Cell, list[Fragment]] = defaultdict(list)
    taken: set[int] = set()
    for at, word in enumerate(words):
        cell = grid.find_cell(word.left + min(_INSIDE, (word.right - word.left) / 2), word.base + _ABOVE)
        if cell:
            cells[cell].append(word)
            taken.add(at)
    if not _is_table(cells):
        return None, set()
    rows: list[list[str]] = []
    long = 0
    for _, own in groupby(sorted(cells.items()), key=lambda each: each[0].row):
        for part in _split(dict(own), grid.columns):
            row = [""] * grid.columns
            for cell, found in part.items():
                text = row[cell.column] = join_lines(found, cell.right, _LEVEL)
                long += len(text) if len({int(word.base // _LEVEL) for word in found}) > _LINES else 0
            rows.append(row)
    if long * 2 > sum(len(cell) for row in rows for cell in row):
        return None, set()
    return PageTable([row for row in rows if any(row)], [*pairwise(grid.lefts)], grid.bases[-1]), taken


def _is_table(cells: Words) -> bool:
    """Tell whether words stand in several columns, and not only single characters, as in the boxes of a number."""
    if len({cell.column for cell in cells}) < _PAIR:
        return False
    return any(len(found) > 1 or len(found[0].text) > 1 for found in cells.values())


def _split(cells: Words, columns: int) -> list[Words]:
    """Take a row apart that holds a list: no lines part the rows of many lists, only their columns."""
    bases: list[float] = []
    for base in sorted((word.base for found in cells.values() for word in found), reverse=True):
        if not bases or bases[-1] - base > _LEVEL:
            bases.append(base)
    if len(bases) < _ROWS:
        return [cells]
    lines: dict[Cell, set[int]] = {}
    for cell, found in cells.items():
        lines[cell] = {_line_of(word.base, bases) for word in found}
    dense = sum(
        len(numbers) >= _DENSE * len(bases) and not is_prose([word] for word in cells[cell])
        for cell, numbers in lines.items()
    )
    if dense < _PAIR or dense * 2 < min(columns, len(cells)):
        return [cells]
    parts: list[dict[Cell, list[Fragment]]] = [defaultdict(list) for _ in bases]
    for cell, found in cells.items():
        for word in found:
            parts[_line_of(word.base, bases)][cell].append(word)
    return [*parts]


def _line_of(base: float, bases: Sequence[float]) -> int:
    return min(range(len(bases)), key=lambda at: abs(bases[at] - base))
