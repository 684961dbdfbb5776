from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl.utils.cell import get_column_letter
from python_calamine import CalamineWorkbook

from piiscan import xlsxfile
from piiscan.holdingcells import keep_path, kept_path
from piiscan.holdings import Action, Exposure
from piiscan.model import Outcome, Sensitivity
from piiscan.overviewwords import phrases
from piiscan.people import NOBODY, People
from piiscan.sheets import Column, Heading, Sheet
from piiscan.workbooks import WORKBOOKS
from piiscan.xlsxfile import text_of, write_sheets
from tests.workbooks.synthetic import KEPT, make_advice, make_overview, read_back, written

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: Names that would run, link, break XML, hide or break off where a sheet is careless.
HOSTILE = (
    "=1+1",
    "=cmd|'/c calc'!A1.csv",
    "+1+1.csv",
    "-2+3.csv",
    "@SUM(A1).csv",
    "＝1+1.csv",
    "\t=1.csv",
    "\r=1.csv",
    "http://example.jp/a.csv",
    "mailto:a@example.jp",
    "internal:Sheet1!A1",
    "file:///etc/passwd",
    "{=1+1}",
    "<r>/<t>=1</r>",
    "<r><t>x</t></r>",
    "</t></is></c><c><f>1+1</f></c>",
    "<script>alert(1)</script>&amp;.csv",
    "改行\n付き.txt",
    "赤\x1b[31m.txt",
    "nul\x01\x0b.txt",
    "右\u202etxt.exe",
    "零\u200b幅.txt",
    "壊れ\udce3\udc81.txt",
    "非文字\ufffe\uffff\ufdd0.txt",
    "_x0041_.txt",
    "_x005F_x0041_.txt",
    " 空白 ",
    '"引用".csv',
    "\\x41.csv",
    "1e5",
    "2026-11-23",
    "TRUE",
    "#N/A",
    "絵文字😀.txt",
    "a/" * 2000 + "b",
)
MY_NUMBER, SPECIAL_CARE = map(phrases("en").legal_class, ("特定個人情報", "要配慮個人情報"))
HIDDEN = ("file", "root", "path")


def _keys(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value}


def _column(sheet: Worksheet, key: str) -> list[object]:
    place = _keys(sheet)[key]
    return [row[place - 1] for row in sheet.iter_rows(min_row=3, values_only=True)]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_workbook_is_read_by_others(name: str, language: str) -> None:
    overview = make_overview(make_advice(1, "人事/名簿.xlsx"), make_advice(2, "総務/健診.csv", people=5))
    content = written(name, overview, language)
    book = read_back(content)
    other = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert other.sheet_names == book.sheetnames
    for title in book.sheetnames:
        cells = [cell for row in other.get_sheet_by_name(title).iter_rows() for cell in row if cell != ""]
        assert len(cells) == sum(cell.value is not None for row in book[title].iter_rows() for cell in row)
    text = content + b"".join(zipfile.ZipFile(io.BytesIO(content)).read(part) for part in _parts(content))
    assert ("対応" in text.decode("utf-8", "replace")) == (language == "ja" and name == "findings")


