"""A sheet's rows into tables: its header found, its lost zeros restored, its cells as places.

A value in a wrongly guessed header is scanned all the same: the header row, and the rows above it, come as a
table without headers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice, repeat, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from piiscan.dialect import find_header
from piiscan.gauge import column_letters
from piiscan.piece import Place, Problem, Table
from piiscan.tables import Tables
from piiscan.workbook import Grid, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from piiscan.piece import Piece

_HEADER_ROWS = 20
#: Rows that are looked through for so many filled ones, and characters of a table, by every so many-th row.
_HEAD, _CHARACTERS, _SAMPLED = 200, 4_000_000, 16


class _Lost(NamedTuple):
    """Which columns hold numbers that begin with zeros, and how one that was typed as a number gets them back."""

    label: re.Pattern[str]
    cell: re.Pattern[str]
    widths: Mapping[int, int]  # what it is long with its zeros, by what it is long without

    def restore(self, cells: Sequence[str]) -> Sequence[str]:
        lengths = {*map(len, cells)}
        if lengths.isdisjoint(self.widths):
            return cells
        width_of, matches = self.widths.get, self.cell.fullmatch
        text = "\n" + "\n".join(cells)
        if "\n0" not in text and text.isascii() and text.replace("\n", "").isdecimal():  # plain numbers, all of them
            if len(widths := {width_of(length, 0) for length in lengths}) == 1:
                return [*map(str.zfill, cells, repeat(*widths))]
            return [cell.zfill(width_of(len(cell), 0)) for cell in cells]
        if not re.search(rf"\n{self.cell.pattern}(?![^\n])", text):
            return cells
        return [cell.zfill(width_of(len(cell), 0)) if matches(cell) else cell for cell in cells]


#: Telephone numbers lose one zero; postal codes, of seven digits, one or two.
_LOST = (
    _Lost(
        re.compile(r"電話|携帯|ファック?ス|ＴＥＬ|ＦＡＸ|TEL|FAX|phone|mobile", re.IGNORECASE),
        re.compile(r"[1-9][0-9]{8,9}"),
        {9: 10, 10: 11},
    ),
    _Lost(
        re.compile(r"郵便|〒|\bzip|post(?:al)?[ _-]?code", re.IGNORECASE),
        re.compile(r"[1-9][0-9]{4,5}"),
        {5: 7, 6: 7},
    ),
)


def iter_tables(pieces: Iterator[Row | Problem], sheet: str) -> Iterator[Piece]:
    """Yield the rows of `sheet` in tables; cells apart are set side by side, and keep their places."""
    tables: Tables[Row] = Tables(_place, part=sheet)
    first = list(islice(pieces, _HEADER_ROWS))
    rows = [piece for piece in first if isinstance(piece, Row)]
    at = find_header([row.cells for row in rows], _HEADER_ROWS)
    header = rows[at] if at is not None else None
    labels = {column: cell.strip() for column, cell in zip(header.columns, header.cells, strict=True)} if header else {}
    losses = {column: lost for column, label in labels.items() if (lost := _lost_in(label))}
    columns: Sequence[int] = ()
    headers: tuple[str, ...] = ()
    for piece in chain(first, pieces):
        if isinstance(piece, Problem):
            yield piece
        elif header is None or piece.number <= header.number:
            yield from tables.add((), piece.cells, piece)
        else:
            if piece.columns != columns:
                columns, headers = piece.columns, _headers_of(labels, piece)
            _restore_zeros(piece, losses)
            yield from tables.add(headers, piece.cells, piece)
    yield from tables.flush()


def iter_grids(grids: Iterator[Grid], sheet: str) -> Iterator[Piece]:
    """Yield the blocks of `sheet` as tables; rows up to the header come as a table of their own."""
    first = next(grids, None)
    if first is None:
        return
    head = [[*cells] for cells in islice(zip(*first.columns, strict=True), _HEAD)]
    filled = [index for index, cells in enumerate(head) if any(cells)][:_HEADER_ROWS]
    at = find_header([head[index] for index in filled], _HEADER_ROWS)
    headers: tuple[str, ...] = ()
    if at is not None:
        headers = tuple(cell.strip() for cell in head[filled[at]])
        above, first = first.split(filled[at] + 1)
        yield from _tables_of(above, (), sheet)
    for grid in chain([first], grids):
        yield from _tables_of(grid, headers, sheet)


def _tables_of(grid: Grid, headers: tuple[str, ...], sheet: str) -> Iterator[Table]:
    """Yield a block as one table or, where its cells are long, as several."""
    rows = len(grid.columns[0])
    characters = sum(sum(map(len, cells[::_SAMPLED])) for cells in grid.columns) * _SAMPLED
    step = max(1, rows // (characters // _CHARACTERS + 1))
    columns = [
        tuple(lost.restore(cells) if lost else cells)
        for cells, lost in zip_longest(grid.columns, map(_lost_in, headers))
    ]
    for first in range(0, rows, step):

        def locate(column: int, row: int, _offset: int, first: int = grid.row + first) -> Place:
            return Place(cell=f"{column_letters(grid.column + column)}{first + row}")

        yield Table(tuple(cells[first : first + step] for cells in columns), locate, headers, sheet)


@lru_cache(maxsize=1024)
def _lost_in(label: str) -> _Lost | None:
    return next((lost for lost in _LOST if lost.label.search(label)), None)


def _headers_of(labels: dict[int, str], row: Row) -> tuple[str, ...]:
    return tuple(labels.get(column, "") for column in row.columns)


def _restore_zeros(row: Row, losses: Mapping[int, _Lost]) -> None:
    for column, lost in losses.items():
        index = _index(row.columns, column)
        if 0 <= index < len(row.cells):
            row.cells[index : index + 1] = lost.restore(row.cells[index : index + 1])


def _index(columns: Sequence[int], column: int) -> int:
    return columns.index(column) if column in columns else -1


def _place(row: Row, column: int, _cell: str, _offset: int) -> Place:
    return Place(cell=f"{column_letters(row.columns[column])}{row.number}")
