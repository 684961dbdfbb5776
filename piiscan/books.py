"""What the reports of a run add up to: the books that must balance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from piiscan.gaps import Cause, Gaps
from piiscan.model import Outcome, Summary, is_unread
from piiscan.pages import NO_PAGES, Pages
from piiscan.population import Population

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from piiscan.ahead import Ahead
    from piiscan.model import FileReport, Sensitivity
    from piiscan.people import Identities, People


class Progress(NamedTuple):
    """How far a run has come: files and bytes done, what was found and not read in them, and what is known.

    `files_known` and `bytes_known` still grow until `walked` is true; only then can the end be foretold.
    """

    files: int
    bytes: int
    findings: int
    unread: int
    files_known: int
    bytes_known: int
    walked: bool
    elapsed: float


class Carried(NamedTuple):
    """What is known of files that have not changed: findings by pattern, those that are personal data, and people."""

    totals: Mapping[str, int]
    personal: Mapping[str, int]
    samples: int
    files_with_findings: int
    people: Iterable[tuple[People, tuple[Identities, ...]]]
    truncated: int = 0


class Books:
    """What the reports of a run add up to."""

    def __init__(self, fail_on: Sensitivity | None, sensitivities: Mapping[str, Sensitivity]) -> None:
        self._failing_ids = {name for name, sensitivity in sensitivities.items() if fail_on and sensitivity >= fail_on}
        self._outcomes: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        self._unread = self._failing = self._samples = self._files_with_findings = self._unlisted = 0
        self._bytes_read = self._bytes_done = 0
        self._population = Population()
        self._causes: dict[tuple[Outcome, str], list[int]] = {}
        self._expired = self._truncated = self._access_times = 0
        self._pages = NO_PAGES

    def enter(self, report: FileReport) -> None:
        """Add one report."""
        shown = {name: count.total for name, count in report.tally.shown.items() if count.total}
        self._outcomes[report.outcome.value] += 1
        self._totals.update(shown)
        if is_unread(report.outcome, report.reason):
            self._enter_unread(report)
        self._truncated += bool(report.truncated)
        self._access_times += report.is_touched
        self._pages = Pages.sum(self._pages, report.pages)
        self._failing += sum(
            total - report.tally.business.get(name, 0) for name, total in shown.items() if name in self._failing_ids
        )
        self._samples += sum(report.tally.samples.values())
        self._files_with_findings += bool(shown)
        self._bytes_read += report.bytes_read
        self._bytes_done += report.ref.size
        self._population.enter(report.people, report.identities)

    def _enter_unread(self, report: FileReport) -> None:
        holds, told = bool(report.acknowledged and report.acknowledged.holds), report.acknowledged
        self._unread += 1
        self._expired += bool(told and not holds)
        sums = self._causes.setdefault((report.outcome, report.reason), [0, 0, 0, 0])
        for number, more in enumerate((1, report.ref.size, holds, report.pages.unread)):
            sums[number] += more

    def carry(self, carried: Carried, passed: Mapping[str, int]) -> None:
        """Add what is known of the files that were passed over, of which so many ended in each outcome."""
        self._outcomes.update(passed)
        self._totals.update(carried.totals)
        self._failing += sum(total for name, total in carried.personal.items() if name in self._failing_ids)
        self._samples += carried.samples
        self._files_with_findings += carried.files_with_findings
        self._unlisted += carried.files_with_findings
        self._truncated += carried.truncated
        for people, identities in carried.people:
            self._population.enter(people, identities)

    def progress(self, ahead: Ahead, elapsed: float) -> Progress:
        """Give the state after `elapsed` seconds."""
        return Progress(
            files=self._outcomes.total() + ahead.passed.total(),
            bytes=self._bytes_done + ahead.passed_size,
            findings=self._totals.total(),
            unread=self._unread,
            files_known=ahead.files,
            bytes_known=ahead.size,
            walked=ahead.is_finished,
            elapsed=elapsed,
        )

    def close(self, enumerated: int, elapsed: float, signals: list[str]) -> Summary:
        """Draw the line. A run whose books do not balance is not complete, whatever else it says."""
        balanced = self._outcomes.total() == enumerated
        gaps = self._gaps()
        return Summary(
            enumerated=enumerated,
            outcomes=dict(self._outcomes),
            unread=self._unread,
            totals=dict(self._totals),
            failing=self._failing,
            samples=self._samples,
            files_with_findings=self._files_with_findings,
            unlisted=self._unlisted,
            bytes_read=self._bytes_read,
            elapsed=elapsed,
            complete=balanced and self._unread == gaps.acknowledged and not signals,
            interrupted=signals[0] if signals else "",
            people=self._population.people(),
            gaps=gaps,
            pages=self._pages,
        )

    def _gaps(self) -> Gaps:
        causes = [Cause(*cause, *sums) for cause, sums in self._causes.items()]
        return Gaps(
            causes=tuple(sorted(causes, key=lambda each: (-each.files, each.outcome, each.reason))),
            acknowledged=sum(each.acknowledged for each in causes),
            expired=self._expired,
            truncated=self._truncated,
            access_times=self._access_times,
        )