def _parts(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_the_same_overview_gives_the_same_bytes() -> None:
    overview = make_overview(make_advice(1, "a.csv"))
    assert written("findings", overview) == written("findings", overview)
    assert read_back(written("findings", overview)).properties.created == datetime(2026, 11, 22, 21, 41)  # noqa: DTZ001


def test_the_sheets_of_the_findings_have_their_names() -> None:
    overview = make_overview()
    english = ["Overview", "What to do", "Not read", "Departments", "Breach triggers", "Run record"]
    assert read_back(written("findings", overview)).sheetnames == english
    japanese = ["概要", "対応一覧", "未読一覧", "部署別", "届出要件", "点検記録"]
    assert read_back(written("findings", overview, "ja")).sheetnames == japanese


def test_a_row_says_what_to_do_and_asks_for_a_decision() -> None:
    kept = make_advice(
        2, "総務/健診.csv", decisions=(KEPT,), exposure=Exposure.UNKNOWN, outcome=Outcome.PARTIAL, copies=3
    )
    held = replace(make_advice(1, "人事/扶養控除.xlsx"), is_held=True, is_estimated=True)
    sheet = read_back(written("findings", make_overview(held, kept), "ja"))["対応一覧"]
    cells = sheet.iter_rows(min_row=3, values_only=True)
    rows = [{key: row[place - 1] for key, place in _keys(sheet).items()} for row in cells]
    assert [*sheet.iter_rows(min_row=3, max_row=3, max_col=8, values_only=True)] == [
        (1, "削除候補", "保存期間満了", "/srv/share/人事/扶養控除.xlsx", "人事課", 10, 9, 12)
    ]
    assert rows[0]["kinds"] == "個人番号 10, 氏名 10"
    assert rows[0]["changed"] == datetime(2026, 1, 31)  # noqa: DTZ001 - the day in Japan, not in Greenwich
    assert rows[0]["due"] == datetime(2026, 1, 10)  # noqa: DTZ001
    assert len(str(rows[0]["notes"]).split("; ")) == 2
    assert [rows[0][key] for key in ("decision", "person", "day", "until", "reason")] == [None] * 5
    assert (rows[1]["exposure"], rows[1]["notes"], rows[1]["copies"]) == ("不明", "一部のみ読めた", 3) or rows[1][
        "notes"
    ]
    assert (rows[1]["decision"], rows[1]["person"], rows[1]["reason"]) == ("保持", "山田", "監査中")
    assert (rows[1]["day"], rows[1]["until"]) == (datetime(2026, 9, 1), datetime(2027, 3, 31))  # noqa: DTZ001
    assert [rows[1][key] for key in HIDDEN] == [2, "/srv/share", "総務/健診.csv"]


def test_the_list_is_frozen_filtered_and_has_a_drop_down() -> None:
    sheet = read_back(written("findings", make_overview(*(make_advice(n, f"{n}.csv") for n in range(5)))))["What to do"]
    keys = _keys(sheet)
    assert sheet.freeze_panes == "A3"
    assert sheet.row_dimensions[1].hidden
    assert sheet.auto_filter.ref == "A2:Y7"
    hidden = [(each.min, each.max) for each in sheet.column_dimensions.values() if each.hidden]
    assert sorted(place for low, high in hidden for place in range(low or 0, (high or 0) + 1)) == [
        keys[key] for key in HIDDEN
    ]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    decision, day = (get_column_letter(keys[key]) for key in ("decision", "day"))
    assert rules[f"{decision}3:{decision}7"].formula1 == '"keep,deletion candidate,move candidate,false alarm"'
    assert rules[f"{day}3:{day}7"].type == "date"
    assert sheet.column_dimensions[day].number_format == "yyyy\\-mm\\-dd"


def test_hostile_names_stay_text_and_come_back() -> None:
    advice = [
        replace(make_advice(number, name, owner=name, root=name), department=name)
        for number, name in enumerate(HOSTILE)
    ]
    overview = replace(make_overview(*advice), unread=())
    for name in WORKBOOKS:
        content = written(name, overview)
        for part in _parts(content):
            xml = zipfile.ZipFile(io.BytesIO(content)).read(part).decode()
            assert not re.search(r"<f[ >]|<hyperlink|<r>|<externalLink", xml), part
            assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u200b\ufffe\uffff]", xml), part
        types = {cell.data_type for row in read_back(content).worksheets[1].iter_rows(min_row=3) for cell in row}
        assert types == {"s", "n", "d"}
        texts = [cell for row in read_back(content).worksheets[1].iter_rows(min_row=3) for cell in row]
        assert {cell.number_format for cell in texts if cell.data_type == "s"} == {"@"}
    content = written("findings", overview)
    sheet = read_back(content)["What to do"]
    for key, wanted in (("path", [*HOSTILE]), ("root", [*HOSTILE])):
        assert [kept_path(str(cell)) for cell in _column(sheet, key)] == wanted
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("What to do")
    place = _keys(sheet)["path"] - 1
    assert [kept_path(str(row[place])) for row in list(calamine.iter_rows())[2:]] == [*HOSTILE]
    shown = [str(cell) for cell in _column(sheet, "owner")]
    assert shown[0] == "=1+1"
    assert shown[HOSTILE.index("改行\n付き.txt")] == "改行\\x0a付き.txt"
    assert shown[HOSTILE.index("壊れ\udce3\udc81.txt")] == "壊れ\\xe3\\x81.txt"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_kept_path_is_what_xlsx_leaves_alone(name: str) -> None:
    assert kept_path(keep_path(name)) == name
    assert html.unescape(text_of(keep_path(name))) == keep_path(name)
    assert not re.search("_x[0-9A-Fa-f]{4}_", keep_path(name))


