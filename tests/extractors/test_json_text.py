"""JSON becomes rows with true places; broken JSON loses nothing and says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan import jsonpieces
from piiscan.blocks import split_lines
from piiscan.jsonpieces import iter_pieces
from piiscan.jsontokens import Tokens
from piiscan.jsonwhole import Containers
from piiscan.piece import Problem, Segment, Table

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "json_text:extract_json"
STRINGS = st.text('a1"\\\n髙𠮷 {[,:@', max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=12,
)


def test_objects_with_the_same_keys_are_one_table(read: Read) -> None:
    pieces = read(ROW, '[{"name": "山田", "tel": "090-0000-0001"},\n {"name": "佐藤", "tel": 9000000002, "x": null}]')
    assert [table.headers for table in pieces.tables] == [("name", "tel"), ("name", "tel", "x")]
    assert ("tel", "9000000002") in pieces.cells
    assert ("x", "") in pieces.cells
    place = pieces.tables[0].locate(1, 0, 4)
    assert (place.line, place.column) == (1, 29)
    pieces.assert_places()
    pieces.assert_shape()


def test_json_lines_and_their_lines(read: Read) -> None:
    (table,) = read(ROW, '{"tel":"1"}\n{"tel":"2"}\r\n{"tel":"3"}\n').tables
    assert table.columns == (("1", "2", "3"),)
    assert [table.locate(0, row, 0).line for row in range(3)] == [1, 2, 3]


def test_parents_name_nested_members(read: Read) -> None:
    cells = read(
        ROW, '{"id": 7, "tel": {"home": "03", "work": ["06", "052"]}, "memo": [["a", "b"]], "t": [{"z": 1}]}'
    ).cells
    assert set(cells) == {
        ("id", "7"),
        ("tel.home", "03"),
        ("work", "06"),
        ("work", "052"),
        ("", "a"),
        ("", "b"),
        ("t.z", "1"),
    }


def _rows(source: str) -> list[tuple[str, ...]]:
    return [table.headers for table in iter_pieces(iter([source])) if isinstance(table, Table)]


def test_an_object_under_a_key_is_part_of_its_row() -> None:
    source = '{"name": "a", "address": {"zip": "1", "geo": {"x": "2"}}, "tags": ["t"], "phones": [{"n": "3"}], "id": 4}'
    assert _rows(source) == [("tags",), ("phones.n",), ("name", "id", "address.zip", "geo.x")]


@pytest.mark.parametrize(
    "source",
    [
        '{"sato": {"tel": "1", "zip": "2"}, "ito": {"tel": "3", "zip": "4"}, "abe": {"tel": "5", "zip": "6"}}',
        '{"a1": {"tel": "1", "zip": "2"}, "b@c": {"tel": "3"}, "z9": {"zip": "6"}}',
    ],
)
def test_objects_of_a_collection_are_rows(source: str) -> None:
    assert all(len(table.columns) <= 2 for table in iter_pieces(iter([source])) if isinstance(table, Table))


def test_an_object_that_holds_much_is_a_collection() -> None:
    inner = {name: {f"{name}{at}": at for at in range(20)} for name in "abcdefgh"}
    assert max(map(len, _rows(json.dumps(inner)))) == 20


def test_escapes_are_decoded_and_placed_at_their_start(read: Read) -> None:
    pieces = read(ROW, r'{"\u6c0f\u540d": "\u5c71\u7530\n\ud842\udfb7 \ud842", "b": "x\/y"}')
    assert pieces.cells == [("氏名", "山田\n𠮷 \ufffd"), ("b", "x/y")]
    assert pieces.tables[0].locate(0, 0, 3).column == 19


def test_keys_with_digits_or_at_signs_are_scanned_once(read: Read) -> None:
    pieces = read(ROW, '[{"090-0000-0001": 1}, {"090-0000-0001": 2}, {"a@example.jp": 3}, {"name": 4}]')
    assert [cell for header, cell in pieces.cells if not header] == ["090-0000-0001", "a@example.jp"]
    pieces.assert_places()


def test_deep_nesting_does_not_raise(read: Read) -> None:
    assert read(ROW, "[" * 100_000 + '"x"' + "]" * 100_000).cells == [("", "x")]
    pieces = read(ROW, '{"a":' * 100_000 + '"deep"')
    assert ("a.a", "deep") in pieces.cells
    assert pieces.reasons == ["json"]


def test_very_deep_nesting_is_text(read: Read) -> None:
    pieces = read(ROW, "[" * 200_001 + '"090-0000-0001"')
    assert pieces.reasons == ["json"]
    assert "090-0000-0001" in "".join(pieces.texts)


@pytest.mark.parametrize(
    "broken",
    [
        '{"a": "090-0000-0001", "b" "090-0000-0002", "c": "090-0000-0003"}',
        '{"a": "090-0000-0001", "b": 090-0000-0002, "c": "090-0000-0003"',
        '{"a": "090-0000-0001", "b": "090-0000-0002", "c": "090-0000-0003',
        '["090-0000-0001" "090-0000-0002"}, 090-0000-0003',
        "not JSON: 090-0000-0001, 090-0000-0002\n\n090-0000-0003",
        '{"a": "090-0000-0001", "b": "\\q090-0000-0002", \'c\': "090-0000-0003"}',
    ],
)
def test_broken_json_loses_nothing(read: Read, broken: str) -> None:
    pieces = read(ROW, broken)
    assert pieces.reasons == (["json"])
    for number in ("090-0000-0001", "090-0000-0002", "090-0000-0003"):
        assert any(number in text for text in pieces.texts)
    pieces.assert_places()


def test_reading_goes_on_at_the_next_record(read: Read) -> None:
    pieces = read(ROW, '{"tel": "1"}\n{"tel": oops "2"}\nmore\n{"tel": "3"}\n')
    assert pieces.tables[-1].columns == (("1", "3"),)
    (segment,) = pieces.segments
    assert (segment.text, segment.first_line, segment.first_column) == ('oops "2"}\nmore\n', 2, 9)
    assert pieces.reasons == ["json"]


def test_trailing_commas_are_forgiven(read: Read) -> None:
    pieces = read(ROW, '{"a": [1, 2,], "b": 3,}')
    assert pieces.reasons == []
    assert len(pieces.cells) == 3


def test_long_values_are_segments_with_their_key() -> None:
    text = '{"memo": "' + "x\\n" * 100 + '090-0000-0001", "tel": "090-0000-0002"}'
    for size in range(20, 60):
        pieces = list(iter_pieces(iter([text[at : at + size] for at in range(0, len(text), size)]), limit=30))
        cores = [
            piece.text[piece.lead : len(piece.text) - piece.tail] for piece in pieces if isinstance(piece, Segment)
        ]
        assert "".join(cores) == "x\n" * 100 + "090-0000-0001"
        assert {piece.hint for piece in pieces if isinstance(piece, Segment)} == {"memo"}
        (table,) = [piece for piece in pieces if isinstance(piece, Table)]
        assert (table.headers, table.columns) == (("tel",), (("090-0000-0002",),))


def test_objects_with_endless_members_stay_in_bounds(read: Read) -> None:
    pieces = read(ROW, json.dumps({f"k{index}": index for index in range(3000)}))
    assert sum(header.startswith("k") for header, _ in pieces.cells) == 3000
    pieces.assert_shape()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(VALUES, max_size=3),
    st.integers(1, 9),
    st.sampled_from([None, 1]),
    st.sampled_from(["", "ascii"]),
)
def test_every_value_is_read_at_its_place(values: list[object], size: int, indent: int | None, plain: str) -> None:
    source = "\n".join(json.dumps(value, indent=indent, ensure_ascii=bool(plain)) for value in values)
    lines = split_lines(source)
    found = []
    for piece in iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)])):
        assert isinstance(piece, Table)
        for number, column in enumerate(piece.columns):
            for row, cell in enumerate(column):
                if not cell:
                    continue
                place = piece.locate(number, row, 0)
                at = lines[(place.line or 0) - 1][(place.column or 0) - 1 :]
                assert at.startswith((cell[0], "\\"))
                found.append(cell)
    assert sorted(found) == sorted(_expected(values))


def _pieces(source: str, size: int) -> list[tuple[object, ...]]:
    """Read `source` in pieces of `size`, each cell with the place of its middle."""
    found: list[tuple[object, ...]] = []
    for piece in iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)]), limit=40):
        if isinstance(piece, Table):
            found.append((piece.headers, piece.columns))
            for at, column in enumerate(piece.columns):
                found += [(piece.locate(at, row, len(cell) // 2),) for row, cell in enumerate(column) if cell]
        else:
            found.append((piece,))
    return found


@settings(max_examples=250, deadline=None)
@given(
    st.lists(VALUES, max_size=4),
    st.sampled_from([None, 1]),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from('{}[],:"\\\n1\r \u3000') | st.just("\\ud842")), max_size=2),
    st.integers(1, 60),
    st.integers(1, 40),
)
def test_containers_read_whole_give_what_their_tokens_give(
    values: list[object], indent: int | None, is_ascii: bool, slips: list[tuple[int, str]], size: int, step: int
) -> None:
    source = "\n".join(json.dumps(value, indent=indent, ensure_ascii=is_ascii) for value in values)
    for at, slip in slips:
        source = source[:at] + slip + source[at:]
    with mock.patch.object(jsonpieces, "_STEP", step):
        whole = _pieces(source, size)
        with mock.patch.object(Containers, "read", return_value=None):
            assert _pieces(source, size) == whole


def test_most_is_read_whole() -> None:
    source = json.dumps(
        {"data": [{"id": at, "tel": {"home": "090-0000-0001"}, "x": ["a", None]} for at in range(1000)]}
    )
    with mock.patch.object(Tokens, "spot", side_effect=AssertionError):
        (*_, homes) = sorted(iter_pieces(iter([source])), key=lambda table: isinstance(table, Table) and table.headers)
    assert isinstance(homes, Table)
    assert (homes.headers, len(homes.columns[0])) == (("x",), 2000)


def _expected(value: object) -> list[str]:
    """List what must be found; `json` itself is the oracle."""
    keys: set[str] = set()

    def walk(value: object) -> list[str]:
        if isinstance(value, dict):
            keys.update(key for key in value if "@" in key or any(map(str.isdecimal, key)))
            return [text for member in value.values() for text in walk(member)]
        if isinstance(value, list):
            return [text for member in value for text in walk(member)]
        return [value] if isinstance(value, str) and value else [] if value in (None, "") else [json.dumps(value)]

    return [*walk(value), *keys]


@settings(max_examples=150, deadline=None)
@given(st.text('{}[],:"\\\n1a ', max_size=40), st.integers(1, 40))
def test_no_digit_of_broken_text_is_lost(source: str, size: int) -> None:
    found = 0
    for piece in iter_pieces(iter([source[at : at + size] for at in range(0, len(source), size)])):
        if isinstance(piece, Table):
            cells = [cell for column in piece.columns for cell in column]
            found += sum(cell.count("1") for cell in cells)
            found += sum(header.count("1") for header in piece.headers)
        elif isinstance(piece, Segment):
            found += piece.text.count("1")
        else:
            assert isinstance(piece, Problem)
    assert found >= ("1" in source)
