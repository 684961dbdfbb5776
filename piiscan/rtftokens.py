"""Rich Text Format as a stream of tokens, in one pass: words, bytes of text, braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_CHUNK, _LONGEST = 1 << 18, 64
_WORDS = (
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?"  # a word with its number, and the blank that ends it
    rb"|((?:\\'[0-9a-fA-F]{2})+)"  # bytes in hexadecimal, as many as there are
    rb"|\\([^a-zA-Z'])"
    rb"|([{}])"
)
_REST = rb"|[\r\n]+|\\'?"
_TOKEN = re.compile(_WORDS + rb"|([^\\{}\r\n]+)" + _REST, re.DOTALL)
#: Where bytes of CP932 stand as they are, the second one of a character may look like a brace.
_PAIRED = rb"|((?:[^\\{}\r\n\x81-\x9f\xe0-\xfc]|[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc])+|[\x81-\x9f\xe0-\xfc])"
_TOKEN_932 = re.compile(_WORDS + _PAIRED + _REST, re.DOTALL)
_PAGE_932, _HEAD = b"\\ansicpg932", 1024


class Token(NamedTuple):
    r"""A word ("par"), a symbol ("\~"), a brace, or "" with bytes of text; text that is written in hexadecimal too."""

    word: str
    number: int | None = None
    data: bytes = b""


def iter_tokens(stream: BinaryIO) -> Iterator[Token]:
    """Yield the tokens; binary data between them is passed over."""
    buffer, at, is_last = stream.read(_CHUNK), 0, False
    token = _TOKEN_932 if _PAGE_932 in buffer[:_HEAD] else _TOKEN
    while True:
        if not is_last and len(buffer) - at < _LONGEST:
            chunk = stream.read(_CHUNK)
            is_last = not chunk
            buffer, at = buffer[at:] + chunk, 0
            continue
        found = token.match(buffer, at)
        if found is None:  # nothing is left: every byte begins some token
            return
        at = found.end()
        kind = found.lastindex
        if kind == 6:  # noqa: PLR2004 - groups of the expression
            yield Token("", None, found[6])
        elif kind == 3:  # noqa: PLR2004
            yield Token("", None, bytes.fromhex(found[3].replace(b"\\'", b"").decode("ascii")))
        elif kind in {4, 5}:
            yield Token(found[0].decode("latin-1"))
        elif kind:
            word, number = found[1].decode("ascii"), int(found[2]) if found[2] else None
            if word == "bin" and number and number > 0:
                buffer, at, is_last = _pass_over(stream, buffer[at:], number)
            else:
                yield Token(word, number)


def _pass_over(stream: BinaryIO, rest: bytes, count: int) -> tuple[bytes, int, bool]:
    while count > len(rest):
        count -= len(rest)
        rest = stream.read(_CHUNK)
        if not rest:
            return b"", 0, True
    return rest[count:], 0, False
