"""Sheets written as an Excel workbook, straight into its package: no temporary file, and memory that does not grow.

Written by hand, because a report of 100,000 files has to be there in seconds: XlsxWriter in its constant memory mode
took 32 s of processor time for the rows that take 9 s here, openpyxl's write-only mode 47 s, and both keep the names of
files in temporary files that stay behind when they are killed. Names come from outside: they are text always, never a
formula or a link.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from itertools import chain, count, islice
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from piiscan.gauge import column_letters
from piiscan.printable import printable
from piiscan.sheets import Heading
from piiscan.xlsxparts import DECLARATION, MAIN, Look, Page, package_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from piiscan.sheets import Cell, Column, Sheet

#: What Excel takes: rows of a sheet, characters of a cell. The bytes of a part are bounded by what zip takes.
MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_MOST_BYTES = 1_500_000_000
_ROWS_AT_ONCE = 500
_LEVEL = 4  # of compression: a third faster than the usual one, and a twentieth larger
#: The day before the first, as Excel counts, and the first day that it counts right; an earlier one is written as text.
_ZERO_DAY, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
#: What a text that is in itself printable still needs: XML's own characters, those that XML has no place for, and what
#: Excel takes for an escape.
_SPECIAL = re.compile("[&<>\ufdd0-\ufdef\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write_sheets(sheets: Iterable[Sheet], stream: BinaryIO, created: datetime) -> None:
    """Write a workbook; the same sheets give the same bytes."""
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        pages: list[Page] = []
        for sheet in sheets:
            rows: Iterator[Sequence[Cell]] = iter(sheet.rows)
            more: list[Sequence[Cell]] = []
            number = 0
            while not number or more:
                number += 1
                name = sheet.name if number == 1 else f"{sheet.name} ({number})"
                with archive.open(_part(f"xl/worksheets/sheet{len(pages) + 1}.xml"), "w") as part:
                    pages.append(_Writer(sheet, name).write(part.write, chain(more, rows), is_first=not pages))
                more = list(islice(rows, 1))
        for name, text in package_parts(pages, created.astimezone(UTC)):
            archive.writestr(_part(name), text)


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name)  # of the first day that zip knows, so that bytes do not change with the clock
    part.compress_type = ZIP_DEFLATED
    part.external_attr = 0o600 << 16
    return part


def text_of(text: str) -> str:
    r"""Give a text as the XML of a cell, printable and no longer than a cell may be.

    >>> text_of("a<b>\x00"), text_of("_x0041_")
    ('a&lt;b&gt;\\x00', '_x005F_x0041_')
    """
    shown = printable(text)
    if len(shown) > _MOST_CHARACTERS:
        shown = shown[: _MOST_CHARACTERS - 1] + "…"
    return _SPECIAL.sub(_escaped, shown) if _SPECIAL.search(shown) else shown


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if character == "_":
        return "_x005F_"
    return escape(character) if character in "&<>" else f"\\u{ord(character):04x}"


class _Writer:
    """Writes one sheet: the rows of titles, those of cells, and what holds for columns."""

    def __init__(self, sheet: Sheet, name: str) -> None:
        self._columns, self._is_list, self._name = sheet.columns, sheet.is_list, name
        self._letters = [column_letters(place) for place in range(1, len(sheet.columns) + 1)]
        self._looks = [int(_look(column)) for column in sheet.columns]
        self._days = [int(Look.ASKED_DAY if column.is_asked else Look.DAY) for column in sheet.columns]
        self._has_keys = sheet.is_list and any(column.key for column in sheet.columns)
        self._titles = sheet.is_list + self._has_keys  # rows of titles

    def write(self, write: Callable[[bytes], object], rows: Iterator[Sequence[Cell]], *, is_first: bool) -> Page:
        """Write as many of the rows as the sheet holds."""
        write(self._head(is_first=is_first).encode())
        number, size = self._titles, 0
        while number < MOST_ROWS and size < _MOST_BYTES:
            block = list(islice(rows, min(_ROWS_AT_ONCE, MOST_ROWS - number)))
            if not block:
                break
            text = "".join([self._row(row, cells) for row, cells in enumerate(block, number + 1)]).encode()
            write(text)
            number, size = number + len(block), size + len(text)
        cells = f"A{self._titles}:{self._letters[-1]}{number}" if self._is_list else ""
        write(self._tail(number, cells).encode())
        return Page(self._name, cells, f"1:{self._titles}" if cells else "")

    def _head(self, *, is_first: bool) -> str:
        """Give all in front of the cells, and the rows of titles, which stay where they are."""
        columns = "".join(map(_column, count(1), self._columns, self._looks))
        pane = (
            f'<pane ySplit="{self._titles}" topLeftCell="A{self._titles + 1}" activePane="bottomLeft" state="frozen"/>'
            if self._titles
            else ""
        )
        selected = ' tabSelected="1"' if is_first else ""
        keys = self._row(1, [column.key for column in self._columns], hidden=True) if self._has_keys else ""
        titles = [Heading(column.title) for column in self._columns]
        return (
            f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView{selected} workbookViewId="0">{pane}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{keys}'
            f"{self._row(self._titles, titles, heading=Look.TITLE) if self._titles else ''}"
        )

    def _tail(self, last: int, cells: str) -> str:
        """Give all behind the cells: the filter of the list, and what may be filled in."""
        rules = [
            f'<dataValidation type="{rule}" allowBlank="1" showErrorMessage="1" '
            f'sqref="{letters}{self._titles + 1}:{letters}{last}"><formula1>{formula}</formula1></dataValidation>'
            for letters, column in zip(self._letters, self._columns, strict=True)
            for rule, formula in _rules(column)
            if last > self._titles
        ]
        filtered = f'<autoFilter ref="{cells}"/>' if cells else ""
        ruled = f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>' if rules else ""
        page = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        return f"</sheetData>{filtered}{ruled}{page}</worksheet>"

    def _row(self, number: int, cells: Sequence[Cell], *, hidden: bool = False, heading: int = Look.HEADING) -> str:
        """Give a row as XML. This runs for every cell of the largest sheets."""
        parts = ['<row r="', str(number), '" hidden="1">' if hidden else '">']
        for letters, look, day, cell in zip(self._letters, self._looks, self._days, cells, strict=False):
            if cell is None or cell == "":
                continue
            if type(cell) is int or type(cell) is float:
                parts.append(f'<c r="{letters}{number}" s="{_COUNT}"><v>{cell}</v></c>')
            elif isinstance(cell, date) and cell >= _FIRST_DAY:
                parts.append(f'<c r="{letters}{number}" s="{day}"><v>{(cell - _ZERO_DAY).days}</v></c>')
            else:
                look_of = heading if type(cell) is Heading else look
                parts.append(f'<c r="{letters}{number}" s="{look_of:d}" t="inlineStr"><is>{_told(str(cell))}</is></c>')
        parts.append("</row>")
        return "".join(parts)


_COUNT = int(Look.COUNT)


@lru_cache(maxsize=1 << 12)  # most columns say the same few things in all rows
def _told(text: str) -> str:
    text = text_of(text)
    kept = ' xml:space="preserve"' if text[0] == " " or text[-1] == " " else ""
    return f"<t{kept}>{text}</t>"


def _column(place: int, column: Column, look: int) -> str:
    hidden = ' hidden="1"' if column.is_hidden else ""
    return f'<col min="{place}" max="{place}" width="{column.width}" style="{look}"{hidden} customWidth="1"/>'


def _look(column: Column) -> Look:
    if not column.is_asked:
        return Look.TEXT
    return Look.ASKED_DAY if column.is_day else Look.ASKED


def _rules(column: Column) -> Iterator[tuple[str, str]]:
    """Yield what may be filled in to a column: one of a list, or a day."""
    if column.choices:
        yield "list", escape(f'"{",".join(column.choices)}"', quote=False)
    elif column.is_asked and column.is_day:
        yield 'date" operator="greaterThanOrEqual', str((_FIRST_DAY - _ZERO_DAY).days)
