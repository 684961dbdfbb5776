"""Addresses as they are written are found from end to end; what only names a place is none."""

from __future__ import annotations

import pytest

from piiscan import selftest
from piiscan.text import fold

DETECTOR = selftest.quiet_detector()

#: Real towns, invented blocks.
WRITTEN = (
    "岐阜県下呂市三ツ渕2820",
    "下呂市三ツ渕2820",
    "熊本県　熊本市北区　万楽寺町　7丁目19-21",
    "山形県 酒田市 中野俣 2068-8",
    "おいらせ町上明堂12番地の3",
    "小川町大字大塚字前田55",
    "美浜町小野浦3丁目19番16号",
    "富山県中新川郡上市町新清水160番地",
    "京都市中京区寺町通御池上る上本能寺前町488番地",
    "京都市下京区四条通室町東入函谷鉾町79",
    "札幌市北区北24条西5丁目1-2",
    "札幌市中央区南二条東3丁目4番5号",
    "岩見沢市北三条西31",
    "盛岡市玉山永井第3地割45番地2",
    "岩手県花巻市東和町安俵5地割12-3",
    "七尾市中島町浜田イ123番地",
    "西予市城川町土居乙311",
    "津山市新茅町二ー八ー一",
    "新宿区西新宿二丁目八番一号",
    "東京都港区芝公園四丁目二番地八",
    "千葉県鎌が谷市初富3-19-18",
    "龍ヶ崎市佐貫町3-19-18",
    "神奈川県横濱市中区日本大通3-15-4",
    "長濱市小堀町188番地",
    "渋谷区廣尾1-2-3",
    "宮崎県宮崎市江平東町無番地",
    "大分市大道町604番地15　県営住宅3棟405",
    "横手市大雄向田東4-14-12 レジデンス A棟 502",
    "高岡市東山1-2-3 サンライズ寿B-502",
    "富山市本郷町525番地 鈴木様方203号",
    "磐田市白拍子7-12-18-405",
    "戸塚区戸塚町12-3",
    "中京区寺町通御池上る上本能寺前町488",
    "京都市中京区河原町通三条上る二丁目下丸屋町401番地",
    "輪島市二ツ屋町2字29番地",
    "東京都渋谷區廣尾1-2-3",
    "東京都港区芝公園4-2-8 3階",
    "東京都港区4-2",
    "港区4-2-8",
    "名古屋市2番地",
    "名古屋市中区栄2-1",
    "東京都港区芝公園4-2-8 A棟 203",
    "東京都千代田区\n丸の内1-2-3",
    "東京都千代田区\r\n　　　丸の内一丁目2番3号",
    "東京都\n千代田区丸の内1-2-3",
    "京都府京都市中京区\n寺町通御池上る上本能寺前町488",
)
PLACES = (
    "京都市下京区四条",
    "札幌市中央区北一条西",
    "大阪市北区 梅田駅3番線",
    "大阪市北区 梅田駅9番出口",
    "川崎市代表 4-3 鹿島市代表",
    "名古屋市2-1岡山市",
    "名古屋市 ２－１ 岡山市",
    "横浜市中区2-1川崎市",
    "愛知県名古屋市2-1岡山県岡山市",
    "川上村3-0東村",
    "浜松市 3-2",
    "〒514-0009\n浦和区代表 1-4 磐田市代表",
    "さいたま市立第三小学校 1-2",
    "横浜市商工会議所 11-5",
    "横浜市財務規則12条の2",
    "千代田区条例第12号",
    "東京都千代田区で火災があり3棟が焼けた",
    "埼玉県川越市内の5か所に設置",
    "渋谷区内の店舗3",
    "名古屋市2026-11-23",
    "横浜市\n人口1-2",
    "東京都千代田区\n定員30名",
    "北海道の市町村\n第1回 3-4",
    "西新宿2-8-1",
    "本町駅3-1",
)


@pytest.mark.parametrize("value", WRITTEN)
def test_an_address_is_found_from_end_to_end(value: str) -> None:
    text = f"お知らせ\n{value}\n以上"
    folded = fold(text)
    found = [
        text[slice(*folded.original(each.start, each.end))] for each in DETECTOR.find(folded.text) if each.score >= 50
    ]
    assert found == [value]


@pytest.mark.parametrize("text", PLACES)
def test_a_place_is_no_address(text: str) -> None:
    found = [each for each in DETECTOR.find(fold(text).text) if each.score >= 50 and each.pattern.category == "address"]
    assert [each.value for each in found] == []


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("株式会社青葉製作所 〒102-0082 東京都千代田区一番町1-2-3", ["business"]),
        ("一般社団法人白山会 大阪市北区中之島1-2-3", ["business"]),
        ("北斗商事（株） 住所：大阪市北区中之島1-2-3", []),
        ("山田様 大阪市北区中之島1-2-3", []),
    ],
)
def test_the_seat_of_an_organisation_is_told_apart(text: str, flags: list[str]) -> None:
    (address,) = (each for each in DETECTOR.find(fold(text).text) if each.pattern.id == "address")
    assert address.flags == flags


def test_a_town_tells_which_municipality_is_meant() -> None:
    def scores(text: str) -> list[int]:
        return [each.score for each in DETECTOR.find(text)]

    assert scores("府中市宮町2-3-4") == scores("府中市府川町2-3-4") == [90]
    assert scores("府中市無之町2-3-4") == []


def test_prefecture_and_municipality_have_to_belong_together() -> None:
    assert [each.score for each in DETECTOR.find("大阪府新宿区西新宿2-3-4")] == []
