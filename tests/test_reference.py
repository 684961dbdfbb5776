"""The prefilter loses nothing and invents nothing: both engines give the same set of findings, whatever the text."""

from __future__ import annotations

import io
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import piiscan.cells
from piiscan.charset import SEARCHABLE
from piiscan.check_digit import luhn_holds
from piiscan.collector import Collector
from piiscan.contents import Inside, iter_contents
from piiscan.detect import Detector
from piiscan.encoding import iter_whole
from piiscan.model import Confidence
from piiscan.pattern import load_patterns
from piiscan.piece import Place, Problem, Raw, Segment, Table
from piiscan.rawblocks import iter_raw
from piiscan.regextree import parse, stays_in_line
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from piiscan.config import ScanConfig
    from piiscan.model import Finding

_CONFIG = replace(config_for().scan, max_locations=10_000, min_confidence=Confidence.LOW, show_samples=True)
PATTERNS = load_patterns(replace(_CONFIG, patterns=("all",)))
OPTIONAL = tuple(sorted(PATTERNS.keys() - load_patterns(_CONFIG).keys()))


def _both(config: ScanConfig) -> tuple[Detector, Detector]:
    fast, reference = Detector(config), Detector(replace(config, engine="reference"))
    fast._engine._patience = 0
    return fast, reference


# The set that other tests scan with, so that its automata are compiled once, and the few that are only asked for.
ENGINES = (_both(_CONFIG), _both(replace(_CONFIG, patterns=OPTIONAL)))
FAST, REFERENCE = ENGINES[0]
piiscan.cells._DEAR = 0  # so that templates are made for the few cells of a test

EXAMPLES = [text for pattern in PATTERNS.values() for text, _ in pattern.marked()]
COUNTER_EXAMPLES = [text for pattern in PATTERNS.values() for text in pattern.counter_examples]
VALUES = [text[start:end] for pattern in PATTERNS.values() for text, (start, end) in pattern.marked()]
SPREAD = ["個 人 番 号", "電　　話", "住   所", "年 金番号", "郵　便　番　号"]
LABELS = sorted({word for pattern in PATTERNS.values() for word in pattern.context.keywords})
#: What stands between: text, joints, what vanishes, what is wider than the BMP, half-width kana with their marks.
JOINTS = [
    "", " ", "\n", "\r\n", "\r", "：", ":", "　", ",", "-", "ー", "。", "0", "１", "〒", "a", "@", ".", "(", "）",
    "ＩＰ", "ﾒｰﾙ", "Ｅメール", "氏\u2003名", "生年月日", "住\u00a0所", "様", "ﾕｰｻﾞｰID", "ナンハ\u3099ー",
    "\u200b", "\ufeff", "\u00ad", "\U000e0101", "𠮷", "😀", "ﾃﾞﾝﾜ", "ﾞ", "か\u3099", "円", "件", "サンプル",
    "090-1234-\n5678", "03－\r\n　1234-5678", "1234-5678-\n9018", "-\n",
    "\\u96fb\\u8a71", "&#65296;", "&#x96fb;", "%40", "%E9%9B%BB", "&nbsp;", "\\ud842\\udfb7", "\\u", "&#", "%E9",
    "〇九〇ー一二三四ー五六七八", "〒一〇〇―八一一一", "二〇二六年", "一二三",
    "090ｰ1234ｰ5678", "ｰ", "TEL03-1234-5678", "FAX", "1 2 3 4 5 6 7 8 9 0 1 8",
    "９　６　０　０　-　０　０　０　０　０　１", "1 2 3",
    "東京都千代田区\n　丸の内1-2-3", "大阪府大阪市\r\n", "県\n", "西新宿2-8-1",
    "注文番号", "は", "市", "北区", "東京都新宿区", "5", "1234", "090", "2026-11-24 10:00:00", "1732440000",
]  # fmt: skip
FILLERS = [
    "これは長い文章で、番号を含まない。",
    "lorem ipsum dolor ",
    "処理を開始しました\n",
    "x = y + z\n",
    "、" * 50,
    "漢字" * 40,
]

texts = st.lists(
    st.one_of(
        st.sampled_from(EXAMPLES),
        st.sampled_from(COUNTER_EXAMPLES),
        st.sampled_from(VALUES),
        st.sampled_from(LABELS),
        st.sampled_from(SPREAD),
        st.sampled_from(JOINTS),
        st.sampled_from(FILLERS),
        st.sampled_from(FILLERS).map(lambda filler: filler * 8),
        st.text(st.characters(codec="utf-8"), max_size=3),
    ),
    min_size=1,
    max_size=14,
).map(lambda parts: "".join(parts) + "\n" + FILLERS[0] * 2)


