"""Reading many rows at once gives what reading them one by one gives."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscan.encoding import iter_text
from piiscan.extractors.delimited import RECORD, extract_delimited, iter_pieces
from piiscan.piece import Problem, Table
from tests.extractors import by_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.piece import Piece

FIXTURES = Path(__file__).parents[2] / "fixtures"
TABLES = sorted(path for suffix in ("csv", "tsv") for path in FIXTURES.rglob(f"*.{suffix}"))

CELL = st.text('ab1 髙𠮷"', max_size=4) | st.sampled_from(['"x"', '"a""b"', '"a,b"', '"p\nq"', '"', "'x'", "a\0"])
LINE = st.builds(str.join, st.sampled_from([",", ",", ",", "\t", ";"]), st.lists(CELL, max_size=5))
END = st.sampled_from(["\n", "\r\n", "\r", "\n\n", ""])
RAGGED = st.lists(st.builds(str.__add__, LINE, END), max_size=12).map("".join)
EVEN = st.builds(
    lambda rows, ends, more: "".join(",".join(row) + end for row, end in zip(rows, ends, strict=False)) + more,
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.text("a1髙", max_size=3), min_size=width, max_size=width), max_size=12)
    ),
    st.sampled_from([["\n"] * 12, ["\r\n"] * 12, ["\n", "\r\n"] * 6]),
    LINE,
)

WRITTEN = st.builds(
    lambda rows, end, more: "".join(",".join(f'"{cell}"' for cell in row) + end for row in rows) + more,
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.text("a1髙", max_size=3), min_size=width, max_size=width), max_size=12)
    )
    | st.lists(st.lists(st.sampled_from(["a", "", ",", "\n", '""', "髙1"]), min_size=1, max_size=3), max_size=6),
    st.sampled_from(["\n", "\r\n", "\n", "\r"]),
    LINE,
)


def flat(pieces: Iterable[Piece]) -> tuple[list[object], list[Problem]]:
    """Give all that is in pieces, with the place of each character, and apart from it the problems."""
    found: list[object] = []
    problems = []
    for piece in pieces:
        if isinstance(piece, Table):
            places = [
                piece.locate(column, row, offset)
                for column, cells in enumerate(piece.columns)
                for row, cell in enumerate(cells)
                for offset in range(len(cell))
            ]
            found.append((piece.headers, piece.columns, piece.part, places))
        elif isinstance(piece, Problem):
            problems.append(piece)
        else:
            found.append(piece)
    return found, problems


def cut(text: str, borders: list[int]) -> list[str]:
    """Cut text at borders, but not between CR and LF."""
    places = sorted({at for at in borders if at < len(text) and text[at - 1 : at + 1] != "\r\n"} | {0, len(text)})
    return [text[start:end] for start, end in pairwise(places)]


@settings(max_examples=250, deadline=None)
@given(RAGGED | EVEN | WRITTEN, st.lists(st.integers(1, 80), max_size=4), st.sampled_from([RECORD, RECORD, 40, 12, 5]))
@example("a,b\n1,2\n3,4\n5\n6,7,8\n", [], RECORD)
@example("a\nb\n1,2\n", [], RECORD)
@example("p,q\n\n1,2\n3,4\n", [4], RECORD)
@example('x"y,"a\n1,2', [], RECORD)
@example(';\n"x",";"\n', [], RECORD)
@example('"p","q"\n"a","\n"b","c"x"\n', [], RECORD)
def test_equal_to_reading_by_rows(text: str, borders: list[int], limit: int) -> None:
    texts = cut(text, borders)
    assert flat(iter_pieces(iter(texts), limit)) == flat(by_rows.iter_pieces(iter(texts), limit))


@settings(max_examples=150, deadline=None)
@given(st.text('a1,"\n\r\0;', max_size=60), st.lists(st.integers(1, 60), max_size=4), st.integers(1, 30))
def test_equal_to_reading_by_rows_where_text_is_broken(text: str, borders: list[int], limit: int) -> None:
    texts = cut(text, borders)
    assert flat(iter_pieces(iter(texts), limit)) == flat(by_rows.iter_pieces(iter(texts), limit))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_equal_on_fixtures(path: Path) -> None:
    data = path.read_bytes()
    assert flat(extract_delimited(BytesIO(data), "name")) == flat(by_rows.iter_pieces(iter_text(BytesIO(data))))


@pytest.mark.parametrize("row", ["A{0},1{0},x", '"A{0}","1{0}",x', 'A{0},"1\n{0}",x', "A{0}", "A{0},1" + ",y" * 40])
@pytest.mark.parametrize("codec", ["utf-8", "cp932"])
def test_equal_over_many_blocks(row: str, codec: str) -> None:
    lines = ["氏名,電話,備考", *(row.format(number) for number in range(23_000))]
    lines[5_000:5_000] = ["", "short", '"open', 'closed" by "accident', "a,b,c," + "d," * 300]
    data = "\n".join(lines).encode(codec)
    pieces = extract_delimited(BytesIO(data), "name")
    expected = by_rows.iter_pieces(iter_text(BytesIO(data)))
    for piece, other in zip(pieces, expected, strict=True):
        if not isinstance(piece, Table) or not isinstance(other, Table):
            assert piece == other
            continue
        assert (piece.headers, piece.columns) == (other.headers, other.columns)
        for row_number in (0, 1, 17, 4_999, len(piece.columns[0]) - 1):
            if row_number < len(piece.columns[0]) and piece.columns[0][row_number]:
                assert piece.locate(0, row_number, 0) == other.locate(0, row_number, 0)
