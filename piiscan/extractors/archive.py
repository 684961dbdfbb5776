"""Archives and compressed files: their members, by name, decompressed as they are read.

No size in a header is believed and no name is used for writing: members stream through the budget of contents.py.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import unicodedata
import zipfile
from functools import partial
from typing import TYPE_CHECKING, cast

from piiscan.inflate import ZipFile
from piiscan.membernames import decode_name, inner_name, is_volume
from piiscan.model import Outcome
from piiscan.overlap import has_overlap, is_folder
from piiscan.passwords import given
from piiscan.piece import Member, Problem, Segment
from piiscan.transfer import decode_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece
    from piiscan.zipalone import Locks

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
#: In as many last bytes of a zip stands the end of its directory; behind so many of its own, its comment.
_END, _RECORD, _ZIP64 = 65_557, 18, 0xFFFF
_DAMAGED, _VOLUME = Problem(Outcome.PARTIAL, "damaged"), Problem(Outcome.PARTIAL, "volume")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})


def extract_zip(stream: BinaryIO, name: str) -> Iterator[Piece]:
    """Yield the members of a zip (ZIP64 too) and its comments; overlapping entries are refused as a whole.

    Locked ones are opened by the passwords that are given, or named. Without its directory the zip is read from its
    beginning on.
    """
    return _zip(stream if stream.seekable() else io.BytesIO(stream.read()), name, given())


def _zip(source: BinaryIO, name: str, passwords: tuple[str, ...]) -> Iterator[Piece]:
    record = _last_record(source)
    if 0 < int.from_bytes(record[:2], "little") < _ZIP64:  # it counts disks from 0: the last of several
        yield from _beheaded(source)
        yield _VOLUME
        return
    try:
        archive = ZipFile(source)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):  # the last: it wants a later version
        yield from _beheaded(source)
        yield _VOLUME if is_volume(name) else _DAMAGED
        return
    with archive:
        entries = archive.infolist()
        if has_overlap(entries, archive.start_dir):
            yield Problem(Outcome.PARTIAL, "overlap")
            return
        locks = _locks(source, passwords)
        for entry in entries:
            if not is_folder(entry):
                opener = _zip_opener(archive, source, entry, locks)
                problem = opener if isinstance(opener, Problem) else None
                yield Member(_zip_name(entry), io.BytesIO if isinstance(opener, Problem) else opener, problem)
        comments = "\n".join(
            decode_text(each) for each in (archive.comment, *(entry.comment for entry in entries)) if each
        )
    if comments:
        yield Segment(comments, part="comment", first_line=None)
    if len(record) < _RECORD + int.from_bytes(record[_RECORD - 2 : _RECORD], "little"):
        yield _DAMAGED


def _last_record(source: BinaryIO) -> bytes:
    """Give the record at the end of a zip behind its mark, with the comment; nothing where there is none."""
    source.seek(max(0, source.seek(0, io.SEEK_END) - _END))
    _, mark, record = source.read().rpartition(b"PK\x05\x06")
    return record if mark else b""


def _beheaded(source: BinaryIO) -> Iterator[Member]:
    """Yield what a zip holds from its beginning on, as far as it goes: it was cut, or it is split."""
    source.seek(0)
    try:
        from piiscan.archivestream import Archive  # noqa: PLC0415 - an extra
    except ImportError:
        return
    with Archive(source, ("zip_streamable",)) as archive:
        for entry in archive:
            if not isinstance(entry, Problem) and not entry.is_folder:
                yield Member(entry.name, entry.open, entry.problem)


def _locks(source: BinaryIO, passwords: tuple[str, ...]) -> Locks | None:
    if not passwords:
        return None
    try:
        from piiscan.zipalone import Locks  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    return Locks(source, passwords)


def _zip_opener(
    archive: zipfile.ZipFile, source: BinaryIO, entry: zipfile.ZipInfo, locks: Locks | None
) -> Callable[[], BinaryIO] | Problem:
    try:
        if entry.flag_bits & _ENCRYPTED:
            return locks.opener(entry) if locks else Problem(Outcome.ENCRYPTED, "password")
        if entry.compress_type in _METHODS:
            return partial(_open_zip, archive, entry)
        from piiscan.zipalone import opener  # noqa: PLC0415 - an extra

        return opener(source, entry)
    except ImportError:
        return Problem(Outcome.UNSUPPORTED, "compression")
    except (EOFError, OSError):
        return _DAMAGED


def _open_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    # zipfile stops at the declared size: a header that lies must not hide what follows
    entry.file_size = 1 << 62
    try:
        return cast("BinaryIO", archive.open(entry))
    except (UnicodeDecodeError, NotImplementedError):  # a local header that says otherwise than the directory
        raise zipfile.BadZipFile from None


def _zip_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if entry.flag_bits & _UTF8_NAME:
        return unicodedata.normalize("NFC", name)
    try:
        return decode_name(name.encode("cp437"))
    except UnicodeEncodeError:
        return unicodedata.normalize("NFC", name)


def extract_tar(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:  # noqa: ARG001 - the common signature
    """Yield the members of a tar, in one pass; links and devices are named and not followed."""
    try:
        with tarfile.open(fileobj=stream, mode="r|", errorlevel=0) as archive:
            for entry in archive:
                if not entry.isdir():
                    problem = None if entry.isreg() else Problem(Outcome.SKIPPED, "special")
                    yield Member(entry.name, partial(_open_tar, archive, entry), problem)
    except (tarfile.TarError, EOFError, ValueError):
        yield _DAMAGED


def _open_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> BinaryIO:
    return cast("BinaryIO", archive.extractfile(entry) or io.BytesIO())


def _single(stream: BinaryIO, name: str, opener: Callable[[BinaryIO], BinaryIO]) -> Iterator[Member]:
    yield Member(inner_name(name), partial(opener, stream))


def extract_gzip(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Yield what a gzip file holds, as one member."""
    return _single(stream, name, lambda source: cast("BinaryIO", gzip.GzipFile(fileobj=source)))


def extract_bzip2(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Yield what a bzip2 file holds, as one member."""
    return _single(stream, name, lambda source: cast("BinaryIO", bz2.BZ2File(source)))


def extract_xz(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Yield what an xz file holds, as one member."""
    return _single(stream, name, lambda source: cast("BinaryIO", lzma.LZMAFile(source)))
