"""Labels in the left neighbour cell: what a form's column of values is called, row by row.

A column whose header says nothing is taken apart by the labels to its left, and each part is read as a column of its
own under its label. Only a column of few different cells can be one of labels, so large tables cost a look at a set.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from piiscan.dialect import may_be_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.context import Labels
    from piiscan.piece import Table

#: The most different cells of a column of labels, and the rows in which more of them are looked for first.
_MOST, _FIRST = 64, 256
#: In a table of no more cells each row is a form's: blank cells may part label and value.
_FORM = 4096
#: A row of names has so many cells; one of fewer is a label and its value.
_HEADING, _PAIRS = 3, 2


class Part(NamedTuple):
    """Cells of a column and the label they have in common; `rows` are their rows, None where they are all."""

    hint: str
    cells: Sequence[str]
    rows: Sequence[int] | None = None


def iter_parts(table: Table, column: int, labels: Labels) -> Iterator[Part]:
    """Yield the parts of a column; it is one, unless labels stand to the left of its cells."""
    cells = table.columns[column]
    header = table.headers[column] if column < len(table.headers) else ""
    left = () if labels.owners_in(header) else _left_of(table, column)
    known = _known(left, labels)
    if not known and column > 1 and left and _is_small(table):
        left = table.columns[0]  # a list turned on its side: labels in front, and people side by side
        known = _known(left, labels)
        if len(known) < _PAIRS or sum(map(known.__contains__, left)) * 2 < sum(map(bool, map(str.strip, left))):
            known = {}
    if not known:
        yield Part(header, cells)
        return
    rows: dict[str, list[int]] = {}
    for row, cell in enumerate(left):
        hint = known.get(cell, header)
        rows.setdefault(header if cell in known and _is_heading(table, column, row, labels) else hint, []).append(row)
    for hint, some in rows.items():
        yield Part(hint, [cells[row] for row in some], some)


def _known(left: Sequence[str], labels: Labels) -> dict[str, str]:
    return {cell: cell.strip() for cell in set(left) if labels.is_label(cell)}


def _is_small(table: Table) -> bool:
    return len(table.columns) * len(table.columns[0]) <= _FORM


def _left_of(table: Table, column: int) -> Sequence[str]:
    """Give the nearest cells to the left that are not blank, or in a list the nearest such column of few words."""
    if column and _is_small(table):
        left: Sequence[str] = table.columns[column - 1]
        for cells in reversed(table.columns[: column - 1]):
            if all(map(str.strip, left)):
                break
            left = [cell if cell.strip() else other for cell, other in zip(left, cells, strict=True)]
        return left if len(set(left)) <= _MOST else ()
    for left in reversed(table.columns[:column]):
        if len(set(islice(left, _FIRST))) > _MOST:
            return ()
        words = set(left)
        if len(words) > _MOST:
            return ()
        if any(map(str.strip, words)):
            return left
    return ()


def _is_heading(table: Table, column: int, row: int, labels: Labels) -> bool:
    """Tell whether a cell behind a label is no value but a label itself, or one of a row of names of columns."""
    cell = table.columns[column][row]
    if not may_be_label(cell) or labels.is_label(cell):
        return may_be_label(cell)
    filled = [cells[row] for cells in table.columns if cells[row].strip()]
    if len(filled) < _HEADING or not all(map(may_be_label, filled)):
        return False
    # a form's row has a label before each value, and several of them
    return sum(map(labels.is_label, filled[::2])) < _PAIRS or any(map(labels.is_label, filled[1::2]))
