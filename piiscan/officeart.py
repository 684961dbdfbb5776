"""Texts in the drawings of Office until 2003 that stand in no text box: WordArt, and what describes a picture.

A drawing is records ([MS-ODRAW]); the options of a shape are a table of numbers, with longer values behind it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Records that hold options of a shape, their number as the instance: the first table, the second, the third.
OPTIONS = frozenset({0xF00B, 0xF121, 0xF122})
#: What people fill: gtextUNICODE, wzDescription, wzTooltip.
_TEXTS = frozenset({0xC0, 0x381, 0x38D})
_CONTAINER, _IS_LONG, _NUMBER = 0xF, 0x8000, 0x3FFF


def iter_texts(options: bytes, count: int) -> Iterator[str]:
    """Yield the texts in a table of `count` options."""
    at = count * 6
    for kind, size in struct.iter_unpack("<HL", options[: min(at, len(options) // 6 * 6)]):
        if kind & _IS_LONG:
            value = options[at : at + size]
            if kind & _NUMBER in _TEXTS and (text := value.decode("utf-16-le", "replace").strip("\0")):
                yield text
            at += size + _left_out(value)


def _left_out(value: bytes) -> int:
    """Tell how much longer a value is than it says: of some arrays, their own head is not counted."""
    if len(value) < 6:  # noqa: PLR2004 - that head: elements, elements made room for, the size of one
        return 0
    count, _, size = struct.unpack_from("<HHH", value)
    return 6 if count and count * (4 if size == 0xFFF0 else size) == len(value) else 0  # noqa: PLR2004 - two halves


def find_texts(drawing: bytes) -> Iterator[str]:
    """Yield the texts in records, however deep; containers are only walked into, as one may go on elsewhere."""
    at = 0
    while at + 8 <= len(drawing):
        head, kind, size = struct.unpack_from("<HHL", drawing, at)
        at += 8
        if head & _CONTAINER != _CONTAINER:
            if kind in OPTIONS:
                yield from iter_texts(drawing[at : at + size], head >> 4)
            at += size


def find_in_word(content: bytes) -> Iterator[str]:
    """Yield those in what Word keeps: what all drawings share, then the drawings, each behind a byte for its place."""
    at = 0
    while at + 8 <= len(content):
        (size,) = struct.unpack_from("<L", content, at + 4)
        yield from find_texts(content[at : at + 8 + size])
        at += 8 + size + 1
