"""Two runs compared: new, grown, moved, shrunk and gone files, by what they hold and not by their clocks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from piiscan.catalog import opened
from piiscan.changes import changes
from piiscan.cli.diff import diff
from piiscan.errors import ConfigError
from piiscan.inventory import Inventory
from tests.test_catalog import keep, rows

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, name: str, start: int, number: int) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(rows(start, number), encoding="utf-8")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Give a catalog of two runs, with a change of each kind between them."""
    share = tmp_path / "share"
    share.mkdir()
    for number, name in enumerate(("same.csv", "grows.csv", "shrinks.csv", "moves.csv", "goes.csv", "emptied.csv")):
        write(share, name, number * 100, 20)
    (share / "harmless.txt").write_text("本日は晴天なり", encoding="utf-8")
    keep(share, tmp_path / "catalog")
    write(share, "grows.csv", 100, 25)
    write(share, "shrinks.csv", 200, 5)
    write(share, "copy.csv", 0, 20)  # of one that is still there
    write(share, "new.csv", 900, 7)
    (share / "sub").mkdir()
    (share / "moves.csv").rename(share / "sub" / "moved.csv")
    (share / "goes.csv").unlink()
    (share / "emptied.csv").write_text("本日は晴天なり", encoding="utf-8")
    (share / "same.csv").touch()
    keep(share, tmp_path / "catalog")
    return tmp_path / "catalog"


def test_each_change_is_told_as_what_it_is(catalog: Path) -> None:
    with opened(catalog) as one, opened(catalog) as other:
        found = changes(Inventory(one, 1).holdings(), Inventory(other).holdings())
    assert [(each.how.value, each.path, each.before) for each in found] == [
        ("new", "copy.csv", ""),
        ("new", "new.csv", ""),
        ("grown", "grows.csv", ""),
        ("moved", "sub/moved.csv", "moves.csv"),
        ("shrunk", "shrinks.csv", ""),
        ("gone", "emptied.csv", ""),
        ("gone", "goes.csv", ""),
    ]
    people = {each.path: (each.people_before.estimate, each.people.estimate) for each in found}
    assert people["grows.csv"] == (20, 25)
    assert people["goes.csv"] == (20, 0)


def test_the_same_run_has_not_changed(catalog: Path) -> None:
    with opened(catalog) as one, opened(catalog) as other:
        assert not changes(Inventory(one).holdings(), Inventory(other).holdings())


def test_people_and_machines_are_told_the_same(catalog: Path, tmp_path: Path) -> None:
    for form in ("human", "jsonl"):
        assert diff(str(catalog), None, None, form, str(tmp_path / form)) == 0
    lines = (tmp_path / "human").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in (tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 1 + len(records) == 8
    assert all(record["path"] in line for line, record in zip(lines[1:], records, strict=True))
    assert records[3] | {"schema": 1, "record": "change", "before": "moves.csv"} == records[3]


def test_what_cannot_be_compared_is_told(catalog: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such run"):
        diff(str(catalog), 1, 99, "human", "-")
    with pytest.raises(ConfigError, match="jsonl"):
        diff(str(catalog), None, None, "xml", "-")
    (tmp_path / "other").mkdir()
    keep(tmp_path / "other", tmp_path / "fresh")
    with pytest.raises(ConfigError, match="nothing to compare"):
        diff(str(tmp_path / "fresh"), None, None, "human", "-")
