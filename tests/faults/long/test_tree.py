"""All that is hostile in one folder: every path is accounted for, and what lies beside it is found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.printable import encodable
from tests.faults.hostile import grow
from tests.faults.running import ran
from tests.test_outcomes import as_somebody

if TYPE_CHECKING:
    from collections.abc import Callable

#: Megabytes that no process may hold, seconds that the run may take.
MEMORY, SECONDS = 1500, 1200
#: Characters of the longest path that can be asked for.
_LONGEST = 4000


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    paths = (Path(parent) / name for parent, folders, files in os.walk(folder) for name in (*folders, *files))
    return {
        str(path): (each.st_size, each.st_mtime_ns)
        for path in paths
        if len(str(path)) < _LONGEST
        for each in (path.lstat(),)
    }


def test_a_tree_of_all_that_is_hostile(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    root, temporary, work = tmp_path / "root", tmp_path / "temporary", tmp_path / "work"
    for folder in (root, temporary, work):
        folder.mkdir()
    tree = grow(root)
    before = _state(root), _state(work)
    told = ran(
        *("scan", root, "--format", "jsonl", "--quiet", "--jobs", "2", "--timeout", "30"),
        within=SECONDS,
        environ={"TMPDIR": str(temporary), "HOME": str(work)},
        wrapper=tuple(as_somebody()),
    )
    assert (told.code, told.errors) == (1, b"")
    assert (_state(root), _state(work)) == before, "nothing is touched"
    assert not list(temporary.iterdir())
    summary = told.records[-1]
    named = [each["path"] for each in told.records if each["record"] == "file"]
    assert len(named) == len(set(named)) == summary["enumerated"] == sum(summary["outcomes"].values())
    ends = {path: outcome for path, (outcome, _) in told.files.items()}
    expected = {encodable(path): each for path, each in tree.outcomes.items()}
    assert {path: end for path, end in ends.items() if path in expected and end not in expected[path]} == {}
    assert tree.good - set(told.found) == set()
    assert told.memory < MEMORY
    for name, figure in (("paths", len(named)), ("seconds", told.seconds), ("megabytes", told.memory)):
        record_property(name, figure)
