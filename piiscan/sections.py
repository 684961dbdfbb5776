"""What a table becomes before it is searched: one section below each header, and values in parts made whole.

Extractors know the header of a table's first rows. Here the others are found: of a second table on the same sheet, of a
table made of plain cells or arrays. Then the parts of values are put together (`splitcells`, `boxes`), and numbers that
have lost their zeros get them back.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from piiscan.boxes import join_boxes
from piiscan.dialect import names_field
from piiscan.headrows import heading_at, is_heading
from piiscan.lostzeros import lost_in
from piiscan.piece import Table
from piiscan.splitcells import find_splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.context import Labels
    from piiscan.piece import Place

#: In a table of more cells only the first rows are looked at for a header: it is a list, or a block of one.
_CELLS, _HEAD = 4096, 20
_NAMES, _PAIR = 2, 2


def iter_sections(table: Table, labels: Labels) -> Iterator[Table]:
    """Yield the sections of a table in order, each with its header and whole values."""
    heads = _heads(table)
    if not heads:
        yield _whole(table, labels)
        return
    height = len(table.columns[0])
    borders = [(0, table.headers), *heads]
    for (first, headers), (last, _) in pairwise([*borders, (height, ())]):
        if first < last:
            yield _whole(_part(table, first, last, headers), labels)


def _heads(table: Table) -> list[tuple[int, tuple[str, ...]]]:
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
    for cells in columns:
        for row, cell in enumerate(cells[:height]):
            if cell and names_field(cell):
                counts[row] += 1
    found: list[tuple[int, tuple[str, ...]]] = []
    rows: list[tuple[str, ...]] = []
    for row, count in enumerate(counts):
        if count < _NAMES or (found and row < found[-1][0]):
            continue
        rows = rows or [*zip(*(cells[:height] for cells in columns), strict=True)]
        if is_heading(rows[row]) and row + 1 < height and not _is_form(rows, row):
            heading = heading_at(rows, row)
            found.append((heading.last + 1, heading.names))
    return found


def _is_form(rows: Sequence[Sequence[str]], row: int) -> bool:
    """Tell whether labels and values take turns in a row, or it is one label with words beside it."""
    filled = [cell for cell in rows[row] if cell.strip()]
    return len(filled) == _PAIR and not all(map(names_field, filled))


def _part(table: Table, first: int, last: int, headers: tuple[str, ...]) -> Table:
    def locate(column: int, row: int, offset: int) -> Place:
        return table.locate(column, first + row, offset)

    return Table(tuple(cells[first:last] for cells in table.columns), locate, headers, table.part)


def _whole(table: Table, labels: Labels) -> Table:
    """Put the parts of values together; places stay those of the first cells."""
    columns: list[Sequence[str]] = list(table.columns)
    changed = join_boxes(columns, table.headers, labels)
    for at, header in enumerate(table.headers):
        if header and (lost := lost_in(header)) and (cells := lost.restore(columns[at])) is not columns[at]:
            columns[at], changed = cells, True
    for split in find_splits(table.headers, labels) if table.headers else ():
        parts = columns[split.first : split.first + split.size]
        if len(parts) < split.size:
            continue
        joined = [split.join(cells) for cells in zip(*parts, strict=True)]
        if any(joined):
            whole = zip(joined, parts[0], strict=True)
            columns[split.first] = [made or cell for made, cell in whole]
            for at, cells in enumerate(parts[1:], split.first + 1):
                columns[at] = ["" if made else cell for made, cell in zip(joined, cells, strict=True)]
            headers = [*table.headers]
            headers[split.first] = split.hint
            table = Table(table.columns, table.locate, tuple(headers), table.part)
            changed = True
    if not changed:
        return table
    return Table(tuple(map(tuple, columns)), table.locate, table.headers, table.part)
