"""Values planted in every format, place and notation are in nothing that commands write, keep or show of themselves.

The whole form, with every option, with kills and crashes, is in tests/faults/long/test_canary.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.canaries import canaries, plant
from tests.canaryrun import Place
from tests.leaks import leaked
from tests.specimens import SPECIMENS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp932"])
def test_the_search_finds_each_value_in_every_disguise(encoding: str) -> None:
    for each in canaries(7):
        assert leaked([each], [("x", f"「{each.value}」".encode(encoding))])
        assert leaked([each], [("x", f"「{each.hidden}」".encode(encoding))])


def test_nothing_of_a_named_tree_is_told(tmp_path: Path) -> None:
    """The names of members stood as they are where candidates were listed that are no findings."""
    place = Place(tmp_path)
    planted = plant(tmp_path / "share", is_named=True)
    told = place.run("scan", tmp_path / "share", "--paths", "masked", "--format", "jsonl", "--explain")
    assert len({each["path"] for each in told.records if each["record"] == "finding"}) > len(SPECIMENS)
    place.run("scan", tmp_path / "share", "--paths", "masked", "--explain-dropped")
    assert place.leaks(planted) == []


def test_nothing_of_a_tree_is_kept(tmp_path: Path) -> None:
    place = Place(tmp_path)
    planted = plant(tmp_path / "share", is_named=False)
    catalog = place.kept / "catalog"
    place.run("scan", tmp_path / "share", "--explain", "--catalog", catalog)
    for arguments in (("report", "html"), ("report", "xlsx"), ("breach", "json"), ("coverage", "csv")):
        command, kind = arguments
        place.run(command, catalog, "--format", kind, "--output", place.kept / f"{command}.{kind}")
    assert place.leaks(planted) == []
