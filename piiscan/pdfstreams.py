r"""The streams of a PDF found by their keywords alone, before any reader of PDF sees the file, and unpacked in chunks.

The table of objects is not asked: a stream that it leaves out is found too, and none can hide from it.
"""

from __future__ import annotations

import base64
import io
import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

_MARK = b"stream"
#: Bytes looked at together, and how far before its data the dictionary of a stream may begin.
_WINDOW, _REACH = 4 << 20, 2_000
_CHUNK = 1 << 20
_LENGTH = re.compile(rb"/Length\s+(\d{1,12})\b(?!\s+\d+\s+R\b)")
_FILTER = re.compile(rb"/Filter\s*(/[^\s/<>\[\]()]+|\[[^\]]*\]|\d+\s+\d+\s+R\b)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_FLATE = {b"FlateDecode", b"Fl"}


class Stream(NamedTuple):
    """Where the bytes of a stream begin, how many there are at most, and the dictionary before them."""

    start: int
    size: int
    entries: bytes

    @property
    def filters(self) -> list[bytes]:
        """The names of its filters; one that is told elsewhere in the file is taken for the usual one.

        >>> Stream(0, 0, b"<< /Filter [/ASCII85Decode /Fl] >>").filters
        [b'ASCII85Decode', b'Fl']
        """
        found = _FILTER.search(self.entries)
        if not found:
            return []
        return re.findall(rb"/([^\s/\]]+)", found[1]) or [b"FlateDecode"]


def iter_streams(source: BinaryIO) -> Iterator[Stream]:
    """Find the streams of a file in one pass, in memory that does not grow with it."""
    begun: Stream | None = None
    for place, before, after in _iter_marks(source):
        is_start = before.rstrip().endswith(b">>")
        if not is_start and not before.endswith(b"end"):
            continue
        if begun:
            yield _ended(begun, place if is_start else place - len(b"end"))
        begun = None
        if is_start:
            skipped = len(_MARK) + (2 if after.startswith(b"\r\n") else 1)
            entries = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), before[max(before.rfind(b"obj"), 0) :])
            begun = Stream(place + skipped, 0, entries)
    if begun:
        yield _ended(begun, source.seek(0, io.SEEK_END))


def iter_unpacked(source: BinaryIO, stream: Stream) -> Iterator[bytes]:
    """Yield the bytes of a stream with its filters undone, up to one that is not known here."""
    chunks = _iter_raw(source, stream)
    for name in stream.filters[:10]:
        if name in _FLATE:
            chunks = _inflate(chunks)
        elif name in {b"ASCII85Decode", b"A85"}:
            chunks = _from_ascii85(chunks)
        elif name in {b"ASCIIHexDecode", b"AHx"}:
            chunks = _from_hex(chunks)
        else:
            return
    yield from chunks


def count_inflations(stream: Stream) -> int:
    """Tell how many of its filters make bytes many."""
    return sum(name in _FLATE for name in stream.filters)


def is_packet(stream: Stream) -> bool:
    """Tell whether a stream says that it holds properties as XML (XMP)."""
    return b"/Metadata" in stream.entries and b"/XML" in stream.entries


def _iter_marks(source: BinaryIO) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each place of the keyword with what stands before and after it."""
    source.seek(0)
    window, origin, seen = b"", 0, 0
    while True:
        chunk = source.read(_WINDOW)
        window += chunk
        # A keyword at the very end waits for what follows it.
        end = len(window) if not chunk else len(window) - 2
        while (place := window.find(_MARK, seen, end)) >= 0:
            seen = place + len(_MARK)
            yield origin + place, window[max(place - _REACH, 0) : place], window[seen : seen + 2]
        if not chunk:
            return
        kept = max(len(window) - _REACH - len(_MARK), 0)
        seen = max(seen - kept, len(window) - kept - len(_MARK) - 2, 0)
        window, origin = window[kept:], origin + kept


def _ended(begun: Stream, end: int) -> Stream:
    # Packed bytes may hold the keyword that ends them; then the length that is told counts.
    told = _LENGTH.search(begun.entries)
    return begun._replace(size=max(end - begun.start, int(told[1]) if told else 0))


def _iter_raw(source: BinaryIO, stream: Stream) -> Iterator[bytes]:
    place, left = stream.start, stream.size
    while left > 0:
        source.seek(place)
        chunk = source.read(min(_CHUNK, left))
        if not chunk:
            return
        yield chunk
        place, left = place + len(chunk), left - len(chunk)


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for chunk in chunks:
        packed = chunk
        while packed and not inflater.eof:
            try:
                data = inflater.decompress(packed, _CHUNK)
            except zlib.error:
                return
            if data:
                yield data
            packed = inflater.unconsumed_tail


def _from_ascii85(chunks: Iterable[bytes]) -> Iterator[bytes]:
    text = b"".join(chunks).partition(b"~>")[0]
    try:
        yield base64.a85decode(text)
    except ValueError:
        return


def _from_hex(chunks: Iterable[bytes]) -> Iterator[bytes]:
    text = b"".join(b"".join(chunks).partition(b">")[0].split())
    try:
        yield bytes.fromhex(text.decode("ascii", "replace"))
    except ValueError:
        return
