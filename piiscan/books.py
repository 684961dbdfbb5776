"""What the reports of a run add up to: the books that must balance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from piiscan.model import Summary, is_unread
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


class Books:
    """What the reports of a run add up to."""

    def __init__(self, fail_on: Sensitivity | None, sensitivities: Mapping[str, Sensitivity]) -> None:
        self._failing_ids = {name for name, sensitivity in sensitivities.items() if fail_on and sensitivity >= fail_on}
        self._outcomes: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        self._unread = self._failing = self._samples = self._files_with_findings = self._unlisted = 0
        self._bytes_read = self._bytes_done = 0
        self._population = Population()

    def enter(self, report: FileReport) -> None:
        """Add one report."""
        shown = {name: count.total for name, count in report.tally.shown.items() if count.total}
        self._outcomes[report.outcome.value] += 1
        self._totals.update(shown)
        self._unread += is_unread(report.outcome, report.reason)
        self._failing += sum(
            total - report.tally.business.get(name, 0) for name, total in shown.items() if name in self._failing_ids
        )
        self._samples += sum(report.tally.samples.values())
        self._files_with_findings += bool(shown)
        self._bytes_read += report.bytes_read
        self._bytes_done += report.ref.size
        self._population.enter(report.people, report.identities)

    def carry(self, carried: Carried, passed: Mapping[str, int]) -> None:
        """Add what is known of the files that were passed over, of which so many ended in each outcome."""
        self._outcomes.update(passed)
        self._totals.update(carried.totals)
        self._failing += sum(total for name, total in carried.personal.items() if name in self._failing_ids)
        self._samples += carried.samples
        self._files_with_findings += carried.files_with_findings
        self._unlisted += carried.files_with_findings
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
            complete=balanced and not self._unread and not signals,
            interrupted=signals[0] if signals else "",
            people=self._population.people(),
        )
