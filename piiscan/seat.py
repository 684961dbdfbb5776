"""One worker as the pool sees it: its channel, the files it holds, and how it is got rid of."""

from __future__ import annotations

import signal
import socket
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from piiscan import forkserver, wire
from piiscan.backlog import ref_of
from piiscan.errors import PiiscanError
from piiscan.faults import error_name
from piiscan.inline import Elsewhere, InlineWorker
from piiscan.model import FileReport, Outcome, Part
from piiscan.piece import Problem
from piiscan.worker import MAKE_LIMIT, Making, Ready, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.backlog import Job
    from piiscan.config import RunConfig
    from piiscan.people import Hashed

#: Seconds that a worker may take to be up, and that one which has closed its channel may take to be dead.
START_LIMIT = 60.0
DEATH_LIMIT = 1.0


class ProcessWorker:
    """A worker process, from its start to its end. `sentinel` is a descriptor that can be read when it has ended."""

    def __init__(self, config: RunConfig) -> None:
        """Start it. Raises PiiscanError where no process can be had."""
        self.channel, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = forkserver.fork(serve, theirs)
        except (OSError, EOFError) as error:
            raise PiiscanError(f"cannot start a scan worker: {error_name(error)}") from error
        self.sentinel = self._process.sentinel
        with suppress(OSError):  # one that has died at once is missed soon enough
            # What is scanned comes file by file; the list may have millions of names.
            wire.send(
                self.channel,
                replace(config, paths=(), files=(), exclude=(), outputs=frozenset(), acknowledge=(), window=None),
            )

    def end(self, *, at_once: bool) -> Problem:
        """Make sure that the worker and all it has started are gone; tell how it died.

        Unless `at_once`, a worker that is dying by itself gets a moment to do so: its own exit tells more.
        """
        if not at_once:
            self._process.exit_code(DEATH_LIMIT)
        self._process.kill()
        code = self._process.exit_code(DEATH_LIMIT)
        self._process.close()
        self.channel.close()
        return _death(-signal.SIGKILL if code is None else code)  # None: stuck in the kernel, dies when it gets out


class Done(NamedTuple):
    """A job with what came of it: the parts sent on the way, and the report that closes it."""

    job: Job
    parts: list[Part]
    report: FileReport


class Seat:
    """A worker and what it holds: the first file of `held` is in its hands, the others come after it.

    `deadline`, on the monotonic clock, is that of the file in hand, infinite while there is none.
    """

    def __init__(self, config: RunConfig, worker: ProcessWorker | InlineWorker) -> None:
        """Take a worker that was just started. It is up as soon as it says so."""
        self.held: deque[Job] = deque()
        self.refused: list[Job] = []
        self.hashed: list[tuple[Job, tuple[Hashed, ...]]] = []
        self.is_up = False
        self.deadline = time.monotonic() + START_LIMIT
        self.is_inline = isinstance(worker, InlineWorker)
        self.channel, self.sentinel = worker.channel, worker.sentinel
        self.end = worker.end
        self._config = config
        self._parts: list[Part] = []
        self._started = self._rest = 0.0
        self._inbox = wire.Inbox(self.channel)

    @property
    def is_idle(self) -> bool:
        """Tell whether the worker waits for a file."""
        return self.is_up and not self.held

    @property
    def is_closed(self) -> bool:
        """Tell whether the worker can send nothing more."""
        return self._inbox.ended

    def give(self, jobs: Sequence[Job]) -> bool:
        """Let the worker scan files, one after the other. False if it has died while idle: they are for another."""
        try:
            wire.send(self.channel, jobs)  # an idle worker does nothing but receive
        except OSError:
            return False
        self.held.extend(jobs)
        self._begin()
        return True

    def listen(self) -> list[Done]:
        """Take what has come; give what is done. Raises PiiscanError on a refusal.

        What the worker will not scan is in `refused` afterwards, and which values a share holds in `hashed`.
        """
        reports = []
        for message in self._inbox.read():
            match message:
                case Ready(refusal=refusal):
                    if refusal:
                        raise PiiscanError(refusal)
                    self.is_up = True
                    if not self.held:
                        self.deadline = inf
                case Making(is_over=is_over):
                    now = time.monotonic()
                    self.deadline, self._rest = now + (self._rest if is_over else MAKE_LIMIT), self.deadline - now
                case Part() if message.hashed:
                    self.hashed.append((self.held[0], message.hashed))
                case Part():
                    self._parts.append(message)
                    self.deadline += message.waited
                case FileReport():
                    reports.append(Done(self.held.popleft(), self._parts, message))
                    self._begin()
                case Elsewhere():
                    self.refused.append(self.held.popleft())
                    self._begin()
        return reports

    def report(self, problem: Problem) -> Done:
        """Write the report on the file in hand that the worker cannot write any more; the others stay in `held`."""
        job = self.held.popleft()
        elapsed = time.monotonic() - self._started
        return Done(job, self._parts, FileReport(ref_of(job), problem.outcome, problem.reason, elapsed=elapsed))

    def _begin(self) -> None:
        """Note that the next file is in hand: the worker needs nobody's leave to begin it."""
        self._parts, self._started = [], time.monotonic()
        limit = self._config.time_limit(ref_of(self.held[0]).size) if self.held else inf
        self.deadline = self._started + limit


def _death(code: int) -> Problem:
    """Name a death by its exit code, negative for a signal. Exit 0 without a report is a death as well."""
    if code == -signal.SIGALRM:
        return Problem(Outcome.TIMEOUT, "time")
    return Problem(Outcome.CRASH, f"signal {-code}" if code < 0 else f"exit {code}")
