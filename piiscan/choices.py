"""Triggers that are cut to one part of a regex: of values beside labels, and of numbers within much else.

All that a long regex can match is slow to search for, and a part of it tells as well that it may be there.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from piiscan.digitrun import Run, as_run, run_in
from piiscan.plan import Trigger
from piiscan.regextree import ASSERTIONS, REPEATS, op, parse, set_of, stays_in_line
from piiscan.trigger import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.pattern import Pattern
    from piiscan.regextree import Item

#: A number that takes more characters is found by a part of it, which takes no more than these.
WIDEST = 32
#: A character of fewer than so many tells something; each of more costs as much as it says.
_MANY = 12
_BITS = 16


def values_of(pattern: Pattern, encoding: str) -> list[Trigger]:
    """Derive what tells of values of a pattern that waits for a label. Raises UnreadableError."""
    tree = parse(pattern.source)
    inline, chooser = stays_in_line(tree), _Chooser(tree, encoding, set())
    return [
        Trigger(pattern.id, chooser.write(part), ahead, behind, inline=inline)
        for part, ahead, behind in chooser.choices(tree)
    ]


def wide_triggers(pattern: Pattern, encoding: str) -> tuple[list[Trigger], Run | None]:
    """Derive the triggers of a long pattern, and the run of digits that each of them holds. Raises UnreadableError."""
    tree = parse(pattern.source)
    inline, chooser = stays_in_line(tree), _Chooser(tree, encoding, set())
    found, runs = [], []
    for whole, ahead, behind in chooser.choices(tree):
        part, after = _telling(whole, chooser)
        length = chooser.width(part)
        found.append(
            Trigger(pattern.id, chooser.write(part), ahead - after, behind + after, inline=inline, length=length)
        )
        runs.append(run_in(part, tree))
    return found, as_run(runs)


class _Chooser(Writer):
    """Gives each way that a regex can be taken."""

    def choices(self, items: Iterable[Item]) -> Iterator[tuple[list[Item], int, int]]:
        """Yield each way a sequence can be taken, cut to what must be there, with its reach."""
        left, behind = self._cut_end([item for item in items if item[0] not in ASSERTIONS])
        most = self.width(left)
        left = self._cut_start(left)
        branches: Sequence[Iterable[Item]] = ()
        if len(left) == 1:
            code, value = left[0]
            branches = value[1] if code is op.BRANCH else [self._body(code, value)] if code is op.SUBPATTERN else ()
        if not branches:
            yield left, most, behind
        dropped = most - self.width(left)
        for branch in branches:
            yield from ((way, ahead + dropped, after + behind) for way, ahead, after in self.choices(branch))

    def write(self, items: Iterable[Item]) -> str:
        """Write a sequence."""
        return self._sequence(items) or ""

    def width(self, items: Iterable[Item]) -> int:
        """Give the most characters that a sequence takes."""
        return sum(map(self._width, items))

    def flat(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items of a sequence, and of the groups in it."""
        for code, value in items:
            if code is op.SUBPATTERN:
                yield from self.flat(self._body(code, value))
            else:
                yield code, value


def _telling(items: Sequence[Item], chooser: _Chooser) -> tuple[list[Item], int]:
    """Choose the part of a sequence that tells most, and tell how many characters stand behind it."""
    flat = list(chooser.flat(items))
    parts = [(start, end) for end in range(len(flat) + 1) for start in range(end)]
    narrow = [(start, end) for start, end in parts if chooser.width(flat[start:end]) <= WIDEST]
    start, end = max(narrow, key=lambda part: sum(map(_weight, flat[slice(*part)])), default=(0, len(flat)))
    return flat[start:end], chooser.width(flat[end:])


def _weight(item: Item) -> float:
    """Give about how many bits an item tells; of what may be nearly anything, less than nothing."""
    code, value = item
    if code in ASSERTIONS:
        return 0
    if code in REPEATS:
        least, _, body = value
        return float(least * sum(map(_weight, body)))
    if code is op.BRANCH:
        return min(sum(map(_weight, branch)) for branch in value[1])
    folded = set_of(code, value)
    many = sum(last - first + 1 for first, last in folded) if folded else _MANY
    return _BITS - log2(many) if many < _MANY else -log2(many)
