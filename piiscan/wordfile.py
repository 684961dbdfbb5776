"""Word's binary documents ([MS-DOC]): where their characters lie, and which of them end the rows of tables.

The file information block at the top of the stream WordDocument says how many characters each sub-document has, and
where the piece table is. A piece is 16-bit text, or 8-bit text in CP1252; what a document of Word 6 or 95 has is in
the code page of its language.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from piiscan.model import Outcome
from piiscan.officeart import find_in_word
from piiscan.piece import Problem
from piiscan.wordmarks import Marks, read_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.compound import Compound

#: Characters that stand for the mark that ends a row, and for the end of a paragraph within a cell.
ROW_END, CELL_LINE = "\x1d", "\x1c"
#: The sub-documents in the order of their counts; what was once kept for macros has no text.
_STORIES = ("body", "footnotes", "header", "macro", "comments", "endnotes", "textbox", "textbox")
_WORD, _WORD_97 = 0xA5EC, 0xC1
_WORD_6 = frozenset({0xA5DC, 0xA5DB})
_COMPLEX, _ENCRYPTED, _SECOND_TABLE, _WIDE = 0x4, 0x100, 0x200, 0x1000
_PAIRS = 0x9A
_HEADERS, _PIECES, _OWNERS, _DRAWINGS, _REVISERS, _SAVED = 11, 33, 36, 50, 51, 71
_PRC, _PIECE_TABLE, _NARROW = 1, 2, 0x40000000
_LANGUAGES = {0x11: "cp932", 0x12: "cp949", 0x04: "gb18030", 0x19: "cp1251", 0x08: "cp1253"}
_DAMAGED, _PASSWORD = Problem(Outcome.PARTIAL, "damaged"), Problem(Outcome.ENCRYPTED, "password")
_STORY_MARKS = {"\x1d": " ", "\x1c": " "}


class Story(NamedTuple):
    """A sub-document: what people call it, and its characters."""

    part: str
    text: str


class _Piece(NamedTuple):
    """Bytes from `first` to `last` of the document's stream, `width` to a character."""

    first: int
    last: int
    width: int


@dataclass(frozen=True, slots=True)
class WordFile:
    """A document that can be read: its streams and what the information block says."""

    main: bytes
    table: bytes
    counts: tuple[int, ...]
    pieces: tuple[_Piece, ...]
    encoding: str
    marks: Marks
    is_cut: bool
    is_old: bool = False

    def iter_stories(self) -> Iterator[Story]:
        """Yield the sub-documents that have text, headers and footers one by one; last what belongs to none."""
        text = self._read()
        at = 0
        for part, count in (*zip(_STORIES, self.counts, strict=True), ("other", len(text))):
            if own := text[at : at + count]:
                if self.is_old and self.pieces[0].width == 1:
                    own = own.encode("latin-1").decode(self.encoding, "replace")
                yield from self._split_headers(own) if part == "header" else [Story(part, own)]
            at += count

    def iter_names(self) -> Iterator[str]:
        """Yield who commented, revised and saved the document, and where."""
        if self.is_old:
            return
        owners = self._at(_OWNERS)
        at = 0
        while at + 2 <= len(owners):
            (count,) = struct.unpack_from("<H", owners, at)
            yield owners[at + 2 : at + 2 + count * 2].decode("utf-16-le", "replace")
            at += 2 + count * 2
        for index in (_REVISERS, _SAVED):
            yield from _strings(self._at(index))

    def iter_drawn(self) -> Iterator[str]:
        """Yield texts of WordArt, and what describes a picture."""
        if not self.is_old:
            yield from find_in_word(self._at(_DRAWINGS))

    def _at(self, index: int) -> bytes:
        return _table_part(self.main, self.table, index)

    def _split_headers(self, text: str) -> Iterator[Story]:
        """Tell headers from footers: six stories of notes' separators, then six for each section."""
        places = self._at(_HEADERS) if not self.is_old else b""
        cuts = [at for (at,) in struct.iter_unpack("<L", places[: len(places) & ~3])]
        if not cuts or cuts != sorted(cuts):
            yield Story("header", text)
            return
        for index, (first, last) in enumerate(pairwise(cuts)):
            is_footer = index >= 6 and index % 6 in {2, 3, 5}  # noqa: PLR2004 - even, odd and first page's
            if text[first:last].strip():
                yield Story("footer" if is_footer else "header", text[first:last])
        if rest := text[cuts[-1] :].strip():
            yield Story("header", rest)

    def _read(self) -> str:
        texts = []
        for first, last, width in self.pieces:
            raw = self.main[first:last]
            if width == 1 and self.is_old:
                # Counts of Word 6 are bytes: a character of two leaves a gap, so that all places stand.
                texts.append(raw.decode("latin-1"))
                continue
            text = raw.decode("utf-16-le", "replace") if width != 1 else _narrow(raw)
            texts.append(self._mark(text, first, width))
        return "".join(texts)

    def _mark(self, text: str, first: int, width: int) -> str:
        for mark, stand_in in _STORY_MARKS.items():
            text = text.replace(mark, stand_in)
        last = first + len(text) * width
        characters: list[str] | None = None
        for ends, mark in ((self.marks.rows, ROW_END), (self.marks.lines, CELL_LINE)):
            for index in range(bisect_left(ends, first + width), bisect_right(ends, last)):
                characters = characters or list(text)
                at = (ends[index] - first) // width - 1
                if characters[at] in "\r\x07":
                    characters[at] = mark if mark == ROW_END or characters[at] == "\r" else "\x07"
        return "".join(characters) if characters else text


