"""Which marks of a Word document end the rows of its tables, and which paragraphs lie in cells.

Only the properties of paragraphs say so: the mark that ends a cell and the one that ends a row are one character.
They lie in pages of 512 bytes, which the table of [MS-DOC] 2.8.6 lists.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple

_PAGE, _ROW = 512, 13
_LIST = 0x102
#: Properties with the value 1: a paragraph is the end of a row; it lies in a table. And where they stand elsewhere.
_ENDS_ROW, _IN_TABLE = b"\x17\x24\x01", b"\x16\x24\x01"
_ELSEWHERE = (b"\x46\x66", b"\x45\x66")


class Marks(NamedTuple):
    """Offsets right behind marks, in order: of those that end rows, and of the other paragraphs in tables."""

    rows: tuple[int, ...]
    lines: tuple[int, ...]


def read_marks(main: bytes, table: bytes, data: bytes) -> Marks:
    """Read the properties of all paragraphs; what is damaged gives no marks."""
    rows, lines = set[int](), set[int]()
    offset, size = struct.unpack_from("<LL", main, _LIST)
    plc = table[offset : offset + size]
    count = max(0, (len(plc) - 4) // 8)
    pages = struct.unpack_from(f"<{count}L", plc, 4 * (count + 1)) if count else ()
    elsewhere = _Elsewhere(data, len(data))
    for number in dict.fromkeys(number & 0x3FFFFF for number in pages):
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE or (page[-1] + 1) * 4 + page[-1] * _ROW > _PAGE:
            continue
        ends = struct.unpack_from(f"<{page[-1] + 1}L", page)
        for at in range(page[-1]):
            properties = _properties(page, page[4 * (page[-1] + 1) + at * _ROW] * 2, elsewhere)
            if _ENDS_ROW in properties:
                rows.add(ends[at + 1])
            elif _IN_TABLE in properties:
                lines.add(ends[at + 1])
    return Marks(tuple(sorted(rows)), tuple(sorted(lines)))


@dataclass(slots=True)
class _Elsewhere:
    """Long properties in a stream of their own; no more is read of it than it has bytes."""

    data: bytes
    left: int

    def read(self, offset: int) -> bytes:
        length = int.from_bytes(self.data[offset : offset + 2], "little")
        self.left -= length
        return self.data[offset + 2 : offset + 2 + length] if self.left >= 0 else b""


def _properties(page: bytes, at: int, elsewhere: _Elsewhere) -> bytes:
    if not at or at + 2 > _PAGE:
        return b""
    size = page[at] * 2 - 1 if page[at] else page[at + 1] * 2
    start = at + 1 if page[at] else at + 2
    properties = page[start + 2 : start + size]
    for mark in _ELSEWHERE:
        if (found := properties.find(mark)) >= 0 and found + 6 <= len(properties):
            (offset,) = struct.unpack_from("<L", properties, found + 2)
            return properties + elsewhere.read(offset)
    return properties
