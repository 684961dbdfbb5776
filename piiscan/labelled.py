"""Patterns that are found by their labels: what their values look like says nothing, so labels are looked for first.

A date of birth is a date, and a member's number is any number: matched everywhere, they would be candidates on every
line of a log. So such a pattern is matched near its labels only, or where a header speaks for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.context import REACH_AFTER
from piiscan.labelwords import iter_folded
from piiscan.spread import LONGEST_SPREAD, may_be_spaced, spread, spread_tail, tail
from piiscan.text import has_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.context import Labels
    from piiscan.pattern import Pattern

#: A value that is found by its label has no more characters than this.
LONGEST = 80
#: So far before the end of a long label that is spread can a value begin.
_AHEAD = 2 * LONGEST + REACH_AFTER + LONGEST_SPREAD

Span = tuple[int, int]


def reach_ahead(width: int) -> int:
    """Give how many characters before a label a value of that width can begin, and one that it might be cut from."""
    return 2 * width + REACH_AFTER


def reach_behind(window: int) -> int:
    """Give how many characters behind a label the value can begin that it speaks for."""
    return 2 * window


class Labelled:
    """Those of a set of patterns that wait for a label."""

    def __init__(self, patterns: Sequence[Pattern], labels: Labels) -> None:
        self._labels = labels
        self._others = [each.id for each in patterns if each.trigger != "label"]
        self._windows = {each.id: each.context.window for each in patterns if each.trigger == "label"}
        self.ids = frozenset(self._windows)
        self._patterns = {each.id: each for each in patterns}
        #: By the first character of each label, and by its first word: how long the whole is, and whose.
        self._words: dict[str, dict[str, list[tuple[int, str]]]] = {}
        #: The ends of long labels that are spread, and whose.
        self._tails: dict[str, set[str]] = {}
        foretold = (each for each in patterns if each.id in self.ids)
        owned = ((each.id, (*each.context.keywords, *each.context.marks)) for each in foretold)
        for owner, _, word in iter_folded(owned):
            words = self._words.setdefault(word[0], {})
            words.setdefault(word.partition(" ")[0], []).append((len(word), owner))
            if end := tail(word):
                self._tails.setdefault(end, set()).add(owner)

    def by_hint(self, hint: str) -> frozenset[str]:
        """Name the patterns for which a header speaks."""
        return self._labels.owners_in(hint) & self.ids if hint and self.ids else frozenset()

    def by_hint_in(self, hint: str, text: str) -> frozenset[str]:
        """Name those of them that can match in a text: a path in ASCII holds no name in kanji."""
        named = self.by_hint(hint)
        if not named or not text.isascii() or has_escapes(text):
            return named
        from piiscan.firstchars import begins_beyond_ascii  # noqa: PLC0415 - few hints name a pattern

        return frozenset(name for name in named if not begins_beyond_ascii(self._patterns[name].source))

    def regions(self, text: str, hint: str) -> dict[str, list[Span]]:
        """Give the spans of folded text in which values of each pattern can begin that are findings."""
        everywhere = [(0, len(text))]
        regions = dict.fromkeys((*self._others, *self.by_hint(hint)), everywhere)
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter that is two in lower case moves all behind it
            return {**dict.fromkeys(self.ids, everywhere), **regions}
        found: dict[str, set[Span]] = {}
        held = [each for first in self._words.keys() & set(lowered) for each in self._words[first].items()]
        for word, labels in held:
            for start, gaps in _iter_places(lowered, word):
                for length, owner in labels:
                    end = start + length + gaps + reach_behind(self._windows[owner])
                    found.setdefault(owner, set()).add((max(start - reach_ahead(LONGEST), 0), min(end, len(text))))
        for foretold, match in self._spread(lowered):
            for owner in self._tails[foretold]:
                last = match.end() + reach_behind(self._windows[owner])
                found.setdefault(owner, set()).add((max(match.start() - _AHEAD, 0), min(last, len(text))))
        return {**{owner: sorted(spans) for owner, spans in found.items()}, **regions}

    def _spread(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield where the ends of long labels stand spread over their box."""
        for end in self._tails:
            if f"{end[0]} " in text:
                yield from ((end, match) for match in re.finditer(spread_tail(end), text))


def _iter_places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands, unless it is the end of another word, and how many spaces it is spread by."""
    if may_be_spaced(word) and f"{word[0]} " in text:
        yield from ((match.start(), len(match[0]) - len(word)) for match in re.finditer(spread(word), text))
        return
    at = text.find(word)
    is_ascii = word[0].isascii() and word[0].isalpha()
    while at >= 0:
        if not is_ascii or not ("a" <= text[at - 1 : at] <= "z"):
            yield at, 0
        at = text.find(word, at + 1)
