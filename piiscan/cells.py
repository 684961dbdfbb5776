"""The cells of a column: where they begin, what shapes they have, and groups of those that are alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from piiscan.candidate import Candidate
from piiscan.template import encoded_shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from piiscan.pattern import Pattern
    from piiscan.verdict import Verdict

    Rows = NDArray[np.intp]

Cell = TypeVar("Cell", str, bytes)

#: A shape of fewer cells is not worth a template; more shapes than this make a column of free text. To follow regexes
#: over a shape takes time like its length: 15 ms for a telephone number, what so many cells for each character take.
_FEW, _MOST_SHAPES = 8, 64
_DEAR = 2
EDGE = "\n"
_END = ord(EDGE)


class Numbering(dict[Cell, int]):
    """The numbers of cells, which are their places in `cells`; one that is asked for the first time gets the next."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[Cell] = []

    def __missing__(self, cell: Cell) -> int:
        """Give the next number."""
        self[cell] = number = len(self.cells)
        self.cells.append(cell)
        return number

    def of(self, cells: Collection[Cell]) -> NDArray[np.intp]:
        """Give the numbers of many cells."""
        return np.fromiter(map(self.__getitem__, cells), np.intp, len(cells))


@dataclass(slots=True)
class Group:
    """Cells of a column (by row) that are values of one pattern, one spelling and one verdict.

    `one` stands for all of them. `digits` are their digits, a row for each, where the pattern is a number's.
    """

    one: Candidate
    rows: Rows
    digits: NDArray[np.uint8] | None = None

    def without(self, odd: NDArray[np.bool_]) -> Group | None:
        """Give what is left when some rows of the column are taken out, None if that is nothing."""
        keep = ~odd[self.rows]
        if keep.all():
            return self
        if not keep.any():
            return None
        return Group(self.one, self.rows[keep], None if self.digits is None else self.digits[keep])


@dataclass
class Column:
    """The folded cells of a column and the text they make, each ended by a line feed."""

    text: str
    cells: list[str]

    @cached_property
    def starts(self) -> Rows:
        """Where each cell begins."""
        if self.text.isascii():
            ends = np.flatnonzero(np.frombuffer(self.text.encode(), np.uint8) == _END)
            return np.concatenate((np.zeros(1, np.intp), ends + 1))
        lengths = np.fromiter(map(len, self.cells), np.intp, len(self.cells))
        return np.concatenate((np.zeros(1, np.intp), np.cumsum(lengths + 1)[:-1]))

    def rows_of(self, spans: Iterable[Iterable[tuple[int, int]]]) -> NDArray[np.bool_]:
        """Tell which cells spans of the text touch."""
        touched = np.zeros(len(self.cells), np.bool_)
        for first, last in chain.from_iterable(spans):
            touched[np.searchsorted(self.starts, first, "right") - 1 : np.searchsorted(self.starts, last, "right")] = (
                True
            )
        return touched

    def first_of(self, words: Sequence[str], rows: Rows) -> NDArray[np.uint16]:
        """Give for each of some cells the number (from 1) of the first word that it holds, 0 for none."""
        if not words:
            return np.zeros(len(rows), np.uint16)
        found = (next((at for at, word in enumerate(words, 1) if word in cell), 0) for cell in self.of(rows))
        return np.fromiter(found, np.uint16, len(rows))

    def values(self, group: Group) -> list[str]:
        """Give the values of a group, which are the same part of each of its cells."""
        row = int(np.searchsorted(self.starts, group.one.start, "right")) - 1
        first, last = group.one.start - int(self.starts[row]), group.one.end - int(self.starts[row])
        return [cell[first:last] for cell in self.of(group.rows)]

    def of(self, rows: Rows) -> list[str]:
        """Give the cells of some rows, which are in order."""
        if len(rows) == len(self.cells):
            return self.cells
        return list(map(self.cells.__getitem__, rows.tolist()))

    def candidate(self, row: int, pattern: Pattern, spelling: str, verdict: Verdict) -> Candidate:
        """Make the candidate that a cell is."""
        start, value = int(self.starts[row]), self.cells[row]
        return Candidate(pattern, start, start + len(value), value, spelling, verdict)


class Shapes:
    """The shapes of a column's cells, the commonest first, and the number of each cell's shape."""

    def __init__(self, text: str) -> None:
        """Sort the cells of a text by shape."""
        # bytes all the way: texts are made of the different shapes only
        numbering = Numbering[bytes]()
        codes = numbering.of(encoded_shape(text).split(EDGE.encode()))
        counts = np.bincount(codes)
        names = [shape.decode("utf-8", "surrogatepass") for shape in numbering.cells]
        least = np.maximum([len(name) * _DEAR for name in names], _FEW)
        common = counts >= least
        order = np.lexsort((-counts * common, ~common))
        self.names = [names[number] for number in order.tolist()]
        places = np.empty(len(order), np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        self.codes = places[codes]
        self.common = min(int(common.sum()), _MOST_SHAPES)
