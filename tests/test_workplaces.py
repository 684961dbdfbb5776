"""Where somebody works is found where a label or a header asks for it; companies are nobody's data elsewhere."""

from __future__ import annotations

import pytest

from piiscan import selftest
from piiscan.employers import HEADER, with_employers
from piiscan.piece import Place, Table
from piiscan.text import fold

DETECTOR = selftest.quiet_detector()
NAMES = ("佐藤花子", "鈴木一郎", "高橋健太", "田中美咲", "伊藤大輔", "渡辺直美")
COMPANIES = ("青葉商事", "みどり銀行", "東陽製作所", "白山病院", "北斗大学", "無職")


def _found(text: str) -> list[str]:
    folded = fold(text)
    found = (each for each in DETECTOR.find(folded.text) if each.pattern.id == "workplace")
    return [text[slice(*folded.original(each.start, each.end))] for each in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("【勤務先】株式会社青葉製作所", "株式会社青葉製作所"),
        ("勤　務　先：青葉製作所", "青葉製作所"),
        ("勤務先（会社名）：青葉商事（株）", "青葉商事（株）"),
        ("お勤め先　青葉販売株式会社 総務部 電話 03-1234-5678", "青葉販売株式会社 総務部"),
        ("氏名：佐藤花子　勤務先：青葉商事　役職：部長", "青葉商事"),
        ("勤務先は株式会社青葉製作所です。", "株式会社青葉製作所"),
        ("就業先　株式会社青葉製作所　期間 2024/1/1", "株式会社青葉製作所"),
        ("employer: Aoba Inc.", "Aoba Inc."),
    ],
)
def test_a_workplace_is_found_behind_its_label(text: str, value: str) -> None:
    assert _found(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "勤務先：　　電話：",
        "勤務先 03-1234-5678",
        "勤務先住所：東京都千代田区丸の内1-2-3",
        "勤務先の名称及び所在地",
        "勤務先を証明する書類",
        "勤務先：会社員",
        "The employer shall pay",
        "employer = self.employer",
        "所属：株式会社青葉製作所",
    ],
)
def test_what_is_no_workplace(text: str) -> None:
    assert _found(text) == []


def _headers(headers: tuple[str, ...], *columns: tuple[str, ...]) -> tuple[str, ...]:
    table = Table(columns, lambda column, row, offset: Place(row, column + offset), headers)
    return with_employers(table, DETECTOR.labels).headers


def test_a_column_of_companies_counts_beside_names() -> None:
    assert _headers(("氏名", "会社名"), NAMES, COMPANIES) == ("氏名", HEADER)
    assert _headers(("name", "company"), NAMES, COMPANIES) == ("name", HEADER)
    assert _headers(("氏名", "所属（部署）"), NAMES, COMPANIES) == ("氏名", HEADER)


def test_a_list_of_companies_is_nobodys() -> None:
    phones = tuple(f"03-1234-567{digit}" for digit in range(6))
    for headers, columns in {
        ("会社名", "電話"): (COMPANIES, phones),
        ("name", "company"): (("Widget", "Gear", "Bolt", "Nut", "Screw", "Cap"), COMPANIES),
    }.items():
        assert _headers(headers, *columns) == headers
