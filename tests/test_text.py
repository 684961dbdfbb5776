from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscan.foldedcells import fold_cells
from piiscan.foldmass import fold_mass
from piiscan.lineindex import LineIndex
from piiscan.text import fold

DASHES = "-‐‑‒–—―−－﹣﹘ーｰ─━˗⁃⁻₋➖゠一"


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_between_digits_becomes_a_hyphen(dash: str) -> None:
    assert fold(f"０９０{dash}１２３４{dash}５６７８").text == "090-1234-5678"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("サーバー1号", "サーバー1号"),  # the sound mark stays one beside kana
        ("一丁目一番", "一丁目一番"),  # and the kanji stays a number
        ("①②㈱½㎡", "①②㈱½㎡"),  # plain NFKC would make digits of these
        ("Ａｂ１\u3000＠．", "Ab1 @."),
        ("03~04～05", "03~04~05"),  # ranges are never hyphens
        ("〠〶", "〒〒"),
        ("ｶﾞｷﾞﾊﾟﾋﾟﾆｼﾞ", "ガギパピニジ"),
        ("カ\u3099ハ\u309a", "ガパ"),
        ("090\u200b1234\ufeff5678\u00ad", "09012345678"),
        ("齋藤\U000e0100", "齋藤"),
        (r"\u96fb\u8a71 \ud842\udfb7", "電話 𠮷"),
        ("&#38651;&#x8a71;&nbsp;&#65296;9", "電話 09"),
        ("taro%40example.jp %E9%9B%BB%E8%A9%B1", "taro@example.jp 電話"),
        ("&#x30ab;&#x3099;%E3%82%AD&#12441;", "ガギ"),
        (r"\u000a&#10;&#1114112;\ud800%FF%2d50%90", r"\u000a&#10;&#1114112;\ud800%FF%2d50%90"),  # no text
        ("090-1234-\r\n　5678 03－\n1234-5678", "090-1234-5678 03-1234-5678"),
        ("番号 1 2 3 4 5 6 7 8 9 0 1 8 です", "番号 123456789018 です"),
        ("１　２　３　４ - ５　６　７　８　９　０", "1234-567890"),
        ("1 2 3 4 5 6", "1 2 3 4 5 6"),  # a list of figures
        ("1 2 3 4 5 6 7 89", "1 2 3 4 5 6 7 89"),
        ("1-\nab 12\n34 a-\n5", "1-\nab 12\n34 a-\n5"),  # no number goes on
        ("〇九〇ー一二三四ー五六七八", "090-1234-5678"),
        ("四四八五ー八二八八ー五七六二", "4485-8288-5762"),
        ("二〇二六年一一月", "二〇二六年一一月"),  # too few for a number by themselves
        ("ﾞ", "ﾞ"),  # nothing to compose with: kept, so that nothing is lost
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(alphabet=st.sampled_from("０9ｶﾞﾟー-−\u200b\U000e0100髙a＠ 　𠮷"), max_size=40))
def test_fold_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    for index in range(len(folded.text)):
        start, end = folded.original(index, index + 1)
        assert 0 <= start < end <= len(text)
        composed = unicodedata.normalize("NFKC", text[start : start + 1]).strip() or " "
        assert folded.text[index] == "-" or folded.text[index][0] in unicodedata.normalize(
            "NFC", composed + "\u3099"
        ) + (composed + unicodedata.normalize("NFC", composed + "\u309a") + text[start])


def test_span_in_text_with_vanishing_characters() -> None:
    text = "電話\u200b ｶﾞ 090\u200b-1234-5678です"
    folded = fold(text)
    at = folded.text.index("090")
    start, end = folded.original(at, at + len("090-1234-5678"))
    assert text[start:end] == "090\u200b-1234-5678"


def test_lines_and_columns_as_editors_count_them() -> None:
    text = "a\r\nb\rc\n\U00020bb7d"
    index = LineIndex(text)
    assert [index.place(text.index(each)) for each in "abcd"] == [(1, 1), (2, 1), (3, 1), (4, 2)]