#: A text in which every fifth character is written as an escape.
ESCAPED = (
    lambda char: f"\\u{ord(char):04x}",
    lambda char: f"&#{ord(char)};",
    lambda char: f"&#x{ord(char):X};",
    lambda char: "".join(f"%{byte:02X}" for byte in char.encode()),
)


def _escaped(text: str, how: int) -> str:
    return "".join(ESCAPED[how](char) if at % 5 == 0 and ord(char) < 0xFFFF else char for at, char in enumerate(text))


def _found(detector: Detector, pieces: Iterable[Raw | Segment | Table]) -> tuple[Counter[Finding], object]:
    collector = Collector(detector)
    findings = [finding for piece in pieces for finding in collector.collect(piece)]
    return Counter(findings), collector.figures.tally


def _same(pieces: list[Raw | Segment | Table]) -> Counter[Finding]:
    every: Counter[Finding] = Counter()
    for fast, reference in ENGINES:
        found = _found(fast, pieces)
        assert found == _found(reference, pieces)
        every += found[0]
    return every


@given(texts)
@example("介護保険被保険者番号 123456789\n")  # what is an example of a number only where a label says so
@settings(max_examples=60, deadline=None)
def test_segments(text: str) -> None:
    _same([Segment(text)])


@pytest.mark.parametrize("how", range(len(ESCAPED)))
@pytest.mark.parametrize("encoding", SEARCHABLE)
def test_escapes_in_each_encoding(encoding: str, how: int) -> None:
    some = EXAMPLES[how + SEARCHABLE.index(encoding) :: 12]
    lines = [FILLERS[0] * 9, *(_escaped(text, how) for text in some), FILLERS[0] * 9]
    data = "\n".join(line for text in lines for line in (text, FILLERS[0] * 30)).encode(encoding, "ignore")
    _same([piece for piece in iter_raw([(data, encoding)]) if not isinstance(piece, Problem)])


@pytest.mark.parametrize("encoding", SEARCHABLE)
@given(text=texts)
@settings(max_examples=40, deadline=None)
def test_bytes_in_each_encoding(encoding: str, text: str) -> None:
    data = text.encode(encoding, "ignore")
    _same([piece for piece in iter_raw([(data, encoding)]) if not isinstance(piece, Problem)])


@pytest.mark.parametrize("encoding", SEARCHABLE)
@given(text=texts, block=st.integers(50, 400))
@settings(max_examples=40, deadline=None)
def test_blocks_of_any_size(encoding: str, text: str, block: int) -> None:
    stream = io.BytesIO(text.encode(encoding, "ignore") * 2)
    pieces = iter_raw(iter_whole(stream, block), overlap=64)
    _same([piece for piece in pieces if not isinstance(piece, Problem)])


@pytest.mark.parametrize("encoding", SEARCHABLE)
@pytest.mark.parametrize("name", PATTERNS)
def test_every_example_is_foretold(name: str, encoding: str) -> None:
    fast = ENGINES[name in OPTIONAL][0]
    for text, _ in PATTERNS[name].marked():
        data = (FILLERS[0] * 90 + "\n" + text + "\n" + FILLERS[0] * 90).encode(encoding, "ignore")
        found = fast._engine._windows(Raw(data, encoding))
        assert found is not None
        assert any(name in window.regions for window in found[1]), text


@pytest.mark.parametrize("encoding", SEARCHABLE)
@pytest.mark.parametrize("word", ["サンプル", "口座番号", "見本 "])
def test_what_waits_for_a_label_is_found_near_it(word: str, encoding: str) -> None:
    for text in (f"1234567{word}", f"{word}1234567", f"{word}\n\n1234567"):
        data = (FILLERS[0] * 20 + "\n" + text + "\n" + FILLERS[0] * 20).encode(encoding)
        _same([piece for piece in iter_raw([(data, encoding)]) if not isinstance(piece, Problem)])


