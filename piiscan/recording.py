"""A run as it goes into the catalog, and what earlier runs know of the files that have not changed since.

A file is what it was if its size, both its clocks and its inode are, and if patterns, options, versions and the key
are: then it is not opened. What is written is committed every second or so; a run that was broken off, however, is gone
on with by the next one, and ends as if nothing had happened.
"""

from __future__ import annotations

import json
import os
import pwd
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from piiscan.catalog import CatalogError, check_whole, told
from piiscan.conditions import conditions_of
from piiscan.known import KnownFiles, key_of
from piiscan.messages import _
from piiscan.model import FileReport, Outcome
from piiscan.pattern import load_patterns
from piiscan.recall import Recall
from piiscan.results import Results, json_of, text_of
from piiscan.sealed import Seals

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from piiscan.books import Carried
    from piiscan.config import RunConfig
    from piiscan.known import Known
    from piiscan.model import FileRef, RunInfo, Summary
    from piiscan.seals import Seal

#: Seconds between two commits: so much work is done again after a run that was killed.
_PACE = 1.0
#: What may be otherwise next time, though the file is the same.
_AGAIN = frozenset({Outcome.UNREADABLE, Outcome.TIMEOUT, Outcome.CRASH, Outcome.CHANGED, Outcome.ERROR})
_INTERRUPTED = (Outcome.ERROR, "interrupted")


