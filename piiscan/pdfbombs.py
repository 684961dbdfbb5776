"""Streams that unpack to more than any page needs are emptied before a reader of PDF sees the file.

pdfium unpacks a stream whole, and ends the process where memory ends; nothing of the file would be reported. The
file on disk stays as it is, and so do the places of its objects: a few bytes are laid over the beginning of the
stream, so that it ends at once. Pictures are let be: text is read without unpacking them. Not seen are bombs in
encrypted files and those packed by other filters than Flate.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from piiscan.pdfstreams import count_inflations, iter_unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

    from piiscan.pdfstreams import Stream

#: Bytes that one stream may have when unpacked.
STREAM = 100 << 20
#: Of a stream that is nearly all the same, and of all such together: drawn, each byte may take 200 bytes of memory.
SPARSE, SPARSE_TOTAL = 4 << 20, 64 << 20
#: The most that Flate makes of a byte, and what it makes of a byte only where nearly all are the same.
_MOST, _MANY = 1032, 100
_EMPTY = {b"ASCII85Decode": b"~>", b"A85": b"~>", b"ASCIIHexDecode": b">", b"AHx": b">"}


class Defuser:
    """Counts what streams unpack to, and remembers those that are too large."""

    def __init__(self) -> None:
        self._left = SPARSE_TOTAL
        self._patches: list[tuple[int, bytes]] = []

    @property
    def is_needed(self) -> bool:
        """Tell whether a stream was too large."""
        return bool(self._patches)

    def check(self, source: BinaryIO, stream: Stream) -> None:
        """Count one stream, if it is packed so that it may be too large."""
        layers = count_inflations(stream)
        if not layers or (layers == 1 and stream.size * _MOST < SPARSE):
            return
        if b"/Image" in stream.entries and b"/Width" in stream.entries:
            return
        size = 0
        for chunk in iter_unpacked(source, stream):
            size += len(chunk)
            if size > STREAM:
                break
        # An attached file is not drawn, and may well be a table of zeros.
        is_sparse = size > stream.size * _MANY and b"/EmbeddedFile" not in stream.entries
        self._left -= size * is_sparse
        if size > (SPARSE if is_sparse else STREAM) or self._left < 0:
            self._patches.append((stream.start, _EMPTY.get(stream.filters[0], zlib.compress(b""))))

    def cover(self, source: BinaryIO) -> BinaryIO:
        """Give the file without those that are too large; the file itself, where there are none."""
        return io.BufferedReader(_Covered(source, self._patches)) if self._patches else source


class _Covered(io.RawIOBase):
    """A file with other bytes at some places."""

    def __init__(self, source: BinaryIO, patches: Iterable[tuple[int, bytes]]) -> None:
        self._source, self._patches = source, list(patches)
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = self._place if whence == io.SEEK_CUR else 0
        self._place = self._source.seek(0, io.SEEK_END) + offset if whence == io.SEEK_END else start + offset
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        self._source.seek(self._place)
        data = bytearray(self._source.read(len(room)))
        for place, patch in self._patches:
            begin, end = max(place, self._place), min(place + len(patch), self._place + len(data))
            if begin < end:
                data[begin - self._place : end - self._place] = patch[begin - place : end - place]
        room[: len(data)] = data
        self._place += len(data)
        return len(data)
