"""Addresses spread over columns and lines of cells are one finding each; areas and several addresses stay apart."""

from __future__ import annotations

import pytest

from tests.test_forms import found

NAMES = ("佐藤花子", "鈴木一郎", "高橋健太")
HOMES = (
    ("東京都", "千代田区", "丸の内1-2-3"),
    ("大阪府", "大阪市北区", "中之島二丁目3番4号"),
    ("京都府", "宇治市", "宇治55"),
)


def _addresses(headers: list[str], rows: list[list[str]]) -> set[tuple[str, str, int | None]]:
    named = [["氏名", *headers], *([name, *row] for name, row in zip(NAMES, rows, strict=False))]
    return {each for each in found(named) if each[0].startswith("address")}


@pytest.mark.parametrize(
    "headers",
    [
        ["都道府県", "市区町村", "町名番地"],
        ["自宅都道府県", "自宅市区町村", "自宅住所"],
        ["pref", "city", "address1"],
        ["住所1", "住所2", "住所3"],
        ["住所（１）", "住所（２）", "住所（３）"],
    ],
)
def test_the_parts_of_an_address_are_one(headers: list[str]) -> None:
    rows = [list(home) for home in HOMES]
    assert _addresses(headers, rows) == {("address", "".join(home), at) for at, home in enumerate(HOMES, 2)}


def test_a_building_of_its_own_column_belongs_to_it() -> None:
    rows = [[*HOMES[0], "青葉ビル3F"], [*HOMES[1], ""]]
    wanted = {("address", f"{''.join(HOMES[0])} 青葉ビル3F", 2), ("address", "".join(HOMES[1]), 3)}
    assert _addresses(["都道府県", "市区町村", "番地", "建物名"], rows) == wanted


def test_two_addresses_stay_two() -> None:
    first, second = ("".join(home) for home in HOMES[:2])
    assert _addresses(["住所1", "住所2"], [[first, second]]) == {("address", first, 2), ("address", second, 2)}


def test_a_list_of_areas_is_no_list_of_addresses() -> None:
    rows = [["東京都", "千代田区", "丸の内1丁目"], ["東京都", "千代田区", "丸の内2丁目"]]
    assert _addresses(["都道府県", "市区町村", "町名"], rows) == set()


def test_the_lines_of_a_cell_are_one_address() -> None:
    assert _addresses(["住所"], [["東京都千代田区\n丸の内1-2-3"]]) == {("address", "東京都千代田区丸の内1-2-3", 2)}