@pytest.mark.parametrize("broken", ['"a', '"a"b', '"\\ud"'])
def test_a_kept_path_that_was_changed_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kept_path(broken)


def test_what_was_not_read_and_how_complete_the_run_was() -> None:
    book = read_back(written("findings", make_overview()))
    unread = [row[:3] for row in book["Not read"].iter_rows(values_only=True)]
    assert unread[1:] == [
        ("秘.zip", "encrypted", "encrypted"),
        ("=1+1.pdf", "a page is only a picture", "read in part"),
    ]
    record = {row[0]: row[1] for row in book["Run record"].iter_rows(values_only=True) if row[0]}
    assert record["Read, or left out on purpose"] == "99.99 %"
    assert record["Complete"] == "no"
    assert (record["Account"], record["Host"], record["Scope"]) == ("scan-svc", "fs-audit01", "/srv/share")
    assert (record["exclude"], record["max_file_size"]) == ('["~$*"]', "500")
    assert (record["piiscan"], record["postal_codes"], record["encrypted"]) == ("0.1.0", "2026-10-01", 2)
    assert "took too long" not in record
    overview = {row[0]: row[1:] for row in book["Overview"].iter_rows(values_only=True) if row[0]}
    assert overview["Files not read, or not wholly"][0] == 2
    assert overview["of these not accounted for"][0] == 1
    assert overview[MY_NUMBER][:5] == (212, 1840, 1800, 1900, "+12")
    departments = list(book["Departments"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in departments] == ["人事課", "(nobody named)"]
    triggers = list(book["Breach triggers"].iter_rows(min_row=2, values_only=True))
    law = "My Number Act article 29-4"
    assert triggers == [
        ("More than 100 My Numbers", 90, 88, 101, 40, 100, "to be reported", law, None),
        ("Bad intent", None, None, None, None, None, "not known", law, "Was it stolen?"),
    ]


def test_coverage_is_never_rounded_up_to_all() -> None:
    overview = make_overview()
    run = replace(overview.run, enumerated=10_000_000)
    book = read_back(written("findings", replace(overview, run=run)))
    record = {row[0]: row[1] for row in book["Run record"].iter_rows(values_only=True)}
    assert record["Read, or left out on purpose"] == "99.99 %"


def test_the_ledger_has_a_row_for_each_folder_and_class() -> None:
    three, five = People(3, 2, 4), People(5, 5, 6)
    both = {"特定個人情報": three, "要配慮個人情報": five}
    advice = (
        make_advice(1, "人事/a.xlsx", classes=both, exposure=Exposure.OWNER, content="c1", copies=2),
        make_advice(
            2, "人事/b.csv", classes={"特定個人情報": five}, exposure=Exposure.EVERYONE, owner="taro", mtime_ns=0
        ),
        make_advice(3, "人事/写し.xlsx", classes=both, exposure=Exposure.UNKNOWN, content="c1", copies=2),
        make_advice(
            4, "top.csv", classes={}, sensitivity=Sensitivity.LOW, exposure=Exposure.UNKNOWN, mtime_ns=-(10**25)
        ),
    )
    book = read_back(written("ledger", make_overview(*advice)))
    assert book.sheetnames == ["About", "Ledger draft"]
    titles, *rows = book["Ledger draft"].iter_rows(values_only=True)
    cells = [dict(zip(titles, row, strict=True)) for row in rows]
    told = [
        (
            row["legal class"],
            *(row[title] for title in ("people (estimate)", "at least", "at most")),
            row["folder"],
            row["readable by"],
            row["storage"],
        )
        for row in cells
    ]
    assert told == [
        (MY_NUMBER, 8, 5, 10, "/srv/share/人事", "everyone", "3 files (xlsx, csv)"),
        (SPECIAL_CARE, 5, 5, 6, "/srv/share/人事", "unknown", "2 files (xlsx)"),
        ("none", 10, 9, 12, "/srv/share", "unknown", "1 file (csv)"),
    ]
    assert cells[0]["owner"] == "hanako, taro"
    assert cells[0]["last change"] == datetime(2026, 1, 31)  # noqa: DTZ001
    assert cells[2]["last change"] is None
    assert {cells[0][title] for title in ("purpose of use", "retention", "disposal", "who answers for it")} == {None}


def test_the_file_register_lists_files_with_people_in_tables_once() -> None:
    advice = (
        make_advice(1, "small.csv", people=101, content="c1"),
        make_advice(2, "copy.csv", people=101, content="c1"),
        make_advice(3, "prose.docx", roster=NOBODY),
        make_advice(4, "健診.csv", people=1500, classes={"要配慮個人情報": People(3, 3, 3)}),
    )
    book = read_back(written("file_register", make_overview(*advice)))
    titles, *rows = book["File register draft"].iter_rows(values_only=True)
    cells = [dict(zip(titles, row, strict=True)) for row in rows]
    assert [row["name of the file"] for row in cells] == ["健診", "copy"]
    assert [row["special care-required information"] for row in cells] == ["found", "not found; to be checked"]
    assert [row["at most"] for row in cells] == [1502, 103]
    private = [row[0] for row in book["About"].iter_rows(values_only=True)]
    public = replace(make_overview(*advice), operator="public")
    assert len([*read_back(written("file_register", public))["About"].iter_rows()]) == len(private) - 1


def _written(sheets: list[Sheet]) -> bytes:
    stream = io.BytesIO()
    write_sheets(sheets, stream, datetime(2026, 11, 23, tzinfo=UTC))
    return stream.getvalue()


def test_more_rows_than_a_sheet_holds_go_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsxfile, "MOST_ROWS", 5)
    for count, expected in ((4, [4]), (5, [4, 1]), (9, [4, 4, 1]), (0, [0])):
        book = read_back(_written([Sheet("List", (Column("n"),), ((number,) for number in range(count)))]))
        assert [sheet.max_row - 1 for sheet in book.worksheets] == expected
        numbers = [cell for sheet in book.worksheets for (cell,) in sheet.iter_rows(min_row=2, values_only=True)]
        assert numbers == [*range(count)]
        assert {sheet["A1"].value for sheet in book.worksheets} == {"n"}


def test_a_cell_holds_what_excel_takes() -> None:
    rows = [("あ" * 40_000, date(1899, 12, 31), date(2026, 2, 28), 1.5, -3, Action.KEEP, Heading("=x"), None)]
    columns = tuple(Column(str(number)) for number in range(len(rows[0])))
    sheet = read_back(_written([Sheet("List", columns, rows)]))["List"]
    long, early, day, *rest = next(sheet.iter_rows(min_row=2, values_only=True))
    assert (len(str(long)), str(long)[-1], early, day) == (32_767, "…", "1899-12-31", datetime(2026, 2, 28))  # noqa: DTZ001
    assert rest == [1.5, -3, "keep", "=x", None]
