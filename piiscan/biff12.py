"""The records of an Excel workbook of the kind .xlsb ([MS-XLSB]): strings, styles, sheets and their cells."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.biff import unpack_number
from piiscan.charset import REPLACEMENT
from piiscan.gauge import cell_name
from piiscan.linkformulas import BIFF12, quoted_in
from piiscan.model import Outcome
from piiscan.piece import Problem
from piiscan.sheetxml import Styles, make_styles, show_value
from piiscan.workbook import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.sheetxml import Book

_DAMAGE = (struct.error, IndexError, ValueError)
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")
_ROW, _SHARED, _SHEET, _NAME, _FORMAT, _STYLE = 0, 19, 156, 39, 44, 47
_STYLES_BEGIN, _STYLES_END = 617, 618
_COMMENT, _COMMENT_TEXT, _AUTHOR, _RUNNING, _LINK = 635, 637, 632, 479, 494
_PACKED, _TRUTH, _FLOAT, _TEXT, _OF_SHARED, _RESULT, _NUMBER_RESULT, _TRUTH_RESULT, _RICH = 2, 4, 5, 6, 7, 8, 9, 10, 62
_CELLS = frozenset({_PACKED, _TRUTH, _FLOAT, _TEXT, _OF_SHARED, _RESULT, _NUMBER_RESULT, _TRUTH_RESULT, _RICH})
#: Results of formulas, with the bytes that one takes; of a text, that depends. A formula of many cells, or of an array,
#: is kept once: with the bytes in front of its size.
_RESULTS, _OF_MANY = {_RESULT: 0, _NUMBER_RESULT: 8, _TRUTH_RESULT: 1, 11: 1}, {426: 17, 427: 16}
_BESIDE = frozenset({_RUNNING, _LINK, *_OF_MANY, *_RESULTS})
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14


def iter_records(data: bytes) -> Iterator[tuple[int, bytes] | None]:
    """Yield the kind and bytes of each record; None where the data ends within one."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80 and at < len(data):
            kind, at = (kind & 0x7F) | data[at] << 7, at + 1
        size = 0
        for shift in (0, 7, 14, 21):
            if at >= len(data):
                yield None
                return
            part, at = data[at], at + 1
            size |= (part & 0x7F) << shift
            if not part & 0x80:
                break
        if at + size > len(data):
            yield None
            return
        yield kind, data[at : at + size]
        at += size


def is_cut(data: bytes) -> bool:
    """Tell whether the records of a part end within one."""
    return None in iter_records(data)


def read_text(data: bytes, at: int) -> tuple[str, int]:
    """Give a string and where it ends; none has the length -1. Raises struct.error where it is cut."""
    (count,) = struct.unpack_from("<L", data, at)
    if count == 0xFFFFFFFF:  # noqa: PLR2004
        return "", at + 4
    end = at + 4 + count * 2
    if end > len(data):
        raise struct.error
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def read_strings(data: bytes) -> list[str]:
    """Give the strings that cells share."""
    return [read_text(record[1], 1)[0] for record in iter_records(data) if record and record[0] == _SHARED]


def read_styles(data: bytes) -> Styles:
    """Give the styles that show a number as a date or as digits."""
    codes, formats, is_cell = dict[str, str](), list[str](), False
    for record in iter_records(data):
        kind, own = record or (-1, b"")
        if kind == _FORMAT:
            codes[str(struct.unpack_from("<H", own)[0])] = read_text(own, 2)[0]
        elif kind in {_STYLES_BEGIN, _STYLES_END}:
            is_cell = kind == _STYLES_BEGIN
        elif kind == _STYLE and is_cell:
            formats.append(str(struct.unpack_from("<H", own, 2)[0]))
    return make_styles(codes, formats)


