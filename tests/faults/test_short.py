"""Faults that no other test is about, as far as they take no time; and that every fault of the matrix has its tests."""

from __future__ import annotations

import ast
import io
import json
import re
import resource
import subprocess
import sys
import tarfile
import tracemalloc
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from piiscan.model import FileReport, Outcome
from piiscan.run import run
from tests.faults.builders import CIRCLES, PHONE, write_entries
from tests.faults.table import FAULTS, LATER
from tests.mock_extractor import config_for

ROOT = Path(__file__).parents[2]
_LAST = 62


def reports_of(folder: Path, **limits: int) -> dict[str, FileReport]:
    config = config_for(folder, timeout=30)
    config = replace(config, scan=replace(config.scan, limits=replace(config.scan.limits, **limits)))
    return {each.ref.path: each for each in run(config) if isinstance(each, FileReport)}


def test_every_fault_has_its_tests() -> None:
    assert FAULTS.keys() | LATER == set(range(1, _LAST + 1))
    for test in chain.from_iterable(fault.tests for fault in FAULTS.values()):
        file, _, name = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        names = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
        assert not name or re.sub(r"\[.*", "", name) in names, test


def test_a_zip_of_seventy_thousand_empty_entries(tmp_path: Path) -> None:
    write_entries(tmp_path / "a.zip", 70_000)
    (tmp_path / "b.txt").write_text(PHONE, encoding="utf-8")
    told = reports_of(tmp_path, members=500)
    assert (told["a.zip"].outcome, told["a.zip"].reason) == (Outcome.PARTIAL, "entries")
    assert len(told["b.txt"].findings) == 1


def test_a_tar_of_links_and_devices(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name, kind in (
            *(("hard", tarfile.LNKTYPE), ("soft", tarfile.SYMTYPE), ("pipe", tarfile.FIFOTYPE)),
            *(("block", tarfile.BLKTYPE), ("character", tarfile.CHRTYPE)),
        ):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/shadow"
            archive.addfile(entry)
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(PHONE.encode())
        archive.addfile(entry, io.BytesIO(PHONE.encode()))
    (told,) = reports_of(tmp_path).values()
    assert (told.outcome, told.members) == (Outcome.COMPLETE, {"complete": 1, "skipped": 5})
    assert [each.location.member for each in told.findings] == [("a.txt",)]


@pytest.mark.parametrize("name", CIRCLES)
def test_a_pdf_that_goes_in_a_circle(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(CIRCLES[name])
    (tmp_path / "b.txt").write_text(PHONE, encoding="utf-8")
    told = reports_of(tmp_path)
    assert told[name].outcome in {Outcome.COMPLETE, Outcome.PARTIAL}
    assert len(told["b.txt"].findings) == 1


def test_a_run_with_64_descriptors(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text(PHONE, encoding="utf-8")
        (tmp_path / f"{number}.csv").write_text(f"電話番号\n{PHONE[5:]}", encoding="utf-8")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    command = (sys.executable, "-m", "piiscan", "scan", str(tmp_path), "--jobs", "1", "--format", "jsonl", "--quiet")
    done = subprocess.run(command, capture_output=True, check=False, preexec_fn=limit)
    assert (done.returncode, done.stderr) == (1, b"")
    summary = json.loads(done.stdout.splitlines()[-1])
    assert (summary["complete"], summary["outcomes"]) == (True, {"complete": 200})


def test_many_files_cost_no_more_memory_than_some(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text(f"{number} {PHONE}", encoding="utf-8")
    peaks = []
    for part in ("1*.txt", "*.txt"):
        config = config_for(*tmp_path.glob(part), jobs=1)
        tracemalloc.start()
        assert sum(len(each.findings) for each in run(config) if isinstance(each, FileReport))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # five times the files; what is known of each path that waits is all that grows
    assert peaks[1] < peaks[0] + 4_000_000
