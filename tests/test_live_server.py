"""On a file server that others work on: caps, hours, snapshots, clocks, and files whose content is elsewhere."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from piiscan import pace, reading
from piiscan.catalog import opened
from piiscan.cli.scan import exit_code
from piiscan.hours import Hours, read_hours
from piiscan.model import FileRef, FileReport, Outcome, Summary
from piiscan.pace import Pace, Throttle
from piiscan.recording import Recording
from piiscan.reports import View, render
from piiscan.run import run
from piiscan.scan import scan_file
from tests.mock_extractor import PHONE, config_for
from tests.test_catalog import config_of

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.config import RunConfig

MEGABYTE = 1_000_000


class FakeClock:
    """A clock that only sleeping and work move on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(pace, "monotonic", lambda: self.now)
        monkeypatch.setattr(pace, "sleep", self.work)

    def work(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("work", "least"), [(0.0, 10.0), (0.001, 10.0), (0.5, 500.0)])
def test_a_throttle_keeps_its_rate_and_takes_nothing_from_who_is_slower(
    work: float, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock(monkeypatch)
    throttle = Throttle(100.0)
    for _ in range(1000):
        clock.work(work)
        throttle.take(1)
    assert least - 0.2 <= clock.now - 1000.0 <= least + 1.1


def test_idling_earns_no_long_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock(monkeypatch)
    throttle = Throttle(100.0)
    throttle.take(1)
    clock.work(3600)
    begun = clock.now
    throttle.take(1000)
    assert clock.now - begun == pytest.approx(10.0, abs=0.11)


def test_a_file_is_read_and_opened_at_its_pace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock(monkeypatch)
    pace.throttles_of.cache_clear()
    (tmp_path / "a.txt").write_bytes(b"a plain line of text\n" * 100_000)
    config = replace(config_for().scan, pace=Pace(bytes=1.0 * MEGABYTE, opens=0.5))
    *_, report = scan_file(FileRef("a.txt", str(tmp_path / "a.txt"), 2_100_000), config)
    assert isinstance(report, FileReport)
    assert (report.outcome, report.bytes_read) == (Outcome.COMPLETE, 2_100_000)
    assert clock.now - 1000.0 == pytest.approx(4.0, abs=0.3)
    pace.throttles_of.cache_clear()


def test_files_get_as_much_more_time_as_they_have_to_wait() -> None:
    config = config_for()
    slow = replace(config, scan=replace(config.scan, pace=Pace(bytes=MEGABYTE / 10)))
    assert slow.time_limit(10 * MEGABYTE) - config.time_limit(10 * MEGABYTE) >= 200


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        ("20:00-06:00", "20:00", True), ("20:00-06:00", "05:59", True), ("20:00-06:00", "06:00", False),
        ("20:00-06:00", "12:00", False), ("9:30-17:00", "09:29", False), ("9:30-17:00", "09:30", True),
        ("9:30-17:00", "17:00", False), ("00:00-23:59", "23:58", True),
    ],
)  # fmt: skip
def test_hours_may_go_over_midnight(hours: str, moment: str, is_open: bool) -> None:
    assert read_hours(hours).is_open(datetime.fromisoformat(f"2026-11-29T{moment}")) is is_open


@pytest.mark.parametrize("text", ["", "20:00", "20-06", "24:00-06:00", "10:60-11:00", "10:00-10:00"])
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".|^$"):
        read_hours(text)


def test_a_run_stops_in_order_when_its_hours_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(200):
        (tmp_path / f"{number}.mock").write_text("sleep 0.05", encoding="utf-8")
    looks = iter([True] * 5)
    monkeypatch.setattr(Hours, "is_open", lambda _hours: next(looks, False))
    records = list(run(replace(config_for(tmp_path), window=read_hours("20:00-06:00"))))
    summary = records[-1]
    assert isinstance(summary, Summary)
    assert (summary.interrupted, summary.complete, exit_code(summary)) == ("window", False, 3)
    assert summary.enumerated == sum(summary.outcomes.values()) == len(records) - 2
    assert summary.outcomes["error"] > 0
    assert "its hours are over" in "\n".join(render("human", records, View()))


def test_the_next_run_goes_on_where_the_hours_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share, catalog = tmp_path / "share", tmp_path / "catalog"
    share.mkdir()
    for number in range(120):
        (share / f"{number}.mock").write_text("sleep 0.05", encoding="utf-8")
        (share / f"{number}.txt").write_text(PHONE, encoding="utf-8")

    entered: list[FileReport] = []

    class Noting(Recording):
        def enter(self, report: FileReport) -> None:
            entered.append(report)
            super().enter(report)

    def told() -> tuple[dict[str, FileReport], Summary]:
        config = replace(config_of(share), window=read_hours("20:00-06:00"))
        with opened(catalog, writes=True) as connection:
            records = list(run(config, store=Noting(connection, catalog, config)))
        summary = records[-1]
        assert isinstance(summary, Summary)
        return {each.ref.path: each for each in records if isinstance(each, FileReport)}, summary

    # as soon as there are some reports: after a number of looks, there may be none yet
    monkeypatch.setattr(Hours, "is_open", lambda _hours: len(entered) < 5)
    first, summary = told()
    done = {path for path, each in first.items() if each.outcome is Outcome.COMPLETE}
    assert 0 < len(done) < 240
    assert (summary.interrupted, summary.complete, summary.outcomes["error"]) == (
        "window",
        False,
        len(first) - len(done),
    )
    monkeypatch.setattr(Hours, "is_open", lambda _hours: True)
    second, summary = told()
    assert (summary.interrupted, summary.complete, summary.enumerated) == ("", True, 240)
    assert {path for path, each in second.items() if each.bytes_read} == {
        path.name for path in share.iterdir() if path.name not in done
    }


