"""JSON as a stream of tokens with their places, without recursion and in bounded memory."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from piiscan import possessive
from piiscan.blocks import SIZE
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.cursor import Cursor


class Kind(StrEnum):
    """What a token is; `LONG` is a string too long to be held, `BROKEN` no JSON at all."""

    MARK = "mark"
    STRING = "string"
    LITERAL = "literal"
    LONG = "long"
    BROKEN = "broken"


class Token(NamedTuple):
    """A token: the mark, the literal, or the decoded string; `straight` says that it had no escapes."""

    kind: Kind
    text: str
    straight: bool = True


_SPACE = re.compile(r"[ \t\r\n]*+")
_TOKEN = possessive.compiled(
    r"""(?s)[ \t\r\n]*+(?:([{}\[\],:])|"([^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+)"|([^\s"{}\[\],:]++))""",
)
_STRING, _WORD = 2, 3  # the groups of `_TOKEN`
_OPEN_STRING = possessive.compiled(r'(?s)"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+\\?\Z')
_RUN = re.compile(r'(?:[^"\\\r\n]++|\\u[0-9a-fA-F]{4}|\\[^u])*')
# Leading zeros are no JSON, but an unquoted telephone number is a value all the same.
_LITERAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|NaN|-?Infinity")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Tokens:
    """Reads tokens from `cursor`; `limit` is the longest string, in characters, that is held in memory."""

    def __init__(self, cursor: Cursor, limit: int = SIZE) -> None:
        self._cursor, self._limit = cursor, limit
        self._length = 0

    def __iter__(self) -> Iterator[Token]:
        """Yield tokens, each while the cursor stands before it.

        At a `LONG` token, and at any that it did not expect, the caller reads on with `iter_long` or
        `iter_broken`, or by itself and says so with `skip`; else reading goes on behind the token.
        """
        cursor = self._cursor
        while True:
            found = _TOKEN.match(cursor.text, cursor.at)
            if not found or (found.lastindex == _WORD and found.end() == len(cursor.text)):
                found = self._find_slowly()
                if found is None and cursor.at == len(cursor.text):
                    return
            yield self._read(found)
            cursor.at += self._length

    def skip(self) -> None:
        """Note that the cursor was moved on behind the last token."""
        self._length = 0

    def spot(self, token: Token) -> Spot:
        """Tell where the text of `token` begins, the last one yielded; of a string, behind its quote."""
        line, column, _ = self._cursor.spot()
        return Spot(line, column + (token.kind is Kind.STRING), token.straight)

    def iter_long(self) -> Iterator[str]:
        """Yield the decoded rest of the string at the cursor, to its closing quote or the end of its line."""
        cursor = self._cursor
        self.skip()
        cursor.move(cursor.at + 1)
        while True:
            run = _RUN.match(cursor.text, cursor.at)
            end = run.end() if run else cursor.at
            if end > cursor.at:
                yield _unescape(cursor.move(end))
            if len(cursor.text) - end > len(r"\u0000"):
                break
            if not cursor.grow():
                break
        if cursor.text.startswith('"', cursor.at):
            cursor.move(cursor.at + 1)

    def iter_broken(self) -> Iterator[str]:
        """Yield plain text to the end of the cursor's line, and on until a line begins with { or [."""
        cursor = self._cursor
        self.skip()
        while cursor.at < len(cursor.text) or cursor.grow():
            line_end = cursor.text.find("\n", cursor.at) + 1
            yield cursor.move(line_end or len(cursor.text))
            is_next = cursor.at < len(cursor.text) or cursor.grow()
            if line_end and is_next and cursor.text[cursor.at] in "{[":
                return

    def _find_slowly(self) -> re.Match[str] | None:
        """Find the token at the end of the window, growing it; None if there is none."""
        cursor = self._cursor
        while True:
            space = _SPACE.match(cursor.text, cursor.at)
            cursor.at = space.end() if space else cursor.at
            found = _TOKEN.match(cursor.text, cursor.at)
            if found and (found.end() < len(cursor.text) or found.lastindex != _WORD):
                return found
            is_open = found or cursor.at == len(cursor.text) or _OPEN_STRING.match(cursor.text, cursor.at)
            if not is_open or len(cursor.text) - cursor.at > self._limit:
                return None
            if not cursor.grow():
                return found

    def _read(self, found: re.Match[str] | None) -> Token:
        cursor = self._cursor
        if found is None:
            self._length = 0
            is_long = len(cursor.text) - cursor.at > self._limit
            return Token(Kind.LONG if is_long and cursor.text[cursor.at] == '"' else Kind.BROKEN, "")
        group = found.lastindex or 0
        text: str = found[group]
        cursor.at = found.start(group) - (group == _STRING)
        self._length = found.end() - cursor.at
        if group == _STRING:
            return Token(Kind.STRING, _unescape(text), straight=False) if "\\" in text else Token(Kind.STRING, text)
        if group == _WORD:
            return Token(Kind.LITERAL if _LITERAL.fullmatch(text) else Kind.BROKEN, text)
        return Token(Kind.MARK, text)


def _unescape(raw: str) -> str:
    """Decode escapes; an unknown one stays as it is, half a surrogate pair becomes U+FFFD."""
    try:
        text: str = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        return raw
    return _SURROGATE.sub("\ufffd", text)
