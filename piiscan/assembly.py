"""The reports of those who shared a large file, put together to the one that a single worker would have written."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from piiscan.faults import worse
from piiscan.findings import Findings, Run
from piiscan.hashes import Hashes
from piiscan.hashing import Hashing
from piiscan.model import Count, Tally
from piiscan.pattern import load_patterns
from piiscan.piece import Problem
from piiscan.scan import most_pages
from piiscan.subjects import Census

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from piiscan.config import ScanConfig
    from piiscan.model import FileReport, Part


class Assembly:
    """What is known so far of a file that `of` workers share."""

    def __init__(self, of: int, config: ScanConfig) -> None:
        self._of, self._config = of, config
        self._told: dict[int, tuple[Sequence[Part], FileReport]] = {}

    def add(self, index: int, parts: Sequence[Part], report: FileReport) -> FileReport | None:
        """Take what a worker found in its share; give the report of the file if that was the last one."""
        self._told[index] = parts, report
        return self._joined() if len(self._told) == self._of else None

    def _joined(self) -> FileReport:
        shares = [self._told[index] for index in range(self._of)]
        reports = [report for _, report in shares]
        first, *others = reports
        problem = Problem(first.outcome, first.reason)
        for report in others:
            problem = worse(problem, Problem(report.outcome, report.reason))
        ordered = sorted((part for parts, _ in shares for part in parts), key=lambda part: part.piece)
        findings, capped = _first(ordered, self._config.max_locations)
        key = self._config.key if self._config.is_kept else None
        census = Census(Hashing(load_patterns(self._config).values() if key else (), key))
        for report in reports:
            census.join(report.shares)
        return replace(
            first,
            outcome=problem.outcome,
            reason=problem.reason,
            tally=_sum(shares),
            findings=findings,
            truncated=tuple(sorted(capped.union(*(report.truncated for report in reports)))),
            engine=max(report.engine for report in reports),
            bytes_read=max(report.bytes_read for report in reports),
            elapsed=max(report.elapsed for report in reports),
            distinct={},
            content=next((report.content for report in reports if report.content), ""),
            subjects=census.told(),
            people=census.people(),
            identities=census.identities(),
            shares=(),
            dropped=tuple(each for report in reports for each in report.dropped),
            pages=max((most_pages(parts, report) for parts, report in shares), key=sum),  # each went through all
        )


def _first(parts: Iterable[Part], cap: int) -> tuple[Findings, set[str]]:
    """Give the first findings of each pattern, and the patterns that have more."""
    stored: Counter[str] = Counter()
    kept: list[Run] = []
    for kinds, rows in Findings.joined(part.findings for part in parts).runs:
        names = [kind.pattern for kind in kinds]
        chosen = []
        for row in rows:
            stored[name := names[row[0]]] += 1
            if stored[name] <= cap:
                chosen.append(row)
        kept.append(Run(kinds, chosen))
    return Findings(kept), {name for name, number in stored.items() if number > cap}


def _sum(shares: Sequence[tuple[Sequence[Part], FileReport]]) -> Tally:
    tallies = [parts[-1].tally if parts and report.tally == Tally() else report.tally for parts, report in shares]
    totals = _added([{name: count.total for name, count in tally.shown.items()} for tally in tallies])
    shown = {}
    for name, total in totals.items():
        hashes = [report.distinct[name] for _, report in shares if name in report.distinct]
        lost = sum(
            tally.shown[name].distinct
            for tally, (_, report) in zip(tallies, shares, strict=True)
            if name in tally.shown and name not in report.distinct  # a worker that died had no time to tell which
        )
        shown[name] = Count(total, count_distinct(hashes) + lost)
    return Tally(
        shown,
        _added([tally.business for tally in tallies]),
        _added([tally.samples for tally in tallies]),
        _added([tally.low for tally in tallies]),
        _added([tally.public for tally in tallies]),
    )


def _added(figures: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in figures:
        total.update(each)
    return dict(total)


def count_distinct(packed: Sequence[bytes]) -> int:
    """Count the different numbers in arrays of 8 bytes each.

    >>> count_distinct([array("q", [1, 2]).tobytes(), array("q", [2, 3]).tobytes()])
    3
    """
    hashes = Hashes()
    for each in packed:
        hashes.update(array("q", each))
    return len(hashes)
