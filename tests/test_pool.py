from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan import backlog
from piiscan.errors import PiiscanError
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.pool import scan_all
from piiscan.walk import iter_files
from tests.mock_extractor import PHONE, becomes_gone, config_for, die_at_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.config import RunConfig

FATAL = {
    "segfault": (Outcome.CRASH, "signal 11"),
    "hang": (Outcome.TIMEOUT, "time"),
    "busy": (Outcome.TIMEOUT, "time"),
    "allocate": (Outcome.CRASH, "memory"),
    "exit0": (Outcome.CRASH, "exit 0"),
    "sigkill": (Outcome.CRASH, "signal 9"),
    "emit-then-die": (Outcome.CRASH, "signal 9"),
    "emit-then-hang": (Outcome.TIMEOUT, "time"),
    "grandchild": (Outcome.CRASH, "exit 0"),
    "raise-with-pii": (Outcome.ERROR, "ValueError"),
    "leave-with-pii": (Outcome.CRASH, "exit 1"),
}
GOOD = 10


def refs(config: RunConfig) -> list[FileRef | FileReport]:
    return list(iter_files(config))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    for order in FATAL:
        argument = PHONE if "pii" in order else str(folder.parent / f"{order}.pid")
        (folder / f"{order}.mock").write_text(f"{order} {argument}", encoding="utf-8")
    for number in range(GOOD):
        (folder / f"good {number}.mock").write_text(f"ok {PHONE}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, FileReport]:
    config = config_for(folder, jobs=2, timeout=1.0)
    reports = list(scan_all(refs(config), config))
    assert len(reports) == len(FATAL) + GOOD
    return {report.ref.path.removesuffix(".mock"): report for report in reports}


@pytest.mark.parametrize("order", FATAL)
def test_a_file_that_ends_its_worker_is_one_row(order: str, reports: dict[str, FileReport]) -> None:
    assert (reports[order].outcome, reports[order].reason) == FATAL[order]


def test_every_other_file_is_scanned(reports: dict[str, FileReport]) -> None:
    good = [report for name, report in reports.items() if name.startswith("good")]
    assert [report.outcome for report in good] == [Outcome.COMPLETE] * GOOD
    assert all(report.tally.shown["phone_mobile"].total == 1 and len(report.findings) == 1 for report in good)


@pytest.mark.parametrize(("order", "parts"), [("emit-then-die", ["first", "second"]), ("emit-then-hang", [""])])
def test_what_was_found_before_a_death_is_kept(order: str, parts: list[str], reports: dict[str, FileReport]) -> None:
    report = reports[order]
    assert [finding.location.part for finding in report.findings] == parts
    assert report.tally.shown["phone_mobile"].total == len(parts)


@pytest.mark.parametrize("order", ["hang", "emit-then-hang", "grandchild"])
def test_nothing_is_left_running(order: str, folder: Path, reports: dict[str, FileReport]) -> None:
    assert order in reports
    assert becomes_gone(int((folder.parent / f"{order}.pid").read_text(encoding="utf-8")))


def test_no_message_of_an_exception_comes_back(reports: dict[str, FileReport]) -> None:
    assert "5678" not in repr([reports["raise-with-pii"], reports["leave-with-pii"]]).replace("***-****-5678", "")


def test_what_a_library_prints_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.mock").write_text("print-pii 090-1234-5678", encoding="utf-8")
    config = config_for(tmp_path)
    assert [report.outcome for report in scan_all(refs(config), config)] == [Outcome.COMPLETE]
    assert capfd.readouterr() == ("", "")


def test_items_are_taken_only_as_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "MOST", 4)
    for number in range(40):
        (tmp_path / f"{number}.txt").touch()
    config = config_for(tmp_path, jobs=2)
    taken = 0

    def source() -> Iterator[FileRef | FileReport]:
        nonlocal taken
        for item in refs(config):
            taken += 1
            yield item

    for done, _ in enumerate(scan_all(source(), config), 1):
        assert taken - done <= 4 + 2 * config.jobs
    assert done == 40


def test_reports_of_the_walk_pass_and_none_is_a_pause(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    decided = FileReport(FileRef("link", "link"), Outcome.SKIPPED, "symlink")
    config = config_for(tmp_path)
    reports = list(scan_all([None, decided, None, *refs(config), None], config))
    assert [report.ref.path for report in reports] == ["link", "a.txt"]


def test_files_taken_and_not_finished_are_told_when_stopped(tmp_path: Path) -> None:
    for number in range(5):
        order = f"emit-then-hang {tmp_path.parent / f'{tmp_path.name}-{number}.pid'}"
        (tmp_path / f"{number}.mock").write_text(order, encoding="utf-8")
    config = config_for(tmp_path, jobs=2)

    def is_hanging() -> bool:
        return len(list(tmp_path.parent.glob(f"{tmp_path.name}-*.pid"))) == 2

    reports = list(scan_all(refs(config), config, is_hanging))
    assert {(report.outcome, report.reason) for report in reports} == {(Outcome.ERROR, "interrupted")}
    assert len(reports) == 5  # the files in the workers' hands, and the backlog
    assert all(becomes_gone(int(file.read_text())) for file in tmp_path.parent.glob(f"{tmp_path.name}-*.pid"))


def test_an_abandoned_pool_leaves_nothing(tmp_path: Path) -> None:
    mark = tmp_path.parent / f"{tmp_path.name}.pid"
    (tmp_path / "a.mock").write_text(f"hang {mark}", encoding="utf-8")
    config = config_for(tmp_path)
    decided = FileReport(FileRef("link", "link"), Outcome.SKIPPED, "symlink")

    def until_it_hangs() -> Iterator[FileRef | FileReport | None]:
        yield from refs(config)
        while not mark.exists():
            yield None
        yield decided

    reports = scan_all(until_it_hangs(), config)
    assert next(reports) == decided
    reports.close()
    assert becomes_gone(int(mark.read_text(encoding="utf-8")))


def test_workers_that_cannot_start_are_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").touch()
    monkeypatch.setattr("piiscan.seat.serve", die_at_once)
    config = config_for(tmp_path, jobs=2)
    with pytest.raises(PiiscanError, match=r"^cannot start a scan worker: exit 3$"):
        list(scan_all(refs(config), config))


def test_a_worker_that_refuses_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    config = config_for(tmp_path, pattern_files=(str(tmp_path / "none.toml"),))
    with pytest.raises(PiiscanError, match=r"none\.toml"):
        list(scan_all(refs(config), config))


def test_what_is_made_for_all_files_is_not_the_time_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where compiling took longer than a file may, every large file timed out, and what was compiled was never kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "share").mkdir()
    for number in range(3):
        (tmp_path / "share" / f"{number}.mock").write_text("make plan 3", encoding="utf-8")
    (tmp_path / "share" / "slow.mock").write_text("sleep 30", encoding="utf-8")
    config = config_for(tmp_path / "share", jobs=3, timeout=1)
    told = {report.ref.path: report.outcome for report in scan_all(refs(config), config)}
    assert told == {**{f"{number}.mock": Outcome.COMPLETE for number in range(3)}, "slow.mock": Outcome.TIMEOUT}


def test_no_descriptor_is_left_open(folder: Path) -> None:
    config = config_for(folder / "segfault.mock", folder / "good 1.mock")
    list(scan_all(refs(config), config))
    gc.collect()  # what other tests left is closed when it is found
    before = len(list(Path("/proc/self/fd").iterdir()))
    list(scan_all(refs(config), config))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
