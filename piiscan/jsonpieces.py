"""JSON, JSON lines and concatenated JSON: objects are rows, keys are headers.

An object nested in another, or in an array under a key, has headers like `parent.key`. One under a key of its own is
part of the row around it, unless its like stands beside it (jsonrows.py). The scalars of an array are a column under
the array's key, and an array inside an array is a row. Keys that hold a digit or "@" are scanned as well. Where the
text is no JSON it is plain text, until a line begins with `{` or `[`.

Limits: a value above 1 MiB is a segment without a line; one with escapes is placed where it starts; objects
of more than `WIDEST` members come as several rows; what is nested deeper than `_DEEPEST` is plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from piiscan.blocks import SIZE, Blocks, iter_segments
from piiscan.cursor import Cursor
from piiscan.jsonrows import TELLING, Family, Row
from piiscan.jsontokens import Kind, Token, Tokens
from piiscan.jsonwhole import WIDEST, Containers, Keys, header
from piiscan.model import Outcome
from piiscan.piece import Problem
from piiscan.tables import Spot, Tables, place_spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.piece import Piece, Table
    from piiscan.tables import Spots

PROBLEM = Problem(Outcome.PARTIAL, "json")
_DEEPEST = 200_000
# What is read whole has to lie within two steps: small ones cost little where that fails, and hold little text.
_STEP, _WHOLE_DEEPEST = 1 << 13, 100
_NEXT, _NEXT_IN_ARRAY = re.compile(r"[ \t\r\n]*+(?=[{[])"), re.compile(r"[ \t\r\n]*+,[ \t\r\n]*+(?=[{[])")


class _Expect(Enum):
    VALUE = auto()
    KEY = auto()
    COLON = auto()
    COMMA = auto()


@dataclass(slots=True)
class _Frame:
    """An open object or array: the key it stands under, and its members so far."""

    name: str
    is_object: bool
    is_row: bool
    key: str = ""
    keys: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    family: Family = field(default_factory=Family)


class _UnexpectedError(Exception):
    """Raised inside this module for a token that JSON does not have there."""


def iter_pieces(texts: Iterator[str | Problem], limit: int = SIZE) -> Iterator[Piece]:
    """Yield the pieces of decoded text; values above `limit` characters are segments."""
    cursor = Cursor(texts, _STEP)
    tokens = Tokens(cursor, limit)
    rows = _Rows(tokens, cursor)
    is_broken = False
    for token in tokens:
        try:
            yield from rows.take(token)
        except _UnexpectedError:
            is_broken = True
            yield from rows.close()
            line, column, _ = cursor.spot()
            yield from iter_segments(tokens.iter_broken(), Blocks(line=line, column=column, size=limit))
        else:
            if token.kind is Kind.LONG:
                blocks = Blocks(hint=rows.header, line=None, size=limit)
                yield from iter_segments(tokens.iter_long(), blocks)
    is_broken |= rows.is_open
    yield from rows.close()
    yield from rows.tables.flush()
    yield from cursor.problems
    if is_broken:
        yield PROBLEM


class _Rows:
    """Follows the grammar token by token, and turns objects and arrays into rows."""

    def __init__(self, tokens: Tokens, cursor: Cursor) -> None:
        self._tokens, self._cursor = tokens, cursor
        self._keys = Keys()
        self._containers = Containers(cursor, self._keys)
        self.tables: Tables[Spots] = Tables(place_spot)
        self._frames: list[_Frame] = []
        self._expect = _Expect.VALUE

    @property
    def is_open(self) -> bool:
        """Whether an object or array has no end yet."""
        return bool(self._frames)

    @property
    def header(self) -> str:
        """The label of the value that comes next."""
        frame = self._frames[-1] if self._frames else _Frame("", is_object=False, is_row=False)
        return header(frame.name, frame.key) if frame.is_object else frame.name

    def take(self, token: Token) -> Iterable[Table]:
        """Take the next token; give the tables that are full. Raises `_UnexpectedError`."""
        if token.kind is Kind.MARK:
            is_container = token.text in "{[" and self._expect is _Expect.VALUE and len(self._frames) < _WHOLE_DEEPEST
            return self._iter_containers() if is_container else self._take_mark(token.text)
        if token.kind is Kind.STRING and self._expect is _Expect.KEY:
            return self._take_key(token)
        if token.kind is Kind.BROKEN or self._expect is not _Expect.VALUE:
            raise _UnexpectedError
        self._expect = self._after_value()
        return () if token.kind is Kind.LONG else self._take_value(token)

    def close(self) -> Iterator[Table]:
        """Yield the rows of all that is open, and start anew."""
        while self._frames:
            yield from self._close(self._frames.pop())
        self._expect = _Expect.VALUE

    def _iter_containers(self) -> Iterator[Table]:
        """Read whole what can be, from the container at the cursor on; the first that cannot be is opened."""
        cursor, name, is_row = self._cursor, self._name(), self._is_in_array()
        is_object = cursor.text[cursor.at] == "{"
        while (rows := self._containers.read(name, is_row=is_row)) is not None:
            if rows and is_object and self._is_part(self._frames):
                rows[-1:] = self._frames[-1].family.take(name, rows[-1])
            for row in rows:
                yield from self.tables.add(*row)
            following = (_NEXT_IN_ARRAY if is_row else _NEXT).match(cursor.text, cursor.at)
            if not following or (self._frames and not is_row):
                self._expect = self._after_value()
                break
            cursor.at = following.end()
        else:
            yield from self._take_mark(cursor.text[cursor.at])
            cursor.at += 1
        self._tokens.skip()

    def _name(self) -> str:
        """Give the name of a container that opens here."""
        frame = self._frames[-1] if self._frames else None
        return (frame.key or frame.name) if frame else ""

    def _is_in_array(self) -> bool:
        return bool(self._frames) and not self._frames[-1].is_object

    def _is_part(self, frames: list[_Frame]) -> bool:
        """Tell whether an object that opens or closes here may be a part of the last frame's row."""
        return bool(frames) and frames[-1].is_object and not TELLING.search(frames[-1].key)

    def _take_mark(self, mark: str) -> Iterable[Table]:
        frame = self._frames[-1] if self._frames else None
        if mark in "{[" and self._expect is _Expect.VALUE and len(self._frames) < _DEEPEST:
            self._frames.append(_Frame(self._name(), is_object=mark == "{", is_row=self._is_in_array()))
            self._expect = _Expect.KEY if mark == "{" else _Expect.VALUE
        elif frame and mark == ("}" if frame.is_object else "]") and self._may_close(frame):
            self._frames.pop()
            self._expect = self._after_value()
            return self._close(frame)
        elif frame and mark == "," and self._expect is _Expect.COMMA:
            self._expect = _Expect.KEY if frame.is_object else _Expect.VALUE
        elif mark == ":" and self._expect is _Expect.COLON:
            self._expect = _Expect.VALUE
        else:
            raise _UnexpectedError
        return ()

    def _may_close(self, frame: _Frame) -> bool:
        # A comma before the closing mark is forgiven: nothing is lost by it.
        return self._expect is _Expect.COMMA or self._expect is (_Expect.KEY if frame.is_object else _Expect.VALUE)

    def _after_value(self) -> _Expect:
        return _Expect.COMMA if self._frames else _Expect.VALUE

    def _take_key(self, token: Token) -> Iterable[Table]:
        key = token.text
        self._frames[-1].key = key
        self._expect = _Expect.COLON
        if not self._keys.is_fresh(key):
            return ()
        self._keys.note(key)
        return self.tables.add(("",), [key], [self._tokens.spot(token)])

    def _take_value(self, token: Token) -> Iterable[Table]:
        frame = self._frames[-1] if self._frames else None
        text = "" if token.kind is Kind.LITERAL and token.text == "null" else token.text
        spot = self._tokens.spot(token)
        if frame is None or not (frame.is_object or frame.is_row):
            headers = (frame.name,) if frame and frame.name else ()
            return self.tables.add(headers, [text], [spot])
        frame.keys.append(frame.key)
        frame.cells.append(text)
        frame.spots.append(spot)
        return self._release(frame) if len(frame.cells) >= WIDEST else ()

    def _release(self, frame: _Frame) -> Iterable[Table]:
        return self.tables.add(*_row_of(frame))

    def _close(self, frame: _Frame) -> Iterator[Table]:
        """Yield the row of a frame that has ended, unless it is a part of the row around it."""
        row = frame.family.close(_row_of(frame))
        is_part = frame.is_object and self._is_part(self._frames)
        for each in self._frames[-1].family.take(frame.name, row) if is_part else [row]:
            yield from self.tables.add(*each)


def _row_of(frame: _Frame) -> Row:
    headers = tuple(header(frame.name, key) for key in frame.keys) if frame.is_object else ()
    row = Row(headers, frame.cells, frame.spots)
    frame.keys, frame.cells, frame.spots = [], [], []
    return row
