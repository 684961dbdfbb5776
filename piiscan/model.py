"""The words of the house as values: what crosses from one step of the scan to the next.

All is frozen, of the standard library only, redacted, and may go anywhere. What holds text is in piece.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

from piiscan.gaps import NO_GAPS
from piiscan.pages import NO_PAGES, Pages
from piiscan.people import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from piiscan.explained import Dropped
    from piiscan.gaps import Acknowledged, Gaps
    from piiscan.people import Hashed, Identities, People, Share, Subjects


class Outcome(StrEnum):
    """How the scan of one path ended; every path enumerated has exactly one."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    CRASH = "crash"
    CHANGED = "changed"
    ERROR = "error"


#: Reasons for `skipped` that are a decision, not a gap: a file skipped for another reason (its size) is unread.
DELIBERATE = frozenset(
    {"media", "executable", "excluded", "symlink", "special", "hardlink", "filesystem", "output", "snapshot"}
)


def is_unread(outcome: Outcome, reason: str = "") -> bool:
    """Tell whether some of what the path holds was not looked at, so that "clean" must not be said of it."""
    if outcome is Outcome.SKIPPED:
        return reason not in DELIBERATE
    return outcome not in {Outcome.COMPLETE, Outcome.UNCHANGED}


class Confidence(IntEnum):
    """How sure a finding is; the value is the lowest score (0-100) of the level."""

    LOW = 20
    MEDIUM = 50
    HIGH = 85

    @classmethod
    def of(cls, score: int) -> Confidence | None:
        """Give the level of a score, or None below `LOW`: such a candidate is no finding."""
        return _LEVELS[min(max(score, 0), len(_LEVELS) - 1)]


#: The level of each score, up to the first one of the highest.
_LEVELS = tuple(
    next((level for level in sorted(Confidence, reverse=True) if score >= level), None)
    for score in range(Confidence.HIGH + 1)
)


class Sensitivity(IntEnum):
    """How harmful a leak of the value is: classes C, B, A and S of the specification, in rising order."""

    LOW = 1
    MODERATE = 2
    HIGH = 3
    CRITICAL = 4


class FileRef(NamedTuple):
    """One path to scan. `path` is what people see, relative to the root; `source` is what the system opens.

    Both are decoded with surrogateescape, so a name that is not UTF-8 survives the round trip. `device`, `inode`,
    `size` (bytes) and the two clocks (nanoseconds) are what the walk saw: a worker that opens something else
    reports `changed`.
    """

    path: str
    source: str
    size: int = 0
    device: int = 0
    inode: int = 0
    mtime_ns: int = 0
    ctime_ns: int = 0


# There may be millions of these two: a tuple is made in a fifth of the time of a frozen dataclass.
class Location(NamedTuple):
    """Where a finding lies inside its file: names inside containers, the part, then the place."""

    member: tuple[str, ...] = ()
    part: str = ""
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    page: int | None = None


class Finding(NamedTuple):
    """A redacted hit: public, safe to write, log and send. `evidence` holds words of our own dictionaries only."""

    pattern: str
    category: str
    sensitivity: Sensitivity
    legal_class: tuple[str, ...]
    flags: tuple[str, ...]
    confidence: Confidence
    score: int
    location: Location
    mask: str
    fingerprint: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Exact figures of one pattern in one file: all its findings, and its different values."""

    total: int
    distinct: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What detection has counted in a file so far, by pattern id.

    `shown` are findings at or above the minimum confidence; `business` (the part of `shown` that is no personal
    data), `samples` (test and example values), `low` (below the minimum) and `public` (registrations that anybody may
    look up) are totals beside it.
    """

    shown: Mapping[str, Count] = field(default_factory=dict)
    business: Mapping[str, int] = field(default_factory=dict)
    samples: Mapping[str, int] = field(default_factory=dict)
    low: Mapping[str, int] = field(default_factory=dict)
    public: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What a worker sends while it scans: new findings, the tally so far. It survives the worker's death.

    `piece` numbers what they lie in; `waited` are seconds of another program, `pages` all yet, `hashed` what is shared.
    """

    findings: Sequence[Finding]
    tally: Tally
    piece: int = 0
    waited: float = 0.0
    pages: Pages = NO_PAGES
    hashed: tuple[Hashed, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberReport:
    """A file inside a file that was not read, or not wholly: its names from the outside in, and why."""

    member: tuple[str, ...]
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """The record of one path: its outcome with the reason, and what was found.

    `findings` are capped per pattern (`truncated` names the patterns where the cap bit); the tally is exact.
    `bytes_read` is in bytes, `elapsed` in seconds, `engine` names the matching engine ("" where none ran).
    `members` counts the files inside the file by outcome; `unread_members` names the first of those not read.
    `dropped` are candidates that are no findings, if anybody asked. `people` are those of all `subjects`, each once;
    `shares` are what workers that share the file know of them, `identities` let the run count nobody twice, and go no
    further than a catalog, which also keeps `content`, the keyed digest of a file in which something was found.
    `acknowledged` is what the user has said of it, if it is unread; `is_touched` tells that reading it may have changed
    its time of last access. `pages` are those that are known.
    """

    ref: FileRef
    outcome: Outcome
    reason: str = ""
    tally: Tally = field(default_factory=Tally)
    findings: Sequence[Finding] = ()
    truncated: tuple[str, ...] = ()
    engine: str = ""
    bytes_read: int = 0
    elapsed: float = 0.0
    members: Mapping[str, int] = field(default_factory=dict)
    unread_members: tuple[MemberReport, ...] = ()
    subjects: tuple[Subjects, ...] = ()
    people: People = NOBODY
    identities: tuple[Identities, ...] = field(default=(), compare=False)  # hashes of different processes differ
    shares: tuple[Share, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    content: str = ""
    acknowledged: Acknowledged | None = None
    is_touched: bool = False
    pages: Pages = NO_PAGES


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The first record of a run. `time` is ISO 8601 with offset; `versions` and `data` map names to versions, dates."""

    id: str
    time: str
    host: str
    versions: Mapping[str, str]
    data: Mapping[str, str]
    scope: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Summary:
    """The last record of a run. `enumerated` equals the sum of `outcomes`; `complete` is false if anything is unread.

    `totals` sums the findings shown per pattern; distinct values cannot be summed over files and are not.
    `failing` counts the findings that set exit code 1; `interrupted` names the signal that ended the run early.
    `people` are those of all files together, each once. Of `unlisted` files with findings a catalog has the report.
    `unread` counts the acknowledged ones of `gaps` too, which do not keep a run from being complete.
    """

    enumerated: int
    outcomes: Mapping[str, int]
    unread: int
    totals: Mapping[str, int]
    failing: int
    samples: int
    files_with_findings: int
    bytes_read: int
    elapsed: float
    complete: bool
    interrupted: str = ""
    people: People = NOBODY
    unlisted: int = 0
    gaps: Gaps = NO_GAPS
    pages: Pages = NO_PAGES


Record = RunInfo | FileReport | Summary
