"""The findings report from a real catalog: every format, decisions there and back, and no value in any of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from piiscan.catalog import opened
from piiscan.cli.report import BOOKS, Asked, report
from piiscan.cli.review import import_decisions
from piiscan.errors import ConfigError
from piiscan.inventory import Inventory
from piiscan.overviews import OVERVIEWS
from tests.test_catalog import keep, rows
from tests.test_no_leak import TEXT, leaks

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-23"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / "人事").mkdir(parents=True)
    (folder / "人事" / "名簿.csv").write_text(rows(0, 30), encoding="utf-8")
    (folder / "メモ.txt").write_text(TEXT, encoding="utf-8")
    (folder / "壊れた.txt").write_bytes(TEXT.encode() + b"\xff\xfe\xff" * 9)
    (folder / "harmless.txt").write_text("本日は晴天なり", encoding="utf-8")
    return folder


@pytest.fixture
def catalog(share: Path, tmp_path: Path) -> Path:
    keep(share, tmp_path / "catalog")
    return tmp_path / "catalog"


def written(path: Path) -> str:
    """Give all text of a report, that of a workbook too."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("form", "language"), [(form, "ja" if number % 2 else "en") for number, form in enumerate((*OVERVIEWS, *BOOKS))]
)
def test_every_format_says_what_lies_where_and_shows_no_value(
    form: str, language: str, catalog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    target = tmp_path / "report"
    assert report(Asked(str(catalog), day=DAY), form, str(target), None) == 0
    assert target.stat().st_mode & 0o777 == 0o600
    told = written(target)
    assert "人事" in told or "メモ.txt" in told
    assert not leaks(told)


def test_an_older_run_can_be_told_again_and_compared(share: Path, catalog: Path, tmp_path: Path) -> None:
    (share / "人事" / "名簿.csv").unlink()
    keep(share, catalog)
    told = {}
    for run in (1, 2):
        report(Asked(str(catalog), run=run, day=DAY), "json", str(tmp_path / "told"), None)
        told[run] = json.loads((tmp_path / "told").read_text(encoding="utf-8"))
    assert {each["path"] for each in told[1]["advice"]} - {each["path"] for each in told[2]["advice"]} == {
        "人事/名簿.csv"
    }
    assert told[1]["before"] is None
    assert told[2]["before"]["id"] == 1
    assert sum(each["before"] for each in told[2]["classes"]) == len(told[1]["advice"])


def test_departments_get_a_workbook_each(catalog: Path, tmp_path: Path) -> None:
    owners = tmp_path / "owners.toml"
    owners.write_text('[folders]\n"人事" = "人事課"\n', encoding="utf-8")
    report(Asked(str(catalog), owners=str(owners), day=DAY), "xlsx", str(tmp_path / "books"), "owner")
    names = sorted(path.name for path in (tmp_path / "books").iterdir())
    assert len(names) == 2
    assert "人事課.xlsx" in names
    assert "名簿.csv" in written(tmp_path / "books" / "人事課.xlsx")
    assert "メモ.txt" not in written(tmp_path / "books" / "人事課.xlsx")


def decide(book: Path, path: str, **answers: str | date) -> None:
    """Fill in a row of the findings workbook as a person would."""
    workbook = load_workbook(book)
    for sheet in workbook:
        keys = {str(cell.value): number for number, cell in enumerate(sheet[1])}
        if {"path", "decision"} <= keys.keys():
            for row in sheet.iter_rows(min_row=2):
                if path in str(row[keys["path"]].value):
                    for key, value in answers.items():
                        row[keys[key]].value = value
    workbook.save(book)


def test_decisions_come_back_stand_and_are_open_again_once_the_file_grows(
    share: Path, catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book.xlsx"
    report(Asked(str(catalog), day=DAY), "xlsx", str(book), None)
    decide(book, "名簿.csv", decision="keep", person="総務 花子", day=date(2026, 11, 23), reason="在籍中")
    assert import_decisions(str(catalog), str(book)) == 0
    assert "1" in capsys.readouterr().out
    assert import_decisions(str(catalog), str(book)) == 0  # once more says nothing new

    def decided() -> list[str]:
        with opened(catalog) as connection:
            count = connection.execute("SELECT count(*) FROM decision").fetchone()[0]
            assert count == 1
            return [each.path for each in Inventory(connection).holdings() if each.decisions]

    assert decided() == ["人事/名簿.csv"]
    (share / "人事" / "名簿.csv").write_text(rows(0, 20), encoding="utf-8")
    keep(share, catalog)
    assert decided() == ["人事/名簿.csv"]  # it shrank, which takes nothing back
    (share / "人事" / "名簿.csv").rename(share / "移した.csv")
    keep(share, catalog)
    assert decided() == ["移した.csv"]
    (share / "移した.csv").write_text(rows(0, 40), encoding="utf-8")
    keep(share, catalog)
    assert decided() == []


def test_a_decision_that_cannot_be_understood_is_told_with_its_cell(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book.xlsx"
    report(Asked(str(catalog), day=DAY), "xlsx", str(book), None)
    decide(book, "名簿.csv", decision="keep", day=date(2026, 11, 23), reason="在籍中")  # by whom?
    assert import_decisions(str(catalog), str(book)) == 2
    assert "!" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "form", "output", "split"),
    [
        ({"day": "2026-13-01"}, "human", "-", None),
        ({"operator": "church"}, "human", "-", None),
        ({"run": 99}, "human", "-", None),
        ({"policy": ("missing.toml",)}, "human", "-", None),
        ({"owners": "missing.toml"}, "human", "-", None),
        ({}, "docx", "-", None),
        ({}, "xlsx", "-", None),
        ({}, "html", "out", "owner"),
        ({}, "xlsx", "out", "colour"),
    ],
)
def test_what_cannot_be_reported_is_one_line(
    asked: dict[str, object], form: str, output: str, split: str | None, catalog: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        report(Asked(str(catalog), **asked), form, output, split)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_a_newcomer_gets_from_the_demo_share_to_a_report(tmp_path: Path) -> None:
    shutil.copytree("fixtures/share", tmp_path / "share")
    environment = {**os.environ, "LANGUAGE": "ja", "XDG_CONFIG_HOME": str(tmp_path)}

    def piiscan(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "piiscan", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    scan = piiscan("scan", str(tmp_path / "share"), "--catalog", str(tmp_path / "share.catalog"), "--quiet")
    assert scan.returncode == 1, scan.stderr
    told = piiscan("report", str(tmp_path / "share.catalog"))
    assert told.returncode == 0, told.stderr
    first, *_rest = told.stdout.splitlines()
    assert first.startswith("piiscan 点検結果")
    assert told.stdout.index("① ") < told.stdout.index("② ") < told.stdout.index("③ ") < told.stdout.index("⑤ ")
    assert "源泉徴収用_番号一覧.csv" in told.stdout
    assert piiscan("breach", str(tmp_path / "share.catalog")).returncode == 0