def test_snapshots_are_left_out_and_told_unless_asked_for(tmp_path: Path) -> None:
    for folder in (".snapshot", "人事/~snapshot", "#recycle"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(PHONE, encoding="utf-8")

    def told(config: RunConfig) -> dict[str, tuple[str, str]]:
        reports = [each for each in run(config) if isinstance(each, FileReport)]
        return {each.ref.path: (each.outcome.value, each.reason) for each in reports}

    config = config_for(tmp_path)
    assert told(config) == {
        ".snapshot": ("skipped", "snapshot"),
        "人事/~snapshot": ("skipped", "snapshot"),
        "#recycle/a.txt": ("complete", ""),
    }
    assert set(told(replace(config, include_snapshots=True)).values()) == {("complete", "")}
    assert told(config_for(tmp_path / ".snapshot")) == {"a.txt": ("complete", "")}


def sparse(path: Path) -> FileRef:
    path.touch()
    os.truncate(path, 1_000_000)
    assert path.stat().st_blocks == 0
    return FileRef(path.name, str(path), 1_000_000)


@pytest.mark.parametrize(
    ("name", "value", "is_offline"),
    [
        ("user.cifs.dosattrib", b"\x20\x10\x00\x00", True),
        ("smb3.dosattrib", b"\x20\x00\x40\x00", True),
        ("user.DOSATTRIB", b"0x1020\0", True),
        ("user.DOSATTRIB", bytes.fromhex("000005000500000011000000") + b"\x20\x10\0\0" + bytes(16), True),
        ("user.DOSATTRIB", bytes.fromhex("000005000500000011000000") + b"\x20\x00\0\0" + bytes(16), False),
        ("user.DOSATTRIB", b"0xnone", False),
        ("user.DOSATTRIB", b"\0", False),
        ("user.other", b"\x20\x10\x00\x00", False),
    ],
)
def test_a_file_whose_content_is_elsewhere_is_not_fetched(
    name: str,
    value: bytes,
    is_offline: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def getxattr(_file: int, asked: str) -> bytes:
        if asked != name:
            raise OSError(61, "no such attribute")
        return value

    monkeypatch.setattr(os, "getxattr", getxattr)
    *_, report = scan_file(sparse(tmp_path / "a.txt"), config_for().scan)
    assert isinstance(report, FileReport)
    assert (report.reason == "offline") is is_offline
    assert (report.bytes_read == 0) is is_offline
    assert not is_offline or report.outcome is Outcome.SKIPPED


def test_a_file_with_content_is_never_asked_for_attributes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getxattr", lambda *_: pytest.fail("asked"))
    (tmp_path / "a.txt").write_bytes(b"text\n" * 10_000)
    *_, report = scan_file(FileRef("a.txt", str(tmp_path / "a.txt"), 50_000), config_for().scan)
    assert isinstance(report, FileReport)
    assert report.outcome is Outcome.COMPLETE


@pytest.mark.parametrize(("flag", "is_touched"), [(0, True), (os.ST_RELATIME, True), (os.ST_NOATIME, False)])
def test_times_of_access_that_could_not_be_kept_are_told(
    flag: int,
    is_touched: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = os.open

    def refuse(path: str, flags: int, *more: int) -> int:
        if flags & os.O_NOATIME:
            raise PermissionError(1, "not the owner")
        return really(path, flags, *more)

    (tmp_path / "a.txt").write_text(PHONE, encoding="utf-8")
    monkeypatch.setattr(reading, "_KEEPS_TIMES", os.ST_NOATIME | os.ST_RDONLY)
    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "fstatvfs", lambda _file: os.statvfs_result((0,) * 8 + (flag, 0)))
    *_, report = scan_file(FileRef("a.txt", str(tmp_path / "a.txt"), 30), config_for().scan)
    monkeypatch.undo()
    assert isinstance(report, FileReport)
    assert report.is_touched is is_touched
    summary = Summary(1, {"complete": 1}, 0, {}, 0, 0, 0, 30, 0.1, complete=True)
    summary = replace(summary, gaps=summary.gaps._replace(access_times=int(is_touched)))
    assert ("Access times" in "\n".join(render("human", [summary], View()))) is is_touched
    (line,) = render("jsonl", [summary], View())
    assert json.loads(line)["access_times"] == int(is_touched)
