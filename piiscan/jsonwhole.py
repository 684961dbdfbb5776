"""Small JSON objects and arrays read whole by the C scanner of the standard library, seven times as fast as by tokens.

It takes only what is JSON to the letter and lies in the cursor's window; all else is left to the tokens, which
also say where what was not read so far ends. The places of values are found when they are asked for.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from piiscan import possessive
from piiscan.blocks import advance
from piiscan.jsonrows import TELLING, Family, Row
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.cursor import Cursor

#: Objects of so many members come as several rows, and are left to the tokens.
WIDEST = 1000
_KEYS = 10_000
_SHAPES = 2048  # as many key tuples are remembered with their headers
_PINNED = 16  # a row holds on to its container: so many characters of that count as one of the row's own
# As much may be scanned in vain before the window moves on; each failure also counts the lines before it.
_VAIN, _FAILURE = 1 << 17, 1 << 11
_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str)
_WORDS: dict[object, str] = {True: "true", False: "false", None: ""}
_ATOM = possessive.compiled(r'(?s)"((?:[^"\\]++|\\.)*+)"|([^][{}:,"\s]++)')
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_ONLY_TEXT = {str}
_SURROGATE = re.compile("[\ud800-\udfff]")


class _TokensNeededError(Exception):
    """Raised inside this module for a container that has to be read by its tokens."""


class _Container:
    """The text of a container, and where in the file it begins."""

    __slots__ = ("_atoms", "_spot", "text")

    def __init__(self, text: str, spot: Spot) -> None:
        self.text, self._spot = text, spot
        self._atoms: list[re.Match[str]] | None = None

    def find(self, number: int) -> Spot:
        """Find the atom (string, number or word) of this number, keys counted."""
        self._atoms = self._atoms or list(_ATOM.finditer(self.text))
        atom = self._atoms[number]
        line, column, _ = self._spot
        place = advance(line, column, self.text[: atom.start(atom.lastindex or 0)])
        return Spot(*place, straight="\\" not in atom[0])


class _Atoms:
    """The spots of a row's cells: the numbers of their atoms in a container."""

    __slots__ = ("_container", "_numbers")

    def __init__(self, container: _Container, numbers: Sequence[int]) -> None:
        self._container, self._numbers = container, numbers

    def __getitem__(self, column: int) -> Spot:
        """Find the spot of the cell in `column`."""
        return self._container.find(self._numbers[column])


