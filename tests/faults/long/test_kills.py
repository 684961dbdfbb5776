"""Workers and runs that are killed, and runs of many files: nothing is left, nothing grows."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.builders import PHONE
from tests.faults.running import below, is_worker, ran
from tests.mock_extractor import is_gone

if TYPE_CHECKING:
    from collections.abc import Callable

FILES, KILLS = 2000, 20


def test_workers_that_are_killed_again_and_again(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder, catalog = tmp_path / "share", tmp_path / "catalog"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(f"{number}\n" * 3000 + PHONE, encoding="utf-8")
    chance = random.Random(9)  # noqa: S311 - other moments another day
    killed: list[int] = []

    def kill(processes: list[int]) -> None:
        workers = list(filter(is_worker, processes))
        if workers and len(killed) < KILLS and chance.random() < 0.7:
            killed.append(chance.choice(workers))
            os.kill(killed[-1], signal.SIGKILL)

    options = ("--format", "jsonl", "--quiet", "--catalog", catalog)
    told = ran("scan", folder, *options, "--jobs", 2, look=kill)
    assert (len(killed), told.errors) == (KILLS, b"")
    ends = {path: end for path, end in told.files.items() if end != ("complete", "")}
    record_property("crashes", len(ends))
    assert len(told.files) == FILES
    assert set(ends.values()) == {("crash", "signal 9")}
    assert len(ends) <= KILLS
    assert len(told.found) >= FILES - KILLS
    again = ran("scan", folder, *options)
    assert (again.code, again.errors) == (1, b"")
    assert again.files.keys() == ends.keys(), "the second run reads what the first one could not, and nothing else"
    assert set(again.files.values()) == {("complete", "")}
    assert again.records[-1]["complete"]


def test_a_killed_parent_leaves_no_child(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(f"{number}\n" * 30_000, encoding="utf-8")
    command = (sys.executable, "-m", "piiscan", "scan", str(tmp_path), "--format", "jsonl", "--jobs", "2")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        end = time.monotonic() + 10
        while not any(map(is_worker, left := below(run.pid))):  # a fast run would be over after a fixed time
            assert time.monotonic() < end
            time.sleep(0.05)
        run.kill()
    end = time.monotonic() + 10
    while time.monotonic() < end and not all(map(is_gone, left)):
        time.sleep(0.1)
    assert all(map(is_gone, left))


def test_ten_thousand_files_grow_neither_memory_nor_descriptors(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.txt").write_text(f"{number} {PHONE}", encoding="utf-8")
    descriptors: list[int] = []

    def count(processes: list[int]) -> None:
        for each in processes:
            try:
                descriptors.append(len(list(Path(f"/proc/{each}/fd").iterdir())))
            except OSError:
                continue

    told = ran("scan", tmp_path, "--format", "jsonl", "--jobs", 1, "--quiet", look=count)
    assert told.records[-1]["outcomes"] == {"complete": 10_000}
    record_property("megabytes", told.memory)
    record_property("descriptors", max(descriptors))
    assert told.memory < 300
    assert max(descriptors) < 32
