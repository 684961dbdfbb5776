"""A storage within a compound file as a compound file of its own, so that it is read like any other file."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.compound import MAGIC

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT, _DIFAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_PER_SECTOR, _IN_HEADER = _SECTOR // 4, 109


@dataclass(slots=True)
class _Entry:
    """A row of the directory."""

    name: str
    kind: int
    data: bytes = b""
    kids: dict[str, _Entry] = field(default_factory=dict)
    number: int = 0
    start: int = _END
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE


def write_compound(streams: Mapping[tuple[str, ...], bytes]) -> bytes:
    """Give the bytes of a compound file with these streams; names of more than 31 characters are cut."""
    root = _Entry("Root Entry", _ROOT)
    for path, data in streams.items():
        folder = root
        for name in path[:-1]:
            folder = folder.kids.setdefault(name, _Entry(name, _STORAGE))
        folder.kids[path[-1]] = _Entry(path[-1], _STREAM, data)
    entries = _number(root)
    mini, mini_table = bytearray(), list[int]()
    for entry in entries:
        if entry.kind == _STREAM and 0 < len(entry.data) < _CUTOFF:
            entry.start = len(mini) // _MINI
            mini += _padded(entry.data, _MINI)
            mini_table += [*range(entry.start + 1, len(mini) // _MINI), _END]
    root.data = bytes(mini)
    body, table = bytearray(), list[int]()
    for entry in entries:
        if len(entry.data) >= _CUTOFF or (entry is root and mini):
            entry.start = _add(body, table, entry.data)
    mini_bytes = struct.pack(f"<{len(mini_table)}L", *mini_table)
    mini_start = _add(body, table, mini_bytes, b"\xff") if mini_table else _END
    directory = b"".join(map(_row, entries))
    directory_start = _add(body, table, _padded(directory, _SECTOR))
    return _finish(body, table, directory_start, mini_start, -(-len(mini_bytes) // _SECTOR))


def _number(root: _Entry) -> list[_Entry]:
    """Give all entries in the order of their numbers; siblings are a balanced tree."""
    entries, waiting = [root], [root]
    while waiting:
        folder = waiting.pop()
        kids = sorted(folder.kids.values(), key=lambda kid: (len(kid.name), kid.name.upper()))
        for number, kid in enumerate(kids, len(entries)):
            kid.number = number
        folder.child = _balance(kids)
        entries += kids
        waiting += [kid for kid in kids if kid.kids]
    return entries


def _balance(kids: Sequence[_Entry]) -> int:
    if not kids:
        return _NONE
    middle = len(kids) // 2
    kids[middle].left, kids[middle].right = _balance(kids[:middle]), _balance(kids[middle + 1 :])
    return kids[middle].number


def _padded(data: bytes, size: int, by: bytes = b"\0") -> bytes:
    return data + by * (-len(data) % size)


def _add(body: bytearray, table: list[int], data: bytes, by: bytes = b"\0") -> int:
    start = len(table)
    body += _padded(data, _SECTOR, by)
    table += [*range(start + 1, len(body) // _SECTOR), _END]
    return start


def _row(entry: _Entry) -> bytes:
    name = entry.name[:31].encode("utf-16-le", "surrogatepass") + b"\0\0"
    size = 0 if entry.kind == _STORAGE else len(entry.data)
    start = 0 if entry.kind == _STORAGE else entry.start
    head = struct.pack("<64sHBBLLL", name, len(name), entry.kind, 1, entry.left, entry.right, entry.child)
    return head + bytes(36) + struct.pack("<LQ", start, size)


def _finish(body: bytearray, table: list[int], directory: int, mini: int, mini_sectors: int) -> bytes:
    """Add the tables of sectors and the header."""
    fats, more = 0, 0
    while True:
        total = len(table) + fats + more
        wanted = -(-total // _PER_SECTOR)
        further = -(-max(0, wanted - _IN_HEADER) // (_PER_SECTOR - 1))
        if (wanted, further) == (fats, more):
            break
        fats, more = wanted, further
    places = [*range(len(table), len(table) + fats)]
    chain = [*range(len(table) + fats, len(table) + fats + more)]
    whole = [*table, *([_FAT] * fats), *([_DIFAT] * more)]
    whole += [_FREE] * (fats * _PER_SECTOR - len(whole))
    body += struct.pack(f"<{len(whole)}L", *whole)
    rest = places[_IN_HEADER:]
    for at, _ in enumerate(chain):
        block = rest[at * (_PER_SECTOR - 1) :][: _PER_SECTOR - 1]
        following = chain[at + 1] if at + 1 < len(chain) else _END
        body += _sector(block, _PER_SECTOR - 1) + struct.pack("<L", following)
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = (0, fats, directory, 0, _CUTOFF, mini, mini_sectors, chain[0] if chain else _END, more)
    return header + struct.pack("<9L", *counts) + _sector(places[:_IN_HEADER], _IN_HEADER) + bytes(body)


def _sector(numbers: Sequence[int], width: int) -> bytes:
    return struct.pack(f"<{width}L", *numbers, *([_FREE] * (width - len(numbers))))
