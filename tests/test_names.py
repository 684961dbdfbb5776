"""Names of people where no label stands right before them: in columns, in mails, in what files are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscan.collector import Collector
from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.piece import Place, Segment, Table
from piiscan.validators import validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.model import Finding

CONFIG = ScanConfig(key=b"k" * 32, run_key=b"r" * 32, show_samples=True)
DETECTOR = Detector(CONFIG)
SURNAMES = "佐藤 鈴木 高橋 田中 伊藤 渡邉 山本 中村 小林 加藤 吉田 長谷川 林".split()
GIVEN = "健太 美咲 翔太 陽菜 大輔 由美子 一郎 直樹 千尋 真由美 航平".split()
NAMES = [f"{surname}{given}" for surname in SURNAMES for given in GIVEN]


def found_in(*pieces: Segment | Table) -> list[Finding]:
    collector = Collector(DETECTOR)
    return [each for piece in pieces for each in collector.collect(piece) if each.pattern.startswith("person_name")]


def table(headers: Sequence[str], *columns: Sequence[str]) -> Table:
    return Table(tuple(map(tuple, columns)), lambda _c, row, offset: Place(row + 1, offset + 1), tuple(headers))


def shown(text: str, part: str = "", hint: str = "") -> list[str]:
    return [f"{each.pattern} {each.mask}" for each in found_in(Segment(text, part=part, hint=hint))]


@pytest.mark.parametrize("size", [8, 4000])
@pytest.mark.parametrize("header", ["", "列3", "備考"])
def test_a_column_of_listed_names_needs_no_header(header: str, size: int) -> None:
    names = (NAMES * (size // len(NAMES) + 1))[:size]
    collector = Collector(DETECTOR)
    findings = collector.collect(table((header,), names))
    assert collector.figures.tally.shown["person_name"].total == size
    assert {each.evidence[0] for each in findings} == {"column:listed 100%"}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("", ("宮城", "千葉", "福島", "山口", "石川", "宮崎", "長野")),
        ("会社名", tuple(NAMES[:40])),
        ("", tuple(f"{name}商店" for name in SURNAMES)),
        ("", (*NAMES[:10], *["総務部", "経理課", "未定", "本日休業"] * 3)),
        ("", tuple(NAMES[:4])),
        ("電話番号", tuple(NAMES[:40])),
    ],
)
def test_other_columns_are_none_of_names(header: str, cells: Sequence[str]) -> None:
    assert not found_in(table((header,), cells))


SETTINGS = ("アイコン", "サイズ", "表示", "フォント", "カラー", "アクション", "Timeout", "背景色", "行間")
READINGS = ("サトウハナコ", "スズキイチロウ", "タカハシケンタ", "ナカムラミサキ", "コバヤシショウタ", "イトウダイスケ")


@pytest.mark.parametrize("word", ["アクション", "コンセント", "アンテナ", "クリニック", "マツモトキヨシ"])
def test_common_words_in_katakana_are_no_names(word: str) -> None:
    assert shown(f"担当者：{word}\n") == []
    assert shown("担当者：サトウハナコ\n") == ["person_name サ*****"]


@pytest.mark.parametrize("size", [len(SETTINGS), 4000])
@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_a_table_of_settings_names_nobody(engine: str, size: int) -> None:
    detector = Detector(replace(CONFIG, engine=engine))
    detector._engine._patience = 0
    collector = Collector(detector)
    names = (SETTINGS * (size // len(SETTINGS) + 1))[:size]
    collector.collect(table(("名前", "値"), names, ["1"] * size))
    assert collector.figures.tally.shown == {}


@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_a_name_among_words_keeps_its_space_or_its_kanji(engine: str) -> None:
    collector = Collector(Detector(replace(CONFIG, engine=engine)))
    found = collector.collect(table(("名前",), (*SETTINGS, "佐藤花子", "サトウ ハナコ", "アイコン")))
    assert [each.location.line for each in found] == [len(SETTINGS) + 1, len(SETTINGS) + 2]


@pytest.mark.parametrize("header", ["フリガナ", "名前", "カナ"])
def test_readings_without_a_space_are_names_in_a_column_of_them(header: str) -> None:
    cells = (*READINGS, "アイコン", "ゴンダワラゴンザ")  # neither list has all readings there are
    assert [each.location.line for each in found_in(table((header,), cells))] == [*range(1, len(READINGS) + 2)]


def test_a_name_in_two_columns_is_one_persons() -> None:
    collector = Collector(DETECTOR)
    rows = [(surname, given) for surname in SURNAMES for given in GIVEN[:5]]
    collector.collect(table(("姓", "名"), *zip(*rows, strict=True)))
    (told,) = collector.census.told()
    assert (told.method, told.estimate, told.combinations[0].categories) == ("rows", len(rows), ("person_name",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("診断書_佐藤花子.pdf", ["person_name_file ****"]),
        ("健診/佐藤花子_履歴書.docx", ["person_name_file ****"]),
        ("面談（鈴木 健一）2026.txt", ["person_name_file 鈴* **"]),
        ("見積_高橋健太様.xlsx", ["person_name_file 高****"]),
        ("千葉大学/宮城支社_議事録.txt", []),
        ("佐藤製作所_見積書.pdf", []),
        ("本日休業.txt", []),
        ("関東/中央/平和.txt", []),
    ],
)
def test_names_of_files_hold_names_of_people(name: str, expected: list[str]) -> None:
    assert shown(name, "path", "path") == expected


@pytest.mark.parametrize("hint", ["From", "To", "Cc"])
def test_names_beside_addresses_in_mail_headers(hint: str) -> None:
    text = '佐藤 花子 <hanako@zz-kitano.co.jp>, "Suzuki, Kenichi" <k@zz-kitano.co.jp>, 総務部 <s@zz-kitano.co.jp>'
    assert shown(text, "header", hint)
    assert [each.split()[0] for each in shown(text, "header", hint)] == ["person_name_mail"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "佐藤 花子　携帯　090-1234-5678",
        "連絡先 佐藤 花子 090-1234-5678",
        "佐藤 花子 <hanako@zz-kitano.co.jp>",
        "--\n佐藤 花子\n総務部\nTEL 03-1234-5678\n",
    ],
)
def test_an_identifier_beside_it_speaks_for_a_name(text: str) -> None:
    (name,) = found_in(Segment(text))
    assert (name.mask, name.evidence[0].partition(":")[0]) == ("佐* **", "beside")


@pytest.mark.parametrize("size", [3, 4000])
def test_an_identifier_in_its_cell_speaks_for_a_name(size: int) -> None:
    notes = ["電話 佐藤 花子 090-1234-5678 まで", "済", "佐藤 花子", "090-1234-5678", "千葉大学 03-1234-5678"]
    found = found_in(table(["備考"], [notes[at % len(notes)] for at in range(size)]))
    assert {(each.mask, each.location.line and each.location.line % len(notes)) for each in found} == {("佐* **", 1)}
    assert {each.evidence[0] for each in found} == {"beside:phone_mobile"}


@pytest.mark.parametrize(
    "text",
    [
        "佐藤花子が来た。\n電話 03-1234-5678",
        "千葉大学 03-1234-5678",
        "佐野製作所 TEL 03-1234-5678",
        "関東 中央 <taro@zz-kitano.co.jp>",
    ],
)
def test_what_is_no_name_stays_none_beside_an_identifier(text: str) -> None:
    assert not found_in(Segment(text))


@pytest.mark.parametrize(
    "text",
    [
        "皆様へ",
        "お客様各位",
        "神様と王様",
        "この仕様では同様に",
        "name = '佐藤花子'",
        "担当者が佐藤花子と話す",
        "高橋様",
    ],
)
def test_prose_and_code_hold_no_names_without_evidence(text: str) -> None:
    assert not shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "年　金　証　書　番　号：1234-567890-1150",
        "お名前\n自　宅　電　話：03-1234-5678",
        "健　康　保　険　証：a@zz-kitano.co.jp",
    ],
)
def test_a_label_spread_over_its_box_is_no_name(text: str) -> None:
    assert not shown(text)


@pytest.mark.parametrize(
    "text", ["・佐藤花子様", "・佐藤花子 090-1234-5678", "部長・佐藤花子様", "佐藤花子様・高橋健太様"]
)
def test_a_dot_before_a_name_is_no_part_of_it(text: str) -> None:
    assert len(shown(text)) == text.count("佐藤") + text.count("高橋")


@pytest.mark.parametrize("text", ["ジョン・佐藤様", "ジョン・佐藤花子 090-1234-5678"])
def test_a_dot_joins_the_parts_of_a_foreign_name(text: str) -> None:
    assert not shown(text)


@pytest.mark.parametrize(
    "text", ["name=佐藤花子", "name: 高橋 健太", "id=7 name = サトウ ハナコ", "login_name: 鈴木健一"]
)
def test_a_listed_name_stands_behind_name(text: str) -> None:
    assert [each.split()[0] for each in shown(text)] == ["person_name_field"]


@pytest.mark.parametrize(
    "text", ["name: 山口", "name: 千葉大学", "name = Display Label", "filename: 佐藤花子", "name: Emily Carter"]
)
def test_all_else_behind_name_is_no_name(text: str) -> None:
    assert not shown(text)


@pytest.mark.parametrize(
    "name", ["Emily Carter", "CARTER, Emily", "マイケル・スミス", "マイケル スミス", "スミス 花子"]
)
def test_foreign_and_mixed_names_need_a_label_or_a_header(name: str) -> None:
    assert shown(name, hint="氏名")
    assert shown(f"氏名：{name}")
    assert not shown(name)


@pytest.mark.parametrize("text", ["Thomas Street", "Display Label", "フリガナ 花子", "システム 管理"])
def test_what_only_looks_foreign_is_no_name(text: str) -> None:
    assert not shown(text, hint="氏名")


@pytest.mark.parametrize("text", ["三浦純一様", "佐藤大貴様", "鈴木 健一 様"])
def test_given_names_end_in_what_other_words_end_in(text: str) -> None:
    assert shown(f"{text}より電話")


@pytest.mark.parametrize("text", ["一様に分布する", "確率が一様である", "均一様式", "貴様"])
def test_uniform_is_nobody(text: str) -> None:
    assert not shown(text)


@pytest.mark.parametrize("name", ["person_name", "person_name_addressed", "person_name_listed", "person_name_part"])
@given(value=st.text(" ,・ー様氏佐藤花子サトウaB'-_", max_size=8))
def test_whatever_a_cell_holds_is_judged(name: str, value: str) -> None:
    assert validator(name)(value) in Verdict


@pytest.mark.parametrize("cell", [" ", ",", ", ,", "・", "'"])
def test_a_column_of_mere_separators_holds_nobody(cell: str) -> None:
    assert found_in(table([""], [cell] * 20)) == []
