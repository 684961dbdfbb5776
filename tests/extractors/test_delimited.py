"""Delimited text becomes tables with true places, and nothing is lost where it is broken."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan.blocks import split_lines
from piiscan.extractors.delimited import iter_pieces
from piiscan.piece import Segment, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.extractors.conftest import Read

ROW = "delimited:extract_delimited"
CUSTOMERS = "氏名,電話番号,備考\r\n山田太郎,090-0000-0001,\r\n佐藤花子,090-0000-0002,VIP\r\n"
CELLS = st.lists(st.lists(st.text('ab1,"\n\r髙 ', max_size=6), min_size=2, max_size=4), min_size=1, max_size=8)


def test_header_and_columns(read: Read) -> None:
    pieces = read(ROW, CUSTOMERS)
    above, table = pieces.tables
    assert (above.headers, above.columns) == ((), (("氏名",), ("電話番号",), ("備考",)))
    assert table.headers == ("氏名", "電話番号", "備考")
    assert table.columns == (("山田太郎", "佐藤花子"), ("090-0000-0001", "090-0000-0002"), ("", "VIP"))
    assert (table.locate(1, 1, 4).line, table.locate(1, 1, 4).column) == (3, 10)
    pieces.assert_places()
    pieces.assert_shape()


@pytest.mark.parametrize("delimiter", ",\t;|")
@pytest.mark.parametrize("codec", ["utf-8-sig", "cp932", "utf-16", "euc-jp"])
def test_dialects_and_encodings(read: Read, delimiter: str, codec: str) -> None:
    pieces = read(ROW, CUSTOMERS.replace(",", delimiter).encode(codec))
    assert pieces.tables[-1].headers == ("氏名", "電話番号", "備考")
    assert pieces.reasons == []


def test_titles_above_the_header(read: Read) -> None:
    pieces = read(ROW, "顧客一覧,,\r\n\r\n作成日,2026-01-01,\r\n" + CUSTOMERS.replace(",備考", ",備考"))
    assert ("電話番号", "090-0000-0001") in pieces.cells or ("", "090-0000-0001") in pieces.cells
    title = read(ROW, "顧客一覧\r\n\r\n" + CUSTOMERS)
    assert ("電話番号", "090-0000-0001") in title.cells
    title.assert_places()


@pytest.mark.parametrize("text", ["1,090-0000-0001\n2,090-0000-0002\n", "山田,a@example.jp\n佐藤,b@example.jp\n"])
def test_values_are_no_header(read: Read, text: str) -> None:
    (table,) = read(ROW, text).tables
    assert table.headers == ()
    assert len(table.columns[0]) == 2


def test_quotes_doubled_quotes_and_newlines_have_true_places(read: Read) -> None:
    pieces = read(ROW, 'name,memo\r\n"A ""B"" C","line one\r\n090-0000-0001"\r\nx,y\r\n')
    table = pieces.tables[-1]
    assert table.columns == (('A "B" C', "x"), ("line one\r\n090-0000-0001", "y"))
    place = table.locate(1, 0, table.columns[1][0].index("090"))
    assert (place.line, place.column) == (3, 1)
    assert table.locate(0, 0, 6).column == 10
    assert table.locate(0, 1, 0).line == 4
    pieces.assert_places()


def test_the_delimiter_between_quotes_is_the_one(read: Read) -> None:
    (table,) = read(ROW, '"1","a;b;c;d"\n"2","e;f;g;h"\n').tables
    assert table.columns == (("1", "2"), ("a;b;c;d", "e;f;g;h"))


def test_single_quotes(read: Read) -> None:
    table = read(ROW, "name,tel\n'山田, 太郎','090-0000-0001'\n'佐藤','090-0000-0002'\n").tables[-1]
    assert table.columns[0] == ("山田, 太郎", "佐藤")


def test_a_wider_row_keeps_all_its_cells(read: Read) -> None:
    pieces = read(ROW, "name,tel\nA,1,090-0000-0001,x\nB,2\n")
    assert ("", "090-0000-0001") in pieces.cells
    pieces.assert_shape()


def test_nuls_and_old_line_ends(read: Read) -> None:
    pieces = read(ROW, "name,tel\rA\0,090-0000-0001\rB,090-0000-0002\r")
    assert any("090-0000-0002" in text for text in pieces.texts)
    assert any("090-0000-0001" in text for text in pieces.texts)


def test_an_open_quote_at_the_end_becomes_text(read: Read) -> None:
    pieces = read(ROW, 'name,tel\nA,1\nB,"090-0000-0001\nC,090-0000-0002\n')
    (segment,) = pieces.segments
    assert segment.text == 'B,"090-0000-0001\nC,090-0000-0002\n'
    assert (segment.first_line, segment.first_column) == (3, 1)


def test_endless_records_become_text_and_reading_goes_on() -> None:
    text = "name,tel\nA,1\n" + "y" * 95 + '\nB,"' + "z\n" * 60 + "C,090-0000-0001\n"
    pieces = list(iter_pieces(iter([text]), limit=90))
    segments = [piece for piece in pieces if isinstance(piece, Segment)]
    assert [(segment.first_line, segment.text[:3]) for segment in segments] == [(3, "yyy"), (4, 'B,"')]
    last = [piece for piece in pieces if isinstance(piece, Table)][-1]
    assert "090-0000-0001" in last.columns[1]
    row = last.columns[1].index("090-0000-0001")
    assert last.locate(1, row, 0).line == len(split_lines(text))


def test_one_long_line_over_many_blocks_is_one_run_of_text() -> None:
    blocks = ["a,b\n1,2\n", *["x" * 50] * 10, "\n3,4\n"]
    pieces = list(iter_pieces(iter(blocks), limit=90))
    (segment,) = [piece for piece in pieces if isinstance(piece, Segment)]
    assert segment.text == "x" * 500 + "\n"
    assert [piece for piece in pieces if isinstance(piece, Table)][-1].locate(0, 1, 0).line == 4


def test_blocks_of_ten_thousand_rows(read: Read) -> None:
    tables = read(ROW, "name,tel\n" + "A,1\n" * 10_001).tables
    assert sorted(len(table.columns[0]) for table in tables) == [1, 1, 10_000]


@settings(max_examples=200, deadline=None)
@given(CELLS, st.sampled_from(["\n", "\r\n"]))
def test_what_csv_writes_is_read_back_with_true_places(rows: list[list[str]], newline: str) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=newline).writerows([["p", "q"], *rows])
    source = out.getvalue()
    lines = split_lines(source)
    expected = sorted(cell for row in [["p", "q"], *rows] for cell in row if cell)
    found = []
    for table in (piece for piece in iter_pieces(iter([source])) if isinstance(piece, Table)):
        for number, column in enumerate(table.columns):
            for row, cell in enumerate(column):
                found.extend([cell] if cell else [])
                for offset, char in enumerate(cell):
                    if char in "\r\n":
                        continue
                    place = table.locate(number, row, offset)
                    assert lines[(place.line or 0) - 1][(place.column or 0) - 1] == char
    assert sorted(found) == expected


@settings(max_examples=150, deadline=None)
@given(st.text('a1,"\n\r\0;', max_size=60), st.integers(1, 30))
def test_no_character_of_broken_text_is_lost(source: str, limit: int) -> None:
    found: dict[str, int] = {}
    for piece in iter_pieces(iter(split_lines(source)), limit):
        texts: Iterator[str] = iter(
            [piece.text[piece.lead : len(piece.text) - piece.tail]] if isinstance(piece, Segment) else []
        )
        if isinstance(piece, Table):
            texts = (cell for column in piece.columns for cell in column)
        for char in "".join(texts):
            found[char] = found.get(char, 0) + 1
    for char in "a1\0":
        assert found.get(char, 0) == source.count(char)
