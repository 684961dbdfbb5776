"""The lines of a page as the grids that they are: which cell a point lies in, whatever cells are merged."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: How far lines may be from each other that are one, or that meet; the shortest line of a table (all in points).
_NEAR, _SHORTEST = 3.0, 5.0
#: On a page with more lines, or with larger grids, something else is drawn than tables.
_LINES, _CELLS = 1000, 10_000


class Stroke(NamedTuple):
    """A line that is level (`at` is its height on the page) or upright, from `start` to `end`."""

    at: float
    start: float
    end: float
    is_level: bool


class Cell(NamedTuple):
    """The upper left corner of a cell in its grid, counted from 0, and the cell's right edge on the page."""

    row: int
    column: int
    right: float


class Grid:
    """Lines that meet. Rows are counted from the top; cells without a line between them are one."""

    def __init__(self, levels: Sequence[Stroke], uprights: Sequence[Stroke]) -> None:
        ends = [end for level in levels for end in (level.start, level.end)]
        self.lefts = _distinct([*(upright.at for upright in uprights), min(ends), max(ends)])
        ends = [end for upright in uprights for end in (upright.start, upright.end)]
        self.bases = _distinct([*(level.at for level in levels), min(ends), max(ends)])
        self.rows, self.columns = len(self.bases) - 1, len(self.lefts) - 1
        self._levels = _by_place(levels, self.bases)
        self._uprights = _by_place(uprights, self.lefts)
        self._known: dict[tuple[int, int], Cell] = {}

    @property
    def size(self) -> float:
        """The area on the page."""
        return (self.lefts[-1] - self.lefts[0]) * (self.bases[-1] - self.bases[0])

    def is_level_with(self, bottom: float, top: float) -> bool:
        """Tell whether a line of text between two base lines may run through the grid."""
        return bottom <= self.bases[-1] and top >= self.bases[0]

    def find_cell(self, x: float, y: float) -> Cell | None:
        """Give the cell that holds a point."""
        column, base = bisect_right(self.lefts, x) - 1, bisect_right(self.bases, y) - 1
        if not (0 <= column < self.columns and 0 <= base < self.rows):
            return None
        if (column, base) not in self._known:
            self._known[column, base] = self._whole(column, base)
        return self._known[column, base]

    def _whole(self, column: int, base: int) -> Cell:
        """Give the cell that a field of the grid belongs to, merged with what no line parts from it."""
        middle = (self.bases[base] + self.bases[base + 1]) / 2
        last = column + 1
        while last < self.columns and not _crosses(self._uprights[last], middle):
            last += 1
        while column and not _crosses(self._uprights[column], middle):
            column -= 1
        middle = (self.lefts[column] + self.lefts[column + 1]) / 2
        while base + 1 < self.rows and not _crosses(self._levels[base + 1], middle):
            base += 1
        return Cell(self.rows - 1 - base, column, self.lefts[last])


def find_grids(strokes: Iterable[Stroke]) -> list[Grid]:
    """Give the grids of more than one cell that lines make, the smallest first: one may lie in a cell of another."""
    levels = _merge([each for each in strokes if each.is_level])
    uprights = _merge([each for each in strokes if not each.is_level])
    if not levels or not uprights or len(levels) + len(uprights) > _LINES:
        return []
    grids = [Grid(*group) for group in _iter_meeting(levels, uprights)]
    return sorted((each for each in grids if 1 < each.rows * each.columns <= _CELLS), key=lambda grid: grid.size)


def _iter_meeting(levels: list[Stroke], uprights: list[Stroke]) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Yield the lines in groups that meet each other."""
    waiting = set(range(len(uprights)))
    left = list(levels)
    while left:
        group, found, new = [left.pop()], list[int](), True
        while new:
            new = False
            for at in [at for at in waiting if any(_meet(level, uprights[at]) for level in group)]:
                waiting.discard(at)
                found.append(at)
                new = True
            more = [level for level in left if any(_meet(level, uprights[at]) for at in found)] if new else []
            group += more
            left = [level for level in left if level not in more] if more else left
            new = bool(more)
        if found:
            yield group, [uprights[at] for at in found]


def _meet(level: Stroke, upright: Stroke) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _by_place(strokes: Iterable[Stroke], places: Sequence[float]) -> list[list[Stroke]]:
    """List the lines at each of the places that were made of them."""
    found: list[list[Stroke]] = [[] for _ in places]
    for each in strokes:
        found[max(0, bisect_right(places, each.at) - 1)].append(each)
    return found


def _crosses(strokes: Iterable[Stroke], middle: float) -> bool:
    return any(each.start <= middle <= each.end for each in strokes)


def _merge(strokes: list[Stroke]) -> list[Stroke]:
    """Put lines together that go on in each other: tables are often drawn cell by cell."""
    merged: list[Stroke] = []
    strokes.sort()
    at = 0
    while at < len(strokes):
        first = strokes[at]
        group = [first]
        while at + len(group) < len(strokes) and strokes[at + len(group)].at - first.at <= _NEAR / 2:
            group.append(strokes[at + len(group)])
        at += len(group)
        group.sort(key=lambda stroke: stroke.start)
        start, end = group[0].start, group[0].end
        for each in group[1:]:
            if each.start > end + _NEAR:
                merged.append(Stroke(first.at, start, end, first.is_level))
                start, end = each.start, each.end
            end = max(end, each.end)
        merged.append(Stroke(first.at, start, end, first.is_level))
    return [each for each in merged if each.end - each.start >= _SHORTEST]


def _distinct(places: Iterable[float]) -> list[float]:
    """Sort places, and take those near each other for one."""
    ordered = sorted(places)
    return ordered[:1] + [after for before, after in pairwise(ordered) if after - before > _NEAR]
