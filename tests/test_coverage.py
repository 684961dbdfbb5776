"""What was read and what was not, told from a catalog and from a result: the sums, the tables, the exit code."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from piiscan.cli.coverage import coverage
from piiscan.coverage import Coverage, Entry, is_recycled, read_result
from piiscan.coveragetables import csv_lines, human_lines, json_document
from piiscan.errors import ConfigError
from piiscan.gaps import Acknowledged
from piiscan.messages import catalogue
from piiscan.model import Outcome
from piiscan.reports import View, render
from piiscan.run import run
from piiscan.terminalpage import Page
from tests.test_catalog import config_of, keep

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = (
    Entry("人事/a.docx", 100, Outcome.COMPLETE, ""),
    Entry("人事/給与/b.zip", 1000, Outcome.ENCRYPTED, "password"),
    Entry("人事/給与/c.zip", 2000, Outcome.ENCRYPTED, "password", Acknowledged("紙", "2099-01-01", holds=True)),
    Entry("総務/d.jtd", 300, Outcome.UNSUPPORTED, "binary", Acknowledged("紙", "2001-01-01", holds=False)),
    Entry("総務/e.png", 400, Outcome.SKIPPED, "media"),
    Entry("#recycle/f.csv", 500, Outcome.COMPLETE, "", None, is_truncated=True, has_findings=True),
    Entry("=1+1\x1b[31m/g.\u202etxt", 600, Outcome.CRASH, "signal 11"),
)


def made(depth: int = 1) -> Coverage:
    found = Coverage(depth)
    for entry in ENTRIES:
        found.add(entry)
    return found


def test_sums_hold_every_path_once() -> None:
    found = made()
    assert (found.whole.files, found.whole.bytes) == (7, 4900)
    assert (found.read.files, found.whole.unread, found.whole.acknowledged, found.expired) == (2, 4, 1, 1)
    for table in (found.folders, found.formats):
        assert sum(each.files for each in table.values()) == 7
        assert sum(each.unread_bytes for each in table.values()) == found.whole.unread_bytes == 3900
    causes = [*found.causes(unread=True), *found.causes(unread=False)]
    assert sum(each.files for each in causes) + found.read.files == 7
    assert (found.truncated, found.recycled.files, found.recycled_with_findings) == (1, 1, 1)
    assert set(made(2).folders) == {"人事", "人事/給与", "総務", "#recycle", "=1+1\x1b[31m"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [("$RECYCLE.BIN/S-1/a", True), ("x/.Trash-1000/files/a", True), ("x/@Recycle/a", True), ("#recycle", False)],
)
def test_recycle_bins_are_known(path: str, expected: bool) -> None:
    assert is_recycled(path) is expected


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_person_sees_causes_with_advice_and_no_name_steers_the_terminal(language: str) -> None:
    lines = [*human_lines(Page(View(language), catalogue(language)), made())]
    text = "\n".join(lines)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
    for word in (
        ("パスワードを外して",) if language == "ja" else ("save it without one", "By folder", "NOT complete: 3")
    ):
        assert word in text


def test_machines_are_told_all_and_no_cell_is_a_formula() -> None:
    told = json.loads(json_document(made()))
    assert (told["complete"], told["unread"], told["acknowledged"], told["expired"]) == (False, 4, 1, 1)
    assert {cause["reason"]: cause["unread"] for cause in told["causes"]} == {
        "password": True,
        "binary": True,
        "signal 11": True,
        "media": False,
    }
    assert all(cause["advice"]["en"] and cause["advice"]["ja"] for cause in told["causes"])
    rows = [*csv.DictReader(io.StringIO("\n".join(csv_lines(made()))[1:]), strict=True)]
    assert {row["table"] for row in rows} == {"cause", "folder", "format"}
    assert not any(str(cell).startswith("=") for row in rows for cell in row.values())
    assert sum(int(row["files"]) for row in rows if row["table"] == "folder") == 7


def test_a_catalog_and_a_result_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    share = tmp_path / "share"
    (share / "総務").mkdir(parents=True)
    (share / "総務/a.xdw").write_bytes(bytes(range(200)))
    (share / "総務/b.txt").write_text("携帯電話：090-2345-6789\n", encoding="utf-8")
    (share / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    keep(share, tmp_path / "catalog")
    result = tmp_path / "result.jsonl"
    result.write_text("\n".join(render("jsonl", run(config_of(share)), View())) + "\n", encoding="utf-8")
    told = []
    for source in ("catalog", "result.jsonl"):
        output = tmp_path / f"{source}.json"
        assert coverage(str(tmp_path / source), None, 1, "json", str(output), None) == 3
        told.append(json.loads(output.read_text(encoding="utf-8")))
    assert told[0] == told[1]
    assert (told[0]["files"], told[0]["unread"], told[0]["ended"]) == (3, 1, True)
    config = tmp_path / "own.toml"
    config.write_text('[[acknowledge]]\npath = "*.xdw"\nreason = "x"\nuntil = 2999-01-01\n', encoding="utf-8")
    assert coverage(str(tmp_path / "catalog"), None, 1, "csv", str(tmp_path / "o"), str(config)) == 0


def test_a_result_that_was_cut_is_not_complete(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "b.txt").write_text("議事録\n", encoding="utf-8")
    lines = list(render("jsonl", run(config_of(share)), View()))
    result = tmp_path / "result.jsonl"
    result.write_text("\n".join(lines[:-1]), encoding="utf-8")
    assert not read_result(result, 1).is_complete
    result.write_text("\n".join(lines), encoding="utf-8")
    assert read_result(result, 1).is_complete


@pytest.mark.parametrize("content", [b"", b"[]\n", b"hello\n", b'{"record":"file"}\n', b"\xff\xfe"])
def test_what_is_no_result_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ConfigError, match="x"):
        read_result(tmp_path / "x", 1)
