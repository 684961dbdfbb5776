"""What a person wants to see of a run, in the order of urgency and of bounded size: the worst files first.

A run may report on millions of files; a person reads the first hundreds. So the worst `limit` files are kept, and
of each only the first places; how much was left out is kept as well, because it has to be told.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from piiscan.model import Confidence, FileReport, MemberReport, Outcome, RunInfo, Sensitivity, Summary, is_unread
from piiscan.people import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from piiscan.explained import Dropped
    from piiscan.gaps import Acknowledged
    from piiscan.model import Finding, Record
    from piiscan.people import People

PLACES = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One pattern in one file: exact counts, the worst it can be, its first places and the evidence there.

    `sensitivity` and `confidence` are None where no place was stored (`--max-locations 0`).
    """

    pattern: str
    total: int
    distinct: int
    business: int
    sensitivity: Sensitivity | None
    confidence: Confidence | None
    places: tuple[Finding, ...]
    evidence: tuple[str, ...]

    @property
    def urgency(self) -> tuple[int, int, int]:
        """Give what hits are ordered by: the highest first."""
        return (self.sensitivity or 0, self.confidence or 0, self.total)


@dataclass(frozen=True, slots=True)
class Found:
    """A file with findings, its hits in order of urgency; `people` are those it holds."""

    path: str
    hits: tuple[Hit, ...]
    people: People = NOBODY


@dataclass(frozen=True, slots=True)
class Unread:
    """A path of which something was not read, and why."""

    path: str
    outcome: Outcome
    reason: str
    members: tuple[MemberReport, ...] = ()
    acknowledged: Acknowledged | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The worst files, the first unread paths in order of path, and the summary of the run.

    `levels` are the patterns found and the worst each was, None where no place was stored. `dropped` are the files with
    candidates that are explained away, in the order in which they came.
    """

    found: tuple[Found, ...]
    unread: tuple[Unread, ...]
    run: RunInfo | None
    summary: Summary | None
    levels: Mapping[str, Sensitivity | None]
    dropped: tuple[tuple[str, tuple[Dropped, ...]], ...] = ()


def digest(records: Iterable[Record], limit: int) -> Digest:
    """Read all records of a run; keep at most `limit` files with findings and as many unread paths."""
    run: RunInfo | None = None
    summary: Summary | None = None
    # Both are heaps whose first item is the next to be dropped; the path makes the order total and repeatable.
    found: list[tuple[tuple[int, int, int], _Reverse, Found]] = []
    unread: list[tuple[_Reverse, Unread]] = []
    levels: dict[str, Sensitivity | None] = {}
    dropped: list[tuple[str, tuple[Dropped, ...]]] = []
    for record in records:
        if isinstance(record, RunInfo):
            run = record
        elif isinstance(record, Summary):
            summary = record
        else:
            if record.tally.shown:
                file = _found(record)
                for hit in file.hits:
                    levels[hit.pattern] = max(levels.get(hit.pattern), hit.sensitivity, key=lambda level: level or 0)
                _push(found, (file.hits[0].urgency, _Reverse(file.path), file), limit)
            if record.dropped and len(dropped) < limit:
                dropped.append((record.ref.path, record.dropped))
            if is_unread(record.outcome, record.reason):
                gap = Unread(record.ref.path, record.outcome, record.reason, record.unread_members, record.acknowledged)
                _push(unread, (_Reverse(gap.path), gap), limit)
    worst = sorted(found, key=lambda item: item[:2], reverse=True)
    gaps = sorted(unread, key=lambda item: item[0], reverse=True)
    files, unread_paths = tuple(item[-1] for item in worst), tuple(item[-1] for item in gaps)
    return Digest(files, unread_paths, run, summary, levels, tuple(dropped))


@dataclass(frozen=True, slots=True)
class _Reverse:
    """A path that sorts backwards, so that "the largest first" means "the first in the alphabet first"."""

    path: str

    def __lt__(self, other: _Reverse) -> bool:
        return other.path < self.path


def _push(heap: list[Any], item: Any, limit: int) -> None:  # noqa: ANN401 - heapq asks for no more than order
    if len(heap) < limit:
        heapq.heappush(heap, item)
    else:
        heapq.heappushpop(heap, item)


def _found(report: FileReport) -> Found:
    by_pattern: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_pattern.setdefault(finding.pattern, []).append(finding)
    hits = [_hit(report, name, by_pattern.get(name, [])) for name in report.tally.shown]
    ordered = tuple(sorted(hits, key=lambda hit: (hit.urgency, hit.pattern), reverse=True))
    return Found(report.ref.path, ordered, report.people)


def _hit(report: FileReport, name: str, findings: list[Finding]) -> Hit:
    count = report.tally.shown[name]
    return Hit(
        pattern=name,
        total=count.total,
        distinct=count.distinct,
        business=report.tally.business.get(name, 0),
        sensitivity=max((finding.sensitivity for finding in findings), default=None),
        confidence=max((finding.confidence for finding in findings), default=None),
        places=tuple(findings[:PLACES]),
        evidence=tuple(dict.fromkeys(word for finding in findings for word in finding.evidence)),
    )
