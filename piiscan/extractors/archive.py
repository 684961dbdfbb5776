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

from piiscan.membernames import decode_name, inner_name
from piiscan.model import Outcome
from piiscan.overlap import has_overlap
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})


def extract_zip(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:  # noqa: ARG001 - the common signature
    """Yield the members of a zip (ZIP64 too); encrypted ones are named, overlapping entries refused as a whole."""
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, EOFError, ValueError):
        yield _DAMAGED
        return
    with archive:
        entries = archive.infolist()
        if has_overlap(entries, archive.start_dir):
            yield Problem(Outcome.PARTIAL, "overlap")
            return
        for entry in entries:
            if not entry.is_dir():
                yield Member(_zip_name(entry), partial(_open_zip, archive, entry), _zip_problem(entry))


def _open_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    # zipfile stops at the declared size: a header that lies must not hide what follows
    entry.file_size = 1 << 62
    try:
        return cast("BinaryIO", archive.open(entry))
    except (UnicodeDecodeError, NotImplementedError):  # a local header that says otherwise than the directory
        raise zipfile.BadZipFile from None


def _zip_problem(entry: zipfile.ZipInfo) -> Problem | None:
    if entry.flag_bits & _ENCRYPTED:
        return Problem(Outcome.ENCRYPTED, "password")
    return None if entry.compress_type in _METHODS else Problem(Outcome.UNSUPPORTED, "compression")


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
