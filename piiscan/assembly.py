"""The reports of those who shared a large file, put together to the one that a single worker would have written."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from piiscan.faults import content_problem, worse
from piiscan.findings import Findings, Run
from piiscan.hashes import Hashes, Store
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
    from piiscan.people import Hashed


class Assembly:
    """What is known so far of a file that `of` workers share."""

    def __init__(self, of: int, config: ScanConfig) -> None:
        self._of, self._config = of, config
        self._told: dict[int, tuple[Sequence[Part], FileReport]] = {}
        key = config.key if config.is_kept else None
        store = Store()
        self._census = Census(Hashing(load_patterns(config).values() if key else (), key), store)
        self._distinct = defaultdict[str, Hashes](partial(Hashes, store))

    def take(self, hashed: Iterable[Hashed]) -> None:
        """Take hashes of values in some share, before its report: they are many, and are not kept until it comes."""
        known = list(hashed)
        self._census.join((), known)
        for each in known:
            if each.place is None:
                self._distinct[each.kind].update(array("q", each.hashes))

    def add(self, index: int, parts: Sequence[Part], report: FileReport) -> FileReport | None:
        """Take what a worker found in its share; give the report of the file if that was the last one."""
        for part in parts:
            self.take(part.hashed)
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
        for report in reports:
            self._census.join(report.shares)
        try:
            counts = self._counts(shares)
        except OSError as error:  # hashes on disk cannot be read
            problem = worse(problem, content_problem(error))
            counts = {"tally": _sum(shares, {name: hashes.least for name, hashes in self._distinct.items()})}
        return replace(
            first,
            outcome=problem.outcome,
            reason=problem.reason,
            findings=findings,
            truncated=tuple(sorted(capped.union(*(report.truncated for report in reports)))),
            engine=max(report.engine for report in reports),
            bytes_read=max(report.bytes_read for report in reports),
            elapsed=max(report.elapsed for report in reports),
            content=next((report.content for report in reports if report.content), ""),
            shares=(),
            dropped=tuple(each for report in reports for each in report.dropped),
            pages=max((most_pages(parts, report) for parts, report in shares), key=sum),  # each went through all
            **counts,
        )

    def _counts(self, shares: Sequence[tuple[Sequence[Part], FileReport]]) -> dict[str, Any]:
        tally = _sum(shares, {name: len(hashes) for name, hashes in self._distinct.items()})
        return {"tally": tally, **self._census.counts()}


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


def _sum(shares: Sequence[tuple[Sequence[Part], FileReport]], distinct: Mapping[str, int]) -> Tally:
    """Add figures up; `distinct` are the different values whose hashes came."""
    # a worker that died had no time to tell which they were
    lost = [parts[-1].tally for parts, report in shares if parts and report.tally == Tally()]
    tallies = [*lost, *(report.tally for _, report in shares)]
    totals = _added([{name: count.total for name, count in tally.shown.items()} for tally in tallies])
    others = _added([{name: count.distinct for name, count in tally.shown.items()} for tally in lost])
    shown = {name: Count(total, distinct.get(name, 0) + others.get(name, 0)) for name, total in totals.items()}
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
