"""A large file that all workers share gives the report that one worker gives, also where one of them dies."""

from __future__ import annotations

import errno
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest

from piiscan import backlog, hashes
from piiscan.assembly import Assembly
from piiscan.backlog import Backlog
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.piece import Slice
from piiscan.pool import scan_all
from piiscan.scan import merge, scan_file, scan_slice
from piiscan.walk import iter_files
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.config import ScanConfig

ROWS = 30_000


def _write(folder: Path) -> None:
    rows = "".join(f"{n},090-{n % 7919 + 1000:04}-{n % 9973:04}\n" for n in range(ROWS))
    (folder / "顧客.csv").write_text(f"番号,携帯電話\n{rows}", encoding="utf-8")
    prose = "".join(
        f"{'文章' * 40}{n}\n{'携帯 090-1234-' + format(n, '04') if n % 50 == 0 else ''}\n" for n in range(9000)
    )
    (folder / "議事録.txt").write_text(prose, encoding="utf-8")
    (folder / "半端.txt").write_bytes(prose.encode("cp932") + b"\xff\n" + PHONE.encode("cp932"))
    with zipfile.ZipFile(folder / "書庫.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", f"番号,携帯電話\n{rows}")
        archive.writestr("b.txt", prose)


def _reports(folder: Path, jobs: int, cap: int) -> dict[str, FileReport]:
    config = config_for(folder, jobs=jobs)
    # one pattern, whose automata no worker has to wait for
    config = replace(config, scan=replace(config.scan, max_locations=cap, patterns=("phone_mobile",)))
    return {report.ref.path: replace(report, elapsed=0.0) for report in scan_all(iter_files(config), config)}


@pytest.mark.parametrize("cap", [100, 100_000])
def test_a_shared_file_has_the_report_of_one_worker(cap: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path)
    alone = _reports(tmp_path, 1, cap)
    assert alone["顧客.csv"].tally.shown["phone_mobile"].total == ROWS
    monkeypatch.setattr(backlog, "LARGE", 1)
    shared = _reports(tmp_path, 3, cap)
    assert shared == alone


def test_who_dies_in_its_share_is_told_and_loses_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.mock").write_text(f"emit-then-die {PHONE}", encoding="utf-8")
    monkeypatch.setattr(backlog, "LARGE", 1)
    (report,) = _reports(tmp_path, 2, 100).values()
    assert report.outcome is Outcome.CRASH


def test_only_what_others_cannot_make_up_for_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LARGE", 100)
    waiting = Backlog(2)
    for name, size in (("a", 1000), ("b", 900), ("c", 10)):
        waiting.add(FileRef(name, name, size))
    assert waiting.next_batch() == (FileRef("a", "a", 1000),)
    lonely = Backlog(2)
    lonely.add(FileRef("a", "a", 1000))
    assert lonely.demand == 2
    assert lonely.next_batch() == (Slice(FileRef("a", "a", 1000), 0, 2),)
    assert lonely.next_batch() == (Slice(FileRef("a", "a", 1000), 1, 2),)
    assert not lonely


def _config_of_phones(folder: Path) -> ScanConfig:
    return replace(config_for(folder).scan, patterns=("phone_mobile",))


def _counted(report: FileReport) -> tuple[object, ...]:
    counts = (report.tally, report.subjects, report.people, report.identities)
    return (report.outcome, report.reason, *counts, tuple(report.findings), report.truncated)


@pytest.mark.parametrize("room", [3000, hashes.ROOM])
def test_shares_are_put_together_wherever_their_hashes_lie(
    room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path)
    config = _config_of_phones(tmp_path)
    for ref in iter_files(config_for(tmp_path)):
        assert isinstance(ref, FileRef)
        *parts, last = scan_file(ref, config)
        alone = (
            merge([part for part in parts if isinstance(part, Part)], last) if isinstance(last, FileReport) else None
        )
        monkeypatch.setattr(hashes, "ROOM", room)
        monkeypatch.setattr(hashes, "_SMALL", 64)
        assembly, whole = Assembly(3, config), None
        for index in range(3):
            *told, closing = scan_slice(Slice(ref, index, 3), config)
            assert isinstance(closing, FileReport)
            whole = assembly.add(index, [part for part in told if isinstance(part, Part)], closing)
        assert whole is not None
        assert alone is not None
        assert _counted(whole) == _counted(alone)
        monkeypatch.undo()


def _fail(*_: object) -> NoReturn:
    raise OSError(errno.EIO, "no such sector")


def test_a_disk_that_fails_is_the_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path)
    config = _config_of_phones(tmp_path)
    monkeypatch.setattr(hashes, "ROOM", 3000)
    (ref,) = (ref for ref in iter_files(config_for(tmp_path)) if isinstance(ref, FileRef) and ref.path == "顧客.csv")
    assembly = Assembly(1, config)
    *parts, closing = scan_slice(Slice(ref, 0, 1), config)
    monkeypatch.setattr("os.preadv", _fail)
    *_, report = scan_file(ref, config)
    assert isinstance(closing, FileReport)
    shared = assembly.add(0, [part for part in parts if isinstance(part, Part)], closing)
    for each in (report, shared):
        assert isinstance(each, FileReport)
        assert (each.outcome, each.reason) == (Outcome.ERROR, "EIO")
        assert each.tally.shown["phone_mobile"].total == ROWS
        assert 0 < each.tally.shown["phone_mobile"].distinct <= ROWS
