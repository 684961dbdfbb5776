"""The package of an Office document: a zip of XML parts, opened so that no document costs more than it should.

All parts are read, also those that no relationship reaches: what lies in the file is in the file. That, no limit on
what a part unpacks to, and one missing part ending the reading, are why the packages of python-docx and its like
are not asked. Sizes that the zip declares are not believed; nothing is written, and nothing outside is loaded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from piiscan.model import Outcome
from piiscan.overlap import has_overlap
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_CHUNK = 1 << 16
_STORED_OR_DEFLATED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the only ones a package may use
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_MEDIA = frozenset(
    "png jpg jpeg jpe gif bmp tif tiff emf wmf wdp jxr ico webp mp3 mp4 m4a m4v mov avi wav wma wmv mpg mpeg odttf"
    " fntdata ttf".split()
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost: real bytes of one part and of all, and how many parts it has."""

    part: int = 100_000_000
    document: int = 500_000_000
    parts: int = 20_000


class Part(NamedTuple):
    """A part: its name in the package and its bytes, unpacked."""

    name: str
    data: bytes


_DEFAULT = Limits()


def make_seekable(stream: BinaryIO, limits: Limits = _DEFAULT) -> BinaryIO:
    """Give `stream` itself or, where it only goes forward, a copy in memory."""
    return stream if stream.seekable() else io.BytesIO(stream.read(limits.document + 1))


def iter_parts(
    stream: BinaryIO, limits: Limits = _DEFAULT, wanted: Callable[[str], bool] = bool
) -> Iterator[Part | Problem]:
    """Yield the parts whose names are `wanted`, but no pictures, sound and fonts; damaged ones as far as they go."""
    source = make_seekable(stream, limits)
    if not source.read(1):
        return
    source.seek(0)
    try:
        package = zipfile.ZipFile(source)
    except _DAMAGE:
        yield Problem(Outcome.PARTIAL, "damaged")
        return
    with package:
        entries = package.infolist()
        if len(entries) > limits.parts:
            yield Problem(Outcome.PARTIAL, "entries")
        elif has_overlap(entries, package.start_dir):
            yield Problem(Outcome.PARTIAL, "overlap")
        else:
            yield from _iter_entries(package, [entry for entry in entries if wanted(entry.filename)], limits)


def is_xml(data: bytes) -> bool:
    """Tell whether a part's bytes begin as XML does."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:1] == b"<" or data.startswith((b"\xff\xfe<", b"\xfe\xff\0<"))


def iter_elements(data: bytes, tags: tuple[str, ...]) -> Iterator[etree._Element | Problem]:
    """Yield each element of `tags` when it ends, and last the root, as far as the part is well-formed.

    The caller clears the elements it is done with. A part that declares anything (a DTD is what entity bombs are
    made of, and no package may hold one) is refused.
    """
    if _declares(data):
        yield Problem(Outcome.PARTIAL, "entities")
        return
    context = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=tags,
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for _, element in context:
            yield element
    except etree.XMLSyntaxError:
        yield Problem(Outcome.PARTIAL, "xml")
    else:
        if any(entry.level_name == "FATAL" for entry in context.error_log):
            yield Problem(Outcome.PARTIAL, "xml")
    if context.root is not None:
        yield context.root


def _declares(data: bytes) -> bool:
    marks = ("<!DOCTYPE", "<!ENTITY")
    return any(mark.encode(encoding) in data for mark in marks for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def _iter_entries(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Part | Problem]:
    left = limits.document
    for entry in entries:
        if entry.is_dir() or PurePosixPath(entry.filename).suffix.lower()[1:] in _MEDIA:
            continue
        if entry.flag_bits & 1:
            yield Problem(Outcome.ENCRYPTED, "password")
            continue
        if entry.compress_type not in _STORED_OR_DEFLATED:
            yield Problem(Outcome.PARTIAL, "compression")
            continue
        cap = min(left, limits.part)
        data, reason = _unpack(package, entry, cap)
        left -= len(data)
        if reason:
            yield Problem(Outcome.PARTIAL, reason)
        if data:
            yield Part(entry.filename, data)
        if left <= 0:
            return


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, cap: int) -> tuple[bytes, str]:
    """Give the bytes of an entry, as many as can be had, and why they are not all."""
    chunks: list[bytes] = []
    size = 0
    try:
        with package.open(entry) as unpacked:
            while chunk := unpacked.read(_CHUNK):
                chunks.append(chunk[: cap - size])
                size += len(chunk)
                if size > cap:
                    return b"".join(chunks), "bytes"
    except _DAMAGE:
        return b"".join(chunks), "damaged"
    return b"".join(chunks), ""
