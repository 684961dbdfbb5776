"""Faults whose files take their time: scripts/faults runs them, CI does not."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.faults.builders import CIRCLES, PHONE, pdf_of_pages, write_entries, zipped
from tests.mock_extractor import is_gone
from tests.quine import gzip_quine

#: Megabytes of the largest process of a run, whatever it reads.
MEMORY = 1000
_SLICE = b"x" * 999_999


def told_of(folder: Path, *options: str, seconds: float = 300) -> list[dict[str, Any]]:
    """Scan a folder as a person does; give the records. The run has to end in time and without a word on its errors."""
    command = (sys.executable, "-m", "piiscan", "scan", str(folder), "--format", "jsonl", "--quiet", *options)
    done = subprocess.run(command, capture_output=True, check=False, timeout=seconds)
    assert (done.returncode in {0, 1, 3}, done.stderr) == (True, b"")
    assert b"9876-5432" not in done.stdout
    return [json.loads(line) for line in done.stdout.splitlines()]


def files_of(records: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    return {each["path"]: (each["outcome"], each["reason"]) for each in records if each["record"] == "file"}


def test_a_zip_of_a_million_entries(tmp_path: Path) -> None:
    write_entries(tmp_path / "a.zip", 1_000_000)
    # each of the first 100,000 names is searched, which may take longer than a file may
    assert files_of(told_of(tmp_path, seconds=120))["a.zip"] in {("partial", "entries"), ("timeout", "time")}


def test_a_pdf_of_a_hundred_thousand_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of_pages(100_000))
    records = told_of(tmp_path, "--timeout", "200")
    assert files_of(records)["a.pdf"] in {("partial", "pages"), ("timeout", "time")}
    assert any(each["record"] == "finding" for each in records)


def test_json_in_one_line_of_a_gigabyte(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as stream:
        stream.write(b'{"rows":[')
        for number in range(1000):
            stream.write(b'{"number":%d,"text":"' % number + _SLICE + b'"},')
        stream.write('{"電話番号":"090-9876-5432"}]}'.encode())
    records = told_of(tmp_path, "--timeout", "600", "--memory", f"{MEMORY}M", seconds=900)
    assert files_of(records) == {"a.json": ("complete", "")}
    assert records[-1]["totals"] == {"phone_mobile": 1}


def test_a_csv_field_of_half_a_gigabyte(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as stream:
        stream.write('備考,電話番号\n"'.encode())
        for _ in range(500):
            stream.write(_SLICE + b"\0")
        stream.write(b'",090-9876-5432\n')
    records = told_of(tmp_path, "--timeout", "600", "--memory", f"{MEMORY}M", seconds=900)
    assert files_of(records)["a.csv"][0] in {"complete", "partial"}
    assert records[-1]["totals"] == {"phone_mobile": 1}


def test_a_sparse_file_of_ten_gigabytes(tmp_path: Path) -> None:
    for name in ("a.bin", "a.txt"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(10 << 30)
    (tmp_path / "b.txt").write_text(PHONE, encoding="utf-8")
    records = told_of(tmp_path, "--timeout", "60")
    assert files_of(records)["a.bin"][0] != "complete"
    assert files_of(records)["b.txt"] == ("complete", "")


def test_workers_that_are_killed_again_and_again(tmp_path: Path) -> None:
    folder, catalog, report = tmp_path / "share", tmp_path / "catalog", tmp_path / "report"
    folder.mkdir()
    for number in range(2000):
        (folder / f"{number}.txt").write_text(f"{number}\n" * 3000 + PHONE, encoding="utf-8")
    command = [sys.executable, "-m", "piiscan", "scan", str(folder), "--format", "jsonl", "--quiet", "--jobs", "2"]
    command += ["--catalog", str(catalog), "--output", str(report)]
    chance = random.Random(9)  # noqa: S311 - other moments another day
    killed = 0
    with subprocess.Popen(command, stderr=subprocess.PIPE) as run:
        while killed < 20 and run.poll() is None:
            time.sleep(chance.uniform(0.05, 0.2))
            workers = [each for each in _below(run.pid) if not list(_children(each))]
            if workers and report_has_begun(tmp_path):
                os.kill(chance.choice(workers), signal.SIGKILL)
                killed += 1
        assert run.wait(300) in {1, 3}
    assert killed == 20
    told = files_of([json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()])
    ends = [each for each in told.values() if each != ("complete", "")]
    assert len(told) == 2000
    assert set(ends) <= {("crash", "signal 9")}
    assert len(ends) <= 20
    again = files_of(told_of(folder, "--catalog", str(catalog)))
    assert set(again.values()) <= {("complete", ""), ("unchanged", "")}


def report_has_begun(folder: Path) -> bool:
    return any(folder.glob("report*")) or any(folder.glob(".report*"))


def _children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def _below(process: int) -> list[int]:
    found = _children(process)
    return [*found, *(each for child in found for each in _below(child))]


def test_a_killed_parent_leaves_no_child(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(f"{number}\n" * 30_000, encoding="utf-8")
    command = (sys.executable, "-m", "piiscan", "scan", str(tmp_path), "--format", "jsonl", "--jobs", "2")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        time.sleep(2)
        below = _below(run.pid)
        assert below
        run.kill()
    end = time.monotonic() + 10
    while time.monotonic() < end and not all(map(is_gone, below)):
        time.sleep(0.1)
    assert all(map(is_gone, below))


def test_ten_thousand_files_grow_neither_memory_nor_descriptors(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.txt").write_text(f"{number} {PHONE}", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    command = (sys.executable, "-m", "piiscan", "scan", str(tmp_path), "--format", "jsonl", "--jobs", "1", "--quiet")
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:

        def watch() -> None:
            while run.poll() is None:
                for each in _below(run.pid):
                    try:
                        pages = int(Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1])
                        seen.append((pages * 4 // 1024, len(list(Path(f"/proc/{each}/fd").iterdir()))))
                    except (OSError, IndexError):
                        continue
                time.sleep(0.2)

        watcher = threading.Thread(target=watch)
        watcher.start()
        out, _ = run.communicate()
        watcher.join()
    assert json.loads(out.splitlines()[-1])["outcomes"] == {"complete": 10_000}
    memory, descriptors = (max(each) for each in zip(*seen, strict=True))
    assert memory < 300
    assert descriptors < 32


def test_a_tree_of_all_that_is_hostile(tmp_path: Path) -> None:
    write_entries(tmp_path / "entries.zip", 70_000)
    (tmp_path / "quine.gz").write_bytes(gzip_quine())
    (tmp_path / "bomb.zip").write_bytes(zipped("bomb.txt", b"x" * 300_000_000))
    for name, content in CIRCLES.items():
        (tmp_path / name).write_bytes(content)
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "out").symlink_to("/etc/shadow")
    for number in range(20):
        (tmp_path / f"良い{number}.txt").write_text(PHONE, encoding="utf-8")
    paths = {each.name for each in tmp_path.iterdir()}
    started = time.monotonic()
    records = told_of(tmp_path, "--memory", f"{MEMORY}M")
    assert time.monotonic() - started < 120
    assert files_of(records).keys() == paths
    assert sum(each["record"] == "finding" and each["path"].startswith("良い") for each in records) == 20


@pytest.fixture(autouse=True)
def _without_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))
