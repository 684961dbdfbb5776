"""The package of an Office document: a zip of parts, opened so that no document costs more than it should.

All parts are read, also those that no relationship reaches: what lies in the file is in the file. That, no limit on
what a part unpacks to, and one missing part ending the reading, are why the packages of python-docx and its like
are not asked. Sizes that the zip declares are not believed, and nothing is written.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from piiscan.formcontrols import control_text
from piiscan.inflate import ZipFile
from piiscan.model import Outcome
from piiscan.overlap import has_overlap
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

#: Bytes of a piece, and up to which a part comes as one: where it is measured meanwhile, and where it is wanted whole.
_CHUNK, _SMALL, _LARGE = 1 << 16, 1 << 18, 1 << 22
_STORED_OR_DEFLATED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the only ones a package may use
#: zipfile says NotImplementedError of what it cannot read: an unknown method, version or encryption in a header.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_MEDIA = ".emf .wmf .wdp .jxr .ico .mp3 .mp4 .m4a .m4v .mov .avi .wav .wma .wmv .mpg .mpeg .odttf .fntdata .ttf".split()
_SETTINGS = re.compile(r"(?i)(?:word|ppt|xl)/printersettings|docprops/thumbnail")
_CONTROLS, _COMPOUND, _CLASS = re.compile(r"(?i)(?:word|ppt|xl)/activex/"), b"\xd0\xcf\x11\xe0", 16


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


class UnreadableError(Exception):
    """What a part holds from here on cannot be had, or may not; `problem` says why."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.problem = Problem(outcome, reason)


@dataclass(slots=True)
class Capped:
    """A stream that ends early; damage ends it too, as what was unpacked before is worth reading."""

    stream: IO[bytes]
    left: int

    def read(self, size: int = _CHUNK) -> bytes:
        """Read on, at most to the limit."""
        try:
            chunk = self.stream.read(min(size if size >= 0 else _CHUNK, self.left))
        except _DAMAGE:
            chunk = b""
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Close what is below."""
        self.stream.close()


@dataclass(slots=True)
class Package:
    """The open archive, and how many bytes of it may still be unpacked.

    A part is named by its entry or, where later ones hide earlier ones of the same name, by its name.
    """

    archive: ZipFile
    limits: Limits
    left: int

    def list_entries(self) -> list[zipfile.ZipInfo]:
        """Give the parts, but no drawings, sound and fonts."""
        left_out = ("/", *_MEDIA)
        return [entry for entry in self.archive.infolist() if not entry.filename.lower().endswith(left_out)]

    def unpack(self, part: zipfile.ZipInfo | str, at_once: int = _SMALL) -> Iterator[bytes]:
        """Yield the bytes of a part; raises UnreadableError behind the last ones that can be had.

        Up to `at_once` bytes come at once.
        """
        entry = self.archive.getinfo(part) if isinstance(part, str) else part
        if entry.flag_bits & 1:
            raise UnreadableError(Outcome.ENCRYPTED, "password")
        if entry.compress_type not in _STORED_OR_DEFLATED:
            raise UnreadableError(Outcome.PARTIAL, "compression")
        left = min(self.left, self.limits.part)
        if entry.file_size <= min(left, at_once) and (data := self.archive.read_plain(entry)):
            self.left -= len(data)
            yield data
            return
        try:
            with self.archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    allowed = chunk[:left]
                    left -= len(allowed)
                    self.left -= len(allowed)
                    yield allowed
                    if len(allowed) < len(chunk):
                        raise UnreadableError(Outcome.PARTIAL, "bytes")
        except _DAMAGE as error:
            raise UnreadableError(Outcome.PARTIAL, "damaged") from error

    def iter_parts(self, wanted: Callable[[str], bool] = bool) -> Iterator[Part | Problem]:
        """Yield the parts `wanted` by name, but no drawings, sound and fonts; damaged ones as far as they go."""
        for entry in self.list_entries():
            if not wanted(entry.filename):
                continue
            chunks: list[bytes] = []
            try:
                chunks.extend(self.unpack(entry, _LARGE))
            except UnreadableError as error:
                yield error.problem
            if data := b"".join(chunks):
                yield Part(entry.filename, data)
            if self.left <= 0:
                return

    def reopen(self, name: str, size: int) -> Capped:
        """Open a part that was unpacked before, to end where it did then."""
        try:
            return Capped(self.archive.open(name), size)
        except _DAMAGE:
            return Capped(io.BytesIO(), 0)


def make_seekable(stream: BinaryIO, limits: Limits = _DEFAULT) -> BinaryIO:
    """Give `stream` itself or, where it only goes forward, a copy in memory."""
    return stream if stream.seekable() else io.BytesIO(read_most(stream, limits.document + 1))


def read_most(stream: BinaryIO, most: int) -> bytes:
    """Read all, or so many bytes if there are more; a stream that is asked for them at once makes room for them all."""
    target = io.BytesIO()
    while (left := most - target.tell()) and (chunk := stream.read(min(left, _CHUNK))):
        target.write(chunk)
    return target.getvalue()


def open_package(source: BinaryIO, limits: Limits = _DEFAULT) -> Package | Problem | None:
    """Open the package in a seekable stream, None where that is empty; what is made to harm is refused as a whole."""
    source.seek(0)
    if not source.read(1):
        return None
    source.seek(0)
    try:
        archive = ZipFile(source)
    except _DAMAGE:
        return Problem(Outcome.PARTIAL, "damaged")
    entries = archive.infolist()
    if len(entries) > limits.parts:
        return Problem(Outcome.PARTIAL, "entries")
    if has_overlap(entries, archive.start_dir):
        return Problem(Outcome.PARTIAL, "overlap")
    return Package(archive, limits, limits.document)


def iter_parts(stream: BinaryIO, limits: Limits = _DEFAULT) -> Iterator[Part | Problem]:
    """Open the package in a stream and yield its parts, or what keeps them from being read."""
    package = open_package(make_seekable(stream, limits), limits)
    if not isinstance(package, Package):
        yield from [package] if package else ()
        return
    with package.archive:
        yield from package.iter_parts()


def iter_members(name: str, unpacked: Callable[[], BinaryIO]) -> Iterator[Member]:
    """Yield the file that a part without XML is, embedded by somebody; no settings of printers.

    Of a control in a form that is no compound file, but its class and its stream, there is only the text.
    """
    own = PurePosixPath(name).name
    if _CONTROLS.match(name) and not (data := _read_or_leave(unpacked)).startswith(_COMPOUND):
        if text := control_text(data[_CLASS:]):
            yield Member(f"{own}.txt", partial(io.BytesIO, text.encode()))
    elif not _SETTINGS.match(name):
        yield Member(own, unpacked)


def _read_or_leave(unpacked: Callable[[], BinaryIO]) -> bytes:
    """Give a part's bytes, or what makes a member of it, which tells of the damage."""
    try:
        return unpacked().read()
    except _DAMAGE:
        return _COMPOUND
