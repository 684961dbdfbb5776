"""A sheet of a binary Excel workbook: its cells row by row, its notes, and what else is written on it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.biff import Record, Strings, iter_records, unpack_number
from piiscan.gauge import cell_name
from piiscan.linkformulas import BIFF8, quoted_in
from piiscan.model import Outcome
from piiscan.officeart import find_texts
from piiscan.piece import Problem, Segment
from piiscan.sheettables import iter_at_cells
from piiscan.sheetxml import show_value
from piiscan.workbook import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from piiscan.biffbook import Workbook
    from piiscan.piece import Piece
    from piiscan.sheetxml import Book

    Cell = tuple[int, str]

_DAMAGE = (IndexError, struct.error, ValueError)
_NOTE_OBJECT, _GOES_ON, _ARRAY = 0x19, 0xFFFF, 0x221
_URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")


@dataclass(slots=True)
class BiffSheet:
    """Reads the records of one sheet."""

    workbook: Workbook
    book: Book
    name: str
    notes: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    is_damaged: bool = False
    _row: int = -1
    _columns: list[int] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _open: tuple[int, int] | None = None
    _object: tuple[int, int] = (0, 0)
    _boxes: dict[int, str] = field(default_factory=dict)
    _of_objects: list[tuple[str, int, str]] = field(default_factory=list)

    def iter_rows(self, data: bytes, at: int) -> Iterator[Row | Problem]:
        """Yield the rows that have cells; what is on the sheet beside them is kept."""
        for record in iter_records(data, at):
            if record is None:
                self.is_damaged = True
                break
            try:
                if reader := _CELLS.get(record.kind):
                    yield from self._turn(struct.unpack_from("<H", record.data)[0])
                    reader(self, record)
                elif other := _OTHERS.get(record.kind):
                    other(self, record)
            except _DAMAGE:
                self.is_damaged = True
        yield from self._turn(-1)
        if self.is_damaged:
            yield Problem(Outcome.PARTIAL, "damaged")

    def iter_beside(self) -> Iterator[Piece]:
        """Yield notes and targets of links at their cells, and other text."""
        for cell, number, author in self._of_objects:
            self.notes.append((cell, self._boxes.pop(number, "") or author))
        yield from iter_at_cells(self.name, self.notes)
        if text := "\n".join(filter(str.strip, (*self.texts, *self._boxes.values()))):
            yield Segment(text, part=self.name, first_line=None)

    def _turn(self, row: int) -> Iterator[Row]:
        if row != self._row:
            if self._cells:
                yield Row(self._row + 1, tuple(self._columns), self._cells)
            self._row, self._columns, self._cells = row, [], []

    def _add(self, column: int, text: str) -> None:
        if text:
            self._columns.append(column + 1)
            self._cells.append(text)

    def _add_shared(self, record: Record) -> None:
        column, number = struct.unpack_from("<2xH2xL", record.data)
        self._add(column, self.book.strings[number])

    def _add_label(self, record: Record) -> None:
        (column,) = struct.unpack_from("<2xH", record.data)
        self._add(column, Strings((record.data, *record.more), self.workbook.encoding, 6).text())

    def _add_number(self, record: Record) -> None:
        column, style, value = struct.unpack_from("<2xHHd", record.data)
        self._add(column, show_value(value, style, self.book))

    def _add_packed(self, record: Record) -> None:
        column, style, packed = struct.unpack_from("<2xHHL", record.data)
        self._add(column, show_value(unpack_number(packed), style, self.book))

    def _add_many(self, record: Record) -> None:
        (column,) = struct.unpack_from("<2xH", record.data)
        cells = record.data[4:-2]
        for style, packed in struct.iter_unpack("<HL", cells[: len(cells) // 6 * 6]):
            self._add(column, show_value(unpack_number(packed), style, self.book))
            column += 1

    def _add_formula(self, record: Record) -> None:
        column, style, value = struct.unpack_from("<2xHHd", record.data)
        result = record.data[6:14]
        self._open = None
        self._add_target(record.data, 20, self._row, column)
        if result[6:] != b"\xff\xff":
            self._add(column, show_value(value, style, self.book))
        elif result[0] == 0:
            self._open = (self._row, column)
        elif result[0] == 1:
            self._add(column, str(bool(result[2])).upper())

    def _add_shared_formula(self, record: Record) -> None:
        """Take a formula of many cells, at the first of them; that of an array has more flags."""
        row, column = struct.unpack_from("<H2xB", record.data)
        self._add_target(record.data, 12 if record.kind == _ARRAY else 8, row, column)

    def _add_target(self, data: bytes, at: int, row: int, column: int) -> None:
        """Take where a formula leads to, of which the size stands at a byte; BIFF5 knows no links."""
        end = at + 2 + int.from_bytes(data[at : at + 2], "little")
        if not self.workbook.encoding and (text := quoted_in(data[at + 2 : end], BIFF8)):
            self.notes.append((cell_name(row + 1, column + 1), text))

    def _add_result(self, record: Record) -> None:
        if self._open and self._open[0] == self._row:
            self._add(self._open[1], Strings((record.data, *record.more), self.workbook.encoding).text())

    def _add_truth(self, record: Record) -> None:
        column, value, is_error = struct.unpack_from("<2xH2xBB", record.data)
        self._add(column, "" if is_error else str(bool(value)).upper())

    def _add_running(self, record: Record) -> None:
        if record.data:
            self.texts.append(self.workbook.text_of(record.data, 1 if self.workbook.encoding else 2))

    def _add_drawing(self, record: Record) -> None:
        self.texts += find_texts(b"".join((record.data, *record.more)))

    def _set_object(self, record: Record) -> None:
        self._object = struct.unpack_from("<4xHH", record.data)

    def _add_box(self, record: Record) -> None:
        (count,) = struct.unpack_from("<10xH", record.data)
        if count:
            self._boxes[self._object[1]] = Strings(record.more).characters(count)

    def _add_note(self, record: Record) -> None:
        row, column, _, number = struct.unpack_from("<HHHH", record.data)
        if self.workbook.encoding:
            text = record.data[6:].decode(self.workbook.encoding, "replace")
            if row == _GOES_ON and self.notes:
                self.notes[-1] = (self.notes[-1][0], self.notes[-1][1] + text)
                return
            self.notes.append((cell_name(row + 1, column + 1), text))
        else:
            author = self.workbook.text_of(record.data, 2, 8)
            self.texts.append(author)
            self._of_objects.append((cell_name(row + 1, column + 1), number, author))

    def _add_link(self, record: Record) -> None:
        """Take the address of a link behind its mark; what is shown for it is the cell's text."""
        data = b"".join((record.data, *record.more))
        if (at := data.find(_URL)) >= 0:
            (size,) = struct.unpack_from("<L", data, at + 16)
            self.texts.append(data[at + 20 : at + 20 + size].decode("utf-16-le", "replace").partition("\0")[0])

    def _add_rule(self, record: Record) -> None:
        reader = Strings((record.data, *record.more), self.workbook.encoding, 4)
        self.texts += [text for _ in range(4) if (text := reader.text().strip("\0"))]
        formula = reader.parts[reader.part][reader.at + 4 :]  # behind its size
        if formula[:1] == b"\x17":  # the list to choose from
            self.texts.append(Strings((formula[1:],), reader.encoding).text(1).replace("\0", "\n"))

    def _add_series(self, record: Record) -> None:
        self.texts.append(self.workbook.text_of(record.data, 1, 2))