def test_line_index_continues_a_block() -> None:
    index = LineIndex("xy\nz", first_line=7, first_column=5)
    assert index.place(1) == (7, 6)
    assert index.place(3) == (8, 1)


def test_the_dashes_of_vertical_text_are_dashes() -> None:
    assert fold("０９０︱１２３４︲５６７８").text == "090-1234-5678"


def test_the_span_of_an_escape_is_all_of_it() -> None:
    text = r"電話 \u0030&#57;0%2D1234-5678です"
    folded = fold(text)
    at = folded.text.index("090")
    start, end = folded.original(at, at + len("090-1234-5678"))
    assert text[start:end] == r"\u0030&#57;0%2D1234-5678"


def test_cells_of_a_column_are_no_broken_numbers() -> None:
    assert fold("090-1234-\n5678％", has_cells=True).text == "090-1234-\n5678%"


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "見本 {}",
            "見本\u3000{}",
            "Ｎｏ．{}",
            "住所ー{}",
            "丁目{}ー2",
            "ｶﾞｲﾄﾞ{}",
            "か\u3099{}",
            "電話\u200b{}",
            "品&#4{};",
            "品&#1244{};",
        ),
        *(
            "割引%4{}",
            "項目\\u00{}",
            "品 1 2 3 4 5 6 {}",
            "番号１ ２ ３ ４ ５ ６ ７ {}",
            "〇九〇一二三四五{}",
            "\u3099見本{}",
        ),
    ],
)
def test_cells_that_differ_in_digits_only_are_folded_like_any(cell: str) -> None:
    cells = [cell.format(n) for n in range(1000)]
    for some in (cells, [*cells[:-1], "ｶﾅ"], [*["見本"] * 999, cells[-1]], [f"{chr(0x4E00 + n)}" for n in range(3000)]):
        text = "\n".join(some)
        ours, theirs = fold_cells(text), fold(text, has_cells=True)
        assert ours.text == theirs.text
        assert all(ours.original(at, at + 1) == theirs.original(at, at + 1) for at in range(len(ours.text)))


#: Cells between which nothing is to be seen, and what is in them that folding changes, or may change.
PROSE = "本日は晴天なり、サーバー1を一九九〇年に止めた (Tel. 03-1234-5678) 1 2 3 & 4 %\n"
PIECES = (
    *("０", "9", "1 2 3 4 5 6", " 7", "－", "ー", "一", "一二三四五六七", "〇・九", "\u3000", "ｶ", "ﾞ", "\u3099"),
    *("\u200b", "\u00ad", "\U000e0100", "𠮷", "&#12459;", "&", "%40", "%", "\\u30ab", "\\", "〠", "―", "\ud800"),
    *("\n", "A"),
)
PLACED = ("", "０９０ー１２３４－５６７８", "ｶﾅ\u3000𠮷〠", "１ 2 ３ 4 ５ 6 a", "四五六", "&amp; 100% \\n")
MOVED = ("ｶﾞ", "\u200b", "\U000e0100", "&#12459;", "1 2 3 4 5 6 7", "一二三四五六七")


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_mass_is_folded_as_any_text(piece: str) -> None:
    for text in (piece, PROSE + piece + PROSE):
        folded = fold_mass(text)
        assert folded is None or folded == fold(text, has_cells=True).text


@pytest.mark.parametrize(
    "piece", ["", "０９０ー１２３４－５６７８", "ｶﾅ\u3000𠮷〠", "１ 2 ３ 4 ５ 6 a", "四五六", "&amp; 100% \\n"]
)
def test_a_mass_in_which_nothing_moves_is_folded_at_once(piece: str) -> None:
    cells = f"{PROSE}{piece}\n" * 1000
    assert fold_mass(cells) == fold_cells(cells).text == fold(cells, has_cells=True).text


@pytest.mark.parametrize("piece", MOVED)
def test_what_moves_in_a_mass_is_folded_character_by_character(piece: str) -> None:
    cells = PROSE * 1000 + piece
    assert fold_mass(cells) is None
    assert fold_cells(cells) == fold(cells, has_cells=True) != fold(PROSE * 1000)
