"""HTML gives its text, tables and attributes with true places, whatever its tags are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan import tags
from piiscan.extractors.html_text import iter_pieces
from piiscan.piece import Segment, Table

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "html_text:extract_html"


def test_inline_tags_join_and_blocks_stand_apart(read: Read) -> None:
    pieces = read(ROW, "<p>電話 <b>090</b>-<i>0000</i>-0001</p>\n<div>090-0000-0002<br>090-0000-0003</div>")
    assert [(s.text, s.first_line, s.first_column) for s in pieces.segments] == [
        ("電話 090-0000-0001", 1, 4),
        ("090-0000-0002", 2, 6),
        ("090-0000-0003", 2, 23),
    ]
    pieces.assert_places()


def test_a_short_block_is_the_hint_of_the_next(read: Read) -> None:
    pieces = read(ROW, "<dl><dt>電話番号</dt><dd>090-0000-0001</dd><dd>x</dd></dl>")
    assert [(s.text, s.hint) for s in pieces.segments] == [
        ("電話番号", ""),
        ("090-0000-0001", "電話番号"),
        ("x", "電話番号"),
    ]


@pytest.mark.parametrize("between", ["<br>", "<br/>\n", "</p>\n<p>", "</div><hr><div> "])
def test_a_number_goes_on_in_the_next_block(read: Read, between: str) -> None:
    pieces = read(ROW, f"<p>番号：4532-0151-1283-{between}0366 です<p>1-<p>2-<p>3")
    assert [each.text for each in pieces.segments] == ["番号：4532-0151-1283-\n0366 です", "1-\n2-", "3"]


@pytest.mark.parametrize(
    "source", ["<p>1-<p>", "<p>1-<p>a", "<p>1-<table><tr><td>2</table>3", "<p>１ー<p>-2", "<p>-<p>3"]
)
def test_other_blocks_stand_apart_behind_a_hyphen(read: Read, source: str) -> None:
    assert all("\n" not in each.text for each in read(ROW, source).segments)


def test_tables_with_a_header_row(read: Read) -> None:
    rows = "<tr><td>山田<td>090-<b>0000</b>-0001<tr><td>佐藤</td><td>\n 090-0000-0002</td></tr>"
    pieces = read(ROW, f"<TABLE><thead><TR><TH>氏名</TH><TH>電話</TH></TR></thead>{rows}</TABLE>")
    above, table = pieces.tables
    assert above.columns == (("氏名",), ("電話",))
    assert (table.headers, table.columns) == (
        ("氏名", "電話"),
        (("山田", "佐藤"), ("090-0000-0001", "090-0000-0002")),
    )
    place = table.locate(1, 1, 4)
    assert (place.line, place.column) == (2, 6)
    pieces.assert_places()
    pieces.assert_shape()


def test_tables_with_header_cells_and_nested_tables(read: Read) -> None:
    pieces = read(
        ROW,
        "<table><tr><th>電話</th><td>090-0000-0001<p>夜間</td></tr>"
        "<tr><td><table><tr><td>inner</td></tr></table>outer</td></tr></table>after",
    )
    assert ("電話", "090-0000-0001\n夜間") in pieces.cells
    assert {"inner", "outer", "after", "電話"} <= set(pieces.texts)
    pieces.assert_places()


def test_attributes_are_rows_under_their_names(read: Read) -> None:
    pieces = read(
        ROW,
        '<meta name="author" content="A"><a href=\'mailto:a%40example.jp\'>x</a><img alt="A&amp;B" src=i.png>\n'
        '<p>電話: <input name=tel\n value="090-0000-0001" disabled><textarea title=t>x</textarea>',
    )
    assert {("author", "A"), ("href", "mailto:a@example.jp"), ("alt", "A&B"), ("src", "i.png")} <= set(pieces.cells)
    assert ("id", "tel") in pieces.cells
    assert ("電話: tel", "090-0000-0001") in pieces.cells
    (table,) = [table for table in pieces.tables if table.headers == ("電話: tel",)]
    place = table.locate(0, 0, 4)
    assert (place.line, place.column) == (3, 13)


@pytest.mark.parametrize(
    ("source", "part", "text"),
    [
        ("<!-- 090-0000-0001 <b> -->", "comment", " 090-0000-0001 <b> "),
        ("<script>if (a<b) tel='090-0000-0001'</SCRIPT>", "script", "if (a<b) tel='090-0000-0001'"),
        ("<style>/* 090-0000-0001 */</style>", "style", "/* 090-0000-0001 */"),
        ("<![CDATA[090-0000-0001>]]>", "comment", "090-0000-0001>"),
        ("<!-- 090-0000-0001", "comment", " 090-0000-0001"),
        ("<script>090-0000-0001", "script", "090-0000-0001"),
    ],
)
def test_raw_runs_have_their_part(source: str, part: str, text: str) -> None:
    for size in (1, 2, 3, 7, 100):
        pieces = iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)]))
        assert [(s.part, s.text) for s in pieces if isinstance(s, Segment)] == [(part, text)]


def test_references_are_decoded_across_blocks() -> None:
    source = "<p>a&#48;9&#x30;-0000&amp;0001 &copy; R&D</p>"
    for size in range(1, len(source)):
        pieces = iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)]))
        assert [piece.text for piece in pieces if isinstance(piece, Segment)] == ["a090-0000&0001 © R&D"]


@pytest.mark.parametrize("codec", ["cp932", "euc-jp", "iso-2022-jp", "utf-16"])
def test_bytes_decide_whatever_is_declared(read: Read, codec: str) -> None:
    pieces = read(ROW, '<meta charset="utf-8"><p>住所は東京都千代田区です</p>'.encode(codec))
    assert "住所は東京都千代田区です" in pieces.texts
    assert pieces.reasons == []


@pytest.mark.parametrize(
    "source",
    [
        "1 < 2 090-0000-0001",
        "<3 090-0000-0001",
        "x <090-0000-0001>",
        "</ 090-0000-0001",
        "<a 090-0000-0001",
        '<a x="090-0000-0001',
        "<b 090-0000-0001>x</b>",
        "Yamada <x090-0000-0001@example.jp>",
    ],
)
def test_stray_marks_lose_nothing(read: Read, source: str) -> None:
    assert "090-0000-0001" in "".join(read(ROW, source).texts)


@pytest.mark.parametrize("piece", ['<a x="', "<!--", "<a ", "<", "<table>", "<td>", "&#", "<script>", "<b>1"])
def test_hostile_markup_is_read_to_its_end(piece: str) -> None:
    source = piece * 30_000 + " 090-0000-0001"
    pieces = iter_pieces(iter([source[at : at + 65536] for at in range(0, len(source), 65536)]), limit=100_000)
    texts = [piece.text for piece in pieces if isinstance(piece, Segment)]
    assert sum("090-0000-0001" in text for text in texts) >= 1


def test_long_text_streams_in_overlapping_blocks() -> None:
    source = "<p>" + "<b>12345</b>\n" * 100 + "</p><td>y"
    pieces = [piece for piece in iter_pieces(iter([source]), limit=50) if isinstance(piece, Segment)]
    cores = [piece.text[piece.lead : len(piece.text) - piece.tail] for piece in pieces]
    assert "".join(cores) == "12345\n" * 100 + "y"


MARKUP = st.lists(
    st.sampled_from(
        "<b> </b> <a\thref='x%20y&amp;z'> <p> </p> <P\tclass=1> <br/> <table> </table> <tr> <th> <td> </td> <dl> <dt>"
        ' <dd> <input\tname=n\tvalue=v> <input\tname\tid=i\tvalue=> <x@example.jp> <a\t12345> <a\tx="1>2"> <a\tx="1>'
        " <script> </script> <!-- --> < > & &am p; &#48; &nbsp; &lt;/b&gt; 電話 090".split()
    )
    | st.sampled_from(["\n", "\r\n", "  "]),
    max_size=30,
).map(lambda parts: "".join(parts).replace("\t", " "))


def _pieces(source: str, size: int) -> list[tuple[object, ...]]:
    """Read `source` in pieces of `size`, each cell with the place of its middle."""
    found: list[tuple[object, ...]] = []
    for piece in iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)]), limit=40):
        if isinstance(piece, Table):
            for number, column in enumerate(piece.columns):
                found += [(piece.headers, cell, piece.locate(number, row, 1)) for row, cell in enumerate(column)]
        else:
            found.append((piece,))
    return found


@settings(max_examples=250, deadline=None)
@given(MARKUP, st.integers(1, 60), st.integers(1, 30))
def test_runs_give_what_single_tags_give(source: str, size: int, longest: int) -> None:
    with mock.patch.multiple(tags, _SHORTEST_RUN=longest, _LONGEST_RUN=3 * longest):
        together = _pieces(source, size)
    with mock.patch.object(tags, "_find_run", lambda cursor, _length: cursor.at):
        assert _pieces(source, size) == together


@settings(max_examples=150, deadline=None)
@given(st.text("<>/ab1&;!-\"'= \ntd", max_size=80), st.integers(1, 30))
def test_no_digit_of_any_text_is_lost(source: str, size: int) -> None:
    found = 0
    for piece in iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)]), limit=40):
        if isinstance(piece, Table):
            found += sum("".join((*piece.headers, *column)).count("1") for column in piece.columns)
        elif isinstance(piece, Segment):
            found += piece.text.count("1")
    assert found >= (source.count("1") if "<" not in source else 0)