_CELLS: dict[int, Callable[[BiffSheet, Record], None]] = {
    0xFD: BiffSheet._add_shared,  # noqa: SLF001 - its own table
    0x204: BiffSheet._add_label,  # noqa: SLF001
    0xD6: BiffSheet._add_label,  # noqa: SLF001
    0x203: BiffSheet._add_number,  # noqa: SLF001
    0x27E: BiffSheet._add_packed,  # noqa: SLF001
    0xBD: BiffSheet._add_many,  # noqa: SLF001
    0x06: BiffSheet._add_formula,  # noqa: SLF001
    0x205: BiffSheet._add_truth,  # noqa: SLF001
}
_OTHERS: dict[int, Callable[[BiffSheet, Record], None]] = {
    0x207: BiffSheet._add_result,  # noqa: SLF001
    0x14: BiffSheet._add_running,  # noqa: SLF001
    0x15: BiffSheet._add_running,  # noqa: SLF001
    0xEC: BiffSheet._add_drawing,  # noqa: SLF001
    0x5D: BiffSheet._set_object,  # noqa: SLF001
    0x1B6: BiffSheet._add_box,  # noqa: SLF001
    0x1C: BiffSheet._add_note,  # noqa: SLF001
    0x1B8: BiffSheet._add_link,  # noqa: SLF001
    0x4BC: BiffSheet._add_shared_formula,  # noqa: SLF001
    _ARRAY: BiffSheet._add_shared_formula,  # noqa: SLF001
    0x1BE: BiffSheet._add_rule,  # noqa: SLF001
    0x100D: BiffSheet._add_series,  # noqa: SLF001
}
