"""Which bytes are in an encoding through and through, told without making text of them."""

from __future__ import annotations

import sys
from functools import lru_cache

from piiscan import automaton, charset


def is_valid(data: bytes, encoding: str) -> bool:
    """Tell whether whole characters are in a searchable encoding, as charset.decode would; False where nothing can."""
    if not automaton.is_available() or charset.betrays_another(data, encoding):
        return False
    if data.isascii():
        return True
    # numpy takes a third of the time, and is there when another file was large enough for it
    fast = sys.modules.get("piiscan.fastbytes") if encoding == "utf-8" else None
    told: bool | None = fast.is_utf8(data) if fast else None
    return bool(_automaton(encoding).events(data)) if told is None else told


@lru_cache(maxsize=len(charset.SEARCHABLE))
def _automaton(encoding: str) -> automaton.Automaton:
    """Give an automaton of so few states that it reads a byte a nanosecond."""
    from piiscan.stored import stored  # noqa: PLC0415 - only masses of text pay for it

    return automaton.load(stored(f"valid-{encoding}", automaton.version().encode(), lambda: _compile(encoding)))


def _compile(encoding: str) -> bytes:
    from piiscan import bytesets, spans  # noqa: PLC0415 - its result is stored

    every = bytesets.expression(((0, spans.LAST),), encoding)
    return automaton.build([rf"\A{every}*\z"]).dump()
