"""Rows that were read at once: what delimited text becomes without a step of ours for each row.

Where their cells lie is found out from little: a batch is given up for its columns, and its text with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from piiscan.blocks import advance
from piiscan.dialect import find_cell
from piiscan.piece import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from piiscan.dialect import Dialect

    #: Gives a place from the row, the cells before the one in question, and the offset in that.
    Placing = Callable[[int, Sequence[str], int], Place]


class EvenPlacing(NamedTuple):
    """Finds places in rows of which each is a line; all that stands before a cell in its line is cells and gaps."""

    line: int
    gap: int

    def __call__(self, row: int, before: Sequence[str], offset: int) -> Place:
        """Give the place of a value from its row, the cells before its own, and its offset in that."""
        return Place(self.line + row, self.before(len(before)) + sum(map(len, before)) + offset)

    def before(self, cells: int) -> int:
        """Give the column of what so many cells stand before, their own characters not counted."""
        return 1 + self.gap // 2 + self.gap * cells


@dataclass(frozen=True, slots=True)
class Even:
    """Rows of one width as columns, each row a line, the first one line `line`.

    There are `gap` characters between two cells: a delimiter, or one and two quotes. `others` counts the characters of
    each line that are in no cell, `characters` is the sum of `sizes`.
    """

    columns: list[list[str]]
    line: int
    gap: int
    others: int
    characters: int

    def __len__(self) -> int:
        return len(self.columns[0])

    @property
    def widths(self) -> list[int]:
        """How many cells each row has."""
        return [len(self.columns)] * len(self)

    @property
    def widest(self) -> int:
        """The largest of `widths`."""
        return len(self.columns)

    @property
    def sizes(self) -> list[int]:
        """How many characters each row has: as it stands in the file, and its cells."""
        return [2 * len("".join(row)) + self.others for row in zip(*self.columns, strict=True)]

    def row(self, index: int) -> list[str]:
        """Give one row."""
        return [column[index] for column in self.columns]

    def part(self, start: int, end: int) -> Even:
        """Give the rows from `start` to `end`."""
        if (start, end) == (0, len(self)):
            return self
        columns = [column[start:end] for column in self.columns]
        characters = 2 * sum(len("".join(column)) for column in columns) + (end - start) * self.others
        return Even(columns, self.line + start, self.gap, self.others, characters)

    def placing(self) -> EvenPlacing:
        """Tell how places are found: all that stands before a cell in its line is cells and gaps."""
        return EvenPlacing(self.line, self.gap)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Rows as `csv` reads them; each is made of `lines` from one of `starts` to one of `ends`, counted from `line`.

    `characters` is the sum of `sizes`.
    """

    rows: list[list[str]]
    lines: list[str] = field(repr=False)
    starts: list[int]
    ends: list[int]
    line: int
    dialect: Dialect
    characters: int

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def widths(self) -> list[int]:
        """How many cells each row has."""
        return list(map(len, self.rows))

    @property
    def widest(self) -> int:
        """The largest of `widths`."""
        return max(self.widths, default=0)

    @property
    def columns(self) -> Sequence[Sequence[str]]:
        """The columns, short rows padded."""
        return list(zip_longest(*self.rows, fillvalue=""))

    @property
    def sizes(self) -> list[int]:
        """How many characters each row has: as it stands in the file, and its cells."""
        return _sizes(self.rows, self.lines, self.starts, self.ends)

    def row(self, index: int) -> list[str]:
        """Give one row."""
        return self.rows[index]

    def part(self, start: int, end: int) -> Parsed:
        """Give the rows from `start` to `end` without the blank ones."""
        if (start, end) == (0, len(self)) and all(self.rows):
            return self
        rows, starts, ends = self.rows[start:end], self.starts[start:end], self.ends[start:end]
        if not all(rows):
            filled = [index for index, row in enumerate(rows) if row]
            rows = [rows[index] for index in filled]
            starts, ends = ([each[index] for index in filled] for each in (starts, ends))
        characters = sum(_sizes(rows, self.lines, starts, ends))
        return Parsed(rows, self.lines, starts, ends, self.line, self.dialect, characters)

    def placing(self) -> Placing:
        """Tell how places are found: in the raw record."""
        lines, starts, ends, first, dialect = self.lines, self.starts, self.ends, self.line, self.dialect

        def place(row: int, before: Sequence[str], offset: int) -> Place:
            raw = "".join(lines[starts[row] : ends[row]])
            return Place(*advance(first + starts[row], 1, raw[: find_cell(raw, dialect, len(before), offset)]))

        return place


def _sizes(rows: list[list[str]], lines: list[str], starts: list[int], ends: list[int]) -> list[int]:
    at = list(accumulate(map(len, lines), initial=0))
    return [at[end] - at[start] + len("".join(row)) for start, end, row in zip(starts, ends, rows, strict=True)]


Batch = Even | Parsed
