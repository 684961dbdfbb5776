"""A large sheet cut between its rows into small workbooks: a library that holds whole sheets holds a slice at a time.

Each has the head of the sheet, some of its rows, the styles that tell what is a date and, where cells refer to them,
the strings that cells share. Rows keep their numbers.
"""

from __future__ import annotations

import io
from itertools import groupby, repeat
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from piiscan.relations import relations_name
from piiscan.roworder import ROWS
from piiscan.sheetvalues import iter_blocks
from piiscan.workbook import STRINGS, STYLES, WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.gauge import Probe
    from piiscan.package import Capped
    from piiscan.workbook import Grid, Row

#: Bytes of a slice, and of a sheet in as few slices as are worth the memory that they save.
_SIZE, _FEW = 1 << 20, 8
#: What all have in common is read again with each, so that one is so many times as large.
_COMMON = 4
#: Bytes of slices that are read ahead.
_AHEAD = 8 << 20
_END, _TAIL = b"</row>", b"</sheetData></worksheet>"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "xl/worksheets/sheet1.xml"


def _relations(*targets: tuple[str, str]) -> str:
    rows = (f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="/{target}"/>' for kind, target in targets)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


_PARTS = {
    "_rels/.rels": _relations(("officeDocument", WORKBOOK)),
    relations_name(WORKBOOK): _relations(("worksheet", _SHEET), ("styles", STYLES), ("sharedStrings", STRINGS)),
}


class Slice(NamedTuple):
    """Values of a sheet in rows of one width, the first at a 1-based row and column."""

    row: int
    column: int
    width: int
    rows: Sequence[Sequence[object]]


class Common(NamedTuple):
    """What all slices of a workbook need of it: its styles, its strings, and whether its days are counted from 1904."""

    styles: bytes
    strings: bytes
    is_1904: bool


def size_of_slices(probe: Probe, common: int) -> int:
    """Give how large slices of a measured sheet are, each of which has so many bytes in common; 0 where it has none."""
    size = max(_SIZE, _COMMON * common)
    return size if probe.is_divisible and probe.size > _FEW * size else 0


def read_ahead_of(size: int) -> int:
    """Give how many slices of a size may be read ahead: those of one block of rows, which is searched meanwhile."""
    return max(_AHEAD // size, 1)


def iter_slices(stream: Capped, size: int) -> Iterator[bytes]:
    """Yield sheets of the rows of a sheet, each of about `size` bytes."""
    head, rest = b"", bytearray()
    while chunk := stream.read(size):
        begin = max(len(rest) - len(_END), 0)
        rest += chunk
        if (end := rest.rfind(_END, begin) + len(_END)) >= len(_END):
            yield head + rest[:end] + _TAIL
            head = head or bytes(rest[: rest.find(ROWS) + len(ROWS)])
            del rest[:end]
    yield head + rest


def workbook_of(sheet: bytes, common: Common) -> bytes:
    """Make a workbook of one sheet."""
    stream = io.BytesIO()
    date = ' date1904="1"' if common.is_1904 else ""
    with ZipFile(stream, "w") as package:
        for name, text in _PARTS.items():
            package.writestr(name, text)
        package.writestr(
            WORKBOOK,
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr{date}/><sheets>'
            '<sheet name="1" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        )
        if common.styles:
            package.writestr(STYLES, common.styles)
        if common.strings:
            package.writestr(STRINGS, common.strings)
        package.writestr(_SHEET, sheet)
    return stream.getvalue()


def iter_grids_of(slices: Iterable[Slice | list[Row]]) -> Iterator[Grid | list[Row]]:
    """Yield slices in blocks of texts, which go on from one to the next where their columns are the same.

    Rows that come as such stay so.
    """
    for (_, row, column, width), alike in groupby(slices, _Runs()):
        if width:
            yield from iter_blocks(_iter_filled(alike), column, width, row)
        else:
            yield from (each for each in alike if isinstance(each, list))


class _Runs:
    """Tells for each slice which run it is of, of those that follow each other in the same columns.

    A run is told by its number, its first row, its first column and its width, which is 0 for rows that come as such.
    """

    def __init__(self) -> None:
        self._run = 0, 0, 0, 0
        self._next = 0

    def __call__(self, each: Slice | list[Row]) -> tuple[int, int, int, int]:
        if isinstance(each, list):
            self._run = self._run[0] + 1, 0, 0, 0
            return self._run
        if (each.column, each.width) != self._run[2:] or each.row < self._next:
            self._run = self._run[0] + 1, each.row, each.column, each.width
        self._next = each.row + len(each.rows)
        return self._run


def _iter_filled(slices: Iterable[Slice | list[Row]]) -> Iterator[Sequence[object]]:
    """Yield the rows of slices, and between them those that are empty."""
    following = 0
    for each in slices:
        if isinstance(each, list):
            continue
        if following:
            yield from repeat([""] * each.width, each.row - following)
        yield from each.rows
        following = each.row + len(each.rows)
