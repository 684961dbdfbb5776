"""Sets of characters as expressions over the bytes of a text in UTF-8, CP932 or EUC-JP."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.spans import Spans, complement, encodable, holds, of, without

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What can never match: a set of characters of which the encoding has none.
NOTHING = r"[^\x00-\xff]"

#: The code points from which on UTF-8 needs one byte more, and the end.
_STEPS = (0, 0x80, 0x800, 0x10000, 0x110000)
#: A byte below is a character by itself wherever it stands: the second bytes of CP932 begin here.
_CERTAIN = {"utf-8": 0x80, "cp932": 0x40, "euc-jp": 0x80}
_LEADS = range(0x81, 0xFF)
#: Bytes of UTF-8 that no character begins with.
_WITHIN: Spans = ((0x80, 0xBF),)

#: The first and last value of each byte of a character.
Bytes = tuple[tuple[int, int], ...]


def expression(spans: Spans, encoding: str) -> str:
    r"""Write a set of characters as an expression over the bytes of `encoding`.

    >>> expression(((0x30, 0x39), (0xFF10, 0xFF19)), "utf-8")
    '(?:[\\x30-\\x39]|\\xef\\xbc[\\x90-\\x99])'
    """
    branches = alternatives(spans, encoding)
    return f"(?:{'|'.join(branches)})" if branches else NOTHING


def alternatives(spans: Spans, encoding: str) -> list[str]:
    """Write a set of characters as several expressions: automata find each of them faster than a choice."""
    characters = _iter_utf8(spans) if encoding == "utf-8" else _iter_listed(spans, encoding)
    firsts: dict[Bytes, list[tuple[int, int]]] = {}
    for first, *rest in characters:
        firsts.setdefault(tuple(rest), []).append(first)
    return ["".join(map(_byte_class, [of(firsts[rest]), *((pair,) for pair in rest)])) for rest in sorted(firsts)]


def loose_ends(spans: Spans) -> list[str]:
    r"""Write a set of characters of UTF-8 as several expressions, their last byte told by what it is not.

    Automata take few bytes for as many words, and are slow where these end like 、 and 。 do.

    >>> loose_ends(((0xA0, 0xA0), (0x2000, 0x200A)))
    ['\\xc2\\xa0', '\\xe2\\x80[^\\x8b-\\xbf]']
    """
    found = []
    for *firsts, last in _iter_utf8(spans):
        others = without(_WITHIN, (last,))
        end = _byte_class((last,)) if last[0] == last[1] else f"[^{_ranges(others)}]"
        found.append("".join(_byte_class((pair,)) for pair in firsts) + end)
    return found


def loose(spans: Spans, encoding: str) -> str:
    r"""Write bytes of a set of nearly all characters: all but those which are characters by themselves outside of it.

    >>> loose(((0, 0x1F), (0x21, 0x10FFFF)), "utf-8")
    '[^\\x20]'
    """
    others = _ranges(_single(complement(spans), _CERTAIN[encoding]))
    return f"[^{others}]" if others else r"[\x00-\xff]"


def not_after(spans: Spans, encoding: str) -> str:
    """Write "at the beginning, or after a byte that is none of these", as far as bytes can tell."""
    return _unless(spans, _CERTAIN[encoding], r"\A")


def not_before(spans: Spans) -> str:
    """Write "at the end, or before a byte that is none of these", as far as bytes can tell."""
    return _unless(spans, _STEPS[1], r"\z")


def _unless(spans: Spans, end: int, edge: str) -> str:
    codes = _single(spans, end)
    return f"(?:{edge}|[^{_ranges(codes)}])" if codes else ""


def _single(spans: Spans, end: int) -> Spans:
    """Give those below `end`."""
    return of((code, code) for code in range(end) if holds(spans, code))


def _byte_class(spans: Spans) -> str:
    single = len(spans) == 1 and spans[0][0] == spans[0][1]
    return f"\\x{spans[0][0]:02x}" if single else f"[{_ranges(spans)}]"


def _ranges(spans: Spans) -> str:
    return "".join(f"\\x{first:02x}-\\x{last:02x}" if first < last else f"\\x{first:02x}" for first, last in spans)


def _iter_utf8(spans: Spans) -> Iterator[Bytes]:
    """Cut spans where the number of bytes changes, and where a byte would not run over its whole range."""
    for first, last in encodable(spans):
        for low, high in pairwise(_STEPS):
            if first < high and low <= last:
                yield from _cut(max(first, low), min(last, high - 1))


def _cut(first: int, last: int) -> Iterator[Bytes]:
    """Yield a span in pieces, in each of which every byte takes all values between those of its two ends."""
    for level in range(1, 4) if last >= _STEPS[1] else ():
        mask = (1 << 6 * level) - 1
        if first & ~mask == last & ~mask:
            continue
        if first & mask:
            border = first | mask
        elif last & mask != mask:
            border = (last & ~mask) - 1
        else:
            continue
        yield from _cut(first, border)
        yield from _cut(border + 1, last)
        return
    yield tuple(zip(chr(first).encode(), chr(last).encode(), strict=True))


def _iter_listed(spans: Spans, encoding: str) -> Iterator[Bytes]:
    """Yield the characters of an encoding that has a table, those of one first byte together."""
    codes = _codes(encoding)
    trails: dict[bytes, list[int]] = {}
    for first, last in spans:
        for at in range(bisect_left(codes, (first,)), bisect_left(codes, (last + 1,))):
            trails.setdefault(codes[at][1][:-1], []).append(codes[at][1][-1])
    for lead, found in trails.items():
        for trail in of((byte, byte) for byte in found):
            yield (*((byte, byte) for byte in lead), trail)


@lru_cache(maxsize=2)
def _codes(encoding: str) -> list[tuple[int, bytes]]:
    """List the code points that an encoding has, in order, with their bytes; some have two spellings."""
    leads = [b"", *(bytes([lead]) for lead in _LEADS), *(bytes([0x8F, lead]) for lead in _LEADS)]
    spelled = (lead + bytes([trail]) for lead in leads for trail in range(0x100))
    texts = ((charset.decode(data, encoding), data) for data in spelled)
    return sorted((ord(text), data) for text, data in texts if text is not None and len(text) == 1)
