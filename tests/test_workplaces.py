"""Where somebody works is found where a label or a header asks for it; companies are nobody's data elsewhere."""

from __future__ import annotations

import pytest

from piiscan import selftest
from piiscan.collector import Collector
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
        ("勤務先：Sony", "Sony"),
        ("勤務先 KDDI", "KDDI"),
        ("勤務先：Toyota Motor", "Toyota Motor"),
        ("勤務先\nSony", "Sony"),
        ("就業先：ＮＴＴ　電話 03-1234-5678", "ＮＴＴ"),
        ("Employer: Sony", "Sony"),
        ("Employer Name: Sony\n", "Sony"),
        ('employer="Sony"', "Sony"),
        ('"employer": "Sony"', "Sony"),
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
        *(
            f"勤務先：{word}"
            for word in ("N/A", "n/a", "NA", "none", "None", "TBD", "home", "Home", "remote", "Office", "true", "-")
        ),
        *(f"Employer: {word}" for word in ("None", "TBD", "Home", "Self-employed", "Employer", "String;", "Foo(1)")),
        "employer: Sony",  # that is how code writes a type
        "employer = Sony",
        "employer: Optional[Company] = None",
        'employer="Company"',
        "Sony",
        "会社名：Sony",
        "employer_id: Sony",
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


def test_companies_of_one_latin_word_in_a_column() -> None:
    cells = ("KDDI", "Toyota Motor", "N/A", "none", "TBD", "home", "Sony", "", "Self-employed", "IBM Japan")
    for header in ("勤務先", "employer", "Employer Name"):
        table = Table((cells,), lambda _column, row, _offset: Place(row, 1), (header,))
        found = Collector(DETECTOR).collect(table)
        assert [cells[each.location.line or 0] for each in found] == ["KDDI", "Toyota Motor", "Sony", "IBM Japan"]


def test_a_list_of_companies_is_nobodys() -> None:
    phones = tuple(f"03-1234-567{digit}" for digit in range(6))
    for headers, columns in {
        ("会社名", "電話"): (COMPANIES, phones),
        ("name", "company"): (("Widget", "Gear", "Bolt", "Nut", "Screw", "Cap"), COMPANIES),
    }.items():
        assert _headers(headers, *columns) == headers
