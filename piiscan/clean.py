"""Which bytes are text through and through, told without making text of them.

"Clean" is stricter than valid: no escape sequence that could begin another encoding, no character that vanishes in
folding. So what stands side by side in the bytes stands side by side in the folded text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan import automaton, charset
from piiscan.text import VANISHING

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_clean(data: bytes, encoding: str) -> bool:
    """Tell whether whole characters of a searchable encoding are clean; False also where nothing tells it fast."""
    if not automaton.is_available():
        return False
    if data.isascii():
        return b"\x1b" not in data
    return bool(_automaton(encoding).events(data)) and not charset.betrays_another(data, encoding)


def vanishing_ends(data: bytes, encoding: str, most: int) -> Iterable[int] | None:
    """Give the ends of all characters that vanish in folding, None if there are more than `most`."""
    if encoding != "utf-8":
        return ()  # the others have none
    events = _vanishing().few_events(data, most)
    return None if events is None else [end for _, end in events]


@lru_cache(maxsize=len(charset.SEARCHABLE))
def _automaton(encoding: str) -> automaton.Automaton:
    """Give an automaton of so few states that it reads two bytes a nanosecond."""
    from piiscan.stored import stored  # noqa: PLC0415 - only masses of text pay for it

    return automaton.load(stored(f"clean-{encoding}", b"", lambda: _compile(encoding)))


def _compile(encoding: str) -> bytes:
    from piiscan import bytesets, spans  # noqa: PLC0415 - its result is stored

    clean = spans.complement(spans.of((*VANISHING, (0x1B, 0x1B))))
    return automaton.build([rf"\A{bytesets.expression(clean, encoding)}*\z"]).dump()


@lru_cache(maxsize=1)
def _vanishing() -> automaton.Automaton:
    from piiscan import bytesets  # noqa: PLC0415 - few texts hold such characters

    return automaton.build([bytesets.expression(VANISHING, "utf-8")])
