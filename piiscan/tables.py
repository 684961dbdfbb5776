"""Rows into blocks of columns: what delimited text, JSON and markup have in common.

Rows are gathered by their header tuple. A block is full at 10,000 rows, 4,000,000 characters or 250,000
cells (padding counted: one wide row among short ones must cost no memory); with too many different header
tuples open, the oldest block goes first. So memory is bounded, whatever the file does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from piiscan.blocks import advance
from piiscan.piece import Place, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Origin = TypeVar("Origin")


class Spot(NamedTuple):
    """Where a cell's text begins in the file; `straight` says that the file has the same characters there."""

    line: int
    column: int
    straight: bool = True


class Spots(Protocol):
    """The spots of a row, found when asked for or before; a list of `Spot` is one."""

    def __getitem__(self, column: int, /) -> tuple[int, int, bool]:
        """Give the spot of the cell in `column`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a block may hold, and how much all the open ones together."""

    rows: int = 10_000
    characters: int = 4_000_000
    cells: int = 250_000
    groups: int = 256


@dataclass(slots=True)
class _Block(Generic[Origin]):
    rows: list[Sequence[str]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    characters: int = 0
    width: int = 0


@dataclass(slots=True)
class Tables(Generic[Origin]):
    """Gathers rows. `place(origin, column, cell, offset)` finds a value from what the row came with."""

    place: Callable[[Origin, int, str, int], Place]
    part: str = ""
    limits: Limits = Limits()
    _blocks: dict[tuple[str, ...], _Block[Origin]] = field(default_factory=dict, init=False)
    _characters: int = field(default=0, init=False)

    def add(self, headers: tuple[str, ...], cells: Sequence[str], origin: Origin, size: int = 0) -> Sequence[Table]:
        """Take a row, with the characters its origin keeps (`size`); give the blocks that are full."""
        if not cells:
            return ()
        limits = self.limits
        characters = size + sum(map(len, cells))
        full: list[Table] = []
        block, width = self._blocks.get(headers), len(cells)
        if block and (len(block.rows) + 1) * max(block.width, width) > limits.cells:
            full.append(self._release(headers))
            block = None
        if block is None:
            block = self._blocks[headers] = _Block()
        block.rows.append(cells)
        block.origins.append(origin)
        block.characters += characters
        block.width = max(block.width, width)
        self._characters += characters
        if len(block.rows) >= limits.rows or block.characters >= limits.characters:
            full.append(self._release(headers))
        while len(self._blocks) > limits.groups or self._characters > limits.characters * 2:
            full.append(self._release(next(iter(self._blocks))))
        return full

    def flush(self) -> Iterator[Table]:
        """Yield all that is left."""
        while self._blocks:
            yield self._release(next(iter(self._blocks)))

    def _release(self, headers: tuple[str, ...]) -> Table:
        block = self._blocks.pop(headers)
        self._characters -= block.characters
        columns = tuple(zip_longest(*block.rows, fillvalue=""))
        columns += (("",) * len(block.rows),) * (len(headers) - len(columns))
        place, origins = self.place, block.origins

        def locate(column: int, row: int, offset: int) -> Place:
            return place(origins[row], column, columns[column][row], offset)

        padding = ("",) * (len(columns) - len(headers)) if headers else ()
        return Table(columns, locate, headers + padding, self.part)


def place_spot(spots: Spots, column: int, cell: str, offset: int) -> Place:
    """Place a value at its character where the file has the cell as it is, else at the cell's start."""
    line, first, straight = spots[column]
    return Place(*advance(line, first, cell[:offset] if straight else ""))
