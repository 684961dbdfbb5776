"""Regions and windows: where in the bytes of a text patterns can match, and what has to be read for it."""

from __future__ import annotations

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
    begun: Span | None = None
    for start, end in spans:
        if begun and start <= begun[1]:
            begun = begun[0], max(begun[1], end)
        else:
            if begun:
                yield begun
            begun = start, end
    if begun:
        yield begun


def iter_touching(spans: Iterable[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Yield those of some spans that overlap or touch one of others; both in order and apart from each other."""
    at = 0
    for start, end in spans:
        while at < len(others) and others[at][1] < start:
            at += 1
        if at < len(others) and others[at][0] <= end:
            yield start, end


def join_windows(regions: list[Region], before: int, after: int, size: int) -> list[Window]:
    """Put regions whose context touches into one window, and those of one pattern that touch into one."""
    windows: list[Window] = []
    start, end, spans, is_needy = 0, -1, dict[str, list[Span]](), True
    for region in sorted(regions):
        first, last = region.start, region.end
        if first - before > end:
            if spans:
                windows.append(Window(start, end, spans, is_needy))
            start, end, spans, is_needy = max(first - before, 0), 0, {}, True
        end = max(end, min(last + after, size))
        is_needy = is_needy and region.is_needy
        known = spans.setdefault(region.pattern, [])
        if known and first <= known[-1][1]:
            known[-1] = known[-1][0], max(known[-1][1], last)
        else:
            known.append((first, last))
    if spans:
        windows.append(Window(start, end, spans, is_needy))
    return windows
