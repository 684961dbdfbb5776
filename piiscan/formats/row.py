"""What the tables of formats say of each."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One sentence or name in both languages of the house."""

    en: str
    ja: str


class Format(NamedTuple):
    """A format: "module:function" that reads it, its suffixes (lower case), what is read of it, and where things lie.

    A format without suffixes is known by its first bytes alone. `is_lined`: places are lines of the file itself.
    `is_binary`: it is never plain text, so that a text under such a suffix is read as the text it is. `is_endless`: it
    has no end of its own, or none between its parts, so that nothing tells of a cut there.
    """

    row: str
    suffixes: str
    reads: Words
    places: Words
    is_lined: bool = False
    is_binary: bool = False
    is_endless: bool = False


LINES = Words("line and column", "行と桁")
MEMBER = Words("member, and the place within it", "書庫内のファイル名と、その中での位置")
