"""Addresses over several lines are one value: in text, in letters, in one cell. What only stands below stays apart."""

from __future__ import annotations

import pytest

from piiscan.addressbreaks import find_breaks
from piiscan.charset import SEARCHABLE
from piiscan.collector import Collector
from piiscan.piece import Place, Raw, Table
from piiscan.redact import CANONICAL, fingerprint
from piiscan.text import fold
from tests.test_forms import found
from tests.test_reference import FAST, FILLERS, REFERENCE

#: Real towns, invented blocks and buildings.
BLOCK_BELOW = (
    "東京都千代田区丸の内\n1-2-3",
    "大阪市北区梅田\n　二丁目3番4号",
    "東京都千代田区丸の内\r\n　　1番2号",
    "東京都新宿区西新宿二丁目\n8番1号",
    "東京都新宿区西新宿２丁目\n８ー１",
    "埼玉県比企郡小川町大字大塚\n55番地",
    "小川町大字大塚字前田\n55番地の3",
    "京都市中京区寺町通御池上る上本能寺前町\n488番地",
    "名古屋市中区栄\n3-1-1",
    "横濱市中区日本大通\n3-15-4",
    "東京都千代田区丸の内\n1-2-3 青葉ビル5階",
    "東京都\n千代田区丸の内\n1-2-3",
    "東京都千代田区一番町\n十二番地",
)
BUILDING_BELOW = (
    "東京都千代田区丸の内1-2-3\n　サンプルビル 5階 501号",
    "東京都千代田区丸の内1-2-3\n青葉マンション203",
    "大阪市北区梅田二丁目3番4号\r\nコーポ青葉　２０３号室",
    "下呂市三ツ渕2820\nさくらハイツB-102",
    "東京都千代田区丸の内1-2-3\nコーポ青葉203",
    "東京都千代田区丸の内1-2-3\nロイヤルパレス青葉 101",
    "東京都千代田区丸の内1-2-3\nパークサイド青葉301号",
    "東京都千代田区丸の内1-2-3\n3F",
    "東京都千代田区丸の内1-2-3\n青葉荘",
    "東京都千代田区丸の内1丁目2番地\n501号室",
    "東京都千代田区丸の内1-2-3\nA棟 203",
    "東京都千代田区丸の内1-2-3\n市営住宅3棟405",
    "富山市本郷町525番地\n鈴木様方",
    "東京都千代田区\n丸の内1-2-3\n青葉ビル3F",
    "東京都千代田区丸の内\n1-2-3\nサンプルビル5階",
)
#: Without its municipality: what is found of a text.
SHORT = {
    "住所：西新宿2-8-1\nコーポ青葉203号室": "西新宿2-8-1\nコーポ青葉203号室",
    "〒160-0023　西新宿２－８－１\n　サンプルビル５階": "西新宿２－８－１\n　サンプルビル５階",
    "現住所西新宿二丁目8番1号\r\n青葉ビル3F": "西新宿二丁目8番1号\r\n青葉ビル3F",
    "住所：西新宿2-8-1\n第203号": "西新宿2-8-1",
    "住所：会議室2-8-1\n青葉ビル3F": "",
    "西新宿2-8-1\n青葉ビル3F": "",
}
#: The address ends with its line, or there is none; and what stands below is another thing.
APART = {
    "東京都千代田区丸の内\n03-1234-5678": "",
    "東京都千代田区丸の内\n2026-11-23": "",
    "東京都千代田区丸の内\n2026年3月1日": "",
    "東京都千代田区丸の内\n123-4567": "",
    "東京都千代田区丸の内\n1-1 目的": "",
    "東京都千代田区丸の内\n1-1\n1-2\n1-3": "",
    "東京都千代田区丸の内\n3番線": "",
    "東京都千代田区丸の内\n1-2人": "",
    "東京都千代田区丸の内\n2820": "",
    "東京都千代田区丸の内\n\n1-2-3": "",
    "東京都千代田区の会議室\n1-2-3": "",
    "東京都千代田区\n1-2-3": "",
    "丸の内\n1-2-3": "",
    "会場は千代田区。\n1-2-3": "",
    "東京都千代田区丸の内1-2-3\n株式会社青葉ビル": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n青葉ビル管理組合": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n若葉ビル\n東京都千代田区丸の内1-2-4": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n賃貸マンション": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n地上5階建": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n第5号": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\nハウス栽培 12": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n通達301号": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n203": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n受付は青葉ビル3階です": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\nお問い合わせは青葉ビル3階": "東京都千代田区丸の内1-2-3",
    "東京都千代田区丸の内1-2-3\n山田太郎": "東京都千代田区丸の内1-2-3",
    "会議室は1-2-3\n青葉ビル3階": "",
}


