"""The rows of a block of a table as people: who has a value in which row, by category and role. It sees hashes only."""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from functools import partial
from itertools import compress
from operator import and_, eq, or_
from typing import TYPE_CHECKING, Any

from piiscan.hashes import Hashes, Store
from piiscan.headcount import BIRTH, BOTH, CONTACT, CONTACTS, NAME, PERSONAL, category_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    Ints = Sequence[int] | array[int] | NDArray[Any]


#: Where data lies: the member of a container, and its part.
Place = tuple[tuple[str, ...], str]
#: So many values at once are a mass, for which numpy is loaded in any case.
_MANY = 256
#: Bytes of a hash.
_WIDTH = 8


def _mass(rows: int) -> ModuleType | None:
    """Give what takes so many rows at once, if numpy has been loaded for their values."""
    if rows < _MANY or "numpy" not in sys.modules:
        return None
    from piiscan import rowmass  # noqa: PLC0415 - it loads numpy

    return rowmass


class Part:
    """What one part holds of one role: people by their categories, and hashes of different values by kind.

    A kind is `phone:phone_mobile`.
    """

    __slots__ = ("in_rows", "in_text", "rows")

    def __init__(self, store: Store) -> None:
        """Take the room for hashes."""
        self.rows: Counter[tuple[str, ...]] = Counter()
        self.in_rows = defaultdict[str, Hashes](partial(Hashes, store))
        self.in_text = defaultdict[str, Hashes](partial(Hashes, store))


class _Values:
    """The hash of a value of one category in each row that has one."""

    def __init__(self, size: int) -> None:
        self.hashes = array("q", bytes(_WIDTH * size))
        self.has = bytearray(size)

    def add(self, rows: Ints, hashes: Sequence[int] | array[int]) -> None:
        """Take values; the first column says who somebody is."""
        if len(rows) < _MANY:
            for row, each in dict(zip(rows, hashes, strict=True)).items():
                if not self.has[row]:
                    self.hashes[row], self.has[row] = each, True
            return
        import numpy as np  # noqa: PLC0415 - it was loaded for the mass

        at, has = np.asarray(rows), np.frombuffer(self.has, np.bool_)
        new = ~has[at]
        np.frombuffer(self.hashes, np.int64)[at[new]] = np.asarray(hashes)[new]
        has[at] = True

    def over(self, others: _Values | None) -> _Values:
        """Give these, and in other rows those of others."""
        if others is None:
            return self
        both = _Values(0)
        if mass := _mass(len(self.has)):
            both.has, both.hashes = mass.over((self.has, self.hashes), (others.has, others.hashes))
            return both
        both.has = bytearray(map(or_, self.has, others.has))
        chosen = zip(self.has, self.hashes, others.hashes, strict=True)
        both.hashes = array("q", [mine if has else theirs for has, mine, theirs in chosen])
        return both


class _Column:
    """What the rows of a block tell of one role."""

    def __init__(self, size: int) -> None:
        self.names: list[str] = []
        self.masks = array("q", bytes(_WIDTH * size))
        self.values: dict[str, _Values] = {}

    def add(self, category: str, rows: Ints, hashes: Sequence[int] | array[int]) -> None:
        """Take the values of a category, with the row of each."""
        if category not in self.names:
            self.names.append(category)
        bit, masks = 1 << self.names.index(category), self.masks
        if len(rows) < _MANY:
            for row in rows:
                masks[row] |= bit
        else:
            import numpy as np  # noqa: PLC0415 - it was loaded for the mass

            np.frombuffer(masks, np.int64)[np.asarray(rows)] |= bit
        if category in (NAME, BIRTH, *CONTACTS):
            if category not in self.values:
                self.values[category] = _Values(len(masks))
            self.values[category].add(rows, hashes)

    def bits(self, categories: Iterable[str]) -> int:
        """Give the mask of some categories."""
        return sum(1 << self.names.index(each) for each in categories if each in self.names)

    def people(self, among: Ints, part: Part) -> None:
        """Enter the people of the rows whose mask is not 0."""
        mass = _mass(len(among))
        for mask, number in (mass.count(among) if mass else Counter(among)).items():
            if mask:
                names = (name for at, name in enumerate(self.names) if mask >> at & 1)
                part.rows[tuple(sorted(names))] += number
        named, reach = self.values.get(NAME), None
        for each in reversed(CONTACTS):
            reach = self.values[each].over(reach) if each in self.values else reach
        for together, others in ((BOTH, self.values.get(BIRTH)), (CONTACT, reach)):
            if named and others and mass:
                both = mass.pairs((named.has, named.hashes), (others.has, others.hashes), among)
                if both:
                    part.in_rows[together].update(both)
            elif named and others:
                rows = list(map(and_, map(and_, named.has, others.has), map(bool, among)))
                pairs = zip(compress(named.hashes, rows), compress(others.hashes, rows), strict=True)
                if any(rows):
                    part.in_rows[together].update(map(hash, pairs))


class Rows:
    """The rows of one block of a table, filled column by column."""

    def __init__(self, parts: Mapping[tuple[Place, str], Part], place: Place, size: int) -> None:
        self._parts, self._place, self._size = parts, place, size
        self._columns: dict[str, _Column] = {}
        self.role = ""  # of the columns that come now

    def add(self, kind: str, rows: Ints, hashes: Sequence[int] | array[int]) -> None:
        """Take the values of a kind, with the row of each."""
        if self.role not in self._columns:
            self._columns[self.role] = _Column(self._size)
        self._columns[self.role].add(category_of(kind), rows, hashes)
        self._parts[self._place, self.role].in_rows[kind].update(hashes)

    def end(self) -> None:
        """Take the rows as they are now: those of nobody are left out, and who fills two roles is one person."""
        for role, column in self._columns.items():
            telling, mass = column.bits(PERSONAL), _mass(self._size)
            among: list[int] | NDArray[Any]
            if mass:
                among = mass.telling(column.masks, telling)
            else:
                among = [mask if mask & telling else 0 for mask in column.masks]
            self._drop_same(role, among)
            column.people(among, self._parts[self._place, role])

    def _drop_same(self, role: str, among: list[int] | NDArray[Any]) -> None:
        """Leave out who stands in the same row in an earlier role, by name, else by birth date."""
        mine = self._columns[role].values
        for name, other in self._columns.items():
            if name == role:
                return
            for category in (NAME, BIRTH):
                theirs, own = other.values.get(category), mine.get(category)
                if theirs and own:
                    both = map(and_, theirs.has, own.has)
                    same = map(and_, both, map(eq, theirs.hashes, own.hashes))
                    for row in compress(range(len(among)), same):
                        among[row] = 0
                    break
