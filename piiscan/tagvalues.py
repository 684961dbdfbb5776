"""The values of attributes as columns under `tag.name`; `value` and `content` under the name of their field."""

from __future__ import annotations

import html
from bisect import bisect_right
from typing import TYPE_CHECKING
from urllib.parse import unquote

from piiscan.tags import ATTRIBUTE, TELLING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from piiscan.cursor import Cursor

Headers = tuple[str, ...]
Column = tuple[list[str], list[tuple[tuple[int, int, bool]]]]

_NAMING = {"value": ("name", "id"), "content": ("name", "property", "itemprop")}
_REMEMBERED = 1024  # headers of attributes


#: Headers and text of a value, its index in the text of its attributes, and `straight` as in a `Spot`: a plain tuple,
#: because a page has more of them than of anything else.
Value = tuple[Headers, str, int, bool]


class Values:
    """Gathers the values of tags, many to a column."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._headers: dict[tuple[str, str], Headers] = {}
        self._columns: dict[Headers, Column] = {}
        self.size = 0

    def read(self, tag: str, attributes: str, label: Callable[[], str]) -> list[Value]:
        """Read the attributes of `tag` that have a value, or a name that looks like one.

        `label` tells what stands before a form field.
        """
        values: list[Value] = []
        known = self._headers
        for found in ATTRIBUTE.finditer(attributes):
            group = found.lastindex or 1
            name, raw = found[1], found[group]
            if not raw or (group == 1 and not TELLING.search(raw)):
                continue
            headers = known.get((tag, name)) or self._find_headers(tag, name, attributes, label)
            if "&" not in raw and "%" not in raw:
                values.append((headers, raw, found.start(group), True))
                continue
            text = html.unescape(raw) if "&" in raw else raw
            text = unquote(text) if "%" in text else text
            values.append((headers, text, found.start(group), text == raw and "&" not in raw))
        return values

    def add(self, values: list[Value], start: int) -> None:
        """Take values from attributes that stand at index `start` of the window."""
        if not values:
            return
        starts, line, columns = self._cursor.starts(), self._cursor.line, self._columns
        number = following = 0
        for headers, text, at, straight in values:
            place = start + at
            if place >= following:  # a tag may go on for lines
                number = bisect_right(starts, place)
                following = starts[number] if number < len(starts) else start + values[-1][2] + 1
            column = columns.get(headers)
            if column is None:
                column = columns[headers] = ([], [])
            column[0].append(text)
            column[1].append(((line + number - 1, place - starts[number - 1] + 1, straight),))
            self.size += len(text)

    def drain(self) -> Iterator[tuple[Headers, Column]]:
        """Yield the columns, each with its headers: the cells, and the places of each row's only cell."""
        yield from self._columns.items()
        self._columns.clear()
        self.size = 0

    def _find_headers(self, tag: str, name: str, attributes: str, label: Callable[[], str]) -> Headers:
        name = name.lower()
        if name not in _NAMING:
            if len(self._headers) >= _REMEMBERED:
                self._headers.clear()
            return self._headers.setdefault((tag, name), (f"{tag}.{name}",))
        valued = (found for found in ATTRIBUTE.finditer(attributes) if (found.lastindex or 1) > 1)
        named = {found[1].lower(): found[found.lastindex or 1] for found in valued}
        words = [label() if name == "value" else ""]
        words += [html.unescape(named[key]) for key in _NAMING[name] if key in named][:1]
        return (" ".join(filter(None, words)) or f"{tag}.{name}",)
