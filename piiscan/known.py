"""By what it is told that a file has not changed since an earlier run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from piiscan.model import FileRef, FileReport

_SIGN = 1 << 63


class Known(NamedTuple):
    """The last result of a file: by what a change is seen, its numbers in the catalog, and whether that says more.

    `is_current` says whether what it depends on beside the file is as it was. `passes` is the outcome of a file that
    needs no report if it is as it was, "" for others.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    is_current: int
    passes: str
    source: bytes
    result: int
    file: int
    run: int
    outcome: str
    reason: str
    has_more: int

    def holds(self, ref: FileRef) -> bool:
        """Tell whether a file, and what its result depends on beside it, are what they were."""
        # asked for each file of a share: no tuple is made for it
        return (
            self.ctime_ns == ref.ctime_ns
            and self.mtime_ns == ref.mtime_ns
            and self.size == ref.size
            and self.inode == _signed(ref.inode)
            and self.is_current == 1
        )

    def says(self, report: FileReport) -> bool:
        """Tell whether this is what the walk reports again of a path that is not scanned."""
        return (self.outcome, self.reason) == (report.outcome.value, report.reason) and self.holds(report.ref)


def key_of(ref: FileRef) -> tuple[int, int, int, int]:
    """Give by what a change of a file is seen. The device is not: its number changes with every mount."""
    return ref.size, ref.mtime_ns, ref.ctime_ns, _signed(ref.inode)


def _signed(inode: int) -> int:
    """Give a number of 64 bits as SQLite stores it."""
    return inode if inode < _SIGN else inode - 2 * _SIGN
