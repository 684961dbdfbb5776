"""One bad file is a row: what keeps the workers at work, and loses no file when one of them dies.

A worker scans one file at a time and says when it is done with it, so whoever dies names the guilty file, also in the
middle of a batch. The crew waits for messages and for deaths at once, keeps what a worker had sent before it died, and
puts another in its place, which scans the rest of the batch.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from piiscan.assembly import Assembly
from piiscan.backlog import Backlog, ref_of
from piiscan.errors import PiiscanError
from piiscan.faults import MEMORY
from piiscan.forkserver import wait
from piiscan.inline import InlineWorker, is_enough
from piiscan.model import FileReport, Outcome
from piiscan.piece import Problem, Slice
from piiscan.scan import merge
from piiscan.seat import Done, ProcessWorker, Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from piiscan.config import RunConfig
    from piiscan.model import FileRef
    from piiscan.piece import Blob

#: Seconds between two looks at the clock and at `stopped`, when no worker has anything to say.
PULSE = 0.1

#: Seconds that are spent on taking files between two looks at the workers.
PATIENCE = 0.005

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
        crew.hand_out(is_all=not more)
        yield from crew.settle(PULSE if crew.backlog.is_full or not more else 0)
    yield from crew.interrupt()


def _take(source: Iterator[FileRef | Blob | FileReport | None], crew: _Crew) -> Generator[FileReport, None, bool]:
    """Fill the backlog; a report passes through. Returns whether there can be more."""
    end = time.monotonic() + PATIENCE
    while not crew.backlog.is_full:
        try:
            item = next(source)
        except StopIteration:
            return False
        if item is None:
            break
        if isinstance(item, FileReport):
            yield item
        else:
            crew.backlog.add(item)
        if time.monotonic() > end:
            break
    return True


class _Crew:
    """The seats of a run, each with one worker, and the files that wait for one."""

    def __init__(self, config: RunConfig) -> None:
        self.backlog = Backlog(config.jobs)
        self._config = config
        self._seats: list[Seat] = []
        self._shared: dict[FileRef, Assembly] = {}
        self._false_starts = 0
        self._has_begun = False

    def is_done(self) -> bool:
        return not self.backlog and not any(seat.held for seat in self._seats)

    def hand_out(self, *, is_all: bool) -> None:
        """Give each idle worker a batch; for each file that is left, start a worker where there is a seat.

        Where what waits `is_all` there is, and that is little, the first worker is a thread.
        """
        if not self._has_begun and self.backlog:
            self._has_begun = True
            if is_all and is_enough(self.backlog, self._config):
                self._seats.append(Seat(self._config, InlineWorker(self._config)))
                self._seats[0].give(self.backlog.take_all())
        for seat in self._seats:
            if self.backlog and seat.is_idle and not seat.is_inline:
                batch = self.backlog.next_batch()
                if not seat.give(batch):
                    self.backlog.put_back(batch)
        starting = sum(not seat.is_up for seat in self._seats)
        for _ in range(min(self.backlog.demand - starting, self._config.jobs - len(self._seats))):
            self._seats.append(Seat(self._config, ProcessWorker(self._config)))

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
        reports = seat.listen()
        if seat.is_up:
            self._false_starts = 0
        self.backlog.put_back(seat.refused)
        seat.refused.clear()
        for job, hashed in seat.hashed:
            if isinstance(job, Slice):
                self._assembly(job).take(hashed)
        seat.hashed.clear()
        for done in reports:
            yield from self._finish(done)
        if reports and (reports[-1].report.outcome, reports[-1].report.reason) == (MEMORY.outcome, MEMORY.reason):
            # what the worker still holds could fail the next file, so it has begun none, and ends
            self._seats.remove(seat)
            seat.end(at_once=True)
            self.backlog.put_back(seat.held)
        elif seat.is_closed:
            yield from self._remove(seat, None)

    def _remove(self, seat: Seat, problem: Problem | None) -> Iterator[FileReport]:
        """Empty a seat. Whatever worker was in it and however it goes, the file in its hands gets a report.

        Those it had not begun are for another worker.
        """
        self._seats.remove(seat)
        death = seat.end(at_once=problem is not None)
        if seat.held:
            done = seat.report(problem or death)
            self.backlog.put_back(seat.held)
            yield from self._finish(done)
        elif not seat.is_up:
            self._false_starts += 1
            if self._false_starts == FALSE_STARTS:
                raise PiiscanError(f"cannot start a scan worker: {death.reason}")

    def interrupt(self) -> Iterator[FileReport]:
        """Kill everybody; yield a report for each file that was taken and is not finished."""
        seats = self.dismiss()
        for seat in seats:
            if seat.held:
                done = seat.report(INTERRUPTED)
                self.backlog.put_back(seat.held)
                yield from self._finish(done)
        for job in self.backlog:
            report = FileReport(ref_of(job), INTERRUPTED.outcome, INTERRUPTED.reason)
            yield from self._finish(Done(job, [], report))

    def _finish(self, done: Done) -> Iterator[FileReport]:
        """Yield the report of a file, once all who share it are done."""
        job, parts, report = done
        if not isinstance(job, Slice):
            yield merge(parts, report)
            return
        if whole := self._assembly(job).add(job.index, parts, report):
            del self._shared[job.ref]
            yield whole

    def _assembly(self, job: Slice) -> Assembly:
        if job.ref not in self._shared:
            self._shared[job.ref] = Assembly(job.of, self._config.scan)
        return self._shared[job.ref]

    def postpone(self, seconds: float) -> None:
        for seat in self._seats:
            seat.deadline += seconds

    def dismiss(self) -> list[Seat]:
        """Empty all seats; give them, because some still hold files."""
        seats, self._seats = self._seats, []
        for seat in seats:
            seat.end(at_once=True)
        return seats
