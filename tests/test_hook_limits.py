"""A staged file that hangs, crashes or exhausts whoever reads it neither holds up a commit nor hides its neighbours."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from piiscan import hook
from piiscan.git import Change
from piiscan.hook import Verdict, judge
from piiscan.model import Outcome
from piiscan.sources import open_source
from tests.mock_extractor import PHONE, becomes_gone, config_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE = "".join(f"電話番号 090-1234-56{number:02}\n" for number in range(10))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    subprocess.run(["git", "init", "-q"], check=True)
    return folder


def _judged(folder: Path, files: dict[str, str], **changes: object) -> dict[str, Verdict]:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    subprocess.run(["git", "add", "."], check=True)
    verdicts = list(judge(open_source("staged", {}), config_for(**changes)))
    assert len(verdicts) == len(files)
    return {verdict.report.ref.path: verdict for verdict in verdicts}


def test_a_hang_and_a_crash_are_named_and_the_rest_is_judged(repository: Path) -> None:
    mark = repository.parent / "process"
    orders = {
        "a hang.mock": f"hang {mark}",
        "b crash.mock": "segfault",
        "c busy.mock": "busy",
        "d memory.mock": "allocate",
    }
    started = time.monotonic()
    judged = _judged(repository, {**orders, "e.mock": f"ok {PEOPLE}", "f.txt": PHONE}, timeout=1.0)
    assert time.monotonic() - started < 20
    assert [(judged[name].report.outcome, judged[name].report.reason) for name in orders] == [
        (Outcome.TIMEOUT, "time"),
        (Outcome.CRASH, "signal 11"),
        (Outcome.TIMEOUT, "time"),
        (Outcome.CRASH, "memory"),
    ]
    assert [charge.blocks for charge in judged["e.mock"].charges] == [True]
    assert [(charge.blocks, charge.total) for charge in judged["f.txt"].charges] == [(False, 1)]
    assert becomes_gone(int(mark.read_text(encoding="utf-8")))


def test_what_was_found_before_the_end_is_held_against_the_change(repository: Path) -> None:
    judged = _judged(repository, {"a.mock": "emit-then-die"})
    assert judged["a.mock"].report.outcome is Outcome.CRASH
    assert [charge.total for charge in judged["a.mock"].charges] == [2]


def test_small_text_starts_no_worker(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "scan_all", None)
    files = {
        "a.txt": PHONE,
        "b.csv": f"氏名,電話番号\n山田,{PHONE[5:]}",
        "c.html": f"<p>{PHONE}</p>",
        "d.bin": "\0" * 9,
    }
    assert {name for name, verdict in _judged(repository, files).items() if verdict.charges} == {*files} - {"d.bin"}


def test_large_text_is_judged_by_its_lines_all_the_same(repository: Path) -> None:
    content = "x" * 99 + "\n"
    (repository / "a.txt").write_text(PHONE + content * 10_000, encoding="utf-8")
    subprocess.run(["git", "add", "."], check=True)
    who = ("-c", "user.name=t", "-c", "user.email=t@piiscan-demo.jp")
    subprocess.run(["git", *who, "commit", "-q", "-m", "x"], check=True)
    judged = _judged(repository, {"a.txt": PHONE + content * 10_000 + PHONE})
    (charge,) = judged["a.txt"].charges
    assert [finding.location.line for finding in charge.findings] == [10_002]


def test_a_blob_that_goes_away_between_two_looks_is_named(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents: Iterator[list[bytes | str]] = iter([[b"ok x", b"ok x"], [b"ok x", "missing"]])
    monkeypatch.setattr(hook, "read_blobs", lambda *_: iter(next(contents)))
    changes = [Change(name, "0" * 40, "", is_file=True, is_named=True) for name in ("a.mock", "b.mock")]
    judged = {verdict.report.ref.path: verdict.report for verdict in judge(changes, config_for())}
    assert (judged["a.mock"].outcome, judged["b.mock"].reason) == (Outcome.COMPLETE, "missing")
    assert repository.exists()
