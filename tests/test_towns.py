"""Addresses that leave their municipality out, and postal codes that tell it: beside a label, a code or a header."""

from __future__ import annotations

import pytest

from piiscan import selftest
from piiscan.collector import Collector
from piiscan.piece import Place, Table
from piiscan.postalhomes import AGREES, DIFFERS, compare
from piiscan.text import fold
from tests.test_forms import found

DETECTOR = selftest.quiet_detector()

#: Towns without their municipality: what is found of a text.
TOWNS = {
    "住所：丸の内1-2-3": "丸の内1-2-3",
    "現住所 西新宿二丁目8番1号": "西新宿二丁目8番1号",
    "送付先：西新宿2-8-1 コーポ青葉203号室　佐藤様": "西新宿2-8-1 コーポ青葉203号室",
    "住所2：一番町1-2": "一番町1-2",
    "住所 大字大塚字前田55番地": "大字大塚字前田55番地",
    "〒160-0023 西新宿2-8-1": "西新宿2-8-1",
    "〒１６００００８　三栄町１２番地": "三栄町１２番地",
    "住所西新宿2-8-1": "西新宿2-8-1",
    "現住所西新宿二丁目8番1号": "西新宿二丁目8番1号",
    "所在地西新宿2-8-1": "西新宿2-8-1",
    "所在地：丸の内1-2-3": "丸の内1-2-3",
    "住所：栄3-1-1": "栄3-1-1",
    "ご住所: 栄3-1-1": "栄3-1-1",
    "住所　栄３－１－１": "栄３－１－１",
    "住所\n栄3-1-1": "栄3-1-1",
    "住所：大字栄55番地": "大字栄55番地",
    "〒460-0008 栄3-1-1": "栄3-1-1",
    # no label says more clearly what stands behind it, in whatever number of municipalities there is such a town
    "住所 中央 1-2": "中央 1-2",
}
NO_TOWNS = (
    "住所：会議室1-2-3",
    "住所：丸の内1丁目",
    "住所は第2条3項に定める",
    "住所：本町駅前1-2-3",
    "住所：本町 2020-1-2",
    "住所：港町3番線",
    "住所：中央2-3人",
    "中央 1-2",
    "住所栄3-1-1",
    "住所栄市3-1-1",
    "住所変更1-2-3",
    "住所別1-2-3",
    "住所氏名栄3-1-1",
    "住所録西新宿2-8-1",
    "所在地図3-1-1",
    "住所：第3-1-1",
    "住所：県3-1-1",
    "住所、栄3-1-1",
    "電話番号西新宿2-8-1",
    "住所：栄一番",
    "03-123-4567 丸の内1-2-3",
    "〒160-0023 西新宿図書館 1-2",
)


@pytest.mark.parametrize("text", TOWNS)
def test_a_town_is_enough_beside_a_label_or_a_postal_code(text: str) -> None:
    folded = fold(text)
    found = [each for each in DETECTOR.find(folded.text) if each.pattern.category == "address"]
    assert [text[slice(*folded.original(each.start, each.end))] for each in found] == [TOWNS[text]]


@pytest.mark.parametrize("text", NO_TOWNS)
def test_what_is_no_town(text: str) -> None:
    assert [each.value for each in DETECTOR.find(fold(text).text) if each.pattern.category == "address"] == []


def _addresses(header: str) -> set[tuple[str, str, int | None]]:
    rows = [["氏名", "郵便番号", header], ["佐藤花子", "160-0023", "西新宿2-8-1"]]
    return {each for each in found(rows) if each[0].startswith("address")}


@pytest.mark.parametrize("town", ["栄3-1-1", "西新宿2-8-1"])
def test_a_town_of_another_code_is_hardly_an_address(town: str) -> None:
    assert [each.score for each in DETECTOR.find(f"〒100-0005 {town}") if each.pattern.id == "address_postal"] == [40]


def test_a_town_of_one_character_is_enough_under_a_header() -> None:
    rows = [["氏名", "住所"], ["佐藤花子", "栄3-1-1"]]
    assert ("address_town", "栄3-1-1", 2) in found(rows)
    assert not any(each[0] == "address_town" for each in found([["氏名", "備考"], ["佐藤花子", "栄3-1-1"]]))


def test_a_town_is_enough_under_a_header() -> None:
    assert _addresses("番地") == {("address_town", "西新宿2-8-1", 2)}
    assert _addresses("区画") == set()


@pytest.mark.parametrize(
    ("code", "address", "word"),
    [
        ("060-0001", "札幌市中央区北一条西2丁目", AGREES),
        ("060-0001", "札幌市北一条西2丁目", AGREES),
        ("604-8091", "京都府京都市中京区寺町通御池上る上本能寺前町488", AGREES),
        ("3550316", "比企郡小川町大塚55", AGREES),
        ("355-0316", "小川町大字大塚55", AGREES),
        ("301-0005", "龍ヶ崎市川原代町1-2", AGREES),
        ("530-0005", "東京都千代田区丸の内1-2-3", DIFFERS),
        ("100-0005", "西新宿2-8-1", DIFFERS),
        ("460-0008", "栄3-1-1", AGREES),
        ("100-0005", "栄3-1-1", DIFFERS),
        ("000-0000", "西新宿2-8-1", ""),
        ("12345", "西新宿2-8-1", ""),
    ],
)
def test_a_postal_code_tells_the_municipality(code: str, address: str, word: str) -> None:
    assert compare(code, address) == word


@pytest.mark.parametrize(("code", "word"), [("100-0005", AGREES), ("530-0005", DIFFERS)])
def test_code_and_address_are_held_against_each_other(code: str, word: str) -> None:
    (one,) = (each for each in DETECTOR.find(f"〒{code} 東京都千代田区丸の内1-2-3") if each.pattern.id == "address")
    assert word in one.evidence
    assert one.score == (100 if word == AGREES else 90)
    homes = tuple(f"東京都千代田区丸の内1-2-{number}" for number in range(3, 9))
    table = Table(((code,) * 6, homes), lambda column, row, _: Place(row, column), ("郵便番号", "住所"))
    found = [each for each in Collector(DETECTOR).collect(table) if each.pattern == "address"]
    assert len(found) == len(homes)
    assert all(f"{word} 100%" in each.evidence for each in found)
