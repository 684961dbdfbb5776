"""Rows come back as columns, whatever their widths; blocks stay within their limits."""

from __future__ import annotations

from piiscan.model import Place, Table
from piiscan.tables import Limits, Spot, Tables, place_spot

Row = tuple[tuple[str, ...], list[str]]


def place(origin: int, column: int, cell: str, offset: int) -> Place:
    return Place(origin, column, f"{cell}@{offset}")


def gather(rows: list[Row], limits: Limits | None = None) -> list[Table]:
    tables: Tables[int] = Tables(place, "p", limits or Limits())
    found = [table for index, (headers, cells) in enumerate(rows) for table in tables.add(headers, cells, index)]
    return [*found, *tables.flush()]


def test_rows_with_the_same_headers_share_a_table() -> None:
    first, second = gather([(("a",), ["1"]), (("b",), ["2"]), (("a",), ["3"])])
    assert (first.headers, first.columns, first.part) == (("a",), (("1", "3"),), "p")
    assert (second.headers, second.columns) == (("b",), (("2",),))
    assert first.locate(0, 1, 0) == Place(2, 0, "3@0")


def test_short_rows_are_padded_and_surplus_cells_kept() -> None:
    (table,) = gather([(("a", "b"), ["1"]), (("a", "b"), ["1", "2", "3"])])
    assert table.columns == (("1", "1"), ("", "2"), ("", "3"))
    assert table.headers == ("a", "b", "")


def test_headers_without_cells_are_empty_columns() -> None:
    (table,) = gather([(("a", "b"), ["1"]), (("a", "b"), ["2"])])
    assert (table.headers, table.columns) == (("a", "b"), (("1", "2"), ("", "")))


def test_a_block_ends_at_each_limit() -> None:
    rows: list[Row] = [(("a",), ["xxxx"])] * 7
    assert [len(table.columns[0]) for table in gather(rows, Limits(rows=3))] == [3, 3, 1]
    assert [len(table.columns[0]) for table in gather(rows, Limits(characters=8))] == [2, 2, 2, 1]
    assert [len(table.columns[0]) for table in gather(rows, Limits(cells=5))] == [5, 2]


def test_one_wide_row_does_not_widen_its_neighbours() -> None:
    short: list[Row] = [((), ["1"])] * 9
    tables = gather([*short, ((), ["x"] * 100), *short], Limits(cells=100))
    assert [len(table.columns) for table in tables] == [1, 100, 1]


def test_a_row_without_cells_is_nothing() -> None:
    assert gather([((), [])]) == []


def test_many_header_tuples_do_not_pile_up() -> None:
    tables = gather([((str(index),), ["v"]) for index in range(50)], Limits(groups=4))
    assert [table.headers[0] for table in tables] == [str(index) for index in range(50)]


def test_spots_follow_lines_only_where_the_text_is_straight() -> None:
    spots = [Spot(3, 5), Spot(4, 1, straight=False)]
    assert place_spot(spots, 0, "ab\ncd", 4) == Place(4, 2)
    assert place_spot(spots, 1, "abcd", 3) == Place(4, 1)
