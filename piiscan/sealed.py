"""What the catalog knows of whole folders, so that a share in which little has changed is not looked up file by file.

A seal is made of results, never of what the walk saw: where both have the same digest, each file is as its result says.
It is broken by the first new result of its folder, so a run that is killed leaves none that is wrong.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from piiscan.results import json_of
from piiscan.seals import Passed, Seal, digest_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from piiscan.seals import Row

#: From so many folders on, one pass over all files is quicker than one through each.
_MANY = 64
_UNSIGNED = (1 << 64) - 1
#: What the walk itself says of a path is told in each run; what was read, or was found to be of no interest, is not.
_RESULTS = """
SELECT source, size, mtime_ns, ctime_ns, inode, CASE
  WHEN conditions <> ? THEN ''
  WHEN outcome = 'complete' THEN 'unchanged'
  WHEN outcome = 'skipped' AND engine <> '' AND reason IN ('media', 'executable') THEN 'skipped'
  ELSE '' END, has_more, result.id
FROM file JOIN result ON result.file = file.id AND until IS NULL
"""
_BELOW = " WHERE source > ? AND source < ?"


class Seals:
    """The seals of an open catalog, for a run with these conditions."""

    def __init__(self, connection: sqlite3.Connection, conditions: str) -> None:
        self._database, self._conditions = connection, conditions
        self._sealed: dict[str, Seal] = {}
        self._missed: set[bytes] = set()
        self._broken: set[bytes] = set()

    def load(self) -> None:
        """Read the seals that hold under these conditions; others are thrown away."""
        self._database.execute("DELETE FROM seal WHERE conditions <> ?", (self._conditions,))
        self._sealed = {
            os.fsdecode(folder): Seal(
                digest,
                Passed({name: count for name, count in (("unchanged", same), ("skipped", skipped)) if count}, size),
                frozenset(json.loads(others)) if others != "[]" else frozenset(),
                tuple(json.loads(results)) if results != "[]" else (),
            )
            for folder, digest, same, skipped, size, others, results in self._database.execute(
                "SELECT folder, digest, unchanged, skipped, size, others, results FROM seal"
            )
        }

    def ask(self, folder: str, digest: bytes) -> Seal | None:
        """Give the seal of a folder with this digest; None if nothing is known, or not of what lies there now."""
        seal = self._sealed.get(folder)
        if seal is None or seal.digest != digest:
            self._missed.add(os.fsencode(folder))
            return None
        return seal

    def break_of(self, source: bytes) -> None:
        """Break the seal of the folder that a file with a new result lies in."""
        folder = os.path.dirname(source)  # noqa: PTH120 - bytes, and one for each file
        if folder not in self._broken:
            self._broken.add(folder)
            self._database.execute("DELETE FROM seal WHERE folder = ?", (folder,))

    def renew(self) -> None:
        """Seal the folders that this run has looked through."""
        for folder, rows in self._folders():
            self._database.execute(
                "INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _sealed(folder, self._conditions, rows)
            )

    def _folders(self) -> Iterator[tuple[bytes, list[tuple[bytes, int, int, int, int, str, int, int]]]]:
        """Yield folders with the results of what lies directly in each."""
        ask, missed = self._database.execute, self._missed
        if len(missed) <= _MANY:
            for folder in missed:
                below = ask(_RESULTS + _BELOW, (self._conditions, folder + b"/", folder + b"0"))
                rows = [row for row in below if row[0].find(b"/", len(folder) + 1) < 0]
                yield folder, rows
            return
        folders: dict[bytes, list[tuple[bytes, int, int, int, int, str, int, int]]] = {}
        for row in ask(_RESULTS, (self._conditions,)):
            folder = row[0].rpartition(b"/")[0]
            if folder in missed:
                folders.setdefault(folder, []).append(row)
        yield from folders.items()


def _sealed(
    folder: bytes, conditions: str, rows: Iterable[tuple[bytes, int, int, int, int, str, int, int]]
) -> tuple[object, ...]:
    listed: list[Row] = []
    others: list[str] = []
    results: list[int] = []
    counts = {"unchanged": 0, "skipped": 0}
    total = 0
    for source, size, mtime, ctime, inode, passes, has_more, result in rows:
        name = os.fsdecode(source[len(folder) + 1 :])
        listed.append((name, size, mtime, ctime, inode & _UNSIGNED))
        if not passes:
            others.append(name)
            continue
        counts[passes] += 1
        total += size
        if has_more:
            results.append(result)
    return (folder, conditions, digest_of(listed), *counts.values(), total, json_of(others), json_of(results))
