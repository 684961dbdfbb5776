"""What a table becomes before it is searched: one section below each header, and values in parts made whole.

Extractors know the header of a table's first rows. Here the others are found: of a second table on the same sheet, of a
table made of plain cells or arrays. Then the parts of values are put together (`splitcells`, `boxes`), and numbers that
have lost their zeros get them back.
"""

from __future__ import annotations

from itertools import compress, pairwise
from operator import ne
from typing import TYPE_CHECKING

from piiscan.addressbreaks import place_before, unbroken
from piiscan.boxes import join_boxes
from piiscan.dialect import names_field
from piiscan.erachoices import choose_era, has_choice
from piiscan.formrows import join_forms, restore_forms
from piiscan.headrows import heading_at, is_heading
from piiscan.lostzeros import lost_in
from piiscan.piece import Table
from piiscan.splitcells import find_splits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from piiscan.context import Labels
    from piiscan.piece import Place
    from piiscan.splitcells import Split

#: In a table of more cells only the first rows are looked at for a header: it is a list, or a block of one.
_CELLS, _HEAD = 4096, 20
_NAMES, _PAIR = 2, 2
#: So many rows below one are asked whether they begin with labels as well.
_NEXT = 3
#: A cell of more characters is running text, whatever words are in it.
_RUNNING = 256


def iter_sections(table: Table, labels: Labels) -> Iterator[Table]:
    """Yield the sections of a table in order, each with its header and whole values."""
    heads = _heads(table, labels)
    if not heads:
        yield _whole(table, labels)
        return
    height = len(table.columns[0])
    borders = [(0, table.headers), *heads]
    for (first, headers), (last, _) in pairwise([*borders, (height, ())]):
        if first < last:
            yield _whole(_part(table, first, last, headers), labels)


def _heads(table: Table, labels: Labels) -> list[tuple[int, tuple[str, ...]]]:
    """List the rows behind header rows within the table, with the names that these give to its columns."""
    columns = table.columns
    if len(columns) < _PAIR:
        return []
    height = len(columns[0])
    if height * len(columns) > _CELLS:
        if table.headers:
            return []
        height = min(height, _HEAD)
    counts = [0] * height
    known: set[str] = set()
    for cells in columns:
        short = (cell for cell in {*cells[:height]} - known if len(cell) <= _RUNNING)
        known |= {cell for cell in short if names_field(cell) or labels.owners_in(cell)}
        for row, cell in enumerate(cells[:height]):
            counts[row] += cell in known
    found: list[tuple[int, tuple[str, ...]]] = []
    rows: list[tuple[str, ...]] = []
    for row, count in enumerate(counts):
        if count < _NAMES or (found and row < found[-1][0]):
            continue
        rows = rows or [*zip(*(cells[:height] for cells in columns), strict=True)]
        if is_heading(rows[row], known.__contains__) and row + 1 < height and not _is_form(rows, row, known):
            heading = heading_at(rows, row)
            found.append((heading.last + 1, heading.names))
    return found


def _is_form(rows: Sequence[Sequence[str]], at: int, known: Collection[str]) -> bool:
    """Tell whether a row may be labels with words beside them: one label, or one that the next row has one below.

    Left of these labels may stand what several rows are about (申請者).
    """
    filled = [cell for cell in rows[at] if cell.strip()]
    if len(filled) == _PAIR:
        return not all(map(names_field, filled))
    front = next((column for column, cell in enumerate(rows[at + 1]) if cell.strip()), 0)
    behind = [cell for cell in rows[at][front:] if cell.strip()]
    values = [cell for cell in behind[1::2] if cell not in known]
    is_led = rows[at][front] in known and any(row[front] in known for row in rows[at + 1 : at + 1 + _NEXT])
    return len(values) * 2 >= len(behind) - 1 and is_led


def _part(table: Table, first: int, last: int, headers: tuple[str, ...]) -> Table:
    def locate(column: int, row: int, offset: int) -> Place:
        return table.locate(column, first + row, offset)

    return Table(tuple(cells[first:last] for cells in table.columns), locate, headers, table.part)


def _whole(table: Table, labels: Labels) -> Table:
    """Put the parts of values together; places stay those of the first cells."""
    columns: list[Sequence[str]] = list(table.columns)
    changed = join_boxes(columns, table.headers, labels)
    changed |= join_forms(columns, table.headers, labels)
    changed |= restore_forms(columns, table.headers, labels)
    changed |= _choose_eras(columns)
    mended = _mend_addresses(columns, table.headers, labels)
    changed |= bool(mended)
    for at, header in enumerate(table.headers):
        if header and (lost := lost_in(header)) and (cells := lost.restore(columns[at])) is not columns[at]:
            columns[at], changed = cells, True
    headers = [*table.headers]
    for split in find_splits(table.headers, labels) if headers else ():
        if _join(columns, split):
            headers[split.first], changed = split.hint, True
    if not changed:
        return table
    return Table(tuple(map(tuple, columns)), _in_lines(table, mended), tuple(headers), table.part)


def _mend_addresses(columns: list[Sequence[str]], headers: Sequence[str], labels: Labels) -> dict[tuple[int, int], str]:
    """Put addresses of several lines into one: those under a header of theirs, and in forms all.

    Gives, by column and row, the cells as they were.
    """
    is_form = bool(columns) and len(columns) * len(columns[0]) <= _CELLS
    mended: dict[tuple[int, int], str] = {}
    for at in range(len(columns)):
        if not is_form and not (headers[at : at + 1] and "address" in labels.owners_in(headers[at])):
            continue
        if "\n" not in "".join(columns[at]):
            continue
        whole = [unbroken(cell) if "\n" in cell else cell for cell in columns[at]]
        cells = columns[at]
        mended |= {(at, row): cells[row] for row in compress(range(len(cells)), map(ne, whole, cells))}
        columns[at] = whole
    return mended


def _in_lines(table: Table, mended: Mapping[tuple[int, int], str]) -> Callable[[int, int, int], Place]:
    """Give what tells the places in a table some cells of which have lost ends of lines."""

    def locate(column: int, row: int, offset: int) -> Place:
        cell = mended.get((column, row))
        return table.locate(column, row, offset if cell is None else place_before(cell, offset))

    return locate if mended else table.locate


def _join(columns: list[Sequence[str]], split: Split) -> bool:
    """Put the cells of a split together, in lists that take the place of its columns; tell whether any were."""
    parts = columns[split.first : split.first + split.size]
    joined = [split.join(cells) for cells in zip(*parts, strict=True)] if len(parts) == split.size else []
    if not any(joined):
        return False
    columns[split.first] = [made or cell for made, cell in zip(joined, parts[0], strict=True)]
    for at, cells in enumerate(parts[1:], split.first + 1):
        columns[at] = ["" if made else cell for made, cell in zip(joined, cells, strict=True)]
    return True


def _choose_eras(columns: list[Sequence[str]]) -> bool:
    """Write dates of an era that is marked among others; only forms have them."""
    if not columns or len(columns) * len(columns[0]) > _CELLS:
        return False
    chosen = [at for at, cells in enumerate(columns) if has_choice("\n".join(cells))]
    for at in chosen:
        columns[at] = list(map(choose_era, columns[at]))
    return bool(chosen)
