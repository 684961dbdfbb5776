"""Batches give the blocks that single rows would give."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan.batch import Batch, Even, Parsed
from piiscan.dialect import Dialect
from piiscan.located import Locator
from piiscan.piece import Place
from piiscan.stack import Stack
from piiscan.tables import Limits, Tables

if TYPE_CHECKING:
    from piiscan.piece import Table

CELLS = st.text("ab髙", max_size=4)
LIMITS = st.builds(Limits, st.integers(1, 6), st.integers(1, 60), st.integers(1, 12), st.just(256))


def even(rows: list[list[str]], line: int) -> Even:
    columns = [list(column) for column in zip(*rows, strict=True)]
    characters = sum(2 * len("".join(row)) + len(rows[0]) for row in rows)
    return Even(columns, line, 1, len(rows[0]), characters)


def parsed(rows: list[list[str]], line: int) -> Parsed:
    lines = [",".join(row) + "\n" for row in rows]
    numbers = list(range(len(rows) + 1))
    characters = len("".join(lines)) + sum(map(len, chain.from_iterable(rows)))
    return Parsed(rows, lines, numbers[:-1], numbers[1:], line, Dialect(), characters)


EVEN = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)
RAGGED = st.lists(st.lists(CELLS, min_size=1, max_size=14), min_size=1, max_size=8)


def flat(tables: list[Table]) -> list[object]:
    return [
        (
            table.headers,
            table.columns,
            [
                table.locate(number, row, 0)
                for number, column in enumerate(table.columns)
                for row, cell in enumerate(column)
                if cell
            ],
        )
        for table in tables
    ]


@settings(max_examples=125, deadline=None)
@given(
    st.lists(EVEN.map(lambda rows: (even, rows)) | RAGGED.map(lambda rows: (parsed, rows)), max_size=5),
    LIMITS,
    st.sampled_from([(), ("p", "q", "r")]),
)
def test_blocks_end_where_single_rows_would_end_them(
    batches: list[tuple[object, list[list[str]]]], limits: Limits, headers: tuple[str, ...]
) -> None:
    def place(origin: tuple[int, list[str]], column: int, _cell: str, offset: int) -> Place:
        line, row = origin
        return Place(line, sum(len(cell) + 1 for cell in row[:column]) + offset + 1)

    stack, tables = Stack(headers, limits), Tables(place, limits=limits)
    found: list[Table] = []
    expected: list[Table] = []
    line = 1
    for make, rows in batches:
        batch: Batch = even(rows, line) if make is even else parsed(rows, line)
        found += stack.add(batch)
        for row in rows:
            expected += tables.add(headers, row, (line, row), len(",".join(row)) + 1)
            line += 1
        assert len(found) == len(expected)
    assert flat([*found, *stack.flush()]) == flat([*expected, *tables.flush()])


def test_blank_rows_are_left_out_and_keep_their_lines() -> None:
    batch = parsed([["a"], [], ["b"]], 4)
    batch = batch.part(0, 3)
    (table,) = [*(stack := Stack()).add(batch), *stack.flush()]
    assert table.columns == (("a", "b"),)
    assert (table.locate(0, 0, 0), table.locate(0, 1, 0)) == (Place(4, 1), Place(6, 1))


@given(st.lists(EVEN | RAGGED, min_size=1, max_size=4), st.data())
def test_many_places_are_those_of_single_values(batches: list[list[list[str]]], data: st.DataObject) -> None:
    stack, line = Stack(limits=Limits(1000, 10_000, 100_000, 256)), 3
    for rows in batches:
        is_even = len({*map(len, rows)}) == 1
        assert not [*stack.add(even(rows, line) if is_even else parsed(rows, line))]
        line += len(rows)
    (table,) = stack.flush()
    size = len(table.columns[0])
    for column in data.draw(st.lists(st.integers(0, len(table.columns) - 1), max_size=4)):
        rows_asked = data.draw(st.lists(st.integers(0, size - 1), max_size=9))
        offsets = [min(row % 3, len(table.columns[column][row])) for row in rows_asked]
        asked = [(row, offset) for row, offset in zip(rows_asked, offsets, strict=True) if table.columns[column][row]]
        chosen, places = [row for row, _ in asked], [offset for _, offset in asked]
        many = Locator(table.locate, column, None).many(chosen, places)
        assert list(zip(*many, strict=False)) == [
            table.locate(column, row, offset) for row, offset in zip(chosen, places, strict=True)
        ]