@pytest.mark.parametrize(
    "text",
    [
        "ﾌﾘｶﾞﾅ ｻﾄｳ ﾊﾅｺ",
        "フリカ\u3099ナ サトウ ハナコ",
        "氏\u2003名 佐藤花子",
        "氏\u00a0名\n佐藤 花子",
        "ＩＰ 10.12.3.4",
        "Ｕｓｅｒ ＩＤ A123456",
        "ﾏｲﾅﾝﾊﾞｰ 1234 5678 9018",
        "マイナンハ\u3099ー 123456789018",
        "口\u2009座\u2009番\u2009号 1234567",
        "Ｂａｎｋ ａｃｃｏｕｎｔ 1234567",
    ],
)
@pytest.mark.parametrize("filler", ["", "Ａ", "ﾊﾟ", "𠮷", "\u200b"])
def test_labels_in_rare_widths(text: str, filler: str) -> None:
    other = (FILLERS[0] * 40 + "\n") * 4
    raw = Raw((other + filler + other + text + "\n" + other).encode(), "utf-8")
    windows = FAST._engine._windows(raw)
    assert windows
    assert sum(end - start for start, end, *_ in windows[1]) < len(raw.data) // 2
    _same([raw])


@pytest.mark.parametrize("value", ["10.12.3.4", "00:1a:2b:3c:4d:5e", "A123456", "佐藤 花子"])
def test_many_labels_with_few_values(value: str) -> None:
    bare = [
        f"{label} {end}\n" for label in ("IPアドレス", "MACアドレス", "会員番号", "氏名") for end in ("不明", "-", "")
    ]
    other = FILLERS[0] * 9
    for near in ("\n", f"\n{other}\n", f"{other}\n\n", f"\n\n{other}-\n"):
        text = "".join(f"{other}{label}" for label in bare * 3) + near + value + "\n" + "".join(bare)
        _same([Raw(text.encode(), "utf-8")])


@pytest.mark.parametrize(
    ("source", "stays"), [(r"[^,\r\n]x", True), (r"[^,\n]x", False), (r"a\n", False), (r".", False)]
)
def test_what_ends_with_its_line_is_known(source: str, stays: bool) -> None:
    # one pattern that does not, and no column is read in bulk any more
    assert stays_in_line(parse(source)) is stays


def test_a_dense_text_is_read_whole() -> None:
    text = "".join(f"090-{number:04}-{number:04} 担当\n" for number in range(1000, 1400))
    raw = Raw(text.encode(), "utf-8")
    assert FAST._engine._windows(raw) is None
    assert _same([raw]).total() == 400


CELLS = [
    *VALUES, *EXAMPLES, *LABELS, *COUNTER_EXAMPLES, "", " ", "090-1234-5678 ", "電話", "0000", "ｶﾞ", "a\u200b1",
    *(f"{code}-{value}" for code in ("SKU", "口座", "A-1") for value in VALUES[::3]), "No.123456 ", "123456-A",
    "佐藤花子 090-1234-5678", "担当は山田 太郎、03-1234-5678(内線 12)", "鈴木一郎 <ichiro@zz-kitano.co.jp>",
]  # fmt: skip
_DIGITS = "0123456789"


def _varied(cell: str, digits: str) -> str:
    """Give a cell of the same shape with other digits."""
    at = iter(digits)
    return "".join(next(at, char) if char in _DIGITS else char for char in cell)


