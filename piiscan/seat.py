"""One worker process as the pool sees it: its channel, the file it holds, and how it is got rid of."""

from __future__ import annotations

import signal
import socket
import time
from contextlib import suppress
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from piiscan import forkserver, wire
from piiscan.errors import PiiscanError
from piiscan.faults import error_name
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.piece import Blob, Problem
from piiscan.scan import merge
from piiscan.worker import Ready, serve

if TYPE_CHECKING:
    from piiscan.config import RunConfig

#: Seconds that a worker may take to be up, and that one which has closed its channel may take to be dead.
START_LIMIT = 60.0
DEATH_LIMIT = 1.0


class Seat:
    """A worker from its start to its end. `deadline` is on the monotonic clock, infinite while it is idle."""

    def __init__(self, config: RunConfig) -> None:
        """Start a worker. It is up as soon as it says so; until then it is given no file."""
        self.ref: FileRef | None = None
        self.is_up = False
        self.deadline = time.monotonic() + START_LIMIT
        self._config = config
        self._parts: list[Part] = []
        self._started = 0.0
        self.channel, theirs = socket.socketpair()
        self._inbox = wire.Inbox(self.channel)
        try:
            with theirs:
                self._process = forkserver.fork(serve, theirs)
        except (OSError, EOFError) as error:
            raise PiiscanError(f"cannot start a scan worker: {error_name(error)}") from error
        self.sentinel = self._process.sentinel
        with suppress(OSError):  # one that has died at once is missed soon enough
            # What is scanned comes file by file; the list may have millions of names.
            wire.send(self.channel, replace(config, paths=(), files=(), exclude=(), outputs=frozenset()))

    @property
    def is_idle(self) -> bool:
        """Tell whether the worker waits for a file."""
        return self.is_up and self.ref is None

    @property
    def is_closed(self) -> bool:
        """Tell whether the worker can send nothing more."""
        return self._inbox.ended

    def give(self, job: FileRef | Blob) -> bool:
        """Let the worker scan a file. False if it has died while idle: the file is for another."""
        try:
            wire.send(self.channel, job)  # an idle worker does nothing but receive
        except OSError:
            return False
        ref = job.ref if isinstance(job, Blob) else job
        self.ref, self._parts, self._started = ref, [], time.monotonic()
        self.deadline = self._started + self._config.time_limit(ref.size)
        return True

    def listen(self) -> FileReport | None:
        """Take what has come; give the report if the file is done. Raises PiiscanError on a refusal."""
        closing = None
        for message in self._inbox.read():
            match message:
                case Ready(refusal=refusal):
                    if refusal:
                        raise PiiscanError(refusal)
                    self.is_up, self.deadline = True, inf
                case Part():
                    self._parts.append(message)
                case FileReport():
                    closing = merge(self._parts, message)
                    self.ref, self.deadline = None, inf
        return closing

    def report(self, problem: Problem) -> FileReport:
        """Write the report that the worker cannot write any more. Raises ValueError if it holds no file."""
        if self.ref is None:
            raise ValueError
        elapsed = time.monotonic() - self._started
        return merge(self._parts, FileReport(self.ref, problem.outcome, problem.reason, elapsed=elapsed))

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


def _death(code: int) -> Problem:
    """Name a death by its exit code, negative for a signal. Exit 0 without a report is a death as well."""
    if code == -signal.SIGALRM:
        return Problem(Outcome.TIMEOUT, "time")
    return Problem(Outcome.CRASH, f"signal {-code}" if code < 0 else f"exit {code}")
