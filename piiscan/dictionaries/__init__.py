"""Dictionaries: lists of the real world that find where a value begins. One file a list, one row here.

A pattern of kind "dictionary" anchors its regex on something cheap; the dictionary then looks the neighbourhood up:
`extend(text, start, end) -> (start, verdict) | None` for the folded text and the span that the regex matched.
`iter_names()` gives what it looks for: one of the names ends in every value, within the regex's match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from piiscan.verdict import Verdict

DICTIONARIES = {
    "municipality": "municipality",
}
#: A value begins at most so many characters before what the regex matched.
REACH = 20


def dictionary(name: str) -> Callable[[str, int, int], tuple[int, Verdict] | None]:
    """Give the look-up of a table row; KeyError where there is none of that name."""
    function: Callable[[str, int, int], tuple[int, Verdict] | None] = resolve(__name__, f"{DICTIONARIES[name]}:extend")
    return function


def names_of(name: str) -> frozenset[str]:
    """Give the names of a table row's list, in all their forms."""
    function: Callable[[], Iterable[str]] = resolve(__name__, f"{DICTIONARIES[name]}:iter_names")
    return frozenset(function())
