"""The walk goes ahead of the scan, in a thread of its own, so that the rest can be foretold.

It goes ahead by a bounded number of paths: a share of any size takes the same memory. A walk that is stuck in
a system call (a network share that hangs) keeps nobody from ending the run.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from piiscan.model import FileRef, FileReport
from piiscan.seals import Passed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Paths known ahead of the scan; up to here, progress can tell when the run will be over.
DISTANCE = 20_000

#: Seconds to wait for the next path before saying that there is none for the moment.
_PATIENCE = 0.01

#: Seconds that the walk has to notice that nobody wants more of it.
_LEAVE = 0.5

_Entry = FileRef | FileReport | BaseException | None


class Ahead:
    """An iterator over items that a thread walks ahead. It gives None where the next item is still to come.

    `files` and `size` (bytes) are what the walk has met so far, `is_finished` whether that is all; `taken`
    counts the items that were given. Files for which `passes` gives an outcome are not given but counted by it, in
    `passed` and in `passed_size`. An exception of the walk is raised by the iteration.
    """

    def __init__(
        self, items: Iterable[FileRef | FileReport | Passed], passes: Callable[[FileRef], str] | None = None
    ) -> None:
        self._passes = passes
        self.passed: Counter[str] = Counter()
        self.passed_size = 0
        self.files = 0
        self.size = 0
        self.taken = 0
        self.is_finished = False
        self._is_over = False
        self._queue: queue.Queue[_Entry] = queue.Queue(DISTANCE)
        self._unwanted = threading.Event()
        self._thread = threading.Thread(target=self._walk, args=(items,), name="walk", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[FileRef | FileReport | None]:
        while not self._is_over:
            try:
                entry = self._queue.get(timeout=_PATIENCE)
            except queue.Empty:
                yield None
                continue
            if isinstance(entry, FileRef | FileReport):
                self.taken += 1
                yield entry
                continue
            self._is_over = True
            if entry is not None:
                raise entry

    def rest(self) -> Iterator[FileRef | FileReport]:
        """Stop the walk; yield the items that it had met and that were not yet taken."""
        self._unwanted.set()
        end = time.monotonic() + _LEAVE
        for item in self:
            if item is not None:
                yield item
            elif time.monotonic() > end:
                return

    def _pass(self, passed: Passed) -> None:
        self.passed.update(passed.outcomes)
        self.passed_size += passed.size
        self.files += sum(passed.outcomes.values())
        self.size += passed.size

    def _walk(self, items: Iterable[FileRef | FileReport | Passed]) -> None:
        last: BaseException | None = None
        try:
            unwanted, passes = self._unwanted.is_set, self._passes
            for item in items:
                if unwanted():
                    break
                if isinstance(item, Passed):
                    self._pass(item)
                    continue
                self.files += 1
                if isinstance(item, FileRef):
                    self.size += item.size
                    if passes and (outcome := passes(item)):
                        self.passed[outcome] += 1
                        self.passed_size += item.size
                        continue
                else:
                    self.size += item.ref.size
                self._queue.put(item)
        except BaseException as error:  # noqa: BLE001 - raised again where the items are taken
            last = error
        self.is_finished = not self._unwanted.is_set()
        self._queue.put(last)