def _first(text: str) -> str:
    folded = fold(text)
    spans = [
        folded.original(each.start, each.end)
        for each in REFERENCE.find(folded.text)
        if each.pattern.category == "address" and each.score >= 50
    ]
    return text[slice(*spans[0])] if spans else ""


@pytest.mark.parametrize("value", [*BLOCK_BELOW, *BUILDING_BELOW])
def test_an_address_goes_on_in_the_next_line(value: str) -> None:
    assert _first(f"お知らせ\n{value}\n以上") == value
    assert _first(f"〒100-0005\n住所：{value}\n山田太郎様\n電話 03-1234-5678") == value
    assert _first(value) == value


@pytest.mark.parametrize("text", SHORT)
def test_a_building_belongs_to_an_address_without_its_municipality(text: str) -> None:
    assert _first(f"お知らせ\n{text}\n以上") == SHORT[text]
    raw = Raw(f"{FILLERS[0] * 200}\n{text}\n{FILLERS[0] * 200}".encode(), "utf-8")
    one, other = (
        {each.fingerprint for each in Collector(detector).collect(raw) if each.category == "address"}
        for detector in (FAST, REFERENCE)
    )
    assert one == other
    assert len(one) == bool(SHORT[text])


@pytest.mark.parametrize("text", APART)
def test_what_stands_below_an_address_stays_apart(text: str) -> None:
    assert _first(f"お知らせ\n{text}\n以上") == APART[text]


@pytest.mark.parametrize("encoding", SEARCHABLE)
@pytest.mark.parametrize("value", [*BLOCK_BELOW, *BUILDING_BELOW])
def test_the_search_in_bytes_reaches_over_the_end_of_the_line(value: str, encoding: str) -> None:
    raw = Raw(f"{FILLERS[0] * 200}\n{value}\n{FILLERS[0] * 200}".encode(encoding), encoding)
    windows = FAST._engine._windows(raw)
    assert windows is not None
    assert sum(window.end - window.start for window in windows[1]) < len(raw.data) // 2
    for detector in (FAST, REFERENCE):
        (one,) = (each for each in Collector(detector).collect(raw) if each.pattern == "address")
        assert one.fingerprint == fingerprint(detector.config.key, "address", CANONICAL["address"](fold(value).text))


@pytest.mark.parametrize("value", [*BLOCK_BELOW, *BUILDING_BELOW])
def test_an_address_in_one_cell_is_one_value(value: str) -> None:
    whole = fold(value).text
    for rows in ([["氏名", "住所"], ["佐藤花子", value]], [["住所", value], ["氏名", "佐藤花子"]]):
        assert [fold(each[1]).text for each in found(rows) if each[0] == "address"] == [whole]


def test_what_follows_in_a_cell_keeps_its_place() -> None:
    cell = "東京都千代田区丸の内\n1-2-3\n青葉ビル5階\n携帯 090-1234-5678"
    at = cell.index("090")
    table = Table((("備考", cell),), lambda _, row, offset: Place(line=row + 1, column=offset + 1))
    (phone,) = (each for each in Collector(FAST).collect(table) if each.pattern == "phone_mobile")
    assert phone.location.column == at + 1


def test_text_without_such_lines_is_left_as_it_is() -> None:
    for text in APART:
        assert find_breaks(text) == {}
