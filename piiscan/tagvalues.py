"""The values of attributes as columns under `tag.name`; `value` and `content` under the name of their field."""

from __future__ import annotations

import html
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from piiscan.tags import ATTRIBUTE, TELLING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from piiscan.cursor import Cursor

Headers = tuple[str, ...]
Column = tuple[list[str], list[tuple[tuple[int, int, bool]]]]

_NAMING = {"value": ("name", "id"), "content": ("name", "property", "itemprop")}
_REMEMBERED = 1024  # headers of attributes


class Value(NamedTuple):
    """A value with its headers; `at` is its index in the text of its attributes, `straight` as in a `Spot`."""

    headers: Headers
    text: str
    at: int
    straight: bool


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
        values = []
        for found in ATTRIBUTE.finditer(attributes):
            group = found.lastindex or 1
            text = raw = found[group]
            if not raw or (group == 1 and not TELLING.search(raw)):
                continue
            headers = self._headers.get((tag, found[1])) or self._find_headers(tag, found[1], attributes, label)
            if "&" in raw:
                text = html.unescape(raw)
            if "%" in text:
                text = unquote(text)
            values.append(Value(headers, text, found.start(group), text == raw and "&" not in raw))
        return values

    def add(self, values: list[Value], start: int) -> None:
        """Take values from attributes that stand at index `start` of the window."""
        starts, line = self._cursor.starts(), self._cursor.line
        for headers, text, at, straight in values:
            column = self._columns.get(headers)
            if column is None:
                column = self._columns[headers] = ([], [])
            column[0].append(text)
            number = bisect_right(starts, start + at) - 1
            column[1].append(((line + number, start + at - starts[number] + 1, straight),))
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
