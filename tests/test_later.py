"""Files in use or being written get a second turn at the end of the run, and one report each."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from piiscan import later
from piiscan.later import Later
from piiscan.model import FileRef, FileReport, Outcome, Summary
from piiscan.run import run
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "PAUSE", 0.0)


def scanned(*paths: Path, **changes: Any) -> tuple[dict[str, FileReport], Summary]:  # noqa: ANN401 - any field
    _info, *reports, summary = run(config_for(*paths, **changes))
    assert isinstance(summary, Summary)
    files = [each for each in reports if isinstance(each, FileReport)]
    assert len(files) == summary.enumerated == sum(summary.outcomes.values())
    return {each.ref.path: each for each in files}, summary


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_was_being_written_is_read_when_it_is_at_rest(jobs: int, tmp_path: Path) -> None:
    (tmp_path / "a.mock").write_text("sleep 0.8", encoding="utf-8")
    (tmp_path / "b.txt").write_text(PHONE, encoding="utf-8")

    def write() -> None:
        time.sleep(0.5)
        (tmp_path / "a.mock").write_text(f"ok {PHONE}", encoding="utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    files, summary = scanned(tmp_path, jobs=jobs)
    writer.join()
    assert files["a.mock"].outcome is Outcome.COMPLETE
    assert files["a.mock"].tally.shown["phone_mobile"].total == 1
    assert (summary.complete, summary.totals) == (True, {"phone_mobile": 2})


def refs(folder: Path, count: int) -> list[FileRef]:
    for number in range(count):
        (folder / f"{number}.txt").write_text(PHONE, encoding="utf-8")
    return [FileRef(f"{number}.txt", str(folder / f"{number}.txt")) for number in range(count)]


@pytest.mark.parametrize(
    ("outcome", "reason", "is_kept"),
    [
        (Outcome.CHANGED, "modified", True),
        (Outcome.CHANGED, "replaced", True),
        (Outcome.ERROR, "EBUSY", True),
        (Outcome.ERROR, "ETXTBSY", True),
        (Outcome.ERROR, "EIO", False),
        (Outcome.ERROR, "vanished", False),
        (Outcome.UNREADABLE, "permission", False),
        (Outcome.COMPLETE, "", False),
    ],
)
def test_only_what_may_be_otherwise_later_is_kept_back(
    outcome: Outcome,
    reason: str,
    is_kept: bool,
    tmp_path: Path,
) -> None:
    (ref,) = refs(tmp_path, 1)
    kept = Later(config_for(tmp_path))
    report = FileReport(ref, outcome, reason)
    assert kept.keeps(report) is is_kept
    told = list(kept.again(lambda: False))
    assert [each.outcome for each in told] == ([Outcome.COMPLETE] if is_kept else [])
    assert not list(kept.again(lambda: False))


def test_what_is_gone_or_still_busy_keeps_its_outcome(tmp_path: Path) -> None:
    first, second = refs(tmp_path, 2)
    (tmp_path / "0.txt").unlink()
    os.mkfifo(tmp_path / "0.txt")
    kept = Later(config_for(tmp_path))
    assert kept.keeps(FileReport(first, Outcome.CHANGED, "replaced"))
    assert kept.keeps(FileReport(second, Outcome.CHANGED, "modified"))
    told = {each.ref.path: each.outcome for each in kept.again(lambda: False)}
    assert told == {"0.txt": Outcome.CHANGED, "1.txt": Outcome.COMPLETE}


def test_a_run_that_ends_tells_the_first_outcome_and_tries_nothing(tmp_path: Path) -> None:
    (ref,) = refs(tmp_path, 1)
    kept = Later(config_for(tmp_path))
    assert kept.keeps(FileReport(ref, Outcome.CHANGED, "modified"))
    assert [each.outcome for each in kept.again(lambda: True)] == [Outcome.CHANGED]


def test_no_more_than_the_bound_is_kept_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "MOST", 2)
    kept = Later(config_for(tmp_path))
    assert [kept.keeps(FileReport(ref, Outcome.CHANGED, "modified")) for ref in refs(tmp_path, 3)] == [
        True,
        True,
        False,
    ]


def test_a_second_turn_that_is_broken_off_leaves_the_first_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = refs(tmp_path, 2)

    def broken_off(*_: object) -> Iterator[FileReport]:
        yield FileReport(first, Outcome.ERROR, "interrupted")
        yield FileReport(second, Outcome.COMPLETE)

    monkeypatch.setattr(later, "scan_all", broken_off)
    kept = Later(config_for(tmp_path))
    for ref in (first, second):
        assert kept.keeps(FileReport(ref, Outcome.CHANGED, "modified"))
    told = {each.ref.path: each.outcome for each in kept.again(lambda: False)}
    assert told == {"0.txt": Outcome.CHANGED, "1.txt": Outcome.COMPLETE}
