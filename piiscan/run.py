"""Many files: the walk, the pool and the books that must balance, also when somebody presses Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import regex

from piiscan import __version__
from piiscan.ahead import Ahead
from piiscan.books import Books
from piiscan.data import data_dates
from piiscan.hours import CLOSED
from piiscan.later import Later
from piiscan.model import FileRef, FileReport, Record, RunInfo, Summary
from piiscan.pattern import load_patterns
from piiscan.pool import INTERRUPTED, scan_all
from piiscan.walk import iter_files

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import FrameType

    from piiscan.books import Carried, Progress
    from piiscan.config import RunConfig
    from piiscan.seals import Seal

#: Seconds between two calls of `on_progress`.
PROGRESS_INTERVAL = 0.1

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Store(Protocol):
    """What keeps the results of runs: see recording.py."""

    def begin(self, info: RunInfo) -> None:
        """Take a run as begun."""

    def check(self) -> None:
        """Look at what is stored, while the walk goes ahead; raises PiiscanError where it cannot be trusted."""

    def passes(self, ref: FileRef) -> str:
        """Give the outcome of a file that has not changed and needs no report; "" for any other. Called by a thread."""

    def sealed(self, folder: str, digest: bytes) -> Seal | None:
        """Give what is known of a folder that has this digest; None if that is not so. Called by a thread."""

    def carried(self) -> Carried:
        """Give what is known of all that was passed over."""

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

    A `store` is asked about each file before it is scanned, and told all reports. What it passes over, as nothing of it
    has changed, has no report here, and counts in the Summary all the same.

    SIGINT, SIGTERM and SIGHUP end the run early but in order, if this is the main thread: every path met has
    its report, and the Summary names the signal. Raises PiiscanError for bad patterns or if no worker starts.
    """
    started = time.monotonic()
    sensitivities = {name: pattern.level for name, pattern in load_patterns(config.scan).items()}
    books = Books(config.fail_on, sensitivities)
    judge = _judge(config)
    with _interruption() as signals:
        info = _describe(config)
        if store:
            store.begin(info)
        # by the time the first record is written, it is over in most small trees
        ahead = Ahead(iter_files(config, store.sealed if store else None), store.passes if store else None)
        shown = started
        try:
            if store:
                store.check()
            yield info
            for each in _reports(ahead, config, signals, store):
                report = judge(each)
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
        if on_progress:
            on_progress(books.progress(ahead, time.monotonic() - started))
        if store:
            books.carry(store.carried(), ahead.passed)
        summary = books.close(ahead.taken + ahead.passed.total(), time.monotonic() - started, signals)
        if store:
            store.end(summary)
        yield summary


def _judge(config: RunConfig) -> Callable[[FileReport], FileReport]:
    """Give what enters into a report whether the user has accounted for its file."""
    if not config.acknowledge:
        return lambda report: report
    from piiscan.acknowledge import Accounts  # noqa: PLC0415 - only who acknowledges something pays for globs

    return Accounts(config.acknowledge, datetime.now().astimezone().date()).judge


def _reports(ahead: Ahead, config: RunConfig, signals: list[str], store: Store | None) -> Iterator[FileReport]:
    items = _changed(ahead, store) if store else iter(ahead)
    stopped, later = partial(_is_over, config, signals), Later(config)
    for report in scan_all(items, config, stopped):
        if not later.keeps(report):
            yield report
    yield from later.again(stopped)
    for item in ahead.rest():
        if isinstance(item, FileRef):
            yield FileReport(item, INTERRUPTED.outcome, INTERRUPTED.reason)
        else:
            yield item


def _is_over(config: RunConfig, signals: list[str]) -> bool:
    """Tell whether the run has to end: somebody asked for it, or its hours are over."""
    if not signals and config.window and not config.window.is_open():
        signals.append(CLOSED)
    return bool(signals)


def _changed(ahead: Ahead, store: Store) -> Iterator[FileRef | FileReport | None]:
    """Put what is known of a file in its place, if it has not changed."""
    for item in ahead:
        yield (store.earlier(item) or item) if isinstance(item, FileRef) else item


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
        "ocr": scan.ocr,
        "max_file_size": scan.max_file_size,
        "timeout": config.timeout,
        "memory": config.memory,
        "one_file_system": config.one_file_system,
    }
    if config.acknowledge:
        scope["acknowledge"] = [f"{each.path}: {each.reason} ({each.until})" for each in config.acknowledge]
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
