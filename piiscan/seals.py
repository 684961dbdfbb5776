"""By what a folder is told in which nothing has changed: a digest of all that lies directly in it.

The walk asks for a folder with one question instead of one for each file; sealed.py keeps what is known of folders.
"""

from __future__ import annotations

import marshal
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Mapping

    #: Name, size, time of change in nanoseconds (of the content; of the inode), inode.
    Row = tuple[str, int, int, int, int]
    Ask = Callable[[str, bytes], "Seal | None"]

_DIGEST = 16
#: A folder with more entries is not held in memory as a whole.
_MOST = 100_000
#: The last format of marshal in which equal values always have equal bytes.
_PLAIN = 2


class Passed(NamedTuple):
    """Files of which nobody has to be told anything new: how many ended in each outcome, and their bytes."""

    outcomes: Mapping[str, int]
    size: int


class Seal(NamedTuple):
    """What is known of a folder: its digest, the files that need not be looked at, the names of those that do.

    `results` are the numbers, in the catalog, of results of which other tables say more.
    """

    digest: bytes
    passed: Passed
    others: frozenset[str]
    results: tuple[int, ...]


def digest_of(rows: list[Row]) -> bytes:
    """Give the digest of what lies in a folder, in whatever order it is listed; the rows are sorted by it."""
    rows.sort()
    return blake2b(marshal.dumps(rows, _PLAIN), digest_size=_DIGEST).digest()


def pass_over(
    entries: Iterable[os.DirEntry[str]], folder: str, ask: Ask, outputs: Collection[tuple[int, int]]
) -> tuple[Passed | None, Iterable[os.DirEntry[str]]]:
    """Give what of a listing needs no look, if its folder is known as it is, and the entries that do.

    `outputs` are (device, inode) of the files that this run writes.
    """
    taken: list[os.DirEntry[str]] = []
    left: list[os.DirEntry[str]] = []
    rows: list[Row] = []
    for entry in entries:
        taken.append(entry)
        if entry.is_dir(follow_symlinks=False):
            left.append(entry)
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            return None, chain(taken, entries)
        # what becomes of a file with several names depends on where the others are
        if status.st_nlink > 1 or len(taken) > _MOST or (status.st_dev, status.st_ino) in outputs:
            return None, chain(taken, entries)
        rows.append((entry.name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    seal = ask(folder, digest_of(rows))
    if not seal:
        return None, taken
    if seal.others:
        left += [entry for entry in taken if entry.name in seal.others]
    return seal.passed, left
