"""Dates in paths: years and fiscal years of both calendars, whichever way people write them."""

from __future__ import annotations

from datetime import date

import pytest

from piiscan.documentdates import document_date


@pytest.mark.parametrize(
    ("part", "last"),
    [
        ("R5年度", "2024-03-31"),
        ("令和5年度", "2024-03-31"),
        ("令和五年度", "2024-03-31"),
        ("Ｒ５年度", "2024-03-31"),
        ("㋿5年度分", "2024-03-31"),
        ("平成31年度", "2020-03-31"),  # the same fiscal year as the next
        ("令和元年度", "2020-03-31"),
        ("R元年度", "2020-03-31"),
        ("Ｒ１年度", "2020-03-31"),
        ("2018年度", "2019-03-31"),
        ("FY2020", "2021-03-31"),
        ("FY20_名簿", "2021-03-31"),
        ("2020FY", "2021-03-31"),
        ("令和元年分", "2019-12-31"),
        ("平成31年分", "2019-12-31"),
        ("平成三十年分", "2018-12-31"),
        ("２０１９年分", "2019-12-31"),
        ("2018-03", "2018-03-31"),
        ("2018.2", "2018-02-28"),
        ("2020年2月", "2020-02-29"),
        ("201803", "2018-03-31"),
        ("2018_03", "2018-03-31"),
        ("20180305_名簿", "2018-03-05"),
        ("20180305153000", "2018-03-05"),
        ("2018−03−05", "2018-03-05"),
        ("R5.3.5", "2023-03-05"),
        ("令和5年3月5日", "2023-03-05"),
        ("H290305", "2017-03-05"),
        ("平成29年12月", "2017-12-31"),
        ("昭和64年1月", "1989-01-31"),
    ],
)
def test_a_date_is_the_last_day_that_it_means(part: str, last: str) -> None:
    for path in (part, f"人事/{part}.xlsx", f"{part}/名簿.xlsx", f"名簿_{part}/一覧.csv"):
        for year in ("calendar", "fiscal"):
            found = document_date(path, year)
            assert found, path
            assert str(found.day) == last, path


@pytest.mark.parametrize(
    "part", ["H30", "H30_", "平成30年", "㍻30", "2018", "2018年", "Ｈ３０", "平30年", "H30_03", "2018名簿"]
)
def test_a_mere_year_is_as_the_rule_means_it(part: str) -> None:
    calendar, fiscal = document_date(f"{part}/a.xlsx", "calendar"), document_date(f"{part}/a.xlsx", "fiscal")
    assert calendar
    assert fiscal
    assert (calendar.day, fiscal.day) == (date(2018, 12, 31), date(2019, 3, 31))


@pytest.mark.parametrize(
    "part",
    (
        "名簿 S3 H2 DSC20181 第2018号 2018円 2018人 No.2018 S5001 1H 13H30 AR5 R5x 123456789012 令和 年度 平成99999 R0"
        " 2018123456"
    ).split(),
)
def test_other_numbers_are_no_dates(part: str) -> None:
    assert document_date(f"{part}/a.xlsx") is None


@pytest.mark.parametrize(
    ("part", "last"),
    [
        ("2016-2023_扶養控除", "2023-12-31"),
        ("2018-19", "2019-12-31"),
        ("平成30-31年", "2019-12-31"),
        ("R4-6年分", "2024-12-31"),
        ("令和4・5年分", "2023-12-31"),
        ("2018年1月~12月", "2018-12-31"),
        ("2018年4月〜2019年3月", "2019-03-31"),
        ("2018年4月〜", "2018-12-31"),
        ("H28とR2", "2020-12-31"),
        ("20230401作成_H28年分", "2016-12-31"),  # what says whose year it is, tells more than a day
        ("R5.3.31版_令和4年度", "2023-03-31"),
    ],
)
def test_of_several_dates_the_latest_counts(part: str, last: str) -> None:
    found = document_date(f"{part}.xlsx", "calendar")
    assert found
    assert str(found.day) == last


def test_the_nearest_part_of_the_path_counts() -> None:
    found = document_date("H28年度/R2年分/名簿.xlsx")
    assert found == (date(2020, 12, 31), "R2年分")
    assert document_date("H28年度/退職者/名簿.xlsx") == (date(2017, 3, 31), "H28年度")
    assert document_date("H28年度\\退職者\\名簿.xlsx") == (date(2017, 3, 31), "H28年度")


def test_hostile_paths_are_read_in_time() -> None:
    for part in ("2018-" * 20_000, "R" * 100_000, "9" * 100_000, "令和" * 50_000, "年" * 100_000, "FY" * 50_000):
        document_date(part)