columns = st.lists(
    st.tuples(
        st.sampled_from(CELLS),
        st.integers(1, 30),
        st.randoms(use_true_random=False),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@given(columns, st.sampled_from(["", *LABELS[::7], "注文番号", "備考", "kokyaku_tel"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_columns_of_tables(parts: list[tuple[str, int, Random, bool]], header: str, is_mixed: bool) -> None:
    filled: list[str] = []
    for cell, count, chance, is_fixed in parts:
        filled += (
            cell if is_fixed else _varied(cell, "".join(chance.choices(_DIGITS, k=len(cell)))) for _ in range(count)
        )
    if is_mixed:
        parts[0][2].shuffle(filled)
    table = Table((tuple(filled),), lambda _, row, offset: Place(line=row + 1, column=offset + 1), (header,))
    _same([table])


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*LABELS[::5], "備考", "携帯電話(自宅):", "", " "]),
            st.sampled_from(CELLS),
            st.integers(1, 9),
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([(), ("項目", "", "値"), ("", "", "電話"), ("電話",)]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_tables_with_labels_to_the_left(
    parts: list[tuple[str, str, int]], headers: tuple[str, ...], chance: Random
) -> None:
    rows = [
        (label, " ", _varied(cell, "".join(chance.choices(_DIGITS, k=len(cell)))), cell)
        for label, cell, count in parts
        for _ in range(count)
    ]
    chance.shuffle(rows)
    columns = tuple(zip(*rows, strict=True))
    found = _same([Table(columns, lambda at, row, _: Place(line=row + 1, column=at), headers)])
    for finding in found:  # whatever the parts of a column are, places are those of the whole
        assert finding.location.line is not None
        assert any(map(str.isalnum, columns[finding.location.column or 0][finding.location.line - 1]))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_column_of_one_kind_is_read_in_bulk(pattern: str) -> None:
    chance = random.Random(pattern)  # noqa: S311 - the same cells every time
    for text, (start, end) in PATTERNS[pattern].marked():
        cell = text[start:end]
        cells = (cell, *(_varied(cell, "".join(chance.choices(_DIGITS, k=len(cell)))) for _ in range(30)))
        for header in (*PATTERNS[pattern].context.keywords[:1], ""):
            _same([Table((cells,), lambda _, row, offset: Place(line=row + 1, column=offset + 1), (header,))])


@pytest.mark.parametrize("header", ["", "口座番号", "保険者番号"])
@pytest.mark.parametrize("code", ["SKU-", "保険者番号 ", "見本 ", "(", "1-"])
def test_a_column_of_codes_around_numbers(code: str, header: str) -> None:
    chance = random.Random(code)  # noqa: S311 - the same cells every time
    cells = [f"{code}{chance.randrange(10**6):06}" for _ in range(200)]
    proven = [f"{code}{number}" for number in map(str, range(138_000, 139_000)) if luhn_holds(number)]
    for column in (cells, proven, [*cells[:4], "09012345678", "口座番号", *cells[4:], *proven]):
        _same([Table((tuple(column),), lambda _, row, offset: Place(line=row + 1, column=offset + 1), (header,))])


def test_few_cells_of_many_shapes_are_all_searched() -> None:
    cells = ("+819013504677", "+81782751035", "+81524829870", "+81463438962", "+818014841180", "+81824777826")
    _same([Table((cells,), lambda _, row, offset: Place(line=row + 1, column=offset + 1), ("データ",))])


def test_names_with_different_honorifics_are_told_by_their_own() -> None:
    number = "署名用電子証明書の発行番号：31415926535"
    cells = ("中村美咲さん", "2718286", number, "50001239", "鈴木一郎様", "勤務先\u3000電話番号")
    found = _same([Table((cells,), lambda _, row, offset: Place(line=row + 1, column=offset + 1), ("",))])
    told = {word for finding in found if finding.pattern == "person_name_addressed" for word in finding.evidence}
    assert {"keyword:様", "keyword:さん"} <= told


def test_the_cap_takes_the_first_places() -> None:
    cells = tuple(f"090-{number:04}-{number:04}" for number in range(1000, 1300))
    pieces = [Table((cells,), lambda _, row, offset: Place(line=row + 1, column=offset + 1), ("電話",))] * 2
    found = []
    for engine in ("auto", "reference"):
        detector = Detector(replace(_CONFIG, engine=engine, max_locations=100))
        detector._engine._patience = 0
        collector = Collector(detector)
        found.append(([each for piece in pieces for each in collector.collect(piece)], collector.figures.tally))
        assert collector.figures.truncated == ("phone_mobile",)
    assert found[0] == found[1]
    assert len(found[0][0]) == 100


SHARE = Path(__file__).parent.parent / "fixtures" / "share"


def test_the_demo_share_in_every_format() -> None:
    pieces = []
    for path in sorted(path for path in SHARE.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            contents = iter_contents(stream, path.name, _CONFIG, path.stat().st_size, Inside())
            pieces += [piece for _, piece in contents if not isinstance(piece, Problem)]
    assert _same(pieces).total() > 400


@given(
    st.lists(
        st.one_of(
            st.sampled_from(LABELS),
            st.sampled_from(VALUES),
            st.sampled_from(
                ["\n", "\r\n", "\n\n", "\r", " ", "　\n", "：", "-\n", "090-1234-\n5678", "－\r\n　12", "nada\n"]
            ),
        ),
        min_size=2,
        max_size=10,
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_labels_reach_over_ends_of_lines(text: str) -> None:
    _same([Segment(text + "\n" + FILLERS[0])])
