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
from enum import Enum, auto
from typing import TYPE_CHECKING

from piiscan.blocks import SIZE, Blocks, iter_segments
from piiscan.cursor import Cursor
from piiscan.jsontokens import Kind, Token, Tokens
from piiscan.jsonwhole import Containers, Keys
from piiscan.model import Outcome
from piiscan.nested import Nested
from piiscan.piece import Problem
from piiscan.tables import Limits, Tables, place_spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.nested import Frame
    from piiscan.piece import Piece, Table

PROBLEM = Problem(Outcome.PARTIAL, "json")
_DEEPEST = 200_000
#: A row holds on to the text that it was read from, to find places in it: so a block has half as many rows.
_LIMITS = Limits(rows=5_000)
# What is read whole has to lie within two steps: small ones cost little where that fails, and hold little text.
_STEP, _WHOLE_DEEPEST = 1 << 13, 100
_NEXT, _NEXT_IN_ARRAY = re.compile(r"[ \t\r\n]*+(?=[{[])"), re.compile(r"[ \t\r\n]*+,[ \t\r\n]*+(?=[{[])")


class _Expect(Enum):
    VALUE = auto()
    KEY = auto()
    COLON = auto()
    COMMA = auto()


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
    yield from rows.flush()
    yield from cursor.problems
    if is_broken:
        yield PROBLEM


class _Rows:
    """Follows the grammar token by token, and turns objects and arrays into rows."""

    def __init__(self, tokens: Tokens, cursor: Cursor) -> None:
        self._tokens, self._cursor = tokens, cursor
        self._keys = Keys()
        self._containers = Containers(cursor, self._keys)
        self._nested = Nested(Tables(place_spot, limits=_LIMITS))
        self._frames = self._nested.frames
        self._expect = _Expect.VALUE

    @property
    def is_open(self) -> bool:
        """Whether an object or array has no end yet."""
        return bool(self._frames)

    @property
    def header(self) -> str:
        """The label of the value that comes next."""
        return self._nested.header

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
        yield from self._nested.close_all()
        self._expect = _Expect.VALUE

    def flush(self) -> Iterator[Table]:
        """Yield the tables that are left."""
        yield from self._nested.tables.flush()

    def _iter_containers(self) -> Iterator[Table]:
        """Read whole what can be, from the container at the cursor on; the first that cannot be is opened."""
        nested, cursor = self._nested, self._cursor
        name, is_row = nested.name, nested.is_in_array
        is_object = cursor.text[cursor.at] == "{"
        while (rows := self._containers.read(name, is_row=is_row)) is not None:
            if rows and is_object and nested.holds_parts:
                rows[-1:] = self._frames[-1].family.take(name, rows[-1])
            for row in rows:
                yield from nested.tables.add(*row)
            following = (_NEXT_IN_ARRAY if is_row else _NEXT).match(cursor.text, cursor.at)
            if not following or (self._frames and not is_row):
                self._expect = self._after_value()
                break
            cursor.at = following.end()
        else:
            yield from self._take_mark(cursor.text[cursor.at])
            cursor.at += 1
        self._tokens.skip()

    def _take_mark(self, mark: str) -> Iterable[Table]:
        frame = self._frames[-1] if self._frames else None
        if mark in "{[" and self._expect is _Expect.VALUE and len(self._frames) < _DEEPEST:
            self._nested.open(is_object=mark == "{")
            self._expect = _Expect.KEY if mark == "{" else _Expect.VALUE
        elif frame and mark == ("}" if frame.is_object else "]") and self._may_close(frame):
            tables = self._nested.close()
            self._expect = self._after_value()
            return tables
        elif frame and mark == "," and self._expect is _Expect.COMMA:
            self._expect = _Expect.KEY if frame.is_object else _Expect.VALUE
        elif mark == ":" and self._expect is _Expect.COLON:
            self._expect = _Expect.VALUE
        else:
            raise _UnexpectedError
        return ()

    def _may_close(self, frame: Frame) -> bool:
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
        return self._nested.tables.add(("",), [key], [self._tokens.spot(token)])

    def _take_value(self, token: Token) -> Iterable[Table]:
        text = "" if token.kind is Kind.LITERAL and token.text == "null" else token.text
        return self._nested.take(text, self._tokens.spot(token))
