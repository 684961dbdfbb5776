"""YAML becomes rows with true places, as JSON does; what is no value of one line is text, and nothing is lost."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING
from unittest import mock

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscan import runningtext
from piiscan.extractors import yaml_text
from piiscan.extractors.yaml_text import extract_yaml
from piiscan.jsonpieces import iter_pieces as iter_json
from piiscan.piece import Piece, Table
from piiscan.selftest import MAX_GROWTH
from tests.doubling import growth
from tests.extractors.keyed import assert_each_is_read_once, findings_in, places_of, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.extractors.conftest import Read

ROW = "yaml_text:extract_yaml"
PEOPLE = """\
# 担当: 090-0000-0009
people:
  - name: 佐藤花子   # 自宅
    tel: "090-0000-0001"
    address: {zip: '100-0001', "city": 千代田区}
  - name: 山田太郎
    tel: 090-0000-0002
    address:
      zip: 100-0002
      city: "\\u6e2f\\u533a"
tags: [a, b,
  c]
"""


def test_mappings_of_a_list_are_one_table(read: Read) -> None:
    pieces = read(ROW, PEOPLE)
    people, tags = pieces.tables
    assert people.headers == ("people.name", "people.tel", "address.zip", "address.city")
    assert people.columns[0] == ("佐藤花子", "山田太郎")
    assert people.columns[3] == ("千代田区", "港区")
    assert (tags.headers, tags.columns) == (("tags",), (("a", "b", "c"),))
    assert people.locate(1, 0, 4)[:2] == (4, 15)
    assert people.locate(3, 1, 1)[:2] == (10, 14)
    assert tags.locate(0, 2, 0)[:2] == (12, 3)


def test_comments_are_text_at_their_places(read: Read) -> None:
    (segment,) = read(ROW, PEOPLE).segments
    assert (segment.first_line, segment.text.split("\n")[0]) == (1, "# 担当: 090-0000-0009")
    assert segment.text.split("\n")[2].rstrip() == " " * 17 + "# 自宅"
    assert "090-0000-0001" not in segment.text


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ('[{"name": "山田", "tel": "1"}, {"name": "佐藤", "tel": 2, "x": null}]', None),
        ("- n: 山\n  t: '1'\n- n: 佐\n  t: 2\n  x: ~\n", '[{"n":"山","t":1},{"n":"佐","t":2,"x":null}]'),
        ("a:\n  b:\n    c: 1\n  d: 2\nlist: [1, 2, [3, 4]]\n", '{"a":{"b":{"c":1},"d":2},"list":[1,2,[3,4]]}'),
        ("sato: {tel: 1, zip: 2}\nito: {tel: 3, zip: 4}\n", '{"sato":{"tel":1,"zip":2},"ito":{"tel":3,"zip":4}}'),
        ("090-0000-0001: 1\na@example.jp: {b: 2}\n", '{"090-0000-0001": 1, "a@example.jp": {"b": 2}}'),
    ],
)  # fmt: skip
def test_rows_are_those_of_json(read: Read, source: str, same: str | None) -> None:
    def tables(pieces: Iterable[Piece]) -> list[tuple[object, object]]:
        return [(piece.headers, piece.columns) for piece in pieces if isinstance(piece, Table)]

    pieces = read(ROW, source)
    assert tables(pieces) == tables(iter_json(iter([same or source])))
    assert [segment.text for segment in pieces.segments] in ([], ["x: ~"], ['"x": null'])
    pieces.assert_places()


def test_what_json_finds_under_a_key_is_found() -> None:
    (found,) = findings_in("x.yaml", "- name: 佐藤花子\n")
    (same,) = findings_in("x.json", '[{"name": "佐藤花子"}]')
    assert (found.pattern, found.confidence, found.evidence) == (same.pattern, same.confidence, same.evidence)
    assert (found.location.line, found.location.column) == (1, 9)


@pytest.mark.parametrize("encoding", ["cp932", "euc-jp", "utf-8-sig", "utf-16"])
def test_files_of_all_encodings_are_read(encoding: str) -> None:
    found = findings_in(
        "x.yml", "担当:\r\n  氏名: 佐藤花子\r\n  携帯電話: 090-2345-6789 # 仕事用の電話です\r\n".encode(encoding)
    )
    assert {(each.pattern, each.location.line, each.location.column) for each in found} == {
        ("person_name", 2, 7),
        ("phone_mobile", 3, 9),
    }


def test_block_scalars_of_one_line_are_cells(read: Read) -> None:
    pieces = read(ROW, "a: |\n  x090\nb: >-  # why\n\n   y090\n\nc: |2\n    z\n")
    assert [cell for cell in pieces.cells if cell[1]] == [("a", "x090"), ("b", "y090"), ("c", "  z")]
    assert [pieces.tables[0].locate(at, 0, 1)[:2] for at in range(3)] == [(2, 4), (5, 5), (8, 4)]


def test_values_of_several_lines_are_text_beside_their_key(read: Read) -> None:
    source = 'memo: |\n  電話\n   090-0000-0001\nplain: one\n  two 090-0000-0002\nquoted: "a\n  090-0000-0003"\nz: 1\n'
    pieces = read(ROW, source)
    assert [cell for cell in pieces.cells if cell[1]] == [("z", "1")]
    (segment,) = pieces.segments
    assert segment.text == source.removesuffix("\nz: 1\n")


def test_values_of_several_lines_with_escapes_are_decoded(read: Read) -> None:
    pieces = read(ROW, 'name: "\\u4f50\\\n  \\u85e4"\n')
    assert pieces.cells == [("name", "佐藤")]
    assert pieces.tables[0].locate(0, 0, 1)[:2] == (1, 8)


def test_a_name_beside_a_number_in_one_value_is_found() -> None:
    found = findings_in("x.yaml", "staff:\n- 佐藤花子 090-2345-6789\n- &x 佐藤花子 090-2345-6780\n")
    assert [(each.pattern, each.location.line) for each in found if "name" in each.pattern] == [
        ("person_name", 2),
        ("person_name", 3),
    ]


def test_a_value_under_the_name_of_a_person_is_text_beside_it() -> None:
    found = findings_in("x.yaml", "佐藤花子: 090-2345-6789\n鈴木一郎: '090-2345-6780'\n")
    assert [(each.pattern, each.location.line) for each in found if "name" in each.pattern] == [
        ("person_name", 1),
        ("person_name", 2),
    ]


def test_what_stands_under_the_name_of_a_person_keeps_its_keys(read: Read) -> None:
    assert read(ROW, "佐藤花子:\n  tel: 090-0000-0001\n").cells == [("佐藤花子.tel", "090-0000-0001")]


def test_keys_are_headers_whatever_they_are(read: Read) -> None:
    pieces = read(ROW, "on: a\na/b: b\n&x true: c\n'$ref': d\n")
    assert [cell for cell in pieces.cells if cell[1]] == [("on", "a"), ("a/b", "b"), ("true", "c"), ("$ref", "d")]


def test_values_of_which_a_header_tells_nothing_are_text_beside_their_key(read: Read) -> None:
    pieces = read(ROW, "path: /etc/x\nname: Hanako Sato\nage: 46\nis: true\n")
    assert [cell for cell in pieces.cells if cell[1]] == [("name", "Hanako Sato"), ("age", "46")]
    assert [segment.text.split() for segment in pieces.segments] == [["path:", "/etc/x", "is:", "true"]]


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("escape", ["\\ud842", "\\U0000d842", "\\UFFFFFFFF", "\\U00110000", "\\q", "\\x0"])
def test_escapes_of_no_character_lose_nothing(read: Read, escape: str, loader: str) -> None:
    with mock.patch.object(yaml_text, "_LOADER", getattr(yaml, loader)):
        pieces = read(ROW, f'a: "{escape} 090-0000-0001"\nb: 090-0000-0002\n')
    for number in ("090-0000-0001", "090-0000-0002"):
        assert sum(text.count(number) for text in pieces.texts) == 1
    assert not any("\ud842" in text for text in pieces.texts)


def test_anchors_tags_and_aliases_are_text(read: Read) -> None:
    pieces = read(ROW, "a: &x090 !t090 'v'\nb: !!str &y w\nc: *x090\n<<: *x090\n")
    assert [cell for cell in pieces.cells if cell[1]] == [("a", "v"), ("b", "w")]
    pieces.assert_places()
    assert all(word in pieces.segments[0].text for word in ("&x090", "!t090", "*x090"))


@pytest.mark.parametrize("line", ["{{- if .Values.x }}", "\tt: 1", "a: b: c", "- }", "x: @home", 'y: "open'])
def test_what_is_no_yaml_is_text_up_to_the_next_document(read: Read, line: str) -> None:
    pieces = read(ROW, f"a: 090-0000-0001\n{line}\nb: 090-0000-0002\n---\nc: 090-0000-0003\n")
    assert ("c", "090-0000-0003") in pieces.cells
    assert sum(text.count("090-0000-0001") for text in pieces.texts) == 1
    assert "090-0000-0002\n---\n" in "".join(segment.text for segment in pieces.segments) + "---\n"
    assert pieces.reasons == []
    pieces.assert_places()


def test_the_key_of_what_is_no_yaml_stands_beside_it(read: Read) -> None:
    (segment,) = read(ROW, 'a: 1\n電話: "090-0000-0001\n').segments
    assert segment.text == '電話: "090-0000-0001\n'


def test_a_file_that_is_no_yaml_at_all_is_read_as_text(read: Read) -> None:
    source = "{{- if }}\n電話: 090-0000-0001\n"
    assert [piece.text for piece in read(ROW, source).segments] == [source]


@pytest.mark.parametrize("opening", ["[", "- ", "? ", "{a: ", "[\n"])
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_deep_nesting_is_text(read: Read, opening: str, loader: str) -> None:
    with mock.patch.object(yaml_text, "_LOADER", getattr(yaml, loader)):
        pieces = read(ROW, opening * 100_000 + "090-0000-0001")
    assert "090-0000-0001" in pieces.segments[-1].text


def test_a_bomb_of_aliases_is_not_followed(read: Read) -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    pieces = read(ROW, "\n".join(lines))
    assert sum(cell == "x" for _, cell in pieces.cells) == 1


def test_a_large_file_is_text(read: Read) -> None:
    with mock.patch.object(yaml_text, "LARGEST", 40):
        pieces = read(ROW, PEOPLE)
    assert (pieces.tables, pieces.segments[0].text) == ([], PEOPLE)


def test_a_long_value_is_text_with_its_key(read: Read) -> None:
    with mock.patch.object(runningtext, "LONGEST", 20):
        pieces = read(ROW, "memo: 'xxxxxxxxxxxxxxxxx 090-0000-0001'\ntel: 090-0000-0002\n")
    assert [cell for cell in pieces.cells if cell[1]] == [("tel", "090-0000-0002")]
    assert pieces.segments[0].text == "memo: 'xxxxxxxxxxxxxxxxx 090-0000-0001'"


def test_characters_that_yaml_does_not_have_are_kept(read: Read) -> None:
    pieces = read(ROW, "tel: 090\ufeff-0000-0001\nb: \x01x\u2028y\u0085\nc: 1")
    assert pieces.cells == [("tel", "090\ufeff-0000-0001"), ("b", "\x01x\u2028y\u0085"), ("c", "1")]
    pieces.assert_places()


def test_time_grows_with_the_size_of_a_file() -> None:
    sources = (
        PEOPLE * 40,
        "a: &x v # c\n" * 600,
        "---\n{{ }\n" * 600,
        "- |\n  a\n  b\n" * 600,
        "- &x |\n  a\n" * 600,
        "[a: " * 600,
        "? x\n" * 600,
    )
    for source in sources:

        def prepare(times: int) -> Callable[[], object]:
            data = (source * times).encode()  # noqa: B023 - used at once
            return lambda: [*extract_yaml(io.BytesIO(data), "x")]

        assert growth(prepare) < MAX_GROWTH, source[:20]


SIGNS = ("- ", ": ", ":", "\n", "\n  ", " ", '"', "'", "|\n  ", ">", "# ", " #", "&", "*", "{", "}", "[", "]", ", ",
         "\\", "\n---\n", "\t", "!", "%", "? ", "...\n", "\r\n", "\u2028", "\ufeff", "あ", "a: ", "\nb: ")  # fmt: skip


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@settings(max_examples=400, deadline=None)
@example(words=["", "a: ", "&", " ", "|\n  ", "\n  "])
@example(words=["? ", "a: ", "", "...\n", ""])
@given(words=st.lists(st.sampled_from(SIGNS) | st.just(""), max_size=40))
def test_each_word_is_read_once(loader: str, words: list[str]) -> None:
    source = source_of(words).lstrip("\ufeff")
    with mock.patch.object(yaml_text, "_LOADER", getattr(yaml, loader)):
        found = [*extract_yaml(io.BytesIO(source.encode("utf-8-sig")), "x")]
    assert_each_is_read_once(words, source, found, escapes=("\\", "''"))


KEYS = st.sampled_from(["氏名", "tel", "携帯電話", "address", "mail", "memo", "a b"])
VALUES = st.sampled_from(
    [
        "佐藤花子",
        "090-2345-6789",
        "東京都千代田区丸の内1-2-3",
        "hanako.sato@kanariya-shouji.co.jp",
        "佐藤花子 090-2345-6789",
        "x",
    ]
)
TREES = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=9
)


@settings(max_examples=80, deadline=None)
@given(tree=TREES, width=st.sampled_from([20, 80]), quote=st.sampled_from([None, "'", '"']))
def test_what_plain_text_finds_is_found(tree: object, width: int, quote: str | None) -> None:
    source = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=False, width=width, default_style=quote)
    assert places_of(findings_in("x.txt", source)) - places_of(findings_in("x.yaml", source)) == set()


@settings(max_examples=40, deadline=None)
@given(tree=TREES, is_flow=st.sampled_from([None, True]))
def test_what_plain_text_finds_of_numbers_and_addresses_is_found_in_flow_style(
    tree: object, is_flow: bool | None
) -> None:
    source = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=is_flow)
    # a name beside a number in the next item, or in the value of the next key: these are no text, no more than in JSON
    plain = [each for each in findings_in("x.txt", source) if not each.pattern.startswith("person_name")]
    assert places_of(plain) - places_of(findings_in("x.yaml", source)) == set()


def test_json_is_yaml() -> None:
    source = json.dumps({"people": [{"氏名": "佐藤花子", "携帯電話": "090-2345-6789"}]}, ensure_ascii=False)
    assert [each.location for each in findings_in("x.yaml", source)] == [
        each.location for each in findings_in("x.json", source)
    ]
