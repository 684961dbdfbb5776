"""TOML and settings become rows with true places; all else of them is text, and nothing is lost."""

from __future__ import annotations

import io
import json
import tomllib
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscan.extractors import open_extractor, settings_text
from piiscan.jsonpieces import iter_pieces as iter_json
from piiscan.piece import Table
from piiscan.selftest import MAX_GROWTH
from tests.doubling import growth
from tests.extractors.keyed import assert_each_is_read_once, findings_in, places_of, source_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.extractors.conftest import Read

TOML, INI = "settings_text:extract_toml", "settings_text:extract_ini"


def test_tables_of_a_list_are_rows(read: Read) -> None:
    pieces = read(
        TOML,
        "# 名簿\n[[people]]\nname = \"佐藤\"  # 自宅\n[people.address]\nzip = '1'\n"
        '[[people]]\nname = "山田"\naddress = {zip = "2"}\n',
    )
    (people,) = pieces.tables
    assert (people.headers, people.columns) == (("people.name", "address.zip"), (("佐藤", "山田"), ("1", "2")))
    assert (pieces.segments[0].first_line, pieces.segments[0].text.split()) == (1, ["#", "名簿", "#", "自宅"])
    pieces.assert_places()


@pytest.mark.parametrize(
    "source",
    [
        'title = "x"\n[a.b]\n"c" = 1\nd = [1, "2", [3, 4], {e = "5", f = []}]\n[a.g]\nh = 7\n',
        "[a]\nx = 1\n[b.c]\ny = 2\n[[b.d]]\nz = 3\n[[b.d]]\nz = 4\n[b.d.e]\nf = 5\n",
        '[sato]\ntel = "1"\nzip = "2"\n[ito]\ntel = "3"\nzip = "4"\n',
        "a = [\n  1, # one\n  2,\n]\nb = ''\nc = \"\"\n",
    ],
)
def test_rows_are_those_of_json(read: Read, source: str) -> None:
    same = [*iter_json(iter([json.dumps(tomllib.loads(source))]))]
    rows = {(piece.headers, *zip(*piece.columns, strict=True)) for piece in same if isinstance(piece, Table)}
    pieces = read(TOML, source)
    # in a file of TOML, what is nested comes behind all else
    assert {(each.headers, *zip(*each.columns, strict=True)) for each in pieces.tables} == rows
    pieces.assert_places()


def test_escapes_are_decoded_and_placed_at_their_start(read: Read) -> None:
    pieces = read(TOML, 'a = "\\u6c0f\\U0000540D\\t\\"x\\ud842"\nb = \'X9\\new\'\n')
    assert pieces.cells == [("a", '氏名\t"x\ufffd'), ("b", "X9\\new")]
    assert pieces.tables[0].locate(0, 0, 2)[:2] == (1, 6)
    assert pieces.tables[0].locate(1, 0, 2)[:2] == (2, 8)


@pytest.mark.parametrize(
    "lines",
    [
        'memo = """\ntel = 090-0000-0001\n"""',
        "memo = '''090-0000-0001'''",
        'memo = """090-0000-0001',
        "at = 1979-05-27 07:32:00 090-0000-0001",
        'x = [ "a", = 090-0000-0001 ]',
        'x = "open 090-0000-0001',
        "x = { a = 1, } 090-0000-0001",
        "x = 1 ] 090-0000-0001",
        "some words 090-0000-0001",
        "電話 = '佐藤花子 090-0000-0001'",
    ],
)
def test_what_is_no_value_of_a_line_is_text(read: Read, lines: str) -> None:
    pieces = read(TOML, f'a = "x"\n{lines}\nb = "y"\n')
    assert [cell for cell in pieces.cells if cell[1] in {"x", "y"}] in ([("a", "x"), ("b", "y")], [("a", "x")])
    assert lines in "".join(segment.text for segment in pieces.segments)
    assert sum(text.count("0001") for text in pieces.texts) == 1
    pieces.assert_places()


def test_settings_are_rows_of_their_section(read: Read) -> None:
    source = "; 名簿\n[担当]\n氏名 = 佐藤 ; 自宅\ntel: 1\nexport q='a # 9'\npath = X9\\temp\\new\n\\u6c0f=\\u4f50\n"
    pieces = read(INI, source)
    (table,) = pieces.tables
    assert table.headers == ("担当.氏名", "担当.tel", "担当.q", "担当.path", "担当.氏")
    assert [column[0] for column in table.columns] == ["佐藤", "1", "a # 9", "X9\\temp\\new", "佐"]
    assert pieces.segments[0].text.split() == [";", "名簿", ";", "自宅"]
    assert [table.locate(at, 0, 0)[:2] for at in range(5)] == [(3, 6), (4, 6), (5, 11), (6, 8), (7, 8)]


