"""Cells that were seen before, digits that a pattern does not tell apart taken for one: what it made of each of them.

Several patterns look at the same column, and most of them tell the same digits apart: its cells are numbered once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from piiscan.cells import EDGE
from piiscan.template import change_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from piiscan.cells import Column
    from piiscan.plan import Alike

    Match = Callable[[Sequence[str]], Sequence[int]]

#: How many different cells are remembered for each way of taking digits for one.
_REMEMBERED = 200_000
_UNKNOWN = -1


class SeenCells:
    """Cells as patterns see them that take the same digits for one: `classes`, but where `wide` says otherwise."""

    def __init__(self, classes: bytes, wide: Alike | None) -> None:
        self._classes, self._rare = classes, None
        if wide:
            self._wide, rare = wide
            self._rare = re.compile(rare)
        self._numbers: dict[str, int] = {}
        self._cells: list[str] = []
        self._told: dict[str, NDArray[np.int16]] = {}
        self._column: Column | None = None
        self._codes: NDArray[np.intp] = np.zeros(0, np.intp)

    def tell(self, column: Column, name: str, match: Match) -> NDArray[np.int16]:
        """Give for each cell of a column what `match` tells of it for the pattern `name`, asked for new cells only."""
        if column is not self._column:
            self._codes, self._column = self._number(self._normal(column)), column
        told = self._told.get(name, np.zeros(0, np.int16))
        if len(told) < len(self._cells):
            more = np.full(max(len(self._cells), 2 * len(told)) - len(told), _UNKNOWN, np.int16)
            told = self._told[name] = np.concatenate((told, more))
        unknown = np.unique(self._codes[told[self._codes] == _UNKNOWN])
        if len(unknown):
            told[unknown] = match([self._cells[number] for number in unknown.tolist()])
        return told[self._codes]

    def _number(self, normal: list[str]) -> NDArray[np.intp]:
        if len(self._cells) > _REMEMBERED:
            self._numbers, self._cells, self._told = {}, [], {}
        new = {*normal} - self._numbers.keys()
        self._numbers.update(zip(new, range(len(self._cells), len(self._cells) + len(new)), strict=True))
        self._cells += new
        return np.fromiter(map(self._numbers.__getitem__, normal), np.intp, len(normal))

    def _normal(self, column: Column) -> list[str]:
        text = change_digits(column.text, self._classes)
        if self._rare is None:
            return text.split(EDGE)
        normal = change_digits(text, self._wide).split(EDGE)
        found = [match.start() for match in self._rare.finditer(text)]
        for row in np.searchsorted(column.starts, found, "right") - 1 if found else ():
            start = int(column.starts[row])
            normal[row] = text[start : start + len(normal[row])]
        return normal
