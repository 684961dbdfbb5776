"""The values of attributes as columns under their names; `value` and `content` under the name of their field.

An element's `name` stands under `id`: it is what a page calls an element, and nobody's name.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from piiscan.piece import Table
from piiscan.tables import Spot, place_spot
from piiscan.tags import ATTRIBUTE, TELLING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from piiscan.cursor import Cursor
    from piiscan.piece import Place

#: Cells, the character in the windows at which each begins, and the rows of those that are not so in the file.
_Column = tuple[list[str], list[int], set[int]]

_NAMING = {"value": ("name", "id"), "content": ("name", "property", "itemprop")}
_CALLED = {"name": "id"}
_REMEMBERED = 1024  # headers of attributes
_GATHERED = 1 << 18  # characters of values, until they are given away


#: Header and text of a value, its index in the text of its attributes, and `straight` as in a `Spot`: a plain tuple,
#: because a page has more of them than of anything else.
Value = tuple[str, str, int, bool]


class _Windows(NamedTuple):
    """Windows with values: the character at which each begins, its first line, and where its lines start."""

    first: list[int]
    lines: list[int]
    starts: list[Sequence[int]]

    def place(self, at: int) -> tuple[int, int]:
        """Give the line and column of a character."""
        window = bisect_right(self.first, at) - 1
        starts, index = self.starts[window], at - self.first[window]
        number = bisect_right(starts, index) - 1
        return self.lines[window] + number, index - starts[number] + 1


class Values:
    """Gathers the values of tags, those of an attribute in a column."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._headers: dict[str, str] = {}
        self._columns: dict[str, _Column] = {}
        self._windows = _Windows([0], [1], [()])
        self._end = self._size = 0

    def read(self, attributes: str, label: Callable[[], str]) -> list[Value]:
        """Read the attributes of a tag that have a value, or a name that looks like one.

        `label` tells what stands before a form field.
        """
        values: list[Value] = []
        known = self._headers
        for found in ATTRIBUTE.finditer(attributes):
            group = found.lastindex or 1
            name, raw = found[1], found[group]
            if not raw or (group == 1 and not TELLING.search(raw)):
                continue
            header = known.get(name) or self._find_header(name, attributes, label)
            if "&" not in raw and "%" not in raw:
                values.append((header, raw, found.start(group), True))
                continue
            text = html.unescape(raw) if "&" in raw else raw
            text = unquote(text) if "%" in text else text
            values.append((header, text, found.start(group), text == raw and "&" not in raw))
        return values

    def add(self, values: list[Value], start: int) -> None:
        """Take values from attributes that stand at index `start` of the window."""
        starts, columns = self._cursor.starts(), self._columns
        if starts is not self._windows.starts[-1]:
            self._windows.first.append(self._end)
            self._windows.lines.append(self._cursor.line)
            self._windows.starts.append(starts)
            self._end += len(self._cursor.text)
        start += self._windows.first[-1]
        for header, text, at, straight in values:
            column = columns.get(header)
            if column is None:
                column = columns[header] = ([], [], set())
            if not straight:
                column[2].add(len(column[0]))
            column[0].append(text)
            column[1].append(start + at)
            self._size += len(text)

    def drain(self, *, is_end: bool = False) -> Iterator[Table]:
        """Yield the columns if they are large, or if the page ends."""
        if self._size > _GATHERED or is_end:
            windows, columns = self._windows, self._columns
            self._windows, self._columns, self._size = _Windows([0], [1], [()]), {}, 0
            for header, (cells, places, bent) in columns.items():
                column = tuple(cells)
                yield Table((column,), _locator(column, places, bent, windows), (header,))

    def _find_header(self, name: str, attributes: str, label: Callable[[], str]) -> str:
        lower = name.lower()
        if lower not in _NAMING:
            if len(self._headers) >= _REMEMBERED:
                self._headers.clear()
            return self._headers.setdefault(name, _CALLED.get(lower, lower))
        valued = (found for found in ATTRIBUTE.finditer(attributes) if (found.lastindex or 1) > 1)
        named = {found[1].lower(): found[found.lastindex or 1] for found in valued}
        words = [label() if lower == "value" else ""]
        words += [html.unescape(named[key]) for key in _NAMING[lower] if key in named][:1]
        return " ".join(filter(None, words)) or lower


def _locator(
    cells: Sequence[str], places: Sequence[int], bent: set[int], windows: _Windows
) -> Callable[[int, int, int], Place]:
    """Give what tells the place of a value, in a cell that begins at the character of its row."""

    def locate(column: int, row: int, offset: int) -> Place:
        return place_spot([Spot(*windows.place(places[row]), row not in bent)], column, cells[row], offset)

    return locate
