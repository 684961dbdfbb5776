"""The estimate before a first scan: sums, formats by name, bounds, caps; and nothing is opened for it."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from piiscan.cli.estimate import estimate as command
from piiscan.coverage import suffix_of
from piiscan.estimate import NAMED, OTHER, PASSED, add_up, estimate, reader_by_name, speeds
from piiscan.extractors import EXTRACTORS
from piiscan.extractors.signatures import UNREAD_SUFFIXES
from piiscan.model import FileRef
from piiscan.pace import Pace
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path


def test_every_format_that_is_read_has_a_speed() -> None:
    readers = {row.partition(":extract_")[2] for row in EXTRACTORS.values()}
    table = speeds()
    assert readers - set(table.read) == set()
    assert all(speed.rate > 0 and speed.file > 0 for speed in table.read.values())
    assert table.measured >= "2026-11-29"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/名簿.XLSX", (".xlsx", "xlsx")),
        ("a.zip", (".zip", "zip")),
        ("a.png", (".png", PASSED)),
        ("README", ("", OTHER)),
        ("a.xyz", (".xyz", OTHER)),
    ],
)
def test_formats_are_told_by_names(path: str, expected: tuple[str, str]) -> None:
    assert reader_by_name(path) == expected


def test_what_is_only_named_by_its_suffix_is_not_read() -> None:
    named = [suffix for suffix in UNREAD_SUFFIXES if suffix_of(f"a{suffix}") == suffix]
    assert {reader_by_name(f"a{suffix}")[1] for suffix in named} <= {NAMED, PASSED}


def test_more_workers_take_less_and_caps_take_more() -> None:
    files = [FileRef(f"{number}.csv", "", 10_000_000) for number in range(100)]
    config = config_for()
    one, four = add_up(files, config), add_up(files, replace(config, jobs=4))
    assert (one.files, one.bytes) == (100, 1_000_000_000)
    assert one.low < one.seconds < one.high
    assert four.seconds < one.seconds / 3
    capped = add_up(files, replace(config, scan=replace(config.scan, pace=Pace(bytes=100_000.0))))
    assert capped.low >= 10_000
    opened = add_up(files, replace(config, scan=replace(config.scan, pace=Pace(opens=0.01))))
    assert opened.low >= 10_000


def test_pictures_cost_a_look_and_what_the_walk_leaves_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(bytes(10_000_000))
    (tmp_path / "b.txt").write_text("議事録", encoding="utf-8")
    (tmp_path / "link").symlink_to("b.txt")
    found = estimate(config_for(tmp_path))
    assert found.seconds < speeds().start + 0.1
    assert (found.files, found.left_out) == (2, {"symlink": 1})


@pytest.mark.parametrize("form", ["human", "json"])
def test_the_command_opens_no_file_of_the_share(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    share, output = tmp_path / "share", tmp_path / "output"
    share.mkdir()
    for name in ("a.csv", "b.\x1b[31m", "c.docx", "d.log"):
        (share / name).write_bytes(b"x" * 1000)
    really = os.open

    def watch(path: str, *more: int) -> int:
        assert not str(path).startswith(f"{share}/")
        return really(path, *more)

    monkeypatch.setattr(os, "open", watch)
    options = dict.fromkeys(("jobs", "max_file_size", "max_read_mb_s", "max_opens_s", "config"))
    given = {**options, "path": [str(share)], "exclude": ["*.log"], "output": str(output), "jobs": "2"}
    assert command(given, form) == 0
    text = output.read_text(encoding="utf-8")
    assert "\x1b" not in text
    if form == "json":
        told = json.loads(text)
        assert (told["files"], told["bytes"], told["jobs"], told["left_out"]) == (3, 3000, 2, {"excluded": 1})
        assert told["seconds"]["low"] <= told["seconds"]["about"] <= told["seconds"]["high"]
    else:
        assert "3 files, 3.0 kB" in text
