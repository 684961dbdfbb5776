from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan.backlog import BATCH_BYTES
from piiscan.config import RunConfig
from piiscan.model import FileReport, Outcome, Record, RunInfo, Sensitivity, Summary
from piiscan.run import run
from tests.mock_extractor import PHONE, becomes_gone, config_for

if TYPE_CHECKING:
    from piiscan.books import Progress

PROGRAM = """
import sys
from piiscan.model import Summary
from piiscan.run import run
from tests.mock_extractor import config_for

if __name__ == "__main__":
    for record in run(config_for(sys.argv[1], jobs=2)):
        if isinstance(record, Summary):
            print(record.interrupted, record.complete, record.enumerated, sum(record.outcomes.values()))
            print(record.outcomes, record.totals)
"""


def split(records: list[Record]) -> tuple[RunInfo, list[FileReport], Summary]:
    info, *reports, summary = records
    assert isinstance(info, RunInfo)
    assert isinstance(summary, Summary)
    return info, [report for report in reports if isinstance(report, FileReport)], summary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.mock").write_text(f"ok {PHONE}", encoding="utf-8")
    (folder / "link").symlink_to("0.mock")
    return folder


def test_a_run_begins_with_its_scope_and_ends_with_its_sum(folder: Path) -> None:
    info, reports, summary = split(list(run(config_for(folder, jobs=2))))
    assert info.scope["roots"] == [str(folder)]
    assert {"piiscan", "python", "regex", "platform"} <= set(info.versions)
    assert len(reports) == summary.enumerated == sum(summary.outcomes.values()) == 21
    assert summary.outcomes == {"complete": 20, "skipped": 1}
    assert (summary.totals, summary.failing, summary.files_with_findings) == ({"phone_mobile": 20}, 20, 20)
    assert summary.bytes_read == sum(report.ref.size for report in reports if report.ref.path != "link")
    assert (summary.complete, summary.unread, summary.interrupted) == (True, 0, "")


@pytest.mark.parametrize(
    ("fail_on", "failing"), [(Sensitivity.LOW, 20), (Sensitivity.MODERATE, 20), (Sensitivity.HIGH, 0), (None, 0)]
)
def test_findings_fail_a_run_from_a_sensitivity_on(fail_on: Sensitivity | None, failing: int, folder: Path) -> None:
    *_, summary = split(list(run(config_for(folder, fail_on=fail_on))))
    assert summary.failing == failing


def test_business_numbers_and_samples_do_not_fail_a_run(tmp_path: Path) -> None:
    (tmp_path / "a.mock").write_text("ok フリーダイヤル 0120-123-456 カード番号 4111-1111-1111-1111", encoding="utf-8")
    *_, summary = split(list(run(config_for(tmp_path))))
    assert (summary.totals, summary.samples, summary.failing) == ({"phone_service": 1}, 1, 0)


def test_the_cap_on_locations_does_not_change_the_sums(tmp_path: Path) -> None:
    (tmp_path / "a.mock").write_text(f"ok {PHONE * 300}", encoding="utf-8")
    config = config_for(tmp_path)
    _, (report,), summary = split(list(run(replace(config, scan=replace(config.scan, max_locations=7)))))
    assert (len(report.findings), report.truncated) == (7, ("phone_mobile",))
    assert (summary.totals, summary.failing) == ({"phone_mobile": 300}, 300)


def test_unread_files_make_a_run_incomplete(folder: Path) -> None:
    (folder / "bad.mock").write_text("exit0", encoding="utf-8")
    *_, summary = split(list(run(config_for(folder))))
    assert (summary.complete, summary.unread, summary.outcomes["crash"]) == (False, 1, 1)


def test_progress_ends_with_everything_done(folder: Path) -> None:
    seen: list[Progress] = []
    reports = split(list(run(config_for(folder), seen.append)))[1]
    last = seen[-1]
    assert (last.files, last.files_known, last.walked, last.findings, last.unread) == (21, 21, True, 20, 0)
    assert last.bytes == last.bytes_known == sum(report.ref.size for report in reports)


def test_a_run_that_is_abandoned_gives_the_signals_back(folder: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    records = run(config_for(folder))
    next(records)
    next(records)
    assert signal.getsignal(signal.SIGINT) is not before
    records.close()
    assert signal.getsignal(signal.SIGINT) is before


def test_an_empty_folder_is_complete(tmp_path: Path) -> None:
    *_, summary = split(list(run(RunConfig(config_for().scan, (str(tmp_path),)))))
    assert (summary.enumerated, summary.complete) == (0, True)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_run_in_order(name: str, folder: Path) -> None:
    for number in range(2):
        order = f"emit-then-hang {folder.parent / f'{number}.pid'}"
        # so large that each worker gets one of the two, and no batch holds both
        (folder / f"{number}.mock").write_text(order.ljust(BATCH_BYTES + 1), encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path.cwd(), text=True) as child:
        marks = [folder.parent / f"{number}.pid" for number in range(2)]
        while not all(mark.exists() for mark in marks):
            assert child.poll() is None
            time.sleep(0.02)
        sent = time.monotonic()
        child.send_signal(signal.Signals[name])
        output, complaint = child.communicate(timeout=10)
    assert time.monotonic() - sent < 2
    assert complaint == ""
    assert output.splitlines()[0] == f"{name} False 21 21"
    assert f"'{Outcome.ERROR}'" in output
    assert all(becomes_gone(int(mark.read_text(encoding="utf-8"))) for mark in marks)
