"""Drills with files on disk: what a leak would mean, and what may be kept no longer, said from the catalog alone."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from fixtures.values import Maker, Plan
from piiscan.cli.breach import breach
from piiscan.cli.report import Asked, report
from tests.test_catalog import keep

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-23"
#: A zip with one entry whose flag says that it is encrypted.
ENCRYPTED = bytes.fromhex(
    "504b0304140001000000000021000000000000000000000000000100000061504b01021400140001000000000021"
)


def roster(path: Path, people: int, rows: int = 0) -> None:
    """Write a list of so many people; with more rows, some of them come again."""
    lines = [
        f"090-{1000 + each // 10000:04}-{each % 10000:04},taro{each}@example-kaisha.jp"
        for each in (number % people for number in range(max(people, rows)))
    ]
    path.write_text("携帯電話,メール\n" + "\n".join(lines) + "\n", encoding="utf-8")


def my_numbers(path: Path, people: int) -> None:
    maker = Maker(Plan(), str(people))
    lines = [f"{number:04},{maker.my_number()}" for number in range(people)]
    path.write_text("社員番号,個人番号\n" + "\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def drill(share: Path, folder: str = "", operator: str = "private") -> dict[str, Any]:
    """Scan, and say which triggers are met: their ids are `met`."""
    catalog, told = share.with_name("catalog"), share.with_name("told")
    keep(share, catalog)
    breach(Asked(str(catalog), day=DAY, operator=operator), folder, None, "json", str(told))
    record: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    record["met"] = {each["id"] for each in record["triggers"] if each["met"]}
    return record


@pytest.mark.parametrize(
    ("people", "operator", "met"),
    [
        (1000, "private", set()),
        (1001, "private", {"people"}),
        (100, "public", set()),
        (101, "public", {"people"}),
    ],
)
def test_more_people_than_the_law_says(people: int, operator: str, met: set[str], share: Path) -> None:
    roster(share / "名簿.csv", people)
    told = drill(share, operator=operator)
    assert told["people"]["high"] == people
    assert told["met"] == met


def test_people_are_judged_by_the_upper_bound(share: Path) -> None:
    roster(share / "名簿.csv", 980, rows=1030)
    told = drill(share)
    assert (told["people"]["low"], told["people"]["high"]) == (980, 1030)
    assert told["met"] == {"people"}


def test_copies_of_a_list_do_not_make_more_people(share: Path) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        roster(share / name, 600)
    told = drill(share)
    assert told["people"]["estimate"] == 600


@pytest.mark.parametrize(("people", "met"), [(100, set()), (101, {"my_number"})])
def test_more_my_numbers_than_the_law_says(people: int, met: set[str], share: Path) -> None:
    my_numbers(share / "番号.csv", people)
    assert drill(share)["met"] == met


def test_one_health_record_is_enough_and_what_is_encrypted_is_told(share: Path) -> None:
    (share / "健診").mkdir()
    (share / "健診" / "結果.csv").write_text("氏名,健康診断結果\n佐藤 花子,要再検査\n", encoding="utf-8")
    for number in range(3):
        (share / f"{number}.zip").write_bytes(ENCRYPTED)
    roster(share / "名簿.csv", 30)
    told = drill(share)
    assert told["met"] == {"special_care"}
    assert told["unread"] == 3
    assert drill(share, folder="健診")["met"] == {"special_care"}
    assert drill(share, folder="別の場所")["met"] == set()


def test_one_card_is_enough(share: Path) -> None:
    number = Maker(Plan(), "card").card()
    (share / "注文.txt").write_text(f"カード番号：{number}\n", encoding="utf-8")
    assert drill(share)["met"] == {"property"}


def test_yearly_forms_are_deletion_candidates_once_seven_years_have_run_out(share: Path, tmp_path: Path) -> None:
    """240 forms of 2016 to 2023: the clock runs from 11 January of the year after (source: the rules of policy)."""
    for year in range(2016, 2024):
        folder = share / f"{year}年分"
        folder.mkdir()
        for number in range(30):
            form = folder / f"扶養控除等申告書_{number:02}.txt"
            form.write_text(
                f"氏名 佐藤花子\n個人番号：{Maker(Plan(), f'{year}{number}').my_number()}\n", encoding="utf-8"
            )
            os.utime(form, (1_700_000_000, 1_700_000_000))  # copied all at once, as when a server is moved
    held = tmp_path / "holds.toml"
    held.write_text('[[hold]]\nglob = "2017年分/扶養控除等申告書_0*"\nreason = "訴訟"\n', encoding="utf-8")
    keep(share, tmp_path / "catalog")
    report(Asked(str(tmp_path / "catalog"), day=DAY, policy=(str(held),)), "json", str(tmp_path / "told"), None)
    told = json.loads((tmp_path / "told").read_text(encoding="utf-8"))
    deleted = {each["path"] for each in told["advice"] if each["action"] == "delete"}
    expected = {
        f"{year}年分/扶養控除等申告書_{number:02}.txt"
        for year in (2016, 2017, 2018)
        for number in range(30)
        if year != 2017 or number >= 10
    }
    assert deleted == expected
