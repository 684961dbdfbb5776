"""Values in parts, digits in boxes, headers of two rows, lost digits: what a table becomes before it is searched."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from fixtures.documents import docx_of
from piiscan.config import ScanConfig
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.scan import merge, scan_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Found = set[tuple[str, str, int | None]]

NUMBER, CARD, PENSION = "314159265352", "4000001234567899", "3141592653"
NAMES = ["甲野", "乙山", "丙川"]


def report_of(name: str, data: bytes, engine: str) -> FileReport:
    config = ScanConfig(key=b"k" * 32, run_key=b"r" * 32, reveal=True, engine=engine)
    *parts, last = scan_content(FileRef(name, name), data, config)
    assert isinstance(last, FileReport)
    return merge([part for part in parts if not isinstance(part, FileReport)], last)


def found_in_document(rows: Sequence[Sequence[str]]) -> set[tuple[str, str]]:
    width = max(map(len, rows))
    data = docx_of("申込書", [[*row, *[""] * (width - len(row))] for row in rows])
    one, other = (
        {(each.pattern, each.mask) for each in report_of("x.docx", data, engine).findings}
        for engine in ("hyperscan", "reference")
    )
    assert one == other
    return one


def report(rows: Iterable[Sequence[str]], engine: str = "") -> FileReport:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return report_of("x.csv", stream.getvalue().encode(), engine or "hyperscan")


def found(rows: Iterable[Sequence[str]]) -> Found:
    rows = list(rows)
    one, other = (
        {(each.pattern, each.mask, each.location.line) for each in report(rows, engine).findings}
        for engine in ("hyperscan", "reference")
    )
    assert one == other
    return one


@pytest.mark.parametrize(
    ("headers", "cells", "pattern", "whole"),
    [
        ("市外局番 市内局番 番号", "03 3123 4567", "phone_landline", "03-3123-4567"),
        ("市外局番 局番 加入者番号", "0466 22 1111", "phone_landline", "0466-22-1111"),
        ("電話1 電話2 電話3", "3 3123 567", "phone_landline", "03-3123-0567"),
        ("携帯1 携帯2 携帯3", "90 1234 6789", "phone_mobile", "090-1234-6789"),
        ("tel_1 tel_2 tel_3", "045 123 4567", "phone_landline", "045-123-4567"),
        ("郵便番号(上3桁) 郵便番号(下4桁)", "100 1", "postal_code", "100-0001"),
        ("〒1 〒2", "100 0001", "postal_code", "100-0001"),
        ("生年 月 日", "1980 3 4", "birth_date", "1980/3/4"),
        ("生年月日(年) 生年月日(月) 生年月日(日)", "昭和55 3 4", "birth_date", "昭和55年3月4日"),
        ("元号 生年 月 日", "S 55 3 4", "birth_date", "S55年3月4日"),
        ("birth_year birth_month birth_day", "1980 03 04", "birth_date", "1980/03/04"),
        (
            "番号1 番号2 番号3 番号4".replace("番", "カード番"),
            "4000 0012 3456 7899",
            "payment_card",
            "4000-0012-3456-7899",
        ),
    ],
)
def test_values_in_parts_are_whole(headers: str, cells: str, pattern: str, whole: str) -> None:
    rows = [["氏名", *headers.split()], ["甲野", *cells.split()]]
    assert found(rows) == {(pattern, whole, 2)}


def test_two_numbers_under_like_names_stay_two() -> None:
    rows = [["氏名", "電話1", "電話2", "電話3"], ["甲野", "0331234567", "0331234568", "0331234569"]]
    assert len(found(rows)) == 3
    assert not found([["項目", "年", "月", "日"], ["甲野", "1980", "3", "4"]])


@pytest.mark.parametrize(
    "heads",
    [
        [["氏名", "電話番号", "", "個人番号"], ["", "自宅", "勤務先", ""]],
        [["", "電話番号", "", "番号"], ["氏名", "自宅", "勤務先", "個人番号"]],
        [["部署", "総務部", "作成", "2024/11/20"], ["氏名", "電話番号", "電話番号2", "個人番号"]],
        [["注"]] * 12 + [["氏名", "電話番号", "電話番号2", "個人番号"]],
    ],
)
def test_headers_of_two_rows_and_below_others(heads: list[list[str]]) -> None:
    rows = [*heads, *([name, f"033123456{at}", f"066123456{at}", NUMBER] for at, name in enumerate(NAMES))]
    assert len(found(rows)) == 9


def test_a_second_table_has_its_own_header() -> None:
    first, second = ["氏名", "電話番号", "個人番号"], ["氏名", "個人番号", "電話番号"]
    rows = [
        first,
        *([name, "0331234567", NUMBER] for name in NAMES),
        second,
        *([n, NUMBER, "0331234567"] for n in NAMES),
    ]
    assert len(found(rows)) == 12


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([["個人番号", *NUMBER]], 1),
        ([["個人番号", *"3141", "-", *"5926", "-", *"5352"]], 1),
        ([["個人番号", "", *"３１４１５９２６５３５２"]], 1),
        ([["個人番号"], [*NUMBER]], 2),
        ([["氏名", "個人番号", *[""] * 11, "備考"], ["甲野", *NUMBER, "なし"]], 2),
        ([["個人番号", "備考"], *([digit, ""] for digit in NUMBER)], 2),
        ([["申込書", ""], *(["" if at else "個人番号", digit] for at, digit in enumerate(NUMBER))], 2),
    ],
)
def test_digits_in_boxes(rows: list[list[str]], line: int) -> None:
    assert {
        (name, shown.translate({c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)}), at) for name, shown, at in found(rows)
    } == {("my_number", NUMBER, line)}


def test_dates_in_boxes() -> None:
    rows = [
        ["生年月日", *"1980", "年", *"03", "月", *"04", "日"],
        ["生年月日", "昭", *"55", "年", *"03", "月", *"04", "日"],
    ]
    assert {line for _, _, line in found(rows)} == {1, 2}


def test_answers_are_no_number() -> None:
    rows = [[f"Q{at}" for at in range(16)], *([*CARD] for _ in range(8))]
    assert not found(rows)
    assert {name for name, _, _ in found([["年齢", "備考"], *([digit, ""] for digit in NUMBER)])} == {"age"}


@pytest.mark.parametrize(
    ("header", "cell", "pattern"),
    [
        ("携帯", "9012346789", "phone_mobile"),
        ("電話番号", "331234567", "phone_landline"),
        ("郵便番号", "600001", "postal_code"),
        ("基礎年金番号", "314159265", "basic_pension_number"),
    ],
)
def test_lost_zeros_come_back(header: str, cell: str, pattern: str) -> None:
    assert {name for name, _, _ in found([["氏名", header], ["甲野", cell]])} == {pattern}


def test_what_cannot_come_back_is_told() -> None:
    rows = [["氏名", "個人番号"], *([name, "3.14159E+11"] for name in NAMES)]
    assert (report(rows).outcome, report(rows).reason) == (Outcome.PARTIAL, "lost digits")
    assert report([["氏名", "金額"], ["甲野", "3.14159E+11"]]).outcome is Outcome.COMPLETE


def test_labels_stand_in_front_of_a_list_on_its_side_and_before_blank_cells() -> None:
    rows = [["氏名", *NAMES], ["個人番号", *[NUMBER] * 3], ["電話番号", "0331234567", "0331234568", "0331234569"]]
    assert len(found(rows)) == 4
    assert len(found([["申込書"], ["氏名", "", "甲野"], ["電話番号", "", "0331234567"]])) == 1


@pytest.mark.parametrize(
    "choice",
    ["明・大・○昭・平", "明・大・昭\u20dd・平", "M・T・Ⓢ・H", "□明治 □大正 ☑昭和 □平成", "1.明治 2.大正 ③昭和"],
)
def test_the_era_that_is_marked_is_the_dates(choice: str) -> None:
    assert {name for name, _, _ in found([["申請書", ""], ["生年月日", f"{choice} 55年3月4日"]])} == {"birth_date"}


def test_spans_of_header_cells_are_followed() -> None:
    page = (
        "<table><tr><th rowspan=2>氏名<th colspan=2>電話番号<th rowspan=2>個人番号</tr><tr><th>自宅<th>勤務先</tr>"
        f"<tr><td>甲野<td>0331234567<td>0661234567<td>{NUMBER}</tr></table>"
    )
    config = ScanConfig(key=b"k" * 32, run_key=b"r" * 32)
    *parts, _ = scan_content(FileRef("x.html", "x.html"), page.encode(), config)
    patterns = [each.pattern for part in parts if isinstance(part, Part) for each in part.findings]
    assert sorted(patterns) == ["my_number", "phone_landline", "phone_landline"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["マイナンバー", NUMBER], ["会員番号", "100234"]], {("my_number", NUMBER), ("member_number", "100234")}),
        ([["生年月日", "1980", "年", "3", "月", "4", "日"]], {("birth_date", "1980/3/4")}),
        ([["生年月日", "昭", "55", "年", "3", "月", "4", "日"]], {("birth_date", "昭55年3月4日")}),
        ([["生年月日", "明・大・○昭・平", "55", "3", "4"]], {("birth_date", "昭55年3月4日")}),
        ([["生年月日", "明", "大", "○昭", "平", "55", "3", "4"]], {("birth_date", "昭55年3月4日")}),
        ([["電話番号", "03", "3123", "4567"]], {("phone_landline", "03-3123-4567")}),
        ([["電話番号", "(", "03", ")", "3123", "-", "4567"]], {("phone_landline", "03-3123-4567")}),
        ([["〒", "100", "-", "0013"]], {("postal_code", "100-0013")}),
        ([["氏名", "三浦", "克己"]], {("person_name", "三浦 克己")}),
        ([["世帯主", "松岡邦彦", "西田春樹"], ["会員番号", "100234", ""]],
         {("person_name", "松岡邦彦"), ("person_name", "西田春樹"), ("member_number", "100234")}),
        ([["姓", "三浦", "名", "克己"]], {("person_name_part", "三浦"), ("person_name_part", "克己")}),
        ([["ふりがな", "みうら かつみ", "写真"], ["住所", "", ""]], {("person_name", "みうら かつみ")}),
        ([["氏名", "三浦 克己", "", "生年月日", *[""] * 9], ["個人番号", *NUMBER]],
         {("person_name", "三浦 克己"), ("my_number", NUMBER)}),
        ([["生まれた日", "昭和55年3月4日"], ["住所", ""]], {("birth_date", "昭和55年3月4日")}),
        (
            [["氏名", "三浦 克己", "高木 陽子"], ["会員番号", "100234", "100235"], ["電話番号", "", ""]],
            {("person_name", "三浦 克己"), ("person_name", "高木 陽子")}
            | {("member_number", "100234"), ("member_number", "100235")},
        ),
    ],
)  # fmt: skip
def test_forms_in_a_document(rows: list[list[str]], expected: set[tuple[str, str]]) -> None:
    assert found_in_document(rows) == expected


@pytest.mark.parametrize(
    "rows",
    [
        [["内線番号", "03", "3123", "4567"]],
        [["品番", "100", "-", "0013"]],
        [["納期", "1980", "年", "3", "月", "4", "日"]],
        [["項目", "氏名", "区分"], ["品名", "机", "大"], ["品名", "椅子", "小"]],
        [["電話", "受付", "担当"], ["窓口", "総務", "経理"], ["備考", "なし", "なし"]],
        [["勤務先名", ""], ["APIキー", ""], ["続柄", ""], ["介護保険", ""]],
        [["個人番号の記入", "不要", "対象外"], ["氏名の記入", "必要", "対象外"]],
    ],
)
def test_what_is_no_form_of_a_person(rows: list[list[str]]) -> None:
    assert not found_in_document(rows)
