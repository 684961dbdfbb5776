"""A column of plausible days of birth beside people is one without a header; other days and other tables are none."""

from __future__ import annotations

import csv
import io

import pytest

from piiscan.config import ScanConfig
from piiscan.model import FileRef, FileReport
from piiscan.scan import scan_content

PEOPLE = ["佐藤 花子", "鈴木 健一", "高橋 誠", "田中 美咲", "渡辺 翔", "伊藤 陽子"]
EVENTS = ["創立総会", "本社移転", "工場完成", "株式上場", "海外進出", "支店開設"]
DAYS = ["1948-05-04", "1957-10-28", "1966-01-31", "1971-12-09", "1980-03-04", "1993-07-15"]
COMPACT = [day.replace("-", "") for day in DAYS]
ERAS = ["昭和23年5月4日", "S32.10.28", "㍼41年1月31日", "昭和46年12月9日", "昭和55年3月4日", "平成5年7月15日"]
RECENT = [*DAYS[:-1], "2024-04-01"]
ONE_GENERATION = ["1990-05-04", "1991-10-28", "1992-01-31", "1993-12-09", "1994-03-04", "1995-07-15"]


def births(headers: list[str], *columns: list[str], engine: str, times: int = 1) -> list[tuple[int, tuple[str, ...]]]:
    stream = io.StringIO()
    rows = list(zip(*columns, strict=True)) * times
    csv.writer(stream).writerows([headers, *rows] if headers else rows)
    config = ScanConfig(key=b"k" * 32, run_key=b"r" * 32, engine=engine, max_locations=10**6)
    parts = scan_content(FileRef("x.csv", "x.csv"), stream.getvalue().encode(), config)
    found = [each for part in parts if not isinstance(part, FileReport) for each in part.findings]
    return [(each.score, each.evidence) for each in found if each.pattern == "birth_date"]


@pytest.mark.parametrize("engine", ["auto", "reference"])
@pytest.mark.parametrize("days", [DAYS, COMPACT, ERAS])
@pytest.mark.parametrize("headers", [[], ["氏名", "値"], ["氏名", "col2"]])
def test_days_of_generations_beside_people_are_births(headers: list[str], days: list[str], engine: str) -> None:
    assert births(headers, PEOPLE, days, engine=engine) == [(80, ("beside:person_name",))] * len(days)


@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_births_in_a_mass_of_rows(engine: str) -> None:
    assert len(births([], PEOPLE, DAYS, engine=engine, times=600)) == 600 * len(DAYS)


@pytest.mark.parametrize("engine", ["auto", "reference"])
@pytest.mark.parametrize(
    ("headers", "names", "days"),
    [
        (["氏名", "入社日"], PEOPLE, DAYS),
        (["氏名", "日付"], PEOPLE, DAYS),
        (["氏名", "created"], PEOPLE, DAYS),
        ([], PEOPLE, RECENT),
        ([], PEOPLE, ONE_GENERATION),
        ([], PEOPLE, DAYS[:1] * 5 + DAYS[-1:]),
        ([], EVENTS, DAYS),
        (["件名", "値"], EVENTS, DAYS),
    ],
)
def test_other_days_are_none(headers: list[str], names: list[str], days: list[str], engine: str) -> None:
    assert births(headers, names, days, engine=engine) == []
