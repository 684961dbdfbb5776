"""By what it is told that a file has not changed since an earlier run."""

from __future__ import annotations

import json
import os
import sqlite3
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from piiscan.model import DELIBERATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.model import FileRef, FileReport

_SIGN = 1 << 63
#: One of so many files is asked for alone, which takes five times as long; then all are read into memory.
_PATIENCE = 8
#: A connection may be asked by two threads only where SQLite was built for it.
_SERIALIZED = 3
#: What a run has read before it was broken off is told again, so that its report is whole.
_KNOWN = """
SELECT size, mtime_ns, ctime_ns, inode, conditions = :conditions, CASE
  WHEN conditions <> :conditions OR run = :run THEN ''
  WHEN outcome = 'complete' THEN 'unchanged'
  WHEN outcome = 'skipped' AND engine <> '' AND instr(:deliberate, json_quote(reason)) THEN 'skipped'
  ELSE '' END, source, result.id, file, run, outcome, reason, has_more, engine <> ''
FROM result JOIN file ON file.id = result.file WHERE until IS NULL
"""


class Known(NamedTuple):
    """The last result of a file: by what a change is seen, its numbers in the catalog, and whether that says more.

    `is_current` says whether what it depends on beside the file is as it was. `passes` is the outcome of a file that
    needs no report if it is as it was, "" for others. Of one that was not opened, the walk alone has told.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    is_current: int
    passes: str
    source: bytes
    result: int
    file: int
    run: int
    outcome: str
    reason: str
    has_more: int
    was_opened: int

    def holds(self, ref: FileRef) -> bool:
        """Tell whether a file, and what its result depends on beside it, are what they were."""
        # asked for each file of a share: no tuple is made for it
        return (
            self.ctime_ns == ref.ctime_ns
            and self.mtime_ns == ref.mtime_ns
            and self.size == ref.size
            and self.inode == _signed(ref.inode)
            and self.is_current == 1
        )

    def says(self, report: FileReport) -> bool:
        """Tell whether this is what the walk reports again of a path that is not scanned."""
        return (self.outcome, self.reason) == (report.outcome.value, report.reason) and self.holds(report.ref)


def key_of(ref: FileRef) -> tuple[int, int, int, int]:
    """Give by what a change of a file is seen. The device is not: its number changes with every mount."""
    return ref.size, ref.mtime_ns, ref.ctime_ns, _signed(ref.inode)


def _signed(inode: int) -> int:
    """Give a number of 64 bits as SQLite stores it."""
    return inode if inode < _SIGN else inode - 2 * _SIGN


class KnownFiles:
    """The last results of all files of a catalog, for a run with these conditions. Threads may share it.

    A few files are looked up one by one; where there are more, all are read into memory.
    """

    def __init__(self, connection: sqlite3.Connection, conditions: str, run: int) -> None:
        self._ask = connection.execute
        self._named = {"conditions": conditions, "run": run, "deliberate": json.dumps(sorted(DELIBERATE))}
        (self._left,) = self._ask("SELECT count(*) FROM result WHERE until IS NULL").fetchone()
        self._patience = self._left // _PATIENCE if sqlite3.threadsafety >= _SERIALIZED else 0
        self._loaded: dict[bytes, Known] | None = None
        self._met: set[bytes] = set()
        self._folders: set[bytes] = set()
        self._lock = Lock()

    def find(self, source: bytes) -> Known | None:
        """Give what is known of a file that was not yet met."""
        with self._lock:
            if self._loaded is None and self._patience <= 0:
                self._loaded = self._load()
            if self._loaded is not None:
                return self._loaded.get(source)
            self._patience -= 1
            if source in self._met:
                return None
            row = self._ask(_KNOWN + "AND source = :source", {**self._named, "source": source}).fetchone()
            return Known._make(row) if row else None

    def meet(self, known: Known) -> None:
        """Take a file as met."""
        with self._lock:
            self._left -= 1
            if self._loaded is None:
                self._met.add(known.source)
            else:
                del self._loaded[known.source]

    def meet_folder(self, folder: str, files: int) -> None:
        """Take so many files of a folder as met, and the others in it as being there."""
        with self._lock:
            self._left -= files
            self._folders.add(os.fsencode(folder))

    def gone(self) -> Iterator[Known]:
        """Yield the files that were not met."""
        if self._left <= 0:
            return
        for known in (self._load() if self._loaded is None else self._loaded).values():
            if known.source.rpartition(b"/")[0] not in self._folders:
                yield known

    def _load(self) -> dict[bytes, Known]:
        everything = map(Known._make, self._ask(_KNOWN, self._named))
        return {known.source: known for known in everything if known.source not in self._met}
