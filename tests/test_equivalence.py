"""The library, a thread of this process, one worker and several give equal reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan.backlog import Backlog
from piiscan.inline import is_enough
from piiscan.model import FileRef, FileReport, Part
from piiscan.pool import scan_all
from piiscan.scan import merge, scan_file
from piiscan.walk import iter_files
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from piiscan.config import RunConfig

FEW = 4
FILES = {
    "顧客.csv": f"氏名,電話番号\n山田,{PHONE.split()[1]}\n".encode(),
    "memo.txt": (PHONE * 300).encode(),
    "sjis.txt": PHONE.encode("cp932"),
    "broken.txt": b"\xff" * 100,
    "empty": b"",
    "image.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    f"{PHONE.strip()}.txt": b"nothing",
    "a.mock": f"ok {PHONE}".encode(),
    "b.mock": b"problems",
    "c.mock": b"raise-with-pii 090-1234-5678",
}


@pytest.fixture
def config(tmp_path: Path) -> RunConfig:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    return config_for(tmp_path)


def inline(ref: FileRef, config: RunConfig) -> FileReport:
    *parts, report = scan_file(ref, config.scan)
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def by_path(reports: list[FileReport]) -> dict[str, FileReport]:
    return {report.ref.path: replace(report, elapsed=0.0) for report in reports}


def test_a_thread_and_processes_are_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = Path("fixtures/share")
    for number, source in enumerate(sorted(path for path in share.rglob("*") if path.is_file())):
        (tmp_path / f"{number} {source.name}").write_bytes(source.read_bytes())
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    config = config_for(tmp_path)
    config = replace(config, scan=replace(config.scan, extractors={}))
    refs = [item for item in iter_files(config) if isinstance(item, FileRef)]
    expected = by_path([inline(ref, config) for ref in refs])
    few = [refs[start : start + FEW] for start in range(0, len(refs), FEW)]
    assert all(is_enough(backlog_of(some), config) for some in few)
    assert by_path([report for some in few for report in scan_all(some, config)]) == expected
    monkeypatch.setattr("piiscan.pool.is_enough", lambda *_: False)
    assert by_path(list(scan_all(refs, config))) == expected


def backlog_of(refs: list[FileRef]) -> Backlog:
    backlog = Backlog(1)
    for ref in refs:
        backlog.add(ref)
    return backlog


@pytest.mark.parametrize("jobs", [1, 2])
def test_inline_and_pool_are_equal(jobs: int, config: RunConfig) -> None:
    refs = [item for item in iter_files(config) if isinstance(item, FileRef)]
    expected = by_path([inline(ref, config) for ref in refs])
    assert len(expected) == len(FILES)
    assert by_path(list(scan_all(refs, replace(config, jobs=jobs)))) == expected
