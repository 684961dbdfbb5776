"""A sheet's rows into tables: its header found, its lost zeros restored, its cells as places.

A value in a wrongly guessed header is scanned all the same: the header row, and the rows above it, come as a
table without headers.
"""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from piiscan.gauge import cell_name
from piiscan.headrows import find_list_heading
from piiscan.lostzeros import lost_in
from piiscan.piece import Place, Problem, Table
from piiscan.tables import Tables
from piiscan.workbook import Grid, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from piiscan.lostzeros import Lost
    from piiscan.piece import Piece

_HEADER_ROWS = 20
#: Rows that are looked through for so many filled ones, and characters of a table, by every so many-th row.
_HEAD, _CHARACTERS, _SAMPLED = 200, 4_000_000, 16
#: The columns that a header of cells apart may have.
_WIDEST = 1024
#: The columns and rows of a form, whose cells stand below each other.
_FORM_COLUMNS, _FORM_ROWS = 64, 200


def iter_tables(
    pieces: Iterator[Row | Problem], sheet: str, heading: tuple[int, dict[int, str]] | None = None
) -> Iterator[Piece]:
    """Yield the rows of `sheet` in tables; cells far apart are set side by side, and keep their places.

    Unless it is known, the `heading` is looked for: the number of its last row, and what it calls the columns.
    """
    tables: Tables[Row] = Tables(_place, part=sheet)
    first = list(islice(pieces, _HEADER_ROWS))
    rows = [piece for piece in first if isinstance(piece, Row)]
    last, labels = heading or _read_heading(rows)
    losses = {column: lost for column, label in labels.items() if (lost := lost_in(label))}
    columns: Sequence[int] = ()
    headers = _headers_of(labels, columns)
    near = sorted({column for row in rows if row.number <= _FORM_ROWS for column in row.columns})
    for piece in chain(first, pieces):
        if isinstance(piece, Problem):
            yield piece
        elif piece.number <= last or (not labels and piece.number <= _FORM_ROWS):
            row = _align(piece, near) if len(near) <= _FORM_COLUMNS else piece
            yield from tables.add((), row.cells, row)
        else:
            if piece.columns != columns:
                columns, headers = piece.columns, _headers_of(labels, piece.columns)
            _restore_zeros(piece, losses)
            yield from tables.add(headers, piece.cells, piece)
    yield from tables.flush()


def iter_at_cells(sheet: str, texts: Iterable[tuple[str, str]]) -> Iterator[Piece]:
    """Yield texts that stand at cells and not in them; those whose cell is "" have no place."""
    tables: Tables[str] = Tables(lambda cell, *_: Place(cell=cell or None), part=sheet)
    for cell, text in texts:
        yield from tables.add((), (text,), cell)
    yield from tables.flush()


def iter_grids(pieces: Iterator[Grid | list[Row]], sheet: str) -> Iterator[Piece]:
    """Yield the blocks of `sheet` as tables; rows up to the header come as a table of their own.

    What comes as rows is put into tables as `iter_tables` does.
    """
    first: list[Grid | list[Row]] = []
    rows: list[Row] = []
    for piece in pieces:
        first.append(piece)
        rows += piece if isinstance(piece, list) else piece.head(_HEAD)
        if len(rows) >= _HEAD or sum(any(row.cells) for row in rows) >= _HEADER_ROWS:
            break
    last, labels = _read_head([row for row in rows[:_HEAD] if any(row.cells)][:_HEADER_ROWS])
    for piece in chain(first, pieces):
        if isinstance(piece, list):
            yield from iter_tables(iter(piece), sheet, (last, labels))
            continue
        above, grid = piece.split(last + 1 - piece.row) if piece.row <= last else (None, piece)
        yield from _tables_of(above, (), sheet) if above else ()
        yield from _tables_of(grid, _headers_of(labels, range(grid.column, grid.column + len(grid.columns))), sheet)


def _tables_of(grid: Grid, headers: tuple[str, ...], sheet: str) -> Iterator[Table]:
    """Yield a block as one table or, where its cells are long, as several."""
    rows = len(grid.columns[0])
    characters = sum(sum(map(len, cells[::_SAMPLED])) for cells in grid.columns) * _SAMPLED
    step = max(1, rows // (characters // _CHARACTERS + 1))
    columns = [
        tuple(lost.restore(cells) if lost else cells)
        for cells, lost in zip_longest(grid.columns, map(lost_in, headers))
    ]
    for first in range(0, rows, step):

        def locate(column: int, row: int, _offset: int, first: int = grid.row + first) -> Place:
            return Place(cell=cell_name(first + row, grid.column + column))

        yield Table(tuple(cells[first : first + step] for cells in columns), locate, headers, sheet)


def _read_heading(rows: Sequence[Row]) -> tuple[int, dict[int, str]]:
    """Give the number of the last row of the header, 0 if there is none, and the label of each column."""
    return _read_columns(rows, sorted({column for row in rows for column in row.columns})[:_WIDEST])


def _read_head(rows: Sequence[Row]) -> tuple[int, dict[int, str]]:
    """Give the same for rows of blocks, whose empty columns count."""
    columns = [column for row in rows for column in row.columns]
    return _read_columns(rows, range(min(columns, default=1), max(columns, default=0) + 1))


def _read_columns(rows: Sequence[Row], columns: Sequence[int]) -> tuple[int, dict[int, str]]:
    cells = [dict(zip(row.columns, row.cells, strict=True)) for row in rows]
    heading = find_list_heading([[row.get(column, "") for column in columns] for row in cells], _HEADER_ROWS)
    return (rows[heading.last].number, dict(zip(columns, heading.names, strict=True))) if heading else (0, {})


def _headers_of(labels: Mapping[int, str], columns: Iterable[int]) -> tuple[str, ...]:
    return tuple(labels.get(column, "") for column in columns) if labels else ()


def _align(row: Row, columns: Sequence[int]) -> Row:
    """Put blank cells where the rows of a form have columns that this one has not."""
    if row.columns == columns or not {*row.columns} <= {*columns}:
        return row
    cells = dict(zip(row.columns, row.cells, strict=True))
    return Row(row.number, columns, [cells.get(column, "") for column in columns])


def _restore_zeros(row: Row, losses: Mapping[int, Lost]) -> None:
    for column, lost in losses.items():
        index = _index(row.columns, column)
        if 0 <= index < len(row.cells):
            row.cells[index : index + 1] = lost.restore(row.cells[index : index + 1])


def _index(columns: Sequence[int], column: int) -> int:
    return columns.index(column) if column in columns else -1


def _place(row: Row, column: int, _cell: str, _offset: int) -> Place:
    return Place(cell=cell_name(row.number, row.columns[column]))
