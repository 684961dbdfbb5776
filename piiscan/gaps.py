"""What a run did not read, in figures: by cause, and how much of it somebody has accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from piiscan.model import Outcome


class Acknowledged(NamedTuple):
    """What the user has said of an unread file: why it may stay unread, and until which day (ISO 8601, inclusive).

    Where `holds` is false that day is over, and the file counts as any other unread one.
    """

    reason: str
    until: str
    holds: bool


class Cause(NamedTuple):
    """Files that were not read, or not wholly, for one reason: their number, bytes on disk, and those acknowledged.

    `pages` are those of their pages that are known and were not read.
    """

    outcome: Outcome
    reason: str
    files: int
    bytes: int
    acknowledged: int
    pages: int = 0


class Gaps(NamedTuple):
    """What a report may not keep quiet about: `causes`, the most frequent first, and the sums over files.

    `expired` are acknowledgements that hold no longer, `truncated` the files of which not every place is stored, and
    `access_times` those whose time of last access may have been changed by the reading.
    """

    causes: tuple[Cause, ...] = ()
    acknowledged: int = 0
    expired: int = 0
    truncated: int = 0
    access_times: int = 0


NO_GAPS = Gaps()
