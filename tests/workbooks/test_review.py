from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from piiscan import xlsxfile
from piiscan.errors import PiiscanError
from piiscan.holdings import Action, Decision
from piiscan.overviewwords import phrases
from piiscan.review import Reviewed, read_decisions
from tests.workbooks.synthetic import KEPT, TODAY, make_advice, make_overview, read_back, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl import Workbook

    from piiscan.review import Review

SHEET = {"en": "What to do", "ja": "対応一覧"}
COLUMNS = {"decision": 18, "person": 19, "day": 20, "until": 21, "reason": 22, "file": 23, "path": 25}
PATHS = ("人事/名簿.xlsx", "=1+1.csv", "壊れ\udce3.txt", "総務/健診.csv")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


def _book(language: str = "en") -> Workbook:
    advice = [make_advice(number, path) for number, path in enumerate(PATHS, 11)]
    return read_back(written("findings", make_overview(*advice), language))


def _fill(book: Workbook, row: int, cells: Mapping[str, object], language: str = "en") -> None:
    for key, value in cells.items():
        book[SHEET[language]].cell(row, COLUMNS[key]).value = value  # type: ignore[assignment]


def _read(book: Workbook, tmp_path: Path) -> Review:
    book.save(tmp_path / "filled.xlsx")
    return read_decisions(tmp_path / "filled.xlsx", TODAY)


FULL: dict[str, object] = {"decision": "keep", "person": "山田 太郎", "day": datetime(2026, 11, 1), "reason": "監査中"}  # noqa: DTZ001
DECIDED = Decision(Action.KEEP, "山田 太郎", date(2026, 11, 1), "監査中")


def test_decisions_make_the_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "untouched.xlsx"
    path.write_bytes(written("findings", make_overview(make_advice(7, "a.csv", decisions=(KEPT,)))))
    assert read_decisions(path, TODAY) == ([Reviewed("/srv/share", "a.csv", 7, KEPT)], [])
    book = _book()
    for row in range(3, 7):
        _fill(book, row, FULL)
    expected = [Reviewed("/srv/share", path, number, DECIDED) for number, path in enumerate(PATHS, 11)]
    assert _read(book, tmp_path) == (expected, [])


@pytest.mark.parametrize(
    ("word", "action"),
    [
        *((phrases("ja").actions[action], action) for action in Action if action is not Action.CHECK),
        (" Keep ", Action.KEEP),
        ("ＫＥＥＰ", Action.KEEP),
        ("false alarm", Action.FALSE_ALARM),
        ("false_alarm", Action.FALSE_ALARM),
        ("deletion candidate", Action.DELETE),
    ],
)
def test_decisions_are_read_in_both_languages(tmp_path: Path, word: str, action: Action) -> None:
    for language in SHEET:
        book = _book(language)
        _fill(book, 3, {**FULL, "decision": word}, language)
        assert [each.decision.action for each in _read(book, tmp_path).decisions] == [action]


def test_rows_that_nobody_filled_in_are_no_decisions(tmp_path: Path) -> None:
    book = _book()
    _fill(book, 4, {"decision": " ", "person": ""})
    assert _read(book, tmp_path) == ([], [])


def test_rows_and_columns_may_be_moved(tmp_path: Path) -> None:
    book = _book()
    _fill(book, 4, FULL)
    sheet = book[SHEET["en"]]
    sheet.title = "返送 (人事課)"
    sheet.delete_rows(3)
    sheet.insert_cols(1, 2)
    sheet.append(["footer"])
    assert _read(book, tmp_path) == ([Reviewed("/srv/share", PATHS[1], 12, DECIDED)], [])


