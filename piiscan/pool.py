"""One bad file is a row: what keeps the workers at work, and loses no file when one of them dies.

A worker holds one file at a time, so whoever dies names the guilty file. The crew waits for messages and for
deaths at once, keeps what a worker had sent before it died, and puts another in its place.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from piiscan.errors import PiiscanError
from piiscan.faults import MEMORY
from piiscan.forkserver import wait
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Blob, Problem
from piiscan.seat import Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from piiscan.config import RunConfig

#: Seconds between two looks at the clock and at `stopped`, when no worker has anything to say.
PULSE = 0.1

#: So many reports of the walk pass through between two looks at the workers.
BURST = 256

#: So many workers in a row that die before they are up mean that none will ever be.
FALSE_STARTS = 3

INTERRUPTED = Problem(Outcome.ERROR, "interrupted")
_TIME = Problem(Outcome.TIMEOUT, "time")


def scan_all(
    items: Iterable[FileRef | Blob | FileReport | None],
    config: RunConfig,
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[FileReport, None, None]:
    """Scan files in `config.jobs` worker processes; yield the merged reports in order of completion.

    A FileReport among the items goes straight through; None means that there is nothing more for the moment
    (whoever sends it has waited a little). Items are taken only as there is room for them. Once `stopped()`
    is true, the files taken and not finished become `error: interrupted`, with what was found in them so far.
    Raises PiiscanError if no worker can be started.
    """
    crew = _Crew(config)
    try:
        for report in _supervise(iter(items), crew, stopped):
            left = time.monotonic()
            yield report
            crew.postpone(time.monotonic() - left)  # the reader's time is not the scan's
    finally:
        crew.dismiss()


def _supervise(
    source: Iterator[FileRef | Blob | FileReport | None], crew: _Crew, stopped: Callable[[], bool]
) -> Iterator[FileReport]:
    more = True
    while not stopped():
        if more:
            more = yield from _take(source, crew)
        if not more and crew.is_done():
            return
        crew.hand_out()
        yield from crew.settle(PULSE if crew.is_full() or not more else 0)
    yield from crew.interrupt()


def _take(source: Iterator[FileRef | Blob | FileReport | None], crew: _Crew) -> Generator[FileReport, None, bool]:
    """Fill the backlog; a report passes through. Returns whether there can be more."""
    for _ in range(BURST):
        if crew.is_full():
            break
        try:
            item = next(source)
        except StopIteration:
            return False
        if item is None:
            break
        if isinstance(item, FileReport):
            yield item
        else:
            crew.backlog.append(item)
    return True


class _Crew:
    """The seats of a run, each with one worker, and the files that wait for one."""

    def __init__(self, config: RunConfig) -> None:
        self.backlog: deque[FileRef | Blob] = deque()
        self._config = config
        self._seats: list[Seat] = []
        self._false_starts = 0

    def is_full(self) -> bool:
        return len(self.backlog) >= self._config.jobs

    def is_done(self) -> bool:
        return not self.backlog and not any(seat.ref for seat in self._seats)

    def hand_out(self) -> None:
        """Give each idle worker a file; for each file that is left, start a worker where there is a seat."""
        for seat in self._seats:
            if self.backlog and seat.is_idle and seat.give(self.backlog[0]):
                self.backlog.popleft()
        starting = sum(not seat.is_up for seat in self._seats)
        for _ in range(min(len(self.backlog) - starting, self._config.jobs - len(self._seats))):
            self._seats.append(Seat(self._config))

    def settle(self, seconds: float) -> Iterator[FileReport]:
        """Wait so long for something to happen, and see to it. Yields the files that ended by it."""
        signs = [sign for seat in self._seats for sign in (seat.channel.fileno(), seat.sentinel)]
        ready = wait(signs, seconds)
        for seat in list(self._seats):
            if seat.channel.fileno() in ready:
                yield from self._listen(seat)
            elif seat.sentinel in ready:  # dead, and nothing left to hear: another process may hold the channel
                yield from self._remove(seat, None)
            elif time.monotonic() >= seat.deadline:
                yield from self._remove(seat, _TIME)

    def _listen(self, seat: Seat) -> Iterator[FileReport]:
        report = seat.listen()
        if seat.is_up:
            self._false_starts = 0
        if report:
            yield report
            if (report.outcome, report.reason) == (MEMORY.outcome, MEMORY.reason):
                yield from self._remove(seat, MEMORY)  # what it still holds could fail the next file
        elif seat.is_closed:
            yield from self._remove(seat, None)

    def _remove(self, seat: Seat, problem: Problem | None) -> Iterator[FileReport]:
        """Empty a seat. Whatever worker was in it and however it goes, its file gets a report."""
        self._seats.remove(seat)
        death = seat.end(at_once=problem is not None)
        if seat.ref:
            yield seat.report(problem or death)
        elif not seat.is_up:
            self._false_starts += 1
            if self._false_starts == FALSE_STARTS:
                raise PiiscanError(f"cannot start a scan worker: {death.reason}")

    def interrupt(self) -> Iterator[FileReport]:
        """Kill everybody; yield a report for each file that was taken and is not finished."""
        seats = self.dismiss()
        yield from (seat.report(INTERRUPTED) for seat in seats if seat.ref)
        refs = (job.ref if isinstance(job, Blob) else job for job in self.backlog)
        yield from (FileReport(ref, INTERRUPTED.outcome, INTERRUPTED.reason) for ref in refs)

    def postpone(self, seconds: float) -> None:
        for seat in self._seats:
            seat.deadline += seconds

    def dismiss(self) -> list[Seat]:
        """Empty all seats; give them, because some still hold a file."""
        seats, self._seats = self._seats, []
        for seat in seats:
            seat.end(at_once=True)
        return seats
