"""The whole search for planted values: every option and report, kills, and what is left in every folder afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from piiscan.overviews import OVERVIEWS
from piiscan.reports import REPORTS
from tests.canaries import plant
from tests.canaryrun import Place
from tests.faults.running import is_worker
from tests.specimens.containers import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = (
    ("--explain",),
    ("--explain-dropped",),
    ("--explain", "--min-confidence", "low", "--max-locations", 1),
    ("--max-locations", 0, "--ocr", "off", "--jobs", 1),
    ("--engine", "reference", "--jobs", 3),
    ("--timeout", 0.001),
    ("--max-file-size", 100, "--nice"),
)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("report", REPORTS)
def test_nothing_of_a_named_tree_is_told(report: str, language: str, tmp_path: Path) -> None:
    place = Place(tmp_path)
    planted = plant(tmp_path / "share", is_named=True)
    for options in OPTIONS:
        masked = ("--paths", "masked", "--format", report, *options)
        place.run("scan", tmp_path / "share", *masked, language=language)
        place.run("scan", tmp_path / "share", *masked, "--output", place.kept / "report", language=language)
    assert place.leaks(planted) == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_of_a_tree_is_kept(language: str, tmp_path: Path) -> None:
    place = Place(tmp_path)
    share, catalog, passwords = tmp_path / "share", place.kept / "catalog", tmp_path / "passwords"
    planted = plant(share, is_named=False)
    passwords.write_text(PASSWORD, encoding="utf-8")
    passwords.chmod(0o600)
    for report in REPORTS:
        place.run("scan", share, "--explain", "--catalog", catalog, "--format", report, language=language)
        place.run("scan", share, "--explain", "--passwords", passwords, "--format", report, language=language)
        shutil.copy(share / "wide.txt", share / f"{report}.txt")
    for report in (*OVERVIEWS, "xlsx", "ledger", "file-register"):
        place.run("report", catalog, "--format", report, "--output", place.kept / f"a.{report}", language=language)
    for command, formats in (("breach", "human json"), ("coverage", "human json csv"), ("diff", "human jsonl")):
        for each in formats.split():
            place.run(command, catalog, "--format", each, language=language)
    place.run("review", "import", catalog, place.kept / "a.xlsx", language=language)
    for each in ("human", "json"):
        place.run("estimate", share, "--format", each, language=language)
    assert place.leaks(planted) == []


def test_nothing_is_left_by_whoever_is_killed(tmp_path: Path) -> None:
    place = Place(tmp_path)
    planted = plant(tmp_path / "share", is_named=False)
    chance = random.Random(9)  # noqa: S311 - other moments another day
    killed: list[int] = []

    def kill(processes: list[int]) -> None:
        workers = list(filter(is_worker, processes))
        if workers and chance.random() < 0.1:
            killed.append(chance.choice(workers))
            os.kill(killed[-1], signal.SIGKILL)

    catalog = place.kept / "catalog"
    for report in REPORTS:
        place.run("scan", tmp_path / "share", "--catalog", catalog, "--explain", "--format", report, look=kill)
    assert killed
    assert place.leaks(planted) == []


def test_nothing_of_a_commit_is_told(tmp_path: Path) -> None:
    place = Place(tmp_path)
    planted = plant(tmp_path / "share", is_named=False)
    for command in (("init", "-q"), ("add", "-A")):
        subprocess.run(["git", *command], cwd=tmp_path / "share", check=True)
    for language in ("en", "ja"):
        place.run("hook", "--all-files", language=language, folder=tmp_path / "share")
    assert place.leaks(planted) == []
