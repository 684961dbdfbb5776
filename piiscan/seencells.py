"""Cells that were seen before, digits that a pattern does not tell apart taken for one: what it made of each of them.

Several patterns look at the same column, and most of them tell the same digits apart: its cells are numbered once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from piiscan.bulk import different
from piiscan.cells import EDGE, Numbering
from piiscan.template import change_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from piiscan.cells import Column
    from piiscan.plan import Alike

    Match = Callable[[Sequence[str]], Sequence[int]]

#: How many different cells are remembered for each way of taking digits for one.
_REMEMBERED = 150_000
_UNKNOWN = -1
_DIGIT = re.compile("[0-9]")


class Way(NamedTuple):
    """Digits that are taken for one: `classes`, but where `wide` says otherwise."""

    classes: bytes
    wide: Alike | None = None

    def tells_more_than(self, other: Way) -> bool:
        """Tell whether digits that this one takes for one are one for another as well.

        >>> Way(b"0120000000").tells_more_than(Way(b"0000000000"))
        True
        """
        mine = (self.classes, self.wide.classes) if self.wide else (self.classes,)
        return not other.wide and all(len(set(zip(each, other.classes, strict=True))) == len({*each}) for each in mine)


class SeenCells:
    """Cells numbered in the ways of some patterns, in as few as can be."""

    def __init__(self, ways: Mapping[str, Way]) -> None:
        """Take the way of each pattern."""
        self._ways = ways
        self._seen = {way: _Seen(way) for way in set(ways.values())}
        self._finer = {way: [each for each in self._seen if each.tells_more_than(way)] for way in self._seen}

    def number(self, column: Column, names: Iterable[str]) -> dict[str, Numbered]:
        """Give the numbered cells of a column for each of some patterns."""
        ways = {name: self._ways[name] for name in names}
        asked = {*ways.values()}
        chosen = {way: next((each for each in self._finer[way] if each in asked and each != way), way) for way in asked}
        numbered = {way: Numbered(self._seen[way], self._seen[way].number(column)) for way in {*chosen.values()}}
        return {name: numbered[chosen[way]] for name, way in ways.items()}


class Numbered(NamedTuple):
    """The cells of a column as numbers of those that were seen."""

    seen: _Seen
    codes: NDArray[np.intp]

    def tell(self, name: str, match: Match) -> NDArray[np.int16]:
        """Give for each cell what `match` tells of it for the pattern `name`; it is asked of new cells only."""
        return self.seen.tell(self.codes, name, match)


class _Seen:
    """Cells that one way has seen."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._rare = re.compile(way.wide.rare) if way.wide else None
        self._numbers = Numbering[str]()
        self._told: dict[str, NDArray[np.int16]] = {}

    def tell(self, codes: NDArray[np.intp], name: str, match: Match) -> NDArray[np.int16]:
        told = self._told.get(name, np.zeros(0, np.int16))
        if len(told) < len(self._numbers.cells):
            more = np.full(max(len(self._numbers.cells), 2 * len(told)) - len(told), _UNKNOWN, np.int16)
            told = self._told[name] = np.concatenate((told, more))
        if unknown := different(codes[told[codes] == _UNKNOWN]):
            told[unknown] = match([self._numbers.cells[number] for number in unknown])
        return told[codes]

    def number(self, column: Column) -> NDArray[np.intp]:
        if len(self._numbers) > _REMEMBERED:
            self._numbers, self._told = Numbering[str](), {}
        normal = self._normal(column) if _DIGIT.search(column.text) else column.cells
        return self._numbers.of(normal)

    def _normal(self, column: Column) -> list[str]:
        classes, wide = self._way
        text = change_digits(column.text, classes)
        if wide is None or self._rare is None:
            return text.split(EDGE)
        normal = change_digits(text, wide.classes).split(EDGE)
        found = [match.start() for match in self._rare.finditer(text)]
        for row in np.searchsorted(column.starts, found, "right") - 1 if found else ():
            start = int(column.starts[row])
            normal[row] = text[start : start + len(normal[row])]
        return normal
