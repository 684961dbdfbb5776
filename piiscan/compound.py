"""The OLE2 compound file of older Office documents: streams by name, no more of them than the file has bytes.

olefile reads the sectors. It believes what a header says of sizes, so that is checked before: a chain that runs in
a circle would fill the memory. What it finds wrong it notes, and so does `problem`.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import olefile

from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    Path = tuple[str, ...]

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Below this there is no room for a header, a table of sectors and a directory.
_SMALLEST = 1536
_HEADER, _MINI_SECTORS = 512, 64
#: Where the header has its exponents of the sizes of sectors and small sectors, and the most that either may be.
_EXPONENTS, _LARGEST = 30, 20
_DAMAGE = (
    *(OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError),
    OverflowError,
)
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")
#: Defects that cost no bytes of any stream.
_HARMLESS = ("CLSID", "reserved", "transaction", "directory sectors", "root entry", "empty stream")


@dataclass(slots=True)
class Compound:
    """An open compound file. `left` bytes may still come of its streams: honest ones never share any."""

    file: olefile.OleFileIO
    size: int
    left: int
    #: Each stream with the number of its first sector and its declared size.
    streams: dict[Path, tuple[int, int]]
    is_damaged: bool = False
    _taken: set[Path] = field(default_factory=set)
    _known: dict[Path, Path] = field(default_factory=dict)

    @property
    def problem(self) -> Problem | None:
        """What was found wrong so far."""
        issues = [str(message) for _, message in self.file.parsing_issues]
        if self.is_damaged or any(not any(word in issue for word in _HARMLESS) for issue in issues):
            return _DAMAGED
        return None

    @property
    def has_loop(self) -> bool:
        """Tell whether the sectors of small streams go in a circle, which olefile follows for ever when it writes."""
        small = [start for start, size in self.streams.values() if size < self.file.minisectorcutoff]
        try:
            self.file.loadminifat()
            return _has_loop([self.file.root.isectStart], self.file.fat) or _has_loop(small, self.file.minifat)
        except _DAMAGE:
            return True

    @property
    def names(self) -> frozenset[str]:
        """The streams and storages at the top."""
        return frozenset(path[0] for path in self.streams)

    def find(self, *path: str) -> Path | None:
        """Give the path of a stream as it is written: case does not count."""
        if not self._known:
            self._known.update((_lower(known), known) for known in self.streams)
        return self._known.get(_lower(path))

    def read(self, *path: str) -> bytes:
        """Give the bytes of a stream as far as they can be had; none where there is no such stream."""
        found = self.find(*path)
        if found is None:
            return b""
        start, size = self.streams[found]
        if found not in self._taken:
            self._taken.add(found)
            self.left -= size
        if size > self.size or self.left < 0:
            self.is_damaged = True
            return b""
        try:
            # by its place: by its name olefile would look through all its neighbours
            return bytes(self.file._open(start, size).read())  # noqa: SLF001
        except _DAMAGE:
            self.is_damaged = True
            return b""

    def iter_storages(self, *folder: str) -> Iterator[tuple[str, dict[Path, Path]]]:
        """Yield the storages right within one: each stream's path in it, and the whole one."""
        found: dict[str, dict[Path, Path]] = {}
        depth = len(folder)
        for path in self.streams:
            if len(path) > depth + 1 and path[:depth] == folder:
                found.setdefault(path[depth], {})[path[depth + 1 :]] = path
        yield from found.items()


def _has_loop(starts: Iterable[int], following: Sequence[int]) -> bool:
    """Tell whether who goes from some sectors to those that follow comes back; what is no sector is an end."""
    met = [0] * len(following)
    for number, start in enumerate(starts, 1):
        at = start
        while at < len(following) and not met[at]:
            met[at], at = number, following[at]
        if at < len(following) and met[at] == number:
            return True
    return False


def _list_streams(root: olefile.olefile.OleDirectoryEntry) -> dict[Path, tuple[int, int]]:
    found: dict[Path, tuple[int, int]] = {}
    met = {root.sid}  # a storage may hold itself, which olefile only notes
    waiting: list[tuple[Path, olefile.olefile.OleDirectoryEntry]] = [((), root)]
    while waiting:
        folder, entry = waiting.pop()
        inside = [((*folder, str(kid.name)), kid) for kid in entry.kids if kid.sid not in met]
        met.update(kid.sid for _, kid in inside)
        found |= {
            path: (int(kid.isectStart), int(kid.size)) for path, kid in inside if kid.entry_type == olefile.STGTY_STREAM
        }
        waiting += [each for each in reversed(inside) if each[0] not in found]
    return found


def _lower(path: Path) -> Path:
    return tuple(name.lower() for name in path)


def _is_sound(head: bytes, size: int) -> bool:
    """Tell whether the sizes that a header tells can be those of a file of so many bytes."""
    exponents = struct.unpack_from("<HH", head, _EXPONENTS)
    (mini_sectors,) = struct.unpack_from("<L", head, _MINI_SECTORS)
    return head.startswith(MAGIC) and max(exponents) <= _LARGEST and mini_sectors << exponents[0] <= size


def open_compound(stream: BinaryIO) -> Compound | Problem | None:
    """Open the compound file in `stream`, which is read into memory where it cannot seek; None where it is empty."""
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    head = source.read(_HEADER)
    if not head:
        return None
    if size < _SMALLEST or not _is_sound(head, size):
        return _DAMAGED
    source.seek(0)
    try:
        file = olefile.OleFileIO(source)
        root = file.root
        if root is None or root.size > size:
            return _DAMAGED
        streams = _list_streams(root)
    except _DAMAGE:
        return _DAMAGED
    return Compound(file, size, size, streams)
