"""Small files go in batches, and still each has its own outcome, its own deadline and its own guilt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from piiscan import backlog, seat
from piiscan.backlog import Backlog
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Blob
from piiscan.pool import scan_all
from piiscan.walk import iter_files
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FATAL = {
    "segfault": (Outcome.CRASH, "signal 11"),
    "busy": (Outcome.TIMEOUT, "time"),
    "allocate": (Outcome.CRASH, "memory"),
    "exit0": (Outcome.CRASH, "exit 0"),
    "sigkill": (Outcome.CRASH, "signal 9"),
    "emit-then-die": (Outcome.CRASH, "signal 9"),
    "emit-then-hang": (Outcome.TIMEOUT, "time"),
}
FILES = 40


def ref(name: str, size: int) -> FileRef:
    return FileRef(name, name, size=size)


def sizes(batch: Sequence[FileRef | Blob]) -> list[int]:
    return [job.size for job in batch if isinstance(job, FileRef)]


def filled(*waiting: int, jobs: int = 1) -> Backlog:
    found = Backlog(jobs)
    for number, size in enumerate(waiting):
        found.add(ref(str(number), size))
    return found


def test_the_largest_go_first_and_alone() -> None:
    waiting = filled(5, 3_000_000, 7, 2_000_000, 6, 1)
    assert [sizes(waiting.next_batch()) for _ in range(5)] == [[3_000_000], [2_000_000], [7, 6], [5], [1]]
    assert waiting.next_batch() == ()


def test_a_batch_has_bounds_in_files_and_bytes() -> None:
    assert len(filled(*[10] * 1000).next_batch()) == backlog.BATCH_FILES
    assert sizes(filled(*[400_000] * 100).next_batch()) == [400_000, 400_000]


def test_a_batch_leaves_something_for_every_worker() -> None:
    assert len(filled(*[10] * 20, jobs=2).next_batch()) == 5
    assert len(filled(10, jobs=8).next_batch()) == 1


def test_the_backlog_is_full_at_its_bound_and_with_a_content_for_each_worker() -> None:
    assert not filled(*[1] * (backlog.MOST - 1)).is_full
    assert filled(*[1] * backlog.MOST).is_full
    contents = Backlog(2)
    contents.add(Blob(ref("a", 1), b"a"))
    assert not contents.is_full
    contents.add(Blob(ref("b", 9), b"b"))
    assert contents.is_full
    first = contents.next_batch()
    contents.put_back(first)
    assert [each.path for each in contents] == ["a", "b"]
    assert contents.take_all()[0] == first[0]
    assert not contents


def write(folder: Path, orders: Sequence[str]) -> None:
    """Write the files so that they are scanned in this order: each is smaller than the one before it."""
    for number, order in enumerate(orders):
        size = 1000 - number
        (folder / f"{number:02}.mock").write_text(order + " " * (size - len(order.encode())), encoding="utf-8")


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note what is given to workers."""
    seen: list[list[str]] = []
    give = seat.Seat.give

    def noted(self: seat.Seat, jobs: Sequence[Any]) -> bool:
        seen.append([seat.ref_of(job).path for job in jobs])
        return give(self, jobs)

    monkeypatch.setattr(seat.Seat, "give", noted)
    return seen


@pytest.mark.parametrize("order", FATAL)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_death_in_the_middle_of_a_batch_names_its_file_only(
    order: str, jobs: int, tmp_path: Path, batches: list[list[str]]
) -> None:
    orders = [f"ok {PHONE.strip()}"] * FILES
    orders[3] = orders[7] = order
    write(tmp_path, orders)
    config = config_for(tmp_path, jobs=jobs, timeout=1.0)
    reports = {report.ref.path: report for report in scan_all(iter_files(config), config)}
    assert len(reports) == FILES
    bad = {path: (report.outcome, report.reason) for path, report in reports.items() if path in {"03.mock", "07.mock"}}
    assert bad == {"03.mock": FATAL[order], "07.mock": FATAL[order]}
    good = [report for path, report in reports.items() if path not in bad]
    assert {(report.outcome, report.tally.shown["phone_mobile"].total) for report in good} == {(Outcome.COMPLETE, 1)}
    kept = {"emit-then-die": 2, "emit-then-hang": 1}.get(order, 0)
    assert [len(reports[path].findings) for path in bad] == [kept, kept]
    # and it was the middle of a batch, whose rest was given to another worker
    assert any("03.mock" in batch[1:-1] for batch in batches)
    assert sum("04.mock" in batch for batch in batches) == 2


def test_every_file_of_a_batch_has_its_own_deadline(tmp_path: Path, batches: list[list[str]]) -> None:
    write(tmp_path, ["sleep 0.3"] * 10)
    config = config_for(tmp_path, timeout=1.0)
    reports = list(scan_all(iter_files(config), config))
    assert max(map(len, batches)) == 5
    assert [report.outcome for report in reports] == [Outcome.COMPLETE] * 10


def test_an_interruption_in_a_batch_accounts_for_every_file(tmp_path: Path) -> None:
    write(tmp_path, [f"ok {PHONE.strip()}", "emit-then-hang", *["ok"] * 18])
    config = config_for(tmp_path)
    done: list[FileReport] = []
    for report in scan_all(iter_files(config), config, lambda: bool(done)):
        done.append(report)  # noqa: PERF402 - `done` is looked at while it grows
    assert {report.ref.path for report in done} == {f"{number:02}.mock" for number in range(20)}
    outcomes = [(report.outcome, report.reason) for report in done]
    assert outcomes == [(Outcome.COMPLETE, ""), *[(Outcome.ERROR, "interrupted")] * 19]
