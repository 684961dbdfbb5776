"""Dictionaries: lists of the real world that find where a value begins. One file a list, one row here.

A pattern of kind "dictionary" anchors its regex on something cheap; the dictionary then looks the neighbourhood up:
`extend(text, start, end) -> (start, verdict) | None` for the folded text and the span that the regex matched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from piiscan.verdict import Verdict

DICTIONARIES = {
    "municipality": "municipality:extend",
}


def dictionary(name: str) -> Callable[[str, int, int], tuple[int, Verdict] | None]:
    """Give the look-up of a table row; KeyError where there is none of that name."""
    function: Callable[[str, int, int], tuple[int, Verdict] | None] = resolve(__name__, DICTIONARIES[name])
    return function