def read_word(compound: Compound) -> WordFile | Problem:
    """Read what says where text lies; a Problem where the document is encrypted or says nothing."""
    main = compound.read("WordDocument")
    if len(main) < 0x200:  # noqa: PLR2004 - the smallest information block, that of Word 6
        return _DAMAGED
    magic, version, language, flags = struct.unpack_from("<HH2xH2xH", main)
    if flags & _ENCRYPTED:
        return _PASSWORD
    encoding = _LANGUAGES.get(language & 0x3FF, "cp1252")
    if magic in _WORD_6 or version < _WORD_97:
        return _read_old(main, flags, encoding)
    if magic != _WORD:
        return _DAMAGED
    table = compound.read("1Table" if flags & _SECOND_TABLE else "0Table")
    counts = struct.unpack_from("<8l", main, 0x4C)
    pieces, is_cut = _read_pieces(_table_part(main, table, _PIECES), len(main))
    if not pieces or min(counts) < 0:
        return _DAMAGED
    marks = read_marks(main, table, compound.read("Data"))
    is_short = sum((last - first) // width for first, last, width in pieces) < sum(counts)
    return WordFile(main, table, counts, tuple(pieces), encoding, marks, is_cut or is_short)


def _read_old(main: bytes, flags: int, encoding: str) -> WordFile | Problem:
    """Read what Word 6 and 95 wrote: all in one stream, 8-bit but for what the Asian editions of 95 say is 16-bit."""
    first, last = struct.unpack_from("<LL", main, 0x18)
    counts = struct.unpack_from("<8l", main, 0x34)
    if min(counts) < 0:
        return _DAMAGED
    pieces, is_cut = [_Piece(first, min(last, len(main)), 1 + bool(flags & _WIDE))], last > len(main)
    if flags & _COMPLEX:
        at, size = struct.unpack_from("<LL", main, 0x160)
        pieces, is_cut = _read_pieces(main[at : at + size], len(main), is_old=True)
    if not pieces or pieces[0].first >= len(main):
        return _DAMAGED
    return WordFile(main, b"", counts, tuple(pieces), encoding, Marks((), ()), is_cut, is_old=True)


def _table_part(main: bytes, table: bytes, index: int) -> bytes:
    at = _PAIRS + index * 8
    if at + 8 > len(main):
        return b""
    offset, size = struct.unpack_from("<LL", main, at)
    return table[offset : offset + size]


def _read_pieces(data: bytes, size: int, *, is_old: bool = False) -> tuple[list[_Piece], bool]:
    """Give the pieces of a piece table, and whether some lie beyond the stream or come again and again."""
    at = 0
    while at + 3 <= len(data) and data[at] == _PRC:
        at += 3 + struct.unpack_from("<H", data, at + 1)[0]
    if at + 5 > len(data) or data[at] != _PIECE_TABLE:
        return [], True
    (length,) = struct.unpack_from("<L", data, at + 1)
    is_cut = length > len(data) - at - 5
    count = (min(length, len(data) - at - 5) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}L", data, at + 5) if count > 0 else ()
    pieces, left = [], size
    for index in range(max(count, 0)):
        (place,) = struct.unpack_from("<L", data, at + 5 + 4 * (count + 1) + 8 * index + 2)
        width = 1 if place & _NARROW or is_old else 2
        first = (place & ~_NARROW) // 2 if width == 1 and not is_old else place & ~_NARROW
        wanted = (places[index + 1] - places[index]) * width
        left -= max(wanted, 0)
        if wanted < 0 or first + wanted > size or left < 0:
            is_cut = True
            wanted = max(0, min(wanted, size - first, left + max(wanted, 0)))
        pieces.append(_Piece(first, first + wanted, width))
    return pieces, is_cut


def _narrow(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _strings(data: bytes) -> Iterator[str]:
    """Yield the strings of a table of them (STTB), where they are 16-bit."""
    if len(data) < 6 or data[:2] != b"\xff\xff":  # noqa: PLR2004 - its head
        return
    (count, extra) = struct.unpack_from("<HH", data, 2)
    at = 6
    for _ in range(count):
        if at + 2 > len(data):
            return
        (length,) = struct.unpack_from("<H", data, at)
        yield data[at + 2 : at + 2 + length * 2].decode("utf-16-le", "replace")
        at += 2 + length * 2 + extra
