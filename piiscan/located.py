"""Where the values of a column lie, and the findings of cells that are alike, made many at once."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, islice, repeat
from operator import add, le, sub
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from piiscan.candidate import Candidate
    from piiscan.cells import Group
    from piiscan.columns import Masses
    from piiscan.findings import Row
    from piiscan.piece import Place
    from piiscan.text import Folded

    #: Lines, columns, cells and pages.
    Places = tuple[Iterable[int | None] | Iterable[str | None], ...]
    Hide = Callable[[Candidate, Sequence[str], Sequence[str], Sequence[bytes]], tuple[Sequence[str], Iterable[str]]]

#: Stands between the cells of a column that are matched as one text; no pattern matches a line's end.
CELL_END = "\n"


class ColumnText:
    """The cells of a column as one text, and that folded: from a span there to row and offset in the cell."""

    def __init__(self, text: str, cells: Sequence[str], folded: Folded) -> None:
        self._text, self._folded = text, folded
        self.cells = cells
        self._starts: list[int] = []

    @property
    def text(self) -> str:
        """The folded text."""
        return self._folded.text

    @property
    def cells_as_folded(self) -> Sequence[str]:
        """The cells that the folded text is made of, where folding changes nothing; else none."""
        is_same = self.text is self._text and self.text.count(CELL_END) == len(self.cells) - 1
        return self.cells if is_same else ()

    @property
    def starts(self) -> list[int]:
        """Where each cell begins; asked for only where something was found."""
        if not self._starts:
            self._starts.extend((0, *accumulate(map(add, map(len, self.cells), repeat(len(CELL_END))))))
        return self._starts

    def row_of(self, start: int) -> int:
        """Give the row of what begins at a place of the folded text."""
        return bisect_right(self.starts, self._folded.original(start, start + 1)[0]) - 1

    def value(self, start: int, end: int, row: int) -> tuple[str, int]:
        """Give a value of a row as it stands in the document, and its offset within the cell."""
        first, last = self._folded.original(start, end)
        return self._text[first:last], first - self.starts[row]

    def values(
        self, starts: Sequence[int], values: Sequence[str], rows: Sequence[int]
    ) -> tuple[Sequence[str], Sequence[int]]:
        """Give many values as they stand in the document, and their offsets within their cells."""
        ends = map(add, starts, map(len, values))
        if self._folded.shifts is None:
            shown = [self._text[start:end] for start, end in zip(starts, ends, strict=True)]
            return shown, list(map(sub, starts, map(self.starts.__getitem__, rows)))
        pairs = [self.value(*each) for each in zip(starts, ends, rows, strict=True)]
        return [shown for shown, _ in pairs], [offset for _, offset in pairs]


class Locator:
    """Finds places in a column of a table; in a form, its cells lie in `rows` of that."""

    def __init__(self, locate: Callable[[int, int, int], Place], column: int, rows: Sequence[int] | None) -> None:
        self._locate, self._column, self._rows = locate, column, rows

    def one(self, row: int, offset: int) -> Place:
        """Give the place of a value."""
        return self._locate(self._column, row if self._rows is None else self._rows[row], offset)

    def many(self, rows: Sequence[int], offsets: Sequence[int]) -> Places:
        """Give the places of values: lines, columns, cells and pages."""
        at_once = getattr(self._locate, "many", None) if self._rows is None else None
        places: Places | None = at_once(self._column, rows, offsets) if at_once and _rises(rows) else None
        return places or tuple(zip(*map(self.one, rows, offsets), strict=True))


def _rises(rows: Sequence[int]) -> bool:
    return all(map(le, rows, islice(rows, 1, None)))


class Mass(NamedTuple):
    """A group of a column's `masses` with its rows in the table and its canonical values."""

    masses: Masses
    group: Group
    rows: NDArray[np.intp] | array[int]
    keys: Sequence[bytes]

    @property
    def pattern(self) -> str:
        """The pattern that all of them are of."""
        return self.group.one.pattern.id

    def first(self, count: int) -> Iterator[Candidate]:
        """Yield its first candidates, at most `count`."""
        return self.masses.first_of(self.group, count)

    def located(self, column: ColumnText, locator: Locator, hide: Hide, kind: int) -> Iterator[tuple[int, Row]]:
        """Yield a finding of the kind of that number for each cell, with its place in the folded text."""
        starts = self.masses.column.starts[self.group.rows].tolist()
        values = self.masses.column.of(self.group.rows)
        rows = self.rows.tolist()
        shown, offsets = column.values(starts, values, rows)
        masks, signs = hide(self.group.one, values, shown, self.keys)
        places = locator.many(rows, offsets)
        return zip(starts, zip(repeat(kind), *places, masks, signs, strict=False), strict=False)
