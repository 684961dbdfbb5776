"""SQL dumps become rows with true places; all else of them is text, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan.blocks import advance, split_lines
from piiscan.extractors.sql import iter_pieces
from piiscan.piece import Problem, Segment, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.extractors.conftest import Read

# ruff: noqa: S608 - nobody runs these statements
ROW = "sql:extract_sql"


def test_rows_of_many_statements_are_one_table(read: Read) -> None:
    pieces = read(
        ROW,
        "-- 名簿\nINSERT INTO `meibo` (`氏名`, `tel`) VALUES ('山田', '090-0000-0001');\n"
        "INSERT INTO `meibo` (`氏名`, `tel`) VALUES ('佐藤',NULL),\n ('O\\'Hara''s', -5) ;\n",
    )
    (table,) = pieces.tables
    assert table.headers == ("氏名", "tel")
    assert table.columns == (("山田", "佐藤", "O'Hara's"), ("090-0000-0001", "", "-5"))
    (text,) = pieces.segments
    assert text.text == "-- 名簿\nINSERT INTO `meibo`"
    place = table.locate(0, 2, 2)
    assert (place.line, place.column) == (4, 7)
    place = table.locate(0, 2, 7)
    assert (place.line, place.column) == (4, 13)
    pieces.assert_places()


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE t (id int, tel varchar(20) NOT NULL DEFAULT 'a,b)', PRIMARY KEY (id))",
        'CREATE TEMPORARY TABLE IF NOT EXISTS "s"."T" (\n"id" serial, -- the (one\n "tel" text CHECK (tel <> \';\'))',
        "create table [dbo].[t] ([id] int IDENTITY(1,1), [tel] nvarchar(max), CONSTRAINT [x] PRIMARY KEY ([id]))",
        "CREATE TABLE `t` (`id` int, `tel` text, KEY `i` (`tel`), UNIQUE KEY `u` (`id`)) ENGINE=InnoDB",
    ],
)
def test_columns_are_those_of_the_definition(read: Read, made: str) -> None:
    pieces = read(ROW, made + ";\n\nINSERT INTO t VALUES (1, '03-0000-0001');\nREPLACE INTO T VALUES (2, '2');")
    (table,) = pieces.tables
    assert (table.headers, table.columns) == (("id", "tel"), (("1", "2"), ("03-0000-0001", "2")))
    assert made in pieces.segments[0].text
    pieces.assert_places()


def test_a_comment_on_a_column_names_it(read: Read) -> None:
    pieces = read(
        ROW, "CREATE TABLE t (`c1` text COMMENT '電話番号', key text);INSERT INTO t (key, c1) VALUES (1, 2),(3, 4)"
    )
    assert [table.headers for table in pieces.tables] == [("key", "c1 電話番号")]


def test_names_of_columns_are_text_where_they_may_be_values(read: Read) -> None:
    pieces = read(ROW, 'INSERT INTO t ("a@example.jp", "b") VALUES (1, 2);INSERT INTO t ("age", "x3") VALUES (1, 2);')
    assert [segment.text for segment in pieces.segments] == [
        'INSERT INTO t ("a@example.jp", "b") VALUES ',
        "INSERT INTO t",
    ]


def test_rows_without_names_are_told_apart_by_their_table(read: Read) -> None:
    pieces = read(
        ROW,
        "INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\nINSERT INTO b VALUES (3);INSERT ALL INTO b VALUES (4)",
    )
    assert [table.columns for table in pieces.tables] == [(("1", "2"),), (("3", "4"),)]
    assert [table.headers for table in pieces.tables] == [(), ()]


@pytest.mark.parametrize(
    ("source", "cell"),
    [
        ("N'山田'", "山田"),
        ("E'a\\tb\\'c'", "a\tb'c"),
        ("_utf8mb4'x'", "x"),
        ("DATE '1980-01-02'", "1980-01-02"),
        ("'x'::character varying(20)", "x"),
        ('"x"', "x"),
        ("null", ""),
        ("''", ""),
        ("''''", "'"),
        ("now()", "now()"),
        ("to_date('1980-01-02', 'YYYY-MM-DD')", "to_date('1980-01-02', 'YYYY-MM-DD')"),
        ("/* 'a', */ 'b'", "/* 'a', */ 'b'"),
        ("'a' || 'b'", "'a' || 'b'"),
        ("'a;\n b, (c'", "a;\n b, (c"),
        ("0x41", "0x41"),
    ],
)
def test_cells(read: Read, source: str, cell: str) -> None:
    for around in (
        "INSERT INTO t (a, b, c) VALUES (1, {}, 'z');",
        "INSERT t (a, b, c) VALUES (f(1), {} ,'z'), (1,2,3)",
    ):
        pieces = read(ROW, around.format(source))
        (table,) = pieces.tables
        assert (table.headers, table.columns[1][0], table.columns[2][0]) == (("a", "b", "c"), cell, "z")


def test_backslashes_escape_where_that_makes_rows(read: Read) -> None:
    standard = read(
        ROW, "INSERT INTO t VALUES ('C:\\', 'a'), ('D:\\', 'b');\nINSERT INTO t VALUES ('E:\\', 'it''s');\n"
    )
    assert standard.tables[0].columns == (("C:\\", "D:\\", "E:\\"), ("a", "b", "it's"))
    mysql = read(ROW, "INSERT INTO t VALUES ('it\\'s', 'a\\\\');\nINSERT INTO t VALUES ('\\'', 'a\\nb');\n")
    assert mysql.tables[0].columns == (("it's", "'"), ("a\\", "a\nb"))
    assert mysql.tables[0].locate(1, 1, 2).column == 33
    late = read(ROW, "INSERT INTO `t` VALUES ('C:\\', 'a');\nINSERT INTO `t` VALUES ('D:\\', 'b');\n")
    assert late.tables[0].columns == (("C:\\", "D:\\"), ("a", "b"))


def test_comments_between_rows_are_text(read: Read) -> None:
    pieces = read(ROW, "INSERT INTO t VALUES (1), -- 090-0000-0001\n (2)\n/* b */\n, (3) -- c\n;\nCOMMIT;")
    assert pieces.tables[0].columns == (("1", "2", "3"),)
    assert [segment.text for segment in pieces.segments] == [
        "INSERT INTO t VALUES ", ", -- 090-0000-0001\n ", "\n/* b */\n, ", "-- c\n;\nCOMMIT;",
    ]  # fmt: skip
    pieces.assert_places()


def test_statements_of_batches_are_read_once(read: Read) -> None:
    pieces = read(ROW, "".join(f"INSERT [dbo].[t] ([a]) VALUES (N'{at}')\r\nGO\r\n" for at in range(9)))
    assert [segment.text for segment in pieces.segments] == ["INSERT [dbo].[t]", "GO\r\n"]
    assert pieces.tables[0].columns == (tuple(map(str, range(9))),)
    pieces.assert_places()


def test_copy(read: Read) -> None:
    pieces = read(
        ROW,
        "CREATE TABLE public.t (id int, name text);\nCOPY public.t FROM stdin;\n1\t山田\n2\t\\N\n3\ta\\tb\\\\c\n\\.\n\n"
        'COPY public.t ("name") FROM stdin;\r\n\\N\r\nx\r\n\\.\r\n-- 終わり\n',
    )
    assert [(table.headers, table.columns) for table in pieces.tables] == [
        (("id", "name"), (("1", "2", "3"), ("山田", "", "a\tb\\c"))),
        (("name",), (("", "x"),)),
    ]
    assert [pieces.tables[0].locate(1, 2, at).column for at in range(5)] == [3, 4, 6, 7, 9]
    assert pieces.segments[-1].text == "\\.\r\n-- 終わり\n"
    pieces.assert_places()


def test_a_copy_without_end_gives_way_to_text(read: Read) -> None:
    pieces = read(ROW, "COPY t (a, b) FROM stdin;\n1\t2\nINSERT INTO t (a, b) VALUES (3, 4);\n")
    assert [table.columns for table in pieces.tables] == [(("1", "3"), ("2", "4"))]


@pytest.mark.parametrize(
    "broken",
    [
        "INSERT INTO t (a) VALUES ('090-0000-0001', (2;\nINSERT INTO t (a) VALUES ('090-0000-0002');\n",
        "INSERT INTO t (a) VALUES ('090-0000-0001);\nSELECT 1;\nINSERT INTO t (a) VALUES (090-0000-0002);\n",
        "INSERT INTO t (a) VALUES (/* 090-0000-0001);\nINSERT INTO t (a) VALUES ('090-0000-0002');\n",
        "INSERT INTO t SELECT '090-0000-0001';\nUPDATE t SET tel = '090-0000-0002';\n",
        "INSERT INTO t (a VALUES ('090-0000-0001');\nCREATE TABLE x (a, '090-0000-0002",
        "INSERT INTO t (a) VALUES " + "(" * 100_000 + "'090-0000-0001', '090-0000-0002'",
        "COPY t (a, b) FROM stdin;\n090-0000-0001\t1\t2\n090-0000-0002",
    ],
)
def test_broken_sql_loses_nothing(read: Read, broken: str) -> None:
    pieces = read(ROW, broken)
    for number in ("090-0000-0001", "090-0000-0002"):
        assert any(number in text for text in pieces.texts)
    pieces.assert_places()
    pieces.assert_shape()


def test_reading_goes_on_behind_a_row_without_end(read: Read) -> None:
    pieces = read(ROW, "INSERT INTO t (a) VALUES (1, (2);\n\nINSERT INTO t (a) VALUES ('3');")
    assert pieces.cells == [("a", "3")]


def test_long_rows_are_text_and_wide_ones_several() -> None:
    source = "INSERT INTO t (a) VALUES ('" + "x" * 100 + "');\nINSERT INTO t (a) VALUES ('y');\n"
    pieces = list(iter_pieces(iter([source]), limit=80))
    assert [piece.columns for piece in pieces if isinstance(piece, Table)] == [(("y",),)]
    assert "x" * 100 in "".join(piece.text for piece in pieces if isinstance(piece, Segment))
    wide = list(iter_pieces(iter([f"INSERT INTO t VALUES ({', '.join(map(str, range(2500)))})"])))
    tables = [piece for piece in wide if isinstance(piece, Table)]
    assert sorted(int(cell) for piece in tables for column in piece.columns for cell in column if cell) == [
        *range(2500)
    ]


def _read(source: str, size: int, limit: int = 60) -> tuple[list[tuple[object, ...]], str]:
    """Read `source` in pieces of `size`; give what tables hold and the text between."""
    found: list[tuple[object, ...]] = []
    text = ""
    lines = split_lines(source)
    for piece in iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)]), limit):
        if isinstance(piece, Table):
            for at, column in enumerate(piece.columns):
                header = piece.headers[at] if piece.headers else ""
                found += [(header, cell, *_places(piece, at, row, cell, lines)) for row, cell in enumerate(column)]
        elif isinstance(piece, Problem):
            found.append(("", piece.reason))
        else:
            assert isinstance(piece, Segment)
            core = piece.text[piece.lead : len(piece.text) - piece.tail]
            line, column_ = advance(piece.first_line or 0, piece.first_column, piece.text[: piece.lead])
            assert lines[line - 1][column_ - 1 :].startswith(split_lines(core)[0])
            text += core
    return found, text


def _places(table: Table, column: int, row: int, cell: str, lines: list[str]) -> Iterable[tuple[int, int]]:
    for offset, char in enumerate(cell):
        place = table.locate(column, row, offset)
        assert place.line is not None
        assert place.column is not None
        assert lines[place.line - 1][place.column - 1] in {char, "\\"}
        yield place.line, place.column


VALUES = st.text("a1'\\\n\";,()- 髙", max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), min_size=1, max_size=5), st.integers(1, 40), st.booleans())
def test_every_value_is_read_at_its_place(rows: list[list[str]], size: int, is_mysql: bool) -> None:
    def quoted(value: str) -> str:
        return "'" + (value.replace("\\", "\\\\") if is_mysql else value).replace("'", "''") + "'"

    name = "`t`" if is_mysql else "t"
    source = "".join(f"INSERT INTO {name} (x, y) VALUES ({quoted(one)}, {quoted(two)});\n" for one, two in rows)
    found, text = _read(source, size, limit=1000)
    assert sorted(str(cell) for _, cell, *_ in found) == sorted(value for row in rows for value in row)
    assert text == f"INSERT INTO {name}"


PARTS = st.sampled_from(
    ["INSERT INTO t ", "INSERT ", "INTO ", "t ", "(a, b)", " VALUES ", "(", ")", "('1', 1)", "(1,\n'1')", ", ", ";\n",
     "'", '"', "`", "\\", "1", "\r\n", "-- 1\n", "/* 1", "*/", "CREATE TABLE t (", "a int, ",
     "COPY t (a, b) FROM stdin;\n", "1\t1\n", "\\.\n", "f(1)", "N'1'", "髙", "E'1\\'", "GO\n",
     "REPLACE INTO `t` VALUES ('1',2)"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=25), st.integers(1, 40))
def test_nothing_is_lost_however_text_comes(parts: list[str], size: int) -> None:
    source = "".join(parts)
    found, text = _read(source, len(source) or 1)
    cells = "".join(str(cell) for _, cell, *_ in found)
    assert (cells + text).count("1") == source.count("1")
    assert (cells + text).count("髙") == source.count("髙")
    again, same = _read(source, size)
    assert (sorted(map(str, again)), same) == (sorted(map(str, found)), text)


PG = "-- dump\nCOPY public.t (id, name) FROM stdin;\n1\t山田;\n2\tit's\n\\.\n"
MYSQL = (
    "-- MySQL dump\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `t`;\n"
    "CREATE TABLE `t` (\n  `a` int,\n  `b` text\n);\n"
    "INSERT INTO `t` VALUES (1,'it\\'s; :)'),(2,'x -- y');\nUNLOCK TABLES;\n-- that's all\n"
)
SINGLE = "".join(f"INSERT INTO s.t (a, b) VALUES ({at}, 'O''Hara {at};\nline');\n" for at in range(5))


@pytest.mark.parametrize(
    "whole",
    [
        PG,
        MYSQL,
        SINGLE,
        SINGLE.rstrip("\n;"),
        "",
        "SELECT 1",
        "-- don't\nSELECT a, 'it''s' -- nor won't\nFROM t WHERE b = ')' # isn't\n",
        "UPDATE t SET a = 'x;\ny' WHERE b IN (1, 2);\nDELETE FROM t WHERE c = E'it\\'s'",
        "SELECT q'[it's (]', nq'!don't!' FROM dual\n/\n",
        "INSERT INTO t VALUES (1, q'[it's]')",
        "INSERT INTO t (a) SELECT b FROM u",
        "INSERT INTO t DEFAULT VALUES",
        "INSERT INTO t SET a = 1",
        "PROMPT Don't forget (\n@next.sql\n",
        "These are the boss's notes (on paper\n",
        "DELIMITER //\nCREATE PROCEDURE p() BEGIN\n  SELECT 'a';\n  -- it's\nEND //\nDELIMITER ;\n",
        "CREATE FUNCTION f() AS $$ BEGIN\n  -- it's (\n  RETURN 1; END $$ LANGUAGE plpgsql;\n-- isn't\n",
        "INSERT [t] ([a]) VALUES (N'1')\r\nGO\r\nUPDATE [t] SET [a] = N'2'\r\nGO\r\n",
        "INSERT INTO t VALUES ('O'Hara');\n",  # nobody escaped it, but the statement has its end
    ],
)
def test_what_is_whole_is_not_called_cut(read: Read, whole: str) -> None:
    assert read(ROW, whole).reasons == []


@pytest.mark.parametrize(
    ("cut", "kept"),
    [
        ("INSERT INTO t (a, b) VALUES (1, '090-0000-0001", "090-0000-0001"),
        ("INSERT INTO t (a, b) VALUES (1, '090-0000-0001'", "090-0000-0001"),
        ("INSERT INTO t VALUES ('090-0000-0001'),\n", "090-0000-0001"),
        ("INSERT INTO t VALUES ('090-0000-0001'), ('it\\'s; ", "090-0000-0001"),
        ("INSERT INTO t VALUES ('090-0000-0001'), ('a;\nb", "090-0000-0001"),
        ("INSERT INTO t (a) VALUES ('090-0000-0001');\nINSERT INTO t (a) VAL", "090-0000-0001"),
        ("INSERT INTO t (a) VALUES ('090-0000-0001');\nINS", "090-0000-0001"),
        ("SELECT '090-0000-0001';\nINSERT INTO t (a, b", "090-0000-0001"),
        ("SELECT '090-0000-0001';\nINSERT INTO `t` VALUES", "090-0000-0001"),
        ("SELECT '090-0000-0001';\nINSERT INTO `t", "090-0000-0001"),
        ("SELECT '090-0000-0001';\nCREATE TABLE t (a int, ", "090-0000-0001"),
        ("SELECT 1;\nUPDATE t SET tel = '090-0000-0001", "090-0000-0001"),
        ("SELECT 1;\n-- it's\nUPDATE t SET memo = 'it''s 090-0000-0001\n", "090-0000-0001"),
        ("SELECT 1;\n/* 090-0000-0001\n", "090-0000-0001"),
        ("COPY t (a, b) FROM stdin;\n090-0000-0001\t1\n", "090-0000-0001"),
        ("COPY t (a, b) FROM stdin;\n090-0000-0001\t1\n2;\n", "090-0000-0001"),
        ("COPY t (a, b) FROM stdin;\n090-0000-0001\t1\n\\", "090-0000-0001"),
        ("SELECT '090-0000-0001';\nCOPY t (a, b) FROM stdin;\n", "090-0000-0001"),
    ],
)
def test_what_stops_inside_of_a_statement_was_cut(read: Read, cut: str, kept: str) -> None:
    pieces = read(ROW, cut)
    assert pieces.reasons == ["damaged"]
    assert any(kept in text for text in pieces.texts)


def test_every_cut_of_a_dump_inside_of_a_row_is_told(read: Read) -> None:
    for dump, grammar in ((MYSQL, "'x -- y'"), (SINGLE, "'O''Hara 4;\nline'"), (PG, "it's")):
        start, end = dump.index(grammar), dump.index(grammar) + len(grammar)
        missed = [cut for cut in range(start, end) if read(ROW, dump[:cut]).reasons != ["damaged"]]
        assert all(dump[:cut].endswith(";\n") for cut in missed)  # there, a statement could end too


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_row_above_the_limit_is_cut_only_if_it_has_no_end(size: int) -> None:
    whole = "INSERT INTO t (a) VALUES ('" + "x; " * 50 + "'), ('y');\n-- it's all\n"
    for source, reasons in ((whole, []), (whole[:-16], ["damaged"]), (whole[:120], ["damaged"])):
        texts = [source[at : at + size] for at in range(0, len(source), size)]
        found = [piece.reason for piece in iter_pieces(iter(texts), limit=80) if isinstance(piece, Problem)]
        assert found == reasons
