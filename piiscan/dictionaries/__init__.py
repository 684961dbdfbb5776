"""Dictionaries: lists of the real world that find where a value lies. One file a list, one row here.

A pattern of kind "dictionary" anchors its regex on something cheap; the dictionary then looks the neighbourhood up:
`extend(text, start, end) -> (start, end, verdict) | None` for the folded text and the span that the regex matched; the
value ends within that. `iter_names()` gives what it looks for: one of the names ends in every value, within the regex's
match. Where it gives none, the regex alone foretells the value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from piiscan.verdict import Verdict

DICTIONARIES = {
    "municipality": "municipality",
    "prose": "prose",
}
#: Those that need an optional part of piiscan (`piiscan[names]`), with the modules that it installs.
EXTRAS = {"prose": ("names", ("sudachipy", "sudachidict_small"))}
#: A value begins at most so many characters before what the regex matched.
REACH = 20


def dictionary(name: str) -> Callable[[str, int, int], tuple[int, int, Verdict] | None]:
    """Give the look-up of a table row; KeyError where there is none of that name."""
    function: Callable[[str, int, int], tuple[int, int, Verdict] | None] = resolve(
        __name__, f"{DICTIONARIES[name]}:extend"
    )
    return function


def extra_of(name: str) -> str:
    """Name the optional part that a dictionary needs, "" for none."""
    return EXTRAS[name][0] if name in EXTRAS else ""


def is_installed(name: str) -> bool:
    """Tell whether all that a dictionary needs is installed; nothing of it is loaded."""
    if name not in EXTRAS:
        return True
    from importlib.util import find_spec  # noqa: PLC0415 - hardly anybody asks

    return all(map(find_spec, EXTRAS[name][1]))


def names_of(name: str) -> frozenset[str]:
    """Give the names of a table row's list, in all their forms."""
    function: Callable[[], Iterable[str]] = resolve(__name__, f"{DICTIONARIES[name]}:iter_names")
    return frozenset(function())
