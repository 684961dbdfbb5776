"""A few small texts are scanned in this process, with the same outcome as in another."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from piiscan import inline, pool
from piiscan.config import RunConfig, ScanConfig
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.pool import scan_all
from piiscan.scan import scan_file
from piiscan.seat import ProcessWorker
from piiscan.walk import iter_files
from tests.mock_extractor import PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PDF = b"%PDF-1.4\n%%EOF\n"


def config_of(folder: Path, **changes: object) -> RunConfig:
    return RunConfig(ScanConfig(key=bytes(32), run_key=bytes(32), **changes), (str(folder),), timeout=1.0)  # type: ignore[arg-type]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note the start of every worker process."""
    started: list[int] = []

    def noted(config: RunConfig) -> ProcessWorker:
        started.append(1)
        return ProcessWorker(config)

    monkeypatch.setattr(pool, "ProcessWorker", noted)
    return started


def outcomes(config: RunConfig) -> dict[str, tuple[str, str, int]]:
    reports = scan_all(iter_files(config), config)
    return {report.ref.path: (report.outcome, report.reason, len(report.findings)) for report in reports}


def test_small_texts_start_no_process(tmp_path: Path, processes: list[int]) -> None:
    for number in range(inline.FILES):
        (tmp_path / f"{number}.txt").write_text(PHONE, encoding="utf-8")
    assert list(outcomes(config_of(tmp_path)).values()) == [("complete", "", 1)] * inline.FILES
    assert not processes


def test_what_libraries_read_goes_to_a_process(tmp_path: Path, processes: list[int]) -> None:
    (tmp_path / "a.txt").write_text(PHONE, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(PDF)
    (tmp_path / f"{PHONE.strip()}.pdf").write_bytes(PDF)
    found = outcomes(config_of(tmp_path))
    assert (len(found), found["a.txt"], found[f"{PHONE.strip()}.pdf"][2]) == (3, ("complete", "", 1), 1)
    assert processes


@pytest.mark.parametrize("size", [inline.BYTES + 1, 2 * inline.BYTES])
def test_large_files_go_to_a_process(size: int, tmp_path: Path, processes: list[int]) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * size)
    assert outcomes(config_of(tmp_path)) == {"a.txt": ("complete", "", 0)}
    assert processes


def test_a_file_that_grew_goes_to_a_process(tmp_path: Path, processes: list[int]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")
    config = config_of(tmp_path)
    refs = list(iter_files(config))
    path.write_bytes(b"a" * (inline.BYTES + 1))
    (report,) = scan_all(refs, config)
    assert (report.outcome, report.reason, report.bytes_read) == (Outcome.CHANGED, "modified", inline.BYTES + 1)
    assert processes


def test_many_files_go_to_processes(tmp_path: Path, processes: list[int]) -> None:
    for number in range(inline.FILES + 1):
        (tmp_path / f"{number}.txt").touch()
    assert len(outcomes(config_of(tmp_path))) == inline.FILES + 1
    assert processes


def test_patterns_and_extractors_of_others_go_to_a_process(tmp_path: Path, processes: list[int]) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.txt").write_text(PHONE, encoding="utf-8")
    outcomes(config_of(tmp_path / "share", pattern_files=(str(own),)))
    outcomes(config_of(tmp_path / "share", extractors={".mock": "tests.mock_extractor:extract_mock"}))
    assert len(processes) == 2


def test_a_walk_that_is_not_over_waits_for_nobody(tmp_path: Path, processes: list[int]) -> None:
    (tmp_path / "a.txt").write_text(PHONE, encoding="utf-8")
    config = config_of(tmp_path)
    assert len(list(scan_all([*iter_files(config), None], config))) == 1
    assert processes


def slow_at(path: str) -> object:
    def scan(ref: FileRef, config: ScanConfig, _most: int) -> Iterator[Part | FileReport]:
        for message in scan_file(ref, config):
            if ref.path == path and isinstance(message, FileReport):
                time.sleep(30)
            yield message

    return scan


def test_a_file_that_hangs_here_is_told_and_the_others_are_scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: list[int]
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(PHONE + "\n" * (9 - number), encoding="utf-8")
    monkeypatch.setattr(inline, "scan_here", slow_at("1.txt"))
    found = outcomes(config_of(tmp_path))
    assert found == {"0.txt": ("complete", "", 1), "1.txt": ("timeout", "time", 1), "2.txt": ("complete", "", 1)}
    assert processes


def test_an_interruption_accounts_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(PHONE + "\n" * (9 - number), encoding="utf-8")
    monkeypatch.setattr(inline, "scan_here", slow_at("1.txt"))
    config = config_of(tmp_path)
    done: list[FileReport] = []
    for report in scan_all(iter_files(config), config, lambda: bool(done)):
        done.append(report)  # noqa: PERF402 - `done` is looked at while it grows
    told = [(report.ref.path, report.outcome.value) for report in done]
    assert told == [("0.txt", "complete"), ("1.txt", "error"), ("2.txt", "error")]
