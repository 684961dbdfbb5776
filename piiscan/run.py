"""Many files: the walk, the pool and the books that must balance, also when somebody presses Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import regex

from piiscan import __version__
from piiscan.ahead import Ahead
from piiscan.data import data_dates
from piiscan.model import FileRef, FileReport, Record, RunInfo, Sensitivity, Summary, is_unread
from piiscan.pattern import load_patterns
from piiscan.pool import INTERRUPTED, scan_all
from piiscan.population import Population
from piiscan.walk import iter_files

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from types import FrameType

    from piiscan.config import RunConfig

#: Seconds between two calls of `on_progress`.
PROGRESS_INTERVAL = 0.1

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Progress(NamedTuple):
    """How far a run has come: files and bytes done, what was found and not read in them, and what is known.

    `files_known` and `bytes_known` still grow until `walked` is true; only then can the end be foretold.
    """

    files: int
    bytes: int
    findings: int
    unread: int
    files_known: int
    bytes_known: int
    walked: bool
    elapsed: float


class Store(Protocol):
    """What keeps the results of runs: see recording.py."""

    def begin(self, info: RunInfo) -> None:
        """Take a run as begun."""

    def earlier(self, ref: FileRef) -> FileReport | None:
        """Give what is known of a file that has not changed; None: it has to be scanned."""

    def enter(self, report: FileReport) -> None:
        """Take the report of a file."""

    def end(self, summary: Summary) -> None:
        """Take a run as ended."""


def run(
    config: RunConfig, on_progress: Callable[[Progress], None] | None = None, store: Store | None = None
) -> Generator[Record, None, None]:
    """Scan everything a configuration names: yield one RunInfo, a FileReport for each path, one Summary.

    A `store` is asked about each file before it is scanned, and told all reports.

    SIGINT, SIGTERM and SIGHUP end the run early but in order, if this is the main thread: every path met has
    its report, and the Summary names the signal. Raises PiiscanError for bad patterns or if no worker starts.
    """
    started = time.monotonic()
    sensitivities = {name: pattern.level for name, pattern in load_patterns(config.scan).items()}
    books = _Books(config.fail_on, sensitivities)
    with _interruption() as signals:
        ahead = Ahead(iter_files(config))  # by the time the first record is written, it is over in most small trees
        shown = started
        try:
            info = _describe(config)
            if store:
                store.begin(info)
            yield info
            for report in _reports(ahead, config, signals, store):
                books.enter(report)
                if store:
                    store.enter(report)
                now = time.monotonic()
                if on_progress and now - shown >= PROGRESS_INTERVAL:
                    shown = now
                    on_progress(books.progress(ahead, now - started))
                yield replace(report, identities=()) if report.identities else report
        finally:
            for _ in ahead.rest():
                pass
        elapsed = time.monotonic() - started
        if on_progress:
            on_progress(books.progress(ahead, elapsed))
        summary = books.close(ahead.taken, elapsed, signals)
        if store:
            store.end(summary)
        yield summary


def _reports(ahead: Ahead, config: RunConfig, signals: list[str], store: Store | None) -> Iterator[FileReport]:
    items = _changed(ahead, store) if store else iter(ahead)
    yield from scan_all(items, config, lambda: bool(signals))
    for item in ahead.rest():
        if isinstance(item, FileRef):
            yield FileReport(item, INTERRUPTED.outcome, INTERRUPTED.reason)
        else:
            yield item


def _changed(ahead: Ahead, store: Store) -> Iterator[FileRef | FileReport | None]:
    """Put what is known of a file in its place, if it has not changed."""
    for item in ahead:
        yield (store.earlier(item) or item) if isinstance(item, FileRef) else item


class _Books:
    """What the reports of a run add up to."""

    def __init__(self, fail_on: Sensitivity | None, sensitivities: Mapping[str, Sensitivity]) -> None:
        self._failing_ids = {name for name, sensitivity in sensitivities.items() if fail_on and sensitivity >= fail_on}
        self._outcomes: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        self._unread = self._failing = self._samples = self._files_with_findings = 0
        self._bytes_read = self._bytes_done = 0
        self._population = Population()

    def enter(self, report: FileReport) -> None:
        """Add one report."""
        shown = {name: count.total for name, count in report.tally.shown.items() if count.total}
        self._outcomes[report.outcome.value] += 1
        self._totals.update(shown)
        self._unread += is_unread(report.outcome, report.reason)
        self._failing += sum(
            total - report.tally.business.get(name, 0) for name, total in shown.items() if name in self._failing_ids
        )
        self._samples += sum(report.tally.samples.values())
        self._files_with_findings += bool(shown)
        self._bytes_read += report.bytes_read
        self._bytes_done += report.ref.size
        self._population.enter(report.people, report.identities)

    def progress(self, ahead: Ahead, elapsed: float) -> Progress:
        """Give the state after `elapsed` seconds."""
        return Progress(
            files=self._outcomes.total(),
            bytes=self._bytes_done,
            findings=self._totals.total(),
            unread=self._unread,
            files_known=ahead.files,
            bytes_known=ahead.size,
            walked=ahead.is_finished,
            elapsed=elapsed,
        )

    def close(self, enumerated: int, elapsed: float, signals: list[str]) -> Summary:
        """Draw the line. A run whose books do not balance is not complete, whatever else it says."""
        balanced = self._outcomes.total() == enumerated
        return Summary(
            enumerated=enumerated,
            outcomes=dict(self._outcomes),
            unread=self._unread,
            totals=dict(self._totals),
            failing=self._failing,
            samples=self._samples,
            files_with_findings=self._files_with_findings,
            bytes_read=self._bytes_read,
            elapsed=elapsed,
            complete=balanced and not self._unread and not signals,
            interrupted=signals[0] if signals else "",
            people=self._population.people(),
        )


def _describe(config: RunConfig) -> RunInfo:
    scan, system = config.scan, os.uname()  # the platform module would start a process to ask for more
    scope = {
        "roots": list(config.paths),
        "files": len(config.files),
        "exclude": list(config.exclude),
        "patterns": list(scan.patterns),
        "pattern_files": list(scan.pattern_files),
        "min_confidence": scan.min_confidence.name.lower(),
        "fail_on": config.fail_on.name.lower() if config.fail_on else None,
        "max_locations": scan.max_locations,
        "engine": scan.engine,
        "max_file_size": scan.max_file_size,
        "timeout": config.timeout,
        "memory": config.memory,
        "one_file_system": config.one_file_system,
    }
    versions = {
        "piiscan": __version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "regex": regex.__version__,
        "platform": f"{system.sysname}-{system.release}-{system.machine}",
    }
    time_now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return RunInfo(os.urandom(16).hex(), time_now, system.nodename, versions, data_dates(), scope)


@contextmanager
def _interruption() -> Iterator[list[str]]:
    """Collect the names of the signals that ask the run to end; the second one no longer asks."""
    signals: list[str] = []
    before: dict[signal.Signals, Any] = {}

    def note(number: int, _frame: FrameType | None) -> None:
        signals.append(signal.Signals(number).name)
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    if threading.current_thread() is threading.main_thread():
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # whoever started us with nohup means it
                before[number] = signal.signal(number, note)
    try:
        yield signals
    finally:
        restore()
