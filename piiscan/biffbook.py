"""What a binary Excel workbook says for all its sheets: their names and places, shared strings, formats, names."""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from piiscan.biff import BOF, Record, Strings, iter_records
from piiscan.sheetxml import Book, make_styles

if TYPE_CHECKING:
    from collections.abc import Callable

_BIFF8 = 0x600
_DAMAGE = (IndexError, struct.error, ValueError)
_BUILT_IN = 0x20


class Sheet(NamedTuple):
    """A sheet's name, and where its records begin."""

    name: str
    at: int


@dataclass(slots=True)
class Workbook:
    """Reads the records for the whole workbook."""

    encoding: str = ""
    strings: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)
    is_1904: bool = False
    is_encrypted: bool = False
    is_damaged: bool = False

    def read(self, data: bytes) -> Book:
        """Read the first substream, and give what its cells refer to."""
        for record in iter_records(data):
            if record is None:
                self.is_damaged = True
            elif reader := _READERS.get(record.kind):
                try:
                    reader(self, record)
                except _DAMAGE:
                    self.is_damaged = True
            if self.is_encrypted:
                break
        return Book(self.strings, make_styles(self.codes, self.formats), self.is_1904)

    def text_of(self, data: bytes, count_bytes: int = 2, at: int = 0) -> str:
        """Give a string of a record."""
        return Strings((data,), self.encoding, at).text(count_bytes)

    def _begin(self, record: Record) -> None:
        (version,) = struct.unpack_from("<H", record.data)
        self.encoding = "" if version == _BIFF8 else self.encoding or "cp932"

    def _set_codepage(self, record: Record) -> None:
        if not self.encoding:
            return
        (number,) = struct.unpack_from("<H", record.data)
        try:
            self.encoding = codecs.lookup(f"cp{number}").name
        except LookupError:
            self.encoding = "cp1252"

    def _lock(self, _record: Record) -> None:
        self.is_encrypted = True

    def _set_epoch(self, record: Record) -> None:
        self.is_1904 = record.data[:1] == b"\1"

    def _add_user(self, record: Record) -> None:
        self.texts.append(self.text_of(record.data, 1 if self.encoding else 2).strip())

    def _add_format(self, record: Record) -> None:
        (number,) = struct.unpack_from("<H", record.data)
        self.codes[str(number)] = self.text_of(record.data, 1 if self.encoding else 2, 2)

    def _add_style(self, record: Record) -> None:
        self.formats.append(str(struct.unpack_from("<H", record.data, 2)[0]))

    def _add_sheet(self, record: Record) -> None:
        (at,) = struct.unpack_from("<L", record.data)
        self.sheets.append(Sheet(self.text_of(record.data, 1, 6), at))

    def _add_strings(self, record: Record) -> None:
        (count,) = struct.unpack_from("<L", record.data, 4)
        reader = Strings((record.data[8:], *record.more))
        for _ in range(count):
            self.strings.append(reader.text())

    def _add_name(self, record: Record) -> None:
        """Take a name and the texts in its formula (a length, flags, characters behind 17h)."""
        flags, length, size = struct.unpack_from("<HxBH", record.data)
        if flags & _BUILT_IN:
            return
        if self.encoding:
            name, formula = record.data[14 : 14 + length].decode(self.encoding, "replace"), b""
        else:
            reader = Strings((record.data,), at=14)
            name, formula = reader.characters(length), record.data[reader.at : reader.at + size]
        self.texts.append(name)
        if formula[:1] == b"\x17":
            self.texts.append(Strings((formula[1:],)).text(1))


_READERS: dict[int, Callable[[Workbook, Record], None]] = {
    BOF: Workbook._begin,  # noqa: SLF001 - its own table
    0x2F: Workbook._lock,  # noqa: SLF001
    0x22: Workbook._set_epoch,  # noqa: SLF001
    0x42: Workbook._set_codepage,  # noqa: SLF001
    0x5C: Workbook._add_user,  # noqa: SLF001
    0x41E: Workbook._add_format,  # noqa: SLF001
    0x1E: Workbook._add_format,  # noqa: SLF001
    0xE0: Workbook._add_style,  # noqa: SLF001
    0x85: Workbook._add_sheet,  # noqa: SLF001
    0xFC: Workbook._add_strings,  # noqa: SLF001
    0x18: Workbook._add_name,  # noqa: SLF001
}