@pytest.mark.parametrize(
    "line",
    [
        "一覧 = 090-0000-0001 \\\n  090-0000-0002",
        "server http://example.jp:8080/ 090-0000-0001",
        "佐藤花子 = 090-0000-0001",
        "連絡先: 佐藤花子 090-0000-0001",
        "[12:30] 090-0000-0001",
    ],
)
def test_what_is_no_setting_is_text(read: Read, line: str) -> None:
    pieces = read(INI, f"a=x\n{line}\nb=y\n")
    assert [cell for cell in pieces.cells if cell[1]] == [("a", "x"), ("b", "y")]
    assert line in "".join(segment.text for segment in pieces.segments)


def test_keys_with_digits_or_at_signs_are_text(read: Read) -> None:
    pieces = read(INI, "[a@example.jp]\n090-0000-0001 = x\n")
    assert [segment.text.split() for segment in pieces.segments] == [["[a@example.jp]", "090-0000-0001", "="]]
    assert [cell for _, cell in pieces.cells] == ["x"]


@pytest.mark.parametrize("name", ["x.ini", "x.toml"])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_what_json_finds_under_a_key_is_found(name: str, encoding: str) -> None:
    found = findings_in(name, '[people]\r\nname = "佐藤花子"\r\n電話番号 = "090-2345-6789"\r\n'.encode(encoding))
    assert {(each.pattern, each.location.line, each.location.column) for each in found} == {
        ("person_name", 2, 9),
        ("phone_mobile", 3, 9),
    }


def test_a_section_that_holds_much_is_text(read: Read) -> None:
    messages = "".join(f"m.{first}{second} = 電話\n" for first in "abc" for second in "abcdefghijklmnopqrstuvwxyz")
    source = f"[messages]\n{messages}[a]\nb = y\n"
    assert read(INI, source).cells == [("a.b", "y")]


def test_a_large_file_is_text(read: Read) -> None:
    with mock.patch.object(settings_text, "LARGEST", 10):
        pieces = read(TOML, "a = 1\n" * 9)
    assert (pieces.tables, pieces.segments[0].text) == ([], "a = 1\n" * 9)


SOURCES = (
    "a = 'v' # c\n",
    "[a]\n",
    "[[a.b]]\nc = 1\n",
    "a = {\n",
    "a = [",
    "a = '''\n",
    "a" + " " * 99,
    'a = "',
    "# x\n",
    "x = [1,\n#",
)


@pytest.mark.parametrize("row", [TOML, INI])
@pytest.mark.parametrize("source", SOURCES)
def test_time_grows_with_the_size_of_a_file(row: str, source: str) -> None:
    extract = open_extractor(row)

    def prepare(times: int) -> Callable[[], object]:
        data = (source * 3000 * times).encode()
        return lambda: [*extract(io.BytesIO(data), "x")]

    assert growth(prepare) < MAX_GROWTH


SIGNS = (
    *(
        " = ",
        "=",
        ":",
        "\n",
        "\n  ",
        " ",
        '"',
        "'",
        '"""',
        "'''",
        " #",
        "; ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "\\",
        "\n[",
        "[[",
    ),
    *(".", "]\n", "\r\n", "\r", "a = ", '\nb = "', "export ", "@", "あ", "佐藤花子 ", "090-2345-678"),
)


@pytest.mark.parametrize("row", [TOML, INI])
@settings(max_examples=400, deadline=None)
@example(words=["a = ", '"', "", '"', " #", ""])
@given(words=st.lists(st.sampled_from(SIGNS) | st.just(""), max_size=40))
def test_each_word_is_read_once(row: str, words: list[str]) -> None:
    source = source_of(words)
    found = open_extractor(row)(io.BytesIO(source.encode("utf-8-sig")), "x")
    assert_each_is_read_once(words, source, found, escapes=("\\",))


@settings(max_examples=80, deadline=None)
@given(
    sections=st.lists(
        st.dictionaries(
            st.sampled_from(["氏名", "佐藤花子", "tel", "携帯電話", "address", "mail", "memo"]),
            st.sampled_from(
                [
                    "佐藤花子",
                    "090-2345-6789",
                    "東京都千代田区丸の内1-2-3",
                    "hanako.sato@kanariya-shouji.co.jp",
                    "佐藤花子 090-2345-6789",
                ]
            ),
            max_size=4,
        ),
        max_size=3,
    ),
    name=st.sampled_from(["x.ini", "x.toml", "x.properties"]),
    sign=st.sampled_from([" = ", "=", ": "]),
)
def test_what_plain_text_finds_is_found(sections: list[dict[str, str]], name: str, sign: str) -> None:
    quote, sign = ('"', "=") if name == "x.toml" else ("", sign)
    source = "".join(
        "[s]\n" + "".join(f"{key}{sign}{quote}{value}{quote}\n" for key, value in section.items())
        for section in sections
    )
    assert places_of(findings_in("x.txt", source)) - places_of(findings_in(name, source)) == set()
