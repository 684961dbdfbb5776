"""kill -9 at 20 random points of a run over 2,000 files: who goes on ends with the catalog of who was let be."""

from __future__ import annotations

import random
import signal
from typing import TYPE_CHECKING

import pytest

from piiscan.catalog import opened
from tests.test_catalog import PROGRAM, keep, killed_after, known, rows

if TYPE_CHECKING:
    from pathlib import Path

FILES, POINTS = 2000, 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    for number in range(FILES):
        text = rows(number * 3, 6) if number % 4 else "本日は晴天なり\n"
        (folder / f"{number:04}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[set[tuple[object, ...]]]:
    catalog = tmp_path_factory.mktemp("whole") / "catalog"
    keep(folder, catalog, jobs=2)
    return known(catalog)


def test_each_of_twenty_runs_that_was_killed_once(
    folder: Path, whole: list[set[tuple[object, ...]]], tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    chance = random.Random(20261129)  # noqa: S311 - other points another day
    for number in range(POINTS):
        catalog = tmp_path / f"catalog{number}"
        killed_after(chance.randrange(1, FILES), folder, catalog, program, signal.SIGKILL)
        keep(folder, catalog, jobs=2)
        assert known(catalog) == whole


def test_one_run_that_was_killed_twenty_times(
    folder: Path, whole: list[set[tuple[object, ...]]], tmp_path: Path
) -> None:
    program, catalog = tmp_path / "program.py", tmp_path / "catalog"
    program.write_text(PROGRAM, encoding="utf-8")
    chance = random.Random(1129)  # noqa: S311
    for _ in range(POINTS):
        killed_after(chance.randrange(1, FILES // POINTS), folder, catalog, program, signal.SIGKILL)
    with opened(catalog) as connection:
        assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,)
    keep(folder, catalog, jobs=2)
    assert known(catalog) == whole
