"""A large file that all workers share gives the report that one worker gives, also where one of them dies."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from piiscan import backlog
from piiscan.backlog import Backlog
from piiscan.model import FileRef, Outcome
from piiscan.piece import Slice
from piiscan.pool import scan_all
from piiscan.walk import iter_files
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.model import FileReport

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