class Keys:
    """The keys that are scanned: each of them once, as long as they can be remembered."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def is_fresh(self, key: str) -> bool:
        """Tell whether `key` is worth scanning, and has not been scanned."""
        return key not in self._seen and TELLING.search(key) is not None

    def note(self, key: str) -> None:
        """Remember that `key` is scanned."""
        if len(self._seen) < _KEYS:
            self._seen.add(key)


class Containers:
    """Reads containers whole at a cursor."""

    def __init__(self, cursor: Cursor, keys: Keys) -> None:
        self._cursor, self._keys = cursor, keys
        self._shapes: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._window, self._vain = "", 0

    def read(self, name: str, *, is_row: bool) -> list[Row] | None:
        """Read the container at the cursor and go behind it; None, and stay there, if it is not to be read whole.

        `name` is the key it stands under, `is_row` says that it stands in an array.
        """
        cursor = self._cursor
        found = self._decode()
        if found is None and len(cursor.text) - cursor.at < cursor.step and cursor.grow():
            found = self._decode()
        if found is None:
            return None
        value, end = found
        text = cursor.text[cursor.at : end]
        reading = _Reading(_Container(text, cursor.spot()), self._keys, self._shapes)
        try:
            reading.take(name, value, is_row=is_row)
        except (_TokensNeededError, RecursionError):
            return None
        if _SURROGATE_ESCAPE.search(text) and any(map(_has_surrogate, reading.rows)):
            return None
        cursor.at = end
        for key in reading.fresh:
            self._keys.note(key)
        return reading.rows

    def _decode(self) -> tuple[Any, int] | None:
        cursor = self._cursor
        if cursor.text is not self._window:
            self._window, self._vain = cursor.text, 0
        if self._vain > _VAIN:
            return None
        try:
            return _DECODER.raw_decode(cursor.text, cursor.at)
        except json.JSONDecodeError as error:
            self._vain += error.pos - cursor.at + _FAILURE
        except RecursionError:
            self._vain += _VAIN
        return None


class _Reading:
    """Turns a decoded container into rows, as the tokens would: objects are tuples of pairs, arrays are lists."""

    def __init__(
        self, container: _Container, keys: Keys, shapes: dict[tuple[str, tuple[str, ...]], tuple[str, ...]]
    ) -> None:
        self.rows: list[Row] = []
        self.fresh: set[str] = set()
        self._container, self._keys, self._shapes = container, keys, shapes
        self._size = len(container.text) // _PINNED
        self._number = 0

    def take(self, name: str, value: Any, *, is_row: bool) -> None:  # noqa: ANN401 - what the decoder gives
        """Add the rows of a container under `name`."""
        if type(value) is list:
            self._take_array(name, value, is_row=is_row)
        elif value:
            self.rows.append(self._take_object(name, value))

    def _take_object(self, name: str, pairs: tuple[tuple[str, Any], ...]) -> Row:
        """Give the row of an object; what is none of its parts is added."""
        if len(pairs) >= WIDEST:
            raise _TokensNeededError
        keys, values = zip(*pairs, strict=True)
        headers = self._shapes.get((name, keys)) or self._shape(name, keys)
        kinds = set(map(type, values))
        if not headers or tuple in kinds or list in kinds:
            return self._take_nested(name, pairs)
        first = self._number + 1
        self._number += 2 * len(keys)
        cells = values if kinds == _ONLY_TEXT else tuple([_WORDS.get(value, value) for value in values])
        return self._row(headers, cells, range(first, self._number, 2))

    def _take_nested(self, name: str, pairs: tuple[tuple[str, Any], ...]) -> Row:
        headers, cells, numbers = [], [], []
        family: Family | None = None
        for key, value in pairs:
            if self._keys.is_fresh(key) and key not in self.fresh:
                self.fresh.add(key)
                self._add(("",), (key,), (self._number,))
            self._number += 1
            if type(value) is tuple and value and not TELLING.search(key):
                family = family or Family()
                self.rows += family.take(key or name, self._take_object(key or name, value))
            elif type(value) is tuple or type(value) is list:
                self.take(key or name, value, is_row=False)
            else:
                headers.append(header(name, key))
                cells.append(_WORDS.get(value, value))
                numbers.append(self._number)
                self._number += 1
        row = self._row(tuple(headers), tuple(cells), tuple(numbers))
        return family.close(row) if family else row

    def _take_array(self, name: str, values: list[Any], *, is_row: bool) -> None:
        if is_row and len(values) >= WIDEST:
            raise _TokensNeededError
        headers = (name,) if name else ()
        cells, numbers = [], []
        for value in values:
            if type(value) is tuple or type(value) is list:
                self.take(name, value, is_row=True)
                continue
            cell = _WORDS.get(value, value)
            if is_row:
                cells.append(cell)
                numbers.append(self._number)
            else:
                self._add(headers, (cell,), (self._number,))
            self._number += 1
        self._add((), tuple(cells), tuple(numbers))

    def _add(self, headers: tuple[str, ...], cells: Sequence[str], numbers: Sequence[int]) -> None:
        self.rows.append(self._row(headers, cells, numbers))

    def _row(self, headers: tuple[str, ...], cells: Sequence[str], numbers: Sequence[int]) -> Row:
        return Row(headers, cells, _Atoms(self._container, numbers), self._size)

    def _shape(self, name: str, keys: tuple[str, ...]) -> tuple[str, ...] | None:
        """Give the headers of an object with these keys, and remember them unless a key is to be scanned."""
        if any(map(self._keys.is_fresh, keys)):
            return None
        if len(self._shapes) >= _SHAPES:
            self._shapes.clear()
        self._shapes[name, keys] = headers = tuple(header(name, key) for key in keys)
        return headers


def header(name: str, key: str) -> str:
    """Name the value under `key` in an object that stands under `name`."""
    return f"{name}.{key}" if name else key


def _has_surrogate(row: Row) -> bool:
    return any(map(_SURROGATE.search, (*row[0], *row[1])))
