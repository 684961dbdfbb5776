"""Batches of rows on top of each other, until they are a block: the limits of `tables`, at the same rows.

Each batch is taken apart while a processor has it at hand, and a limit is looked for row by row only in the batch
in which it lies.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, repeat, zip_longest
from operator import add
from typing import TYPE_CHECKING

from piiscan.batch import EvenPlacing
from piiscan.piece import Table
from piiscan.tables import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.batch import Batch, Placing
    from piiscan.located import Places
    from piiscan.piece import Place

_LIMITS = Limits()


class StackPlaces:
    """Finds places in a block: of one value, or of many of a column at once."""

    def __init__(
        self, columns: Sequence[Sequence[str]], placings: Sequence[Placing | EvenPlacing], firsts: Sequence[int]
    ) -> None:
        """Take how places are found in each batch, and the row of the block with which it begins."""
        self._columns, self._placings, self._firsts = columns, placings, firsts
        self._lengths: list[int] = []
        self._summed = 0

    def __call__(self, column: int, row: int, offset: int) -> Place:
        """Give the place of a value."""
        at = bisect_right(self._firsts, row) - 1
        before = [cells[row] for cells in self._columns[:column]]
        return self._placings[at](row - self._firsts[at], before, offset)

    def many(self, column: int, rows: Sequence[int], offsets: Sequence[int]) -> Places | None:
        """Give the places of values in rows in rising order, as columns; None where that is no faster."""
        placings = [placing for placing in self._placings if isinstance(placing, EvenPlacing)]
        if len(placings) < len(self._placings):
            return None
        before, lines, places = self._before(column), list[int](), list[int]()
        ends = [bisect_left(rows, first) for first in self._firsts[1:]]
        for first, placing, start, end in zip(self._firsts, placings, [0, *ends], [*ends, len(rows)], strict=True):
            part = rows[start:end]
            lines += map(add, part, repeat(placing.line - first))
            gaps = repeat(placing.before(column))
            places += map(sum, zip(gaps, map(before.__getitem__, part), offsets[start:end], strict=False))
        return lines, places, repeat(None), repeat(None)

    def _before(self, column: int) -> Sequence[int]:
        """Count the characters in the cells before a column, row by row; columns are asked for in rising order."""
        if not self._lengths or column < self._summed:
            self._lengths, self._summed = [0] * len(self._columns[0]), 0
        for cells in self._columns[self._summed : column]:
            self._lengths = list(map(add, self._lengths, map(len, cells)))
        self._summed = column
        return self._lengths


@dataclass(slots=True)
class Stack:
    """Gathers the rows below one header."""

    headers: tuple[str, ...] = ()
    limits: Limits = _LIMITS
    _columns: list[list[str]] = field(default_factory=list, init=False)
    _placings: list[Placing | EvenPlacing] = field(default_factory=list, init=False)
    _firsts: list[int] = field(default_factory=list, init=False)
    _rows: int = field(default=0, init=False)
    _characters: int = field(default=0, init=False)

    def add(self, batch: Batch) -> Iterator[Table]:
        """Take rows, none of them blank; yield the blocks that are full."""
        limits = self.limits
        while len(batch):
            room = self._room(batch)
            if room:
                self._put(batch.part(0, room))
            is_left = room < len(batch)
            if is_left or self._rows >= limits.rows or self._characters >= limits.characters:
                yield from self.flush()
            if not is_left:
                return
            batch = batch.part(room, len(batch))

    def flush(self) -> Iterator[Table]:
        """Yield all that is left."""
        if self._rows:
            yield self._release()

    def _room(self, batch: Batch) -> int:
        """Count the rows of `batch` with which the block is full, or that fit into it."""
        limits = self.limits
        room = min(len(batch), limits.rows - self._rows)
        if (self._rows + room) * max(len(self._columns), batch.widest) > limits.cells:
            _, *widths = accumulate(batch.widths[:room], max, initial=len(self._columns))
            above = (index for index, width in enumerate(widths) if (self._rows + index + 1) * width > limits.cells)
            # One row is taken however wide it is.
            room = max(next(above, room), not self._rows)
        if self._characters + batch.characters >= limits.characters:
            totals = list(accumulate(batch.sizes[:room], initial=self._characters))
            room = min(room, bisect_left(totals, limits.characters))
        return room

    def _put(self, batch: Batch) -> None:
        columns, padding = batch.columns, [""] * len(batch)
        self._columns += [[""] * self._rows for _ in range(len(columns) - len(self._columns))]
        for column, cells in zip_longest(self._columns, columns, fillvalue=padding):
            column += cells  # noqa: PLW2901 - it is lengthened where it is
        self._firsts.append(self._rows)
        self._placings.append(batch.placing())
        self._rows += len(batch)
        self._characters += batch.characters

    def _release(self) -> Table:
        lists, placings, firsts = self._columns, self._placings, self._firsts
        lists += [[""] * self._rows for _ in range(len(self.headers) - len(lists))]
        lists.reverse()
        # Each list goes when it has become a tuple: later its cells would have to be fetched once more.
        columns = tuple(tuple(lists.pop()) for _ in range(len(lists)))
        self._columns, self._placings, self._firsts, self._rows, self._characters = [], [], [], 0, 0

        locate = StackPlaces(columns, placings, firsts)
        return Table(columns, locate, self.headers + ("",) * (len(columns) - len(self.headers)) if self.headers else ())
