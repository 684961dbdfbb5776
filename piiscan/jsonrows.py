"""What belongs to one row of JSON: an object, and the objects that it holds under keys of its own.

`{"name": …, "address": {"zip": …}}` is one person, and what is known of it is known together. But objects of equal keys
beside each other, such as `{"sato": {"tel": …}, "ito": {"tel": …}}`, are a row each, and so is what stands under a key
that is a number or an address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.tables import Spot, Spots

#: What makes a key a value, which is worth scanning; `[\\d]` takes full-width digits as well.
TELLING = re.compile(r"[\d@]")
#: An object that holds more cells in others is no row with parts but a collection.
_MOST = 64


class Row(NamedTuple):
    """A row as `Tables` takes it: headers, cells, spots, and the share of its container in its size."""

    headers: tuple[str, ...]
    cells: Sequence[str]
    spots: Spots
    size: int = 0


class Family:
    """The objects that an open object holds, until it is known whether they are parts of its row."""

    __slots__ = ("_cells", "_held", "_is_collection")

    def __init__(self) -> None:
        self._held: list[tuple[str, Row]] = []
        self._cells = 0
        self._is_collection = False

    def take(self, name: str, row: Row) -> list[Row]:
        """Take an object under a key, with its name; give the rows that are no parts of another."""
        if not row.cells:
            return []
        if self._is_collection:
            return [row]
        for other, theirs in self._held:
            if len(theirs.headers) == len(row.headers) and _are_alike(name, row.headers, other, theirs.headers):
                self._is_collection = True
        self._held.append((name, row))
        self._cells += len(row.cells)
        return self._let_go() if self._is_collection or self._cells > _MOST else []

    def close(self, row: Row) -> Row:
        """Give the row of the object itself, with its parts."""
        if not self._held:
            return row
        headers, cells, size = row.headers, [*row.cells], row.size
        for _, part in self._held:
            headers += part.headers
            cells += part.cells
            size += part.size
        return Row(headers, cells, _Joined([row, *(part for _, part in self._held)]), size)

    def _let_go(self) -> list[Row]:
        self._is_collection = True
        held, self._held = self._held, []
        return [row for _, row in held]


class _Joined:
    """The spots of a row's cells in the rows that it was made of."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __getitem__(self, column: int) -> tuple[int, int, bool] | Spot:
        """Give the spot of the cell in `column`."""
        for row in self._rows:
            if column < len(row.cells):
                return row.spots[column]
            column -= len(row.cells)
        raise IndexError


@lru_cache(maxsize=1024)
def _are_alike(name: str, headers: tuple[str, ...], other: str, theirs: tuple[str, ...]) -> bool:
    """Tell whether two objects of so many keys have the same, apart from their own names."""
    pairs = zip(headers, theirs, strict=True)
    return all(mine.removeprefix(f"{name}.") == their.removeprefix(f"{other}.") for mine, their in pairs)
