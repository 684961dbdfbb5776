"""Names in running text (piiscan[names]): found only where asked for, only as a pair, the same by both engines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.prose_names import measure
from piiscan import dictionaries, selftest
from piiscan.charset import SEARCHABLE
from piiscan.collector import Collector
from piiscan.config import ScanConfig
from piiscan.context import REACH_AFTER, reach_before
from piiscan.detect import Detector
from piiscan.dictionaries import prose
from piiscan.errors import ConfigError
from piiscan.model import Confidence
from piiscan.pattern import known_patterns, load_patterns
from piiscan.piece import Place, Problem, Segment, Table
from piiscan.rawblocks import iter_raw
from piiscan.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.model import Finding
    from piiscan.piece import Raw

NAME = "person_name_prose"
CONFIG = ScanConfig(bytes(32), bytes(32), ("default", NAME), max_locations=10_000)
ALONE = replace(CONFIG, patterns=(NAME,), min_confidence=Confidence.LOW, show_samples=True)
DETECTOR, FAST, REFERENCE = Detector(CONFIG), Detector(ALONE), Detector(replace(ALONE, engine="reference"))
FAST._engine._patience = 0
PATTERN = known_patterns(CONFIG)[NAME]


def _found(text: str) -> list[str]:
    folded = fold(text)
    found = (each for each in DETECTOR.find(folded.text) if each.pattern.id == NAME)
    return [text[slice(*folded.original(each.start, each.end))] for each in found if each.score >= Confidence.MEDIUM]


def test_the_pattern_proves_itself() -> None:
    assert selftest.faults_of(PATTERN, selftest.quiet_detector(None, NAME)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昨日は髙橋健太と中村美咲、それに渡邉真由美が来た。", ["髙橋健太", "中村美咲", "渡邉真由美"]),
        ("部長の佐藤　花子は欠席。", ["佐藤　花子"]),
        ("宮崎・愛子による報告", ["宮崎・愛子"]),
        ("千葉恵理が千葉へ行った", ["千葉恵理"]),
        ("長谷川さくら選手の活躍", ["長谷川さくら"]),
        ("佐藤花子35歳は", ["佐藤花子"]),
    ],
)
def test_names_in_sentences(text: str, names: list[str]) -> None:
    assert _found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "佐藤と鈴木が来た。",  # surnames alone
        "花子は元気だ。",
        "千葉・宮崎・福島を回る。",
        "福島 中央 駅で会う。",
        "岡本太郎美術館と本田宗一郎記念館へ行く。",
        "伊藤忠は総合商社である。",
        "伊藤忠商事と小林製薬と森永乳業に納める。",
        "清水寺と金閣寺を見て平和通を歩く。",
        "平成元年と令和二年の記録。",
        "昨日佐藤\n花子が来た",  # a name does not go over the end of a line
        "関東平和、林道、平易。",
        "@佐藤花子",
    ],
)
def test_what_is_no_name_in_a_sentence(text: str) -> None:
    assert _found(text) == []


def test_what_else_speaks_for_a_name_goes_first() -> None:
    folded = fold("担当者：佐藤花子\n鈴木一郎様\n高橋健太 090-1234-5678\n").text
    ids = [each.pattern.id for each in DETECTOR.find(folded) if each.pattern.category == "person_name"]
    assert len(ids) == 3
    assert NAME not in ids


def test_no_name_in_running_text_is_sure() -> None:
    findings = Collector(DETECTOR).collect(Segment("昨日は高橋健太と中村美咲が来た。"))
    assert [each.confidence for each in findings] == [Confidence.MEDIUM] * 2


def test_it_is_off_unless_it_is_named() -> None:
    for names in ((), ("default",), ("all",)):
        assert NAME not in load_patterns(replace(CONFIG, patterns=names))
    assert NAME in load_patterns(replace(CONFIG, patterns=("all", NAME)))


@pytest.mark.parametrize(("language", "words"), [("en", "needs an optional part"), ("ja", "が必要です")])
def test_without_the_extra_one_line_tells(language: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(dictionaries.EXTRAS, "prose", ("names", ("sudachipy", "no_such_dictionary")))
    monkeypatch.setenv("LANGUAGE", language)
    with pytest.raises(ConfigError) as told:
        load_patterns(CONFIG)
    assert words in str(told.value)
    assert "piiscan[names]" in str(told.value)
    assert "\n" not in str(told.value)
    assert NAME not in load_patterns(replace(CONFIG, patterns=("all",)))


def test_precision_and_recall_on_sentences_of_the_bench() -> None:
    precision, recall, _ = measure(seed=7, size=40)
    assert precision > 0.98
    assert recall > 0.96


_PARTS = [text for text, _ in PATTERN.marked()] + [*PATTERN.counter_examples]
_JOINTS = [
    "",
    " ",
    "\n",
    "\r\n",
    "、",
    "。",
    "・",
    "　",
    "と",
    "a",
    "0",
    "の",
    "佐藤",
    "花子",
    "鈴木一郎",
    "\u200b",
    "か\u3099",
    "様",
    "山",
]
_FILLERS = ["これは長い文章で、番号を含まない。", "lorem ipsum dolor ", "漢字" * 30, "かな" * 30, "x = y\n" * 40]
texts = st.lists(st.sampled_from([*_PARTS, *_JOINTS, *_JOINTS, *_FILLERS]), min_size=1, max_size=14).map("".join)


def _tally(detector: Detector, pieces: Iterable[Raw | Segment | Table]) -> Counter[Finding]:
    collector = Collector(detector)
    return Counter(finding for piece in pieces for finding in collector.collect(piece))


@given(texts)
@settings(max_examples=60, deadline=None)
def test_both_engines_find_the_same_in_text(text: str) -> None:
    assert _tally(FAST, [Segment(text)]) == _tally(REFERENCE, [Segment(text)])


@pytest.mark.parametrize("encoding", SEARCHABLE)
@given(text=texts, gap=st.integers(0, 400))
@settings(max_examples=30, deadline=None)
def test_both_engines_find_the_same_in_bytes(encoding: str, text: str, gap: int) -> None:
    data = ("-" * gap + text + "x" * 400).encode(encoding, "ignore")  # little Japanese: windows are read, and no more
    pieces = [piece for piece in iter_raw([(data, encoding)]) if not isinstance(piece, Problem)]
    assert _tally(FAST, pieces) == _tally(REFERENCE, pieces)


def test_a_window_holds_all_that_is_analysed() -> None:
    assert reach_before(PATTERN.context.window) >= prose._BEFORE
    assert prose._BEHIND <= REACH_AFTER


def test_windows_are_read_where_there_is_little_japanese() -> None:
    data = ("x = y\n" * 2000 + "昨日佐藤花子が来た。\n" + "x = y\n" * 2000).encode()
    pieces = [piece for piece in iter_raw([(data, "utf-8")]) if not isinstance(piece, Problem)]
    assert all(FAST._engine._windows(piece) is not None for piece in pieces)
    assert _tally(FAST, pieces).total() == 1


@given(st.lists(texts, min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_both_engines_find_the_same_in_a_column(cells: list[str]) -> None:
    table = Table((tuple(cells),), lambda _c, row, offset: Place(row + 1, offset + 1), ("備考",))
    assert _tally(FAST, [table]) == _tally(REFERENCE, [table])
