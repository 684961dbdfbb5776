"""Where formulas of workbooks lead to: of one that is a link, the cell shows other words.

In binary workbooks, a formula is kept as steps that are computed one after the other, each begun by its number; most
have a fixed size. Numbers and sizes are those of [MS-XLS] 2.5.198 and [MS-XLSB] 2.5.97.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from piiscan import possessive

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The function HYPERLINK as people write it, and in binary workbooks, whatever the class of its result.
_WRITTEN = "HYPERLINK("
_LINK = re.compile(rb"[\x22\x42\x62].\x67\x01", re.DOTALL)
_QUOTED = possessive.compiled(r'"((?:[^"]|"")*+)"')
_STRING, _ATTRIBUTE, _CHOICE = 0x17, 0x19, b"\4"
#: From here on a step has three numbers, by the class of what it gives.
_CLASSES, _IN_CLASS = 0x20, 0x1F
_ALIKE = {
    **dict.fromkeys((0x01, 0x02, 0x23), 4),
    **dict.fromkeys(range(0x03, 0x17), 0),
    **dict.fromkeys((0x26, 0x27, 0x28, 0x39), 6),
    **dict.fromkeys((0x1C, 0x1D), 1),
    **dict.fromkeys((0x1E, 0x21, 0x29), 2),
    0x1F: 8,
    0x22: 3,
}


class _Layout(NamedTuple):
    """How a version writes formulas: the bytes behind the number of each step, and of a string's length and flags."""

    sizes: Mapping[int, int]
    length: int
    flags: int


def _sizes(cell: int, area: int, array: int, rare: int) -> Mapping[int, int]:
    """Give the sizes of all steps; references to another sheet begin with its number, of two bytes."""
    near = {0x24: cell, 0x25: area, 0x2A: cell, 0x2B: area, 0x2C: cell, 0x2D: area}
    far = {0x3A: cell + 2, 0x3B: area + 2, 0x3C: cell + 2, 0x3D: area + 2}
    return {**_ALIKE, **near, **far, 0x20: array, 0x18: rare}


BIFF8, BIFF12 = _Layout(_sizes(4, 8, 7, 5), 1, 1), _Layout(_sizes(6, 12, 14, 13), 2, 0)


def quoted(formula: str) -> str:
    """Give what is quoted in a formula that makes a link, a line each: where it leads to, and what it shows; else "".

    The formula is as people write it.
    """
    texts = _QUOTED.findall(formula) if _WRITTEN in formula else ()
    return unquote("\n".join(each.replace('""', '"') for each in texts), errors="replace")


def quoted_in(formula: bytes, layout: _Layout) -> str:
    """Give the same of a formula of a binary workbook.

    What stands behind a step that is not known is not read.
    """
    return unquote("\n".join(_iter_strings(formula, layout)), errors="replace") if _LINK.search(formula) else ""


def _iter_strings(formula: bytes, layout: _Layout) -> Iterator[str]:
    at = 0
    while at < len(formula):
        step, at = formula[at], at + 1
        if step == _STRING:
            length = int.from_bytes(formula[at : at + layout.length], "little")
            at += layout.length
            is_wide = not layout.flags or formula[at : at + 1] != b"\0"
            at += layout.flags
            end = at + length * (1 + is_wide)
            yield formula[at:end].decode("utf-16-le" if is_wide else "latin-1", "replace")
            at = end
        elif step == _ATTRIBUTE:
            is_choice = formula[at : at + 1] == _CHOICE  # a table of jumps follows, and where the last of them ends
            at += 3 + is_choice * 2 * (int.from_bytes(formula[at + 1 : at + 3], "little") + 1)
        else:
            size = layout.sizes.get(step if step < _CLASSES else step & _IN_CLASS | _CLASSES)
            if size is None:
                return
            at += size