@pytest.mark.parametrize(
    ("written_as", "day"),
    [
        (date(2026, 11, 3), date(2026, 11, 3)),
        (46_329, date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("2026/11/3", date(2026, 11, 3)),
        ("２０２６．１１．３", date(2026, 11, 3)),
        ("2026年11月3日", date(2026, 11, 3)),
        ("令和8年11月3日", date(2026, 11, 3)),
        ("R8.11.3", date(2026, 11, 3)),
    ],
)
def test_days_are_read_as_people_write_them(tmp_path: Path, written_as: object, day: date) -> None:
    book = _book()
    _fill(book, 3, {**FULL, "day": written_as, "until": written_as})
    decision = _read(book, tmp_path).decisions[0].decision
    assert (decision.day, decision.until) == (day, day)


@pytest.mark.parametrize(
    ("cells", "place", "why"),
    [
        ({"decision": None}, "R3", "no decision chosen"),
        ({"decision": "later"}, "R3", "choose one of the decisions in the list"),
        ({"decision": "check"}, "R3", "choose one of the decisions in the list"),
        ({"person": " "}, "S3", "who decided this?"),
        ({"day": None}, "T3", "when was this decided?"),
        ({"day": "2026-02-29"}, "T3", "this is no day: write it as 2026-11-23"),
        ({"day": "11/3"}, "T3", "this is no day: write it as 2026-11-23"),
        ({"day": "soon"}, "T3", "this is no day: write it as 2026-11-23"),
        ({"day": True}, "T3", "this is no day: write it as 2026-11-23"),
        ({"day": 99_999_999}, "T3", "this is no day: write it as 2026-11-23"),
        ({"day": "2026-11-24"}, "T3", "this day is still to come"),
        ({"until": "2026-10-31"}, "U3", "this ends before it was decided"),
        ({"until": "never"}, "U3", "this is no day: write it as 2026-11-23"),
        ({"reason": None}, "V3", "why was this decided?"),
        ({"file": None}, "W3", "the hidden columns of this row are damaged: which file is it?"),
        ({"file": "=ROW()"}, "W3", "the hidden columns of this row are damaged: which file is it?"),
        ({"path": '"a'}, "W3", "the hidden columns of this row are damaged: which file is it?"),
        ({"path": None}, "W3", "the hidden columns of this row are damaged: which file is it?"),
    ],
)
def test_a_row_that_cannot_be_understood_is_named(
    tmp_path: Path, cells: dict[str, object], place: str, why: str
) -> None:
    book = _book()
    _fill(book, 3, {**FULL, **cells})
    _fill(book, 6, FULL)
    decisions, problems = _read(book, tmp_path)
    assert problems == [f"What to do!{place}: {why}"]
    assert [each.file for each in decisions] == [14]  # the others are read all the same


def test_one_file_has_one_decision(tmp_path: Path) -> None:
    book = _book()
    for row in (3, 4, 5):
        _fill(book, row, {**FULL, "file": 11})
    _fill(book, 5, {"decision": "move candidate"})
    decisions, problems = _read(book, tmp_path)
    assert problems == ["What to do!R5: the same file is decided differently in a row above"]
    assert len(decisions) == 2


def test_what_is_typed_is_one_printable_line(tmp_path: Path) -> None:
    book = _book()
    _fill(book, 3, {**FULL, "reason": " 監査\n中\u202e ", "person": 4711})
    decision = _read(book, tmp_path).decisions[0].decision
    assert (decision.reason, decision.person) == ("監査 中\\u202e", "4711")


def test_other_files_are_refused_in_one_line(tmp_path: Path) -> None:
    other = io.BytesIO()
    openpyxl.Workbook().save(other)
    headless = _book()
    headless[SHEET["en"]].delete_rows(1)
    headless.save(tmp_path / "headless.xlsx")
    for name, content in (("text.xlsx", b"abc"), ("empty.xlsx", b""), ("other.xlsx", other.getvalue())):
        (tmp_path / name).write_bytes(content)
    for name in ("text.xlsx", "empty.xlsx", "other.xlsx", "headless.xlsx", "gone.xlsx"):
        with pytest.raises(PiiscanError) as problem:
            read_decisions(tmp_path / name, TODAY)
        assert "\n" not in str(problem.value)
        assert name in str(problem.value)


def test_a_workbook_cut_off_anywhere_raises_nothing_else(tmp_path: Path) -> None:
    content = written("findings", make_overview(make_advice(1, "a.csv", decisions=(KEPT,))))
    for size in range(0, len(content), 997):
        (tmp_path / "cut.xlsx").write_bytes(content[:size])
        with pytest.raises(PiiscanError):
            read_decisions(tmp_path / "cut.xlsx", TODAY)


def test_cells_far_away_fill_no_memory(tmp_path: Path) -> None:
    book = _book()
    book[SHEET["en"]]["XFD1048576"] = "far"
    with pytest.raises(PiiscanError, match="far away"):
        _read(book, tmp_path)


def test_a_list_of_several_sheets_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsxfile, "MOST_ROWS", 4)
    book = _book()
    _fill(book, 3, FULL)
    second = book["What to do (2)"]
    for key, value in FULL.items():
        second.cell(4, COLUMNS[key]).value = value  # type: ignore[assignment]
    assert [each.file for each in _read(book, tmp_path).decisions] == [11, 14]
