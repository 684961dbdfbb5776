"""Lines of at most so many columns, broken as each script is: Japanese between characters, English between words.

Libraries that break at spaces only leave a Japanese sentence whole, and then cut it off.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6"
_OPENING = "(「『（"
_CLOSING = ":;,.%)、。，．」』）・：；！？ー…"


@cache
def _unit() -> re.Pattern[str]:
    """Match what is never broken: a word, or one character of Japanese, with the brackets and stops beside it."""
    return re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)?[{_CLOSING}]*\s*")


def columns(text: str) -> int:
    """Count the columns that `text` takes on a terminal.

    >>> columns("abc"), columns("顧客")
    (3, 4)
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` columns; a word that is longer has a line of its own.

    >>> wrap("未読は 3 個です。", 12)
    ['未読は 3 個', 'です。']
    """
    lines = [""]
    for unit in filter(None, _unit().findall(text)):
        if lines[-1] and columns(lines[-1] + unit.rstrip()) > width:
            lines.append("")
        lines[-1] += unit
    return [line.rstrip() for line in lines]


def pad(text: str, width: int) -> str:
    """Fill `text` with spaces up to `width` columns."""
    return text + " " * (width - columns(text))


def flow(pieces: Iterable[str], width: int) -> Iterator[str]:
    """Set the pieces beside each other in lines of at most `width` columns, none of them broken in two."""
    line = ""
    for piece in pieces:
        joined = f"{line}   {piece}" if line else piece
        if line and columns(joined) > width:
            yield line
            joined = piece
        line = joined
    if line:
        yield line
