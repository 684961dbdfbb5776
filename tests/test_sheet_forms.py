"""Forms in csv, tsv and xlsx, whose first row looks like a header: nothing in it is lost, whichever engine looks."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from fixtures.documents import xlsx_of
from piiscan.model import Outcome
from tests.test_forms import NUMBER, report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Rows = Sequence[Sequence[str]]
    Found = set[tuple[str, str]]


def _delimited(delimiter: str) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter).writerows(rows)
        return stream.getvalue().encode()

    return write


def _sheet(rows: Rows) -> bytes:
    return xlsx_of("申込", [*map(list, rows)])


def _sparse(rows: Rows) -> bytes:
    """Write a sheet that is read from its XML, as a cell far away would make it a huge rectangle."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([*row])
    sheet["XFD1048576"] = "終"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "x.csv": _delimited(","),
    "x.tsv": _delimited("\t"),
    "x.xlsx": _sheet,
    "sparse.xlsx": _sparse,
}


def found(name: str, rows: Rows) -> Found:
    width = max(map(len, rows))
    data = WRITERS[name]([[*row, *[""] * (width - len(row))] for row in rows])
    reports = [report_of(name, data, engine) for engine in ("hyperscan", "reference")]
    assert {report.outcome for report in reports} == {Outcome.COMPLETE}
    one, other = ({(each.pattern, each.mask) for each in report.findings} for report in reports)
    assert one == other
    return one


NAME, OTHER = ("person_name", "三浦 克己"), ("person_name", "高木 陽子")
MEMBER = ("member_number", "100234")
FORMS: list[tuple[Rows, Found]] = [
    (
        [["氏名", "三浦 克己", "部署", "総務部"], ["社員番号", "123456", "性別", "女"], ["年齢", "35"]],
        {NAME, ("staff_number", "123456"), ("sex", "女"), ("age", "35")},
    ),
    (
        [["担当者", "三浦 克己", "部署", "総務部"], ["TEL", "03-3123-4567"], ["社員番号", "123456"]],
        {NAME, ("phone_landline", "03-3123-4567"), ("staff_number", "123456")},
    ),
    (
        [["勤務先", "青葉製作所", "部署", "総務部"], ["氏名", "三浦 克己", "会員番号", "100234"]],
        {NAME, MEMBER, ("workplace", "青葉製作所")},
    ),
    (
        [["氏名", "三浦 克己", "高木 陽子"], ["会員番号", "100234", "100235"], ["続柄", "妻", "母"]],
        {NAME, OTHER, MEMBER, ("member_number", "100235"), ("relationship", "妻"), ("relationship", "母")},
    ),
    (
        [["申請者", "氏名", "三浦 克己"], ["", "会員番号", "100234"], ["保護者", "氏名", "高木 陽子"],
         ["", "年齢", "35"]],
        {NAME, OTHER, MEMBER, ("age", "35")},
    ),
    (
        [["会社名", "青葉製作所"], ["担当者", "三浦 克己"], [""], ["No", "氏名", "会員番号"],
         ["1", "高木 陽子", "100234"]],
        {NAME, OTHER, MEMBER},
    ),
    (
        [["氏名", "三浦 克己", "部署", "総務"], ["PW", "", "年齢", "35"], ["区分", "", "用途", "A"],
         ["会員番号", "100234"]],
        {NAME, MEMBER, ("age", "35")},
    ),
    (
        [["勤務先", "有限会社寿製菓", "株式会社北野工業 経理部"], ["氏名", "三浦 克己", "高木 陽子"],
         ["年齢", "35", "36"]],
        {NAME, OTHER, ("workplace", "有限会社寿製菓"), ("workplace", "株式会社北野工業 経理部"),
         ("age", "35"), ("age", "36")},
    ),
    (
        [["勤務先", "青葉製作所", "APIキー", "AKIA5LF7IFTOFK7YVCVG"], ["氏名", "三浦 克己", "会員番号", "100234"],
         ["", "", "年齢", "35"]],
        {NAME, MEMBER, ("workplace", "青葉製作所"), ("age", "35")},
    ),
    (
        [["氏名", "三浦 克己"], ["携帯電話", "9012346789"], ["郵便番号", "600001"]],
        {NAME, ("phone_mobile", "09012346789"), ("postal_code", "0600001")},
    ),
    (
        [["氏名", "三浦 克己"], ["個人番号", *NUMBER], ["生年月日", "1980", "年", "3", "月", "4", "日"]],
        {NAME, ("my_number", NUMBER), ("birth_date", "1980/3/4")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), FORMS)
@pytest.mark.parametrize("name", WRITERS)
def test_nothing_of_a_form_is_lost(name: str, rows: Rows, expected: Found) -> None:
    assert found(name, rows) == expected


@pytest.mark.parametrize(
    "rows",
    [
        [["品名", "机", "区分", "大"], ["品番", "123456", "数量", "35"], ["備考", "100234"]],
        [["項目", "件数"], ["氏名", "1234567"], ["郵便番号", "600001"], ["携帯電話", "901234678"]],
        [["連絡先", "担当", "人数"], ["勤務先", "総務", "35"], ["携帯", "経理", "36"], ["実家", "", "2"]],
        [["氏名", "変更前", "変更後"], ["記入例", "住所", "電話番号"], ["備考", "氏名", "電話番号"]],
        [["発行番号", "600001", "数量", "35"], ["電話機", "901234678", "区分", "大"]],
    ],
)
@pytest.mark.parametrize("name", WRITERS)
def test_what_is_nobodys_form(name: str, rows: Rows) -> None:
    assert found(name, rows) == set()


def test_a_long_list_below_a_form_has_its_header_to_the_end() -> None:
    form = [["会社名", "青葉製作所", "", ""], ["代表取締役", "三浦 克己", "", ""], ["", "", "", ""]]
    people = [[str(at), "高木 陽子", f"{at + 100000}", "30"] for at in range(12_000)]
    rows = [*form, ["No", "氏名", "会員番号", "年齢"], *people]
    for name in ("x.csv", "x.xlsx"):
        tally = report_of(name, WRITERS[name](rows), "hyperscan").tally.shown
        assert (tally["member_number"].total, tally["age"].total) == (12_000, 12_000)