def list_sheets(data: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Give each sheet's relation and name, and the names that the workbook defines."""
    sheets, names = list[tuple[str, str]](), list[str]()
    for record in iter_records(data):
        kind, own = record or (-1, b"")
        if kind == _SHEET:
            relation, at = read_text(own, 8)
            sheets.append((relation, read_text(own, at)[0]))
        elif kind == _NAME:
            names.append(read_text(own, 9)[0])
    return sheets, names


def list_comments(data: bytes) -> list[tuple[str, str]]:
    """Give each comment's cell and text; the names of authors have no cell."""
    found, cell = list[tuple[str, str]](), ""
    for record in iter_records(data):
        kind, own = record or (-1, b"")
        if kind == _COMMENT:
            row, column = struct.unpack_from("<4xL4xL", own)
            cell = cell_name(row + 1, column + 1)
        elif kind == _COMMENT_TEXT:
            found.append((cell, read_text(own, 1)[0]))
        elif kind == _AUTHOR:
            found.append(("", read_text(own, 0)[0]))
    return found


def list_kept(data: bytes) -> list[str]:
    """Give the strings in the records of a part that is not told apart here: a length, and so many printable ones."""
    texts = list[str]()
    for record in iter_records(data):
        own, at = record[1] if record else b"", 0
        while at + 4 <= len(own):
            count = int.from_bytes(own[at : at + 4], "little")
            if not 0 < count * 2 <= len(own) - at - 4:
                at += 1
                continue
            text = own[at + 4 : at + 4 + count * 2].decode("utf-16-le", "replace")
            is_text = text.isprintable() and REPLACEMENT not in text
            texts += [text] * is_text
            at += 4 + count * 2 if is_text else 1
    return texts


@dataclass(slots=True)
class BinarySheet:
    """Reads the records of one sheet; `texts` is what is written on it beside cells, `links` lie at cells."""

    book: Book
    texts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def iter_rows(self, data: bytes) -> Iterator[Row | Problem]:
        """Yield the rows that have cells."""
        row, columns, cells, is_damaged = 0, list[int](), list[str](), False
        for record in iter_records(data):
            kind, own = record or (-1, b"")
            is_damaged |= record is None
            try:
                if kind == _ROW:
                    if cells:
                        yield Row(row + 1, tuple(columns), cells)
                    (row,) = struct.unpack_from("<L", own)
                    columns, cells = [], []
                elif kind in _CELLS:
                    column, _, text = self._read_cell(kind, own)
                    if text and column < _LAST_COLUMN and row < _LAST_ROW:
                        columns.append(column + 1)
                        cells.append(text)
                if kind in _BESIDE:
                    self._add_beside(row, kind, own)
            except _DAMAGE:
                is_damaged = True
        if cells:
            yield Row(row + 1, tuple(columns), cells)
        if is_damaged:
            yield _DAMAGED

    def _read_cell(self, kind: int, data: bytes) -> tuple[int, int, str]:
        column, style = struct.unpack_from("<LL", data)
        style &= 0xFFFFFF
        if kind == _PACKED:
            text = show_value(unpack_number(struct.unpack_from("<L", data, 8)[0]), style, self.book)
        elif kind in {_FLOAT, _NUMBER_RESULT}:
            text = show_value(struct.unpack_from("<d", data, 8)[0], style, self.book)
        elif kind in {_TRUTH, _TRUTH_RESULT}:
            text = str(bool(data[8])).upper()
        elif kind == _OF_SHARED:
            text = self.book.strings[struct.unpack_from("<L", data, 8)[0]]
        else:
            text = read_text(data, 9 if kind == _RICH else 8)[0]
        return column, style, text

    def _add_beside(self, row: int, kind: int, data: bytes) -> None:
        """Take headers, footers and links; and where a formula leads to, which is behind its result and flags.

        That of many cells is placed at the first.
        """
        if kind in {_RUNNING, _LINK}:
            self._add_texts(kind, data)
            return
        if kind in _OF_MANY:
            row, column = struct.unpack_from("<L4xL", data)
            at = _OF_MANY[kind]
        else:
            (column,) = struct.unpack_from("<L", data)
            at = 2 + (read_text(data, 8)[1] if kind == _RESULT else 8 + _RESULTS[kind])
        end = at + 4 + int.from_bytes(data[at : at + 4], "little")
        if text := quoted_in(data[at + 4 : end], BIFF12):
            self.links.append((cell_name(row + 1, column + 1), text))

    def _add_texts(self, kind: int, data: bytes) -> None:
        """Take headers and footers (six), or what a link says (its relation, place, tip and text)."""
        at = 2 if kind == _RUNNING else read_text(data, 16)[1]
        while at < len(data):
            text, at = read_text(data, at)
            self.texts.append(text)
