"""Sets of characters as sorted spans of code points, and every original character that folds into such a set.

What a pattern sees is folded text; what lies in a file is not. So a set of folded characters stands for more: each
width of a digit, everything that people type for a hyphen, kana in two pieces (specification section A).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from piiscan.text import DASHES, ONE_TO_ONE, VOICED

if TYPE_CHECKING:
    from collections.abc import Iterable

#: First and last code point, in order, neither overlapping nor touching.
Spans = tuple[tuple[int, int], ...]

LAST, _PLANE = 0x10FFFF, 0x10000
_SURROGATES = (0xD800, 0xDFFF)
_KANA = range(0x3040, 0x3100)


def of(pairs: Iterable[tuple[int, int]]) -> Spans:
    """Bring pairs of first and last code points into order and join what touches.

    >>> of([(5, 9), (1, 4), (20, 20)])
    ((1, 9), (20, 20))
    """
    joined: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def complement(spans: Spans) -> Spans:
    """Give every other code point.

    >>> complement(((0, 9), (0x20, 0x10FFFF)))
    ((10, 31),)
    """
    edges = [-1, *(edge for span in spans for edge in span), LAST + 1]
    return tuple((left + 1, right - 1) for left, right in zip(edges[::2], edges[1::2], strict=True) if left + 1 < right)


def without(spans: Spans, others: Spans) -> Spans:
    """Give the code points of a set that are not in another one.

    >>> without(((0x20, 0x7E), (0xA0, 0xA5)), ((0x30, 0x39), (0xA0, 0xA0)))
    ((32, 47), (58, 126), (161, 165))
    """
    pairs = ((max(first, low), min(last, high)) for first, last in spans for low, high in complement(others))
    return tuple((first, last) for first, last in pairs if first <= last)


def holds(spans: Spans, code: int) -> bool:
    """Tell whether a code point lies in the set."""
    return any(first <= code <= last for first, last in spans)


@lru_cache(maxsize=64)
def of_class(expression: str) -> Spans:
    r"""Give the characters of a class as `regex` knows it, such as `\p{Han}` or `\d`. Raises regex.error."""
    search = regex.compile(f"{expression}+", regex.VERSION1).finditer
    return of(
        (plane + match.start(), plane + match.end() - 1)
        for plane in range(0, LAST + 1, _PLANE)
        for match in search(_plane(plane))
    )


def _plane(first: int) -> str:
    """Give all characters of a plane in order; to ask for each by its number takes ten times as long."""
    codes = bytearray(4 * _PLANE)
    codes[::4] = bytes(range(256)) * 256
    codes[1::4] = b"".join(bytes((second,)) * 256 for second in range(256))
    codes[2::4] = bytes((first >> 16,)) * _PLANE
    return codes.decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=4096)
def unfold(spans: Spans) -> tuple[Spans, bool]:
    """Give every character that may stand in a file for one of `spans`, and whether a voicing mark may follow it.

    Characters that vanish in folding are not among them: they may stand anywhere.
    """
    bases = of((base, base) for whole, base in _composed() if holds(spans, whole))
    return of((*widths(spans), *widths(bases))), bool(bases)


def widths(spans: Spans) -> Spans:
    """Give what folds into each character by itself, the character included."""
    codes = (source for source, target in _sources() if holds(spans, target))
    return of((*spans, *((code, code) for code in codes)))


#: The marks that join the kana before them, in both widths.
MARKS: Spans = of((ord(mark), ord(mark)) for mark in VOICED)


@lru_cache(maxsize=1)
def _sources() -> tuple[tuple[int, int], ...]:
    """List which character becomes which in folding, both as code points."""
    dashes = regex.findall(f"[{DASHES}]", "".join(map(chr, range(0x10000))))
    halved = (chr(code) for code, char in ONE_TO_ONE.items() if char in dashes)  # ｰ becomes ー, and ー a hyphen
    hyphens = ((ord(dash), ord("-")) for dash in (*dashes, *halved))
    return (*((code, ord(char)) for code, char in ONE_TO_ONE.items()), *hyphens)


@lru_cache(maxsize=1)
def _composed() -> tuple[tuple[int, int], ...]:
    """List the voiced kana with the kana that they are composed from."""
    pairs = ((code, unicodedata.normalize("NFD", chr(code))) for code in _KANA)
    return tuple((code, ord(parts[0])) for code, parts in pairs if len(parts) > 1)


def encodable(spans: Spans) -> Spans:
    """Leave out the surrogates, which no encoding has.

    >>> encodable(((0xD7FE, 0xE001),))
    ((55294, 55295), (57344, 57345))
    """
    return without(spans, (_SURROGATES,))
