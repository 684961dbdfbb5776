"""Archives that libarchive reads: their members, by name, decompressed as they are read, in one pass."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING

from piiscan.archivestream import DAMAGED, Archive, UnableError
from piiscan.membernames import inner_name, is_volume
from piiscan.model import Outcome
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

#: What an ar holds for linkers.
_SYMBOLS = frozenset({"/", "//", "/SYM64/", "__.SYMDEF", "__.SYMDEF SORTED"})
_PACKED = ("gzip", "bzip2", "xz", "lzma", "zstd")
_SPECIAL, _VOLUME = Problem(Outcome.SKIPPED, "special"), Problem(Outcome.PARTIAL, "volume")

_RAR4_END = re.compile(rb"(?=..\x7b.{4})", re.DOTALL)


def _has_rar4_end(tail: bytes) -> bool:
    """Look for the block that ends a RAR archive: half a CRC-32, type, flags, size, and what the flags tell of."""
    return any(_is_rar4_end(tail[match.start() :]) for match in _RAR4_END.finditer(tail))


def _is_rar4_end(block: bytes) -> bool:
    size = int.from_bytes(block[5:7], "little")
    return (zlib.crc32(block[2:size]) & 0xFFFF).to_bytes(2, "little") == block[:2]


def _has_rar5_end(tail: bytes) -> bool:
    """Look for that block in version 5: a CRC-32, the size 3, the type 5, two sets of flags."""
    at = tail.rfind(b"\x03\x05")
    return at >= 0 and tail[at - 4 : at] == zlib.crc32(tail[at : at + 4]).to_bytes(4, "little")


#: What ends an archive of some formats, of which the library makes nothing: whether it stands at the end of the stream.
_ENDS: dict[tuple[str, ...], Callable[[bytes], bool]] = {
    ("lha",): lambda tail: tail.endswith(b"\0"),
    ("rar",): _has_rar4_end,
    ("rar5",): _has_rar5_end,
}


def _entries(
    stream: BinaryIO, name: str, formats: tuple[str, ...], filters: tuple[str, ...] = ()
) -> Iterator[Member | Problem]:
    try:
        archive = Archive(stream, formats, filters, is_raw=formats == ("lha",))
    except UnableError:
        yield Problem(Outcome.UNSUPPORTED, "needs libarchive")
        return
    with archive:
        for entry in archive:
            if isinstance(entry, Problem):
                yield _VOLUME if entry == DAMAGED and is_volume(name) else entry
            elif not entry.is_folder:
                yield Member(entry.name or inner_name(name), entry.open, entry.problem)
        if (has_end := _ENDS.get(formats)) and (tail := archive.tail()) and not has_end(tail):
            yield DAMAGED


def _seekable(stream: BinaryIO) -> BinaryIO:
    """Give a stream that can go back: the directory of some formats stands at their end."""
    return stream if stream.seekable() else io.BytesIO(stream.read())


def _head(stream: BinaryIO, size: int) -> bytes:
    """Give the first bytes of a stream that stays where it is."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(size)[:size]
    head = stream.read(size)
    stream.seek(0)
    return head


def extract_7z(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the members of a 7-Zip archive; with an encrypted directory there is only the word for that."""
    return _entries(_seekable(stream), name, ("7zip",))


def extract_rar(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the members of a RAR archive of version 4 or 5; of a volume, what lies wholly in it."""
    head = _head(stream, 64)
    is_volume = _is_rar_volume(head)
    for piece in _entries(stream, name, ("rar5",) if head[6:7] == b"\x01" else ("rar",)):
        if not (is_volume and piece in (DAMAGED, _VOLUME)):
            yield piece
    if is_volume:
        yield _VOLUME


def _is_rar_volume(head: bytes) -> bool:
    """Tell a volume by its main header: bit 0 of the flags in version 4 (offset 10), of the archive's in version 5."""
    if head[6:7] == b"\x00":
        return len(head) > 10 and head[9] == 0x73 and bool(head[10] & 1)  # noqa: PLR2004 - the type of that header
    numbers = _vints(head[12:])  # behind signature and checksum: size, type, flags, [size of the extra area], flags
    if len(numbers) < 5 or numbers[1] != 1:  # noqa: PLR2004 - as listed above
        return False
    return bool(numbers[4 if numbers[2] & 1 else 3] & 1)


def _vints(data: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            numbers.append(value)
            value = shift = 0
    return numbers


def extract_lzh(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the members of an LZH archive."""
    return _entries(stream, name, ("lha",))


def extract_cab(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the members of a cabinet."""
    return _entries(stream, name, ("cab",))


def extract_iso(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the files of a CD's image, under their long names (Joliet or Rock Ridge) where it has them."""
    return _entries(_seekable(stream), name, ("iso9660",))


def extract_cpio(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the members of a cpio archive."""
    return _entries(stream, name, ("cpio",))


def extract_rpm(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the files of an RPM package."""
    return _entries(stream, name, ("cpio",), ("rpm", *_PACKED))


def extract_ar(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the members of an ar archive; those of a Debian package are archives themselves."""
    for piece in _entries(stream, name, ("ar",)):
        if isinstance(piece, Member) and piece.name in _SYMBOLS:
            yield Member(piece.name, piece.open, _SPECIAL)
        else:
            yield piece


def _single(stream: BinaryIO, name: str, packing: str) -> Iterator[Member | Problem]:
    for piece in _entries(stream, name, ("raw",), (packing,)):
        yield Member(inner_name(name), piece.open, piece.problem) if isinstance(piece, Member) else piece


def extract_zstd(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield what a Zstandard file holds, as one member."""
    return _single(stream, name, "zstd")


def extract_lz4(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield what an LZ4 file holds, as one member."""
    return _single(stream, name, "lz4")


def extract_compress(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield what a file of compress (.Z) holds, as one member. It has no end mark: a cut of its end cannot be told."""
    return _single(stream, name, "compress")
