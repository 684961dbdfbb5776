"""The records of a binary Excel workbook ([MS-XLS]) and the strings in them, BIFF8 and the BIFF5 of Excel 5 and 95."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTINUE, EOF, BOF = 0x3C, 0x0A, 0x809
_WIDE, _EXTENDED, _RICH = 1, 4, 8


class Record(NamedTuple):
    """A record's kind, its bytes, and those of the records that continue it."""

    kind: int
    data: bytes
    more: tuple[bytes, ...] = ()


def iter_records(data: bytes, at: int = 0) -> Iterator[Record | None]:
    """Yield the records from `at` to the end of the substream there; None where the data ends before it does."""
    depth = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        own, at = data[at + 4 : at + 4 + size], at + 4 + size
        more = []
        while at + 4 <= len(data) and data[at] == CONTINUE and data[at + 1] == 0:
            size = data[at + 2] | data[at + 3] << 8
            more.append(data[at + 4 : at + 4 + size])
            at += 4 + size
        depth += (kind == BOF) - (kind == EOF)
        yield Record(kind, own, tuple(more))
        if not depth:
            return
    yield None


@dataclass(slots=True)
class Strings:
    """Reads strings one after the other. Where a record goes on within one, the next part tells its width anew."""

    parts: tuple[bytes, ...]
    encoding: str = ""
    at: int = 0
    part: int = 0

    def take(self, size: int) -> bytes:
        """Give the next bytes, which may lie in several parts; raises IndexError where there are fewer."""
        found = b""
        while len(found) < size:
            self._advance()
            piece = self.parts[self.part][self.at : self.at + size - len(found)]
            self.at += len(piece)
            found += piece
        return found

    def text(self, count_bytes: int = 2) -> str:
        """Give the next string, whose count takes so many bytes; in BIFF5 it is in the code page of the book."""
        count = int.from_bytes(self.take(count_bytes), "little")
        if self.encoding:
            return self.take(count).decode(self.encoding, "replace")
        return self.characters(count)

    def characters(self, count: int) -> str:
        """Give so many characters behind their flags, and pass over what describes them."""
        (flags,) = self.take(1)
        runs = int.from_bytes(self.take(2), "little") if flags & _RICH else 0
        extra = int.from_bytes(self.take(4), "little") if flags & _EXTENDED else 0
        texts = []
        while count > 0:
            if self.at >= len(self.parts[self.part]):
                self._advance()
                (flags,) = self.take(1)
            width = 1 + (flags & _WIDE)
            piece = self.parts[self.part][self.at : self.at + count * width]
            piece = piece[: len(piece) // width * width]
            if not piece:
                raise IndexError
            self.at += len(piece)
            count -= len(piece) // width
            texts.append(piece.decode("utf-16-le" if width != 1 else "latin-1", "replace"))
        self._pass_over(runs * 4 + extra)
        return "".join(texts)

    def _advance(self) -> None:
        while self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0
            if self.part >= len(self.parts):
                self.part -= 1
                raise IndexError

    def _pass_over(self, size: int) -> None:
        while size > 0:
            self._advance()
            step = min(size, len(self.parts[self.part]) - self.at)
            self.at += step
            size -= step


def unpack_number(packed: int) -> float:
    """Give a number that is packed into 30 bits, whole or the upper part of a float, perhaps times 100."""
    if packed & 2:
        value = float((packed ^ 0x80000000) - 0x80000000 >> 2)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value
