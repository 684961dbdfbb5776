"""Regions and windows: where in the bytes of a text patterns can match, and what has to be read for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Span = tuple[int, int]


class Window(NamedTuple):
    """A part of the bytes to be read, and for each pattern the spans in it where it can match.

    A window, or a span, may begin and end within a character.
    """

    start: int
    end: int
    regions: Mapping[str, list[Span]]
    #: Whether all that can match in it needs a label.
    is_needy: bool = False


class Region(NamedTuple):
    """A span in which a pattern can match; a needy one matters with a label only."""

    start: int
    end: int
    pattern: str
    is_needy: bool = False


def join_spans(spans: Iterable[Span]) -> Iterator[Span]:
    """Join spans that overlap or touch; they come in order of their starts."""
    ordered = iter(spans)
    for first, last in ordered:
        for start, end in ordered:
            if start > last:
                yield first, last
                first, last = start, end  # noqa: PLW2901 - the next one has begun
            elif end > last:
                last = end  # noqa: PLW2901
        yield first, last


def iter_touching(spans: Iterable[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Yield those of some spans that overlap or touch one of others; both in order and apart from each other."""
    at = 0
    for start, end in spans:
        while at < len(others) and others[at][1] < start:
            at += 1
        if at < len(others) and others[at][0] <= end:
            yield start, end


def iter_shared(spans: Iterable[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Yield what some spans and others have in common; both in order and apart from each other.

    >>> list(iter_shared([(0, 10), (20, 30)], [(5, 22), (25, 27)]))
    [(5, 10), (20, 22), (25, 27)]
    """
    at = 0
    for start, end in spans:
        while at < len(others) and others[at][1] <= start:
            at += 1
        for first, last in islice(others, at, None):
            if first >= end:
                break
            yield max(first, start), min(last, end)


class Margins(NamedTuple):
    """How many bytes before a place and behind it count; those are more that are `hidden`: told by where they end.

    Each of them takes at most `width` bytes.
    """

    before: int
    after: int
    hidden: Sequence[int] = ()
    width: int = 0

    def start(self, at: int) -> int:
        """Give where begins what counts before a place.

        >>> Margins(10, 10, [95, 200], 6).start(100), Margins(10, 10, [95, 200], 6).start(150)
        (84, 140)
        """
        first, count = at - self.before, 0
        if self.hidden:
            stop = bisect_right(self.hidden, at + self.width)
            while (found := stop - bisect_right(self.hidden, first)) > count:
                count, first = found, at - self.before - found * self.width
        return first

    def end(self, at: int) -> int:
        """Give where ends what counts behind a place."""
        last, count = at + self.after, 0
        if self.hidden:
            start = bisect_left(self.hidden, at)
            while (found := bisect_left(self.hidden, last + self.width) - start) > count:
                count, last = found, at + self.after + found * self.width
        return last

    def around(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Yield what counts around some spans, which come in order; what touches is one."""
        if not self.hidden:
            return join_spans((start - self.before, end + self.after) for start, end in spans)
        # where much is hidden before a span, what counts can begin further ahead than it does for the one before it
        return join_spans(sorted((self.start(start), self.end(end)) for start, end in spans))


def join_windows(regions: Iterable[Region], margins: Margins, size: int) -> list[Window]:
    """Put regions whose context touches into one window, and those of one pattern that touch into one."""
    windows: list[Window] = []
    begun, end, spans, is_needy = 0, -1, dict[str, list[Span]](), True
    ordered = sorted(regions)
    # no window begins further ahead than the one before it
    starts = [*accumulate((margins.start(region.start) for region in reversed(ordered)), min)]
    for region, start in zip(ordered, reversed(starts), strict=True):
        first, last = region.start, region.end
        if start > end:
            if spans:
                windows.append(Window(begun, end, spans, is_needy))
            begun, end, spans, is_needy = max(start, 0), 0, {}, True
        end = max(end, min(margins.end(last), size))
        is_needy = is_needy and region.is_needy
        known = spans.setdefault(region.pattern, [])
        if known and first <= known[-1][1]:
            known[-1] = known[-1][0], max(known[-1][1], last)
        else:
            known.append((first, last))
    if spans:
        windows.append(Window(begun, end, spans, is_needy))
    return windows
