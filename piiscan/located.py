"""Where the values of a column lie, and the findings of cells that are alike, made many at once."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, repeat
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from piiscan.candidate import Candidate
    from piiscan.cells import Group
    from piiscan.columns import Masses
    from piiscan.model import Finding, Location
    from piiscan.text import Folded

    Locate = Callable[[int, int], Location]

#: Stands between the cells of a column that are matched as one text; no pattern matches a line's end.
CELL_END = "\n"


class ColumnText:
    """The cells of a column as one text, and that folded: from a span there to row and offset in the cell."""

    def __init__(self, text: str, cells: Sequence[str], folded: Folded) -> None:
        self._text, self._cells, self._folded = text, cells, folded
        self._starts: list[int] = []

    @property
    def starts(self) -> list[int]:
        """Where each cell begins; asked for only where something was found."""
        if not self._starts:
            self._starts.extend((0, *accumulate(map(add, map(len, self._cells), repeat(len(CELL_END))))))
        return self._starts

    def row_of(self, start: int) -> int:
        """Give the row of what begins at a place of the folded text."""
        return bisect_right(self.starts, self._folded.original(start, start + 1)[0]) - 1

    def value(self, start: int, end: int, row: int) -> tuple[str, int]:
        """Give a value of a row as it stands in the document, and its offset within the cell."""
        first, last = self._folded.original(start, end)
        return self._text[first:last], first - self.starts[row]


class Mass(NamedTuple):
    """A group of a column's `masses` with its rows in the table and its canonical values."""

    masses: Masses
    group: Group
    rows: Sequence[int]
    keys: Sequence[bytes]

    @property
    def pattern(self) -> str:
        """The pattern that all of them are of."""
        return self.group.one.pattern.id

    def first(self, count: int) -> Iterator[Candidate]:
        """Yield its first candidates, at most `count`."""
        return self.masses.first_of(self.group, count)

    def located(
        self, column: ColumnText, locate: Locate, redact: Callable[[str, str, bytes, Location], Finding]
    ) -> Iterator[tuple[int, Finding]]:
        """Yield a finding for each cell, with its place in the folded text."""
        places, values = self.masses.column.starts[self.group.rows], self.masses.column.of(self.group.rows)
        starts = places.tolist()
        for start, value, row, key in zip(starts, values, self.rows, self.keys, strict=True):
            shown, offset = column.value(start, start + len(value), row)
            yield start, redact(value, shown, key, locate(row, offset))
