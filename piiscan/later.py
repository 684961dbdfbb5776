"""Files that were in use or were being written when their turn came: they get a second one, at the end of the run.

Then their outcome stands. Each path still has one report: the first one is kept back for it, and comes where the second
says nothing better.
"""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

from piiscan.model import FileRef, FileReport, Outcome
from piiscan.pool import INTERRUPTED, scan_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from piiscan.config import RunConfig

#: What the system says of a file that somebody else has locked; EBUSY and ETXTBSY are sharing violations of SMB too.
_LOCKED = frozenset({"EAGAIN", "EBUSY", "ETXTBSY", "EDEADLK", "ESTALE"})
#: So many files get a second turn: their reports wait in memory.
MOST = 1000
#: Seconds that a file has at least to become free.
PAUSE = 1.0
_STEP = 0.05


class Later:
    """The files of a run that are tried once more."""

    def __init__(self, config: RunConfig) -> None:
        """Keep none back yet."""
        self._config = config
        self._kept: dict[str, FileReport] = {}
        self._last = 0.0

    def keeps(self, report: FileReport) -> bool:
        """Keep a report back if its file may be read later; False where it has to be told now."""
        is_busy = report.outcome is Outcome.CHANGED or report.reason in _LOCKED
        if not is_busy or not report.ref.source or len(self._kept) >= MOST or report.ref.source in self._kept:
            return False
        self._kept[report.ref.source] = report
        self._last = time.monotonic()
        return True

    def again(self, stopped: Callable[[], bool]) -> Iterator[FileReport]:
        """Yield the final report of each file that was kept back."""
        while self._kept and not stopped() and time.monotonic() < self._last + PAUSE:
            time.sleep(_STEP)
        refs = [ref for report in self._kept.values() if (ref := _now(report.ref))]
        if refs and not stopped():
            for report in scan_all(refs, self._config, stopped):
                if (report.outcome, report.reason) != (INTERRUPTED.outcome, INTERRUPTED.reason):
                    del self._kept[report.ref.source]
                    yield report
        yield from self._kept.values()
        self._kept = {}


def _now(ref: FileRef) -> FileRef | None:
    """Give a file as it is now; None where it is no file any more."""
    try:
        status = os.lstat(ref.source)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    identity = (status.st_size, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
    return FileRef(ref.path, ref.source, *identity)