_RUN = "INSERT INTO run (uuid, began, account, host, conditions, scope, versions, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Recording:
    """One run, written into an open catalog. It is what `run` asks for earlier results and tells its reports."""

    def __init__(self, connection: sqlite3.Connection, path: Path, config: RunConfig) -> None:
        self._connection, self._path = connection, path
        self._conditions, self._patterns = conditions_of(config.scan), load_patterns(config.scan)
        self._roots = sorted(map(os.path.realpath, config.paths))
        fleeting = {name for name, each in self._patterns.items() if each.fingerprint == "run"}
        self._results = Results(connection, fleeting, self._roots)
        self._recall = Recall(connection)
        self._known: KnownFiles  # as of the run that begins
        self._seals = Seals(connection, self._conditions)
        self._carried: set[str] = set()
        self._passed: list[int] = []
        self._closed: list[bytes] = []
        self._run = 0
        self._next = 0.0

    def begin(self, info: RunInfo) -> None:
        """Begin a run, or go on with the last one if it was broken off and nothing it depends on has changed since."""
        with told(self._path):
            self._begin(info)

    def _begin(self, info: RunInfo) -> None:
        database = self._connection
        database.execute("BEGIN IMMEDIATE")
        self._check_scope()
        scope = json_of(info.scope)
        last = database.execute("SELECT id, ended, conditions, scope FROM run ORDER BY id DESC LIMIT 1").fetchone()
        is_resumed = bool(last) and last[1:] == (None, self._conditions, scope)
        if is_resumed:
            self._run = last[0]
        else:
            values = (
                *(info.id, info.time, account(), info.host, self._conditions),
                *(scope, json_of(info.versions), json_of(info.data)),
            )
            self._run = database.execute(_RUN, values).lastrowid or 0
        database.executemany(
            "INSERT OR REPLACE INTO pattern VALUES (?, ?, ?, ?, ?, ?)",
            (
                (each.id, each.title.en, each.title.ja, each.category, each.level, json_of(each.legal_class))
                for each in self._patterns.values()
            ),
        )
        self._known = KnownFiles(database, self._conditions, self._run)
        if not is_resumed:
            self._seals.load()
        self._commit()

    def _check_scope(self) -> None:
        """Refuse another scope than that of the catalog: what it does not reach would look as if it were gone."""
        roots = json_of(self._roots)
        self._connection.execute("INSERT OR IGNORE INTO about VALUES ('scope', ?)", (roots,))
        (scope,) = self._connection.execute("SELECT value FROM about WHERE key = 'scope'").fetchone()
        if scope != roots:
            raise CatalogError(
                _("the catalog {path} is of {roots}: a scan of something else needs another catalog").format(
                    path=self._path, roots=", ".join(json.loads(scope))
                )
            )

    def check(self) -> None:
        """Look through the whole catalog; raises CatalogError where it is damaged."""
        with told(self._path):
            check_whole(self._connection, self._path)

    def passes(self, ref: FileRef) -> str:
        """Give the outcome of a file that is as an earlier run left it, and of which nobody has to be told; "" else.

        That was read wholly, or skipped on purpose.
        """
        with told(self._path):
            known = self._known.find(os.fsencode(ref.source))
        if known is None or not known.passes or not known.holds(ref):
            return ""
        if known.has_more:
            self._passed.append(known.result)
        self._known.meet(known)
        return known.passes

    def sealed(self, folder: str, digest: bytes) -> Seal | None:
        """Give what is known of a folder if all that lies directly in it, of which this is the digest, is as it was."""
        seal = self._seals.ask(folder, digest)
        if seal:
            self._passed.extend(seal.results)
            self._known.meet_folder(folder, sum(seal.passed.outcomes.values()))
        return seal

    def carried(self) -> Carried:
        """Give what is known of all that was passed over."""
        with told(self._path):
            return self._recall.carried(self._passed)

    def earlier(self, ref: FileRef) -> FileReport | None:
        """Give what is known of another file that has not changed since; None: it has to be scanned.

        It is not read, or this run has read it before it was broken off: who reads the report has to know.
        """
        with told(self._path):
            known = self._known.find(os.fsencode(ref.source))
        if known is None or not known.was_opened or not known.holds(ref):
            return None
        outcome = Outcome(known.outcome)
        if outcome in _AGAIN:
            return None
        self._known.meet(known)
        self._carried.add(ref.source)
        with told(self._path):
            report = FileReport(ref, outcome, known.reason, pages=self._recall.pages(known.result))
            return self._recall.read(known.result, report) if known.has_more else report

    def enter(self, report: FileReport) -> None:
        """Write what the scan of a file told, if it is news."""
        if (report.outcome, report.reason) == _INTERRUPTED:
            return
        if report.ref.source in self._carried:
            self._carried.remove(report.ref.source)
            return
        with told(self._path):
            self._enter(report)
            if time.monotonic() > self._next:
                self._commit()

    def _enter(self, report: FileReport) -> None:
        source = os.fsencode(report.ref.source)
        if report.outcome is Outcome.UNREADABLE or (report.outcome is Outcome.ERROR and report.reason != "vanished"):
            self._closed.append(source + b"/")  # if it is a folder, nothing was learnt of what lies below
        known = self._known.find(source)
        if known:
            self._known.meet(known)
        if known and not report.engine and known.says(report):
            return
        self._seals.break_of(source)
        if known:
            self._end(known)
            file = known.file
        else:
            file = self._results.file(source, text_of(report.ref.path))
        self._results.write(self._run, file, report, key_of(report.ref), self._conditions)

    def _end(self, known: Known) -> None:
        """Let a result hold no longer; one of this very run, broken off earlier, has never been."""
        if known.run == self._run:
            self._connection.execute("DELETE FROM result WHERE id = ?", (known.result,))
        else:
            self._connection.execute("UPDATE result SET until = ? WHERE id = ?", (self._run, known.result))

    def end(self, summary: Summary) -> None:
        """Draw the line. What was not met any more is gone, unless the run did not come that far."""
        with told(self._path):
            if not summary.interrupted:
                closed = tuple(self._closed)
                for known in list(self._known.gone()):
                    if not known.source.startswith(closed):
                        self._seals.break_of(known.source)
                        self._end(known)
                self._close(summary)
                self._seals.renew()
            self._connection.execute("UPDATE run SET interrupted = ? WHERE id = ?", (summary.interrupted, self._run))
            self._connection.execute("COMMIT")

    def _close(self, summary: Summary) -> None:
        people = summary.people
        self._connection.execute(
            "UPDATE run SET ended = ?, enumerated = ?, outcomes = ?, unread = ?, is_complete = ?, bytes_read = ?,"
            " elapsed = ?, people = ?, people_low = ?, people_high = ? WHERE id = ?",
            (
                *(_now(), summary.enumerated, json_of(summary.outcomes), summary.unread),
                *(summary.complete, summary.bytes_read, summary.elapsed, *people, self._run),
            ),
        )

    def _commit(self) -> None:
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN IMMEDIATE")
        self._next = time.monotonic() + _PACE


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def account() -> str:
    """Give the name of who runs this, or the number where there is no name."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
