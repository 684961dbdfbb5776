"""Labels in the left neighbour cell: what a form's column of values is called, row by row.

A column whose header says nothing is taken apart by the labels to its left, and each part is read as a column of its
own under its label. Only a column of few different cells can be one of labels, so large tables cost a look at a set.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from piiscan.dialect import may_be_label, names_field
from piiscan.headrows import is_front

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    if column > 1 and left and _is_small(table) and not _is_form(left, known):
        left, known = _with_turned(table, left, known, labels)
    hints = known if table.headers else {**_loose(left, labels), **known}
    if not hints:
        yield Part(header, cells)
        return
    is_form = _is_form(left, known)
    rows: dict[str, list[int]] = {}
    for row, cell in enumerate(left):
        is_heading = cell in known and _is_heading(table, column, row, labels, is_form=is_form)
        rows.setdefault(header if is_heading else hints.get(cell, header), []).append(row)
    for hint, some in rows.items():
        yield Part(hint, [cells[row] for row in some], some)


def _with_turned(
    table: Table, left: Sequence[str], known: dict[str, str], labels: Labels
) -> tuple[Sequence[str], dict[str, str]]:
    """Take the labels in front for the rows without a nearer one: a list turned on its side, people side by side."""
    turned = table.columns[0]
    in_front = _known(turned, labels)
    if not _is_form(turned, in_front):
        return left, known
    nearest = [cell if cell in known else other for cell, other in zip(left, turned, strict=True)]
    return nearest, {**in_front, **known}


def _is_form(left: Sequence[str], known: Mapping[str, str]) -> bool:
    """Tell whether half of the cells on the left are labels, and several."""
    labels = {cell for cell in {*left} if cell in known or is_front(cell)}
    return len(labels) >= _PAIRS and sum(map(labels.__contains__, left)) * 2 >= sum(map(bool, map(str.strip, left)))


def _loose(left: Sequence[str], labels: Labels) -> dict[str, str]:
    """Give the cells that hold a label among other words (生まれた日): where nothing else names a value, they do."""
    return {cell: cell.strip() for cell in set(left) if may_be_label(cell) and labels.owners_in(cell)}


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


def _is_heading(table: Table, column: int, row: int, labels: Labels, *, is_form: bool) -> bool:
    """Tell whether a cell behind a label is no value but a label itself, or one of a row of names of columns."""
    cell = table.columns[column][row]
    if not may_be_label(cell) or labels.is_label(cell):
        return may_be_label(cell)
    filled = [cells[row] for cells in table.columns if cells[row].strip()]
    if is_form and len(filled) >= _HEADING and len(filled) % _PAIRS and labels.is_label(filled[1]):
        del filled[0]  # what the next rows are about as well (申請者)
    if len(filled) < _HEADING or not all(map(may_be_label, filled)):
        return False
    if is_form and sum(map(labels.is_label, filled)) < _PAIRS:
        return False  # one label, and what is said of several people
    # a form's row has a label before each value, and several of them
    in_front = sum(labels.is_label(cell) or names_field(cell) for cell in filled[::2])
    return in_front < _PAIRS or any(map(labels.is_label, filled[1::2]))
