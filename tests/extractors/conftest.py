"""What the tests of all extractors share: reading bytes, and asserting that places are true in the source."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from piiscan.blocks import split_lines
from piiscan.extractors import open_extractor
from piiscan.pages import Pages
from piiscan.piece import Picture, Piece, Problem, Raw, Segment, Table
from piiscan.sparse import as_segment

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str, str | bytes], "Pieces"]


def _seen(piece: Piece) -> Piece | None:
    """Give a piece as who decodes text sees it, but looks at no picture and counts no pages."""
    if isinstance(piece, Pages):
        return None
    if isinstance(piece, Picture):
        return piece.problem
    return as_segment(piece) if isinstance(piece, Raw) else piece


class Pieces(list[Piece]):
    """The pieces of one source."""

    def __init__(self, row: str, data: str | bytes) -> None:
        self.source = data if isinstance(data, str) else data.decode("utf-8", "replace")
        stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
        pieces = open_extractor(row)(stream, "name")
        super().__init__(found for piece in pieces if (found := _seen(piece)))

    @property
    def tables(self) -> list[Table]:
        return [piece for piece in self if isinstance(piece, Table)]

    @property
    def segments(self) -> list[Segment]:
        return [piece for piece in self if isinstance(piece, Segment)]

    @property
    def reasons(self) -> list[str]:
        return [piece.reason for piece in self if isinstance(piece, Problem)]

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Every cell with its header ("" where there is none)."""
        return [
            (table.headers[index] if table.headers else "", cell)
            for table in self.tables
            for index, column in enumerate(table.columns)
            for cell in column
        ]

    @property
    def texts(self) -> list[str]:
        return [cell for _, cell in self.cells if cell] + [segment.text for segment in self.segments]

    def assert_shape(self) -> None:
        """All columns of a table have one length, and headers are as many as columns, or none."""
        for table in self.tables:
            assert len({len(column) for column in table.columns}) == 1
            assert len(table.headers) in {0, len(table.columns)}

    def assert_places(self) -> None:
        """Each cell's place holds the cell's first character, each segment's the segment's."""
        lines = split_lines(self.source)
        for table in self.tables:
            for number, column in enumerate(table.columns):
                for row, cell in enumerate(column):
                    if cell:
                        place = table.locate(number, row, 0)
                        assert place.line is not None
                        assert place.column is not None
                        assert lines[place.line - 1][place.column - 1 :].startswith(cell[0])
        for segment in self.segments:
            if segment.first_line is not None:
                line = lines[segment.first_line - 1]
                assert line[segment.first_column - 1 :].startswith(segment.text[0])


@pytest.fixture
def read() -> Read:
    """Read data with the extractor of a row."""
    return Pieces
