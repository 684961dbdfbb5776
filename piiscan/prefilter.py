"""The prefilter: which patterns can match in the bytes of a text, and where, without making text of them.

A region holds every match that an event foretells; a window is what of the text has to be read for some regions: they
and the context in which labels count. So matching in the windows finds what matching in the whole text would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from piiscan import automaton
from piiscan.plan import VANISHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from piiscan.piece import Raw
    from piiscan.plan import Plan, Trigger

#: Bytes that one folded character comes from, at most; some kana are two characters of three bytes in UTF-8.
_BYTES = {"utf-8": 6, "cp932": 2, "euc-jp": 4}
#: The guard of a trigger reads so many bytes more than the match has.
_GUARD = 1
#: One event in so many bytes, and it is cheaper to read everything; numbers mostly wait for a label that is not there.
_DENSE, _DENSE_NUMBERS = 400, 64
#: A character that vanishes takes at most so many bytes.
_VANISHING_BYTES = 4

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


class _Region(NamedTuple):
    start: int
    end: int
    pattern: str
    is_needy: bool = False


class Prefilter:
    """The automata of a plan, ready to search. `before` and `after` are the characters of context that count."""

    def __init__(self, plan: Plan, before: int, after: int) -> None:
        """Load the automata. Raises AutomatonError for what this machine cannot use."""
        self._factor = factor = _BYTES[plan.encoding]
        self._before, self._after = before * factor, after * factor
        self._runs, self._rest, self._waited, self._numbers = (
            automaton.load(dump) if dump else None for dump in (plan.runs, plan.rest, plan.waited, plan.numbers)
        )
        self._waited_triggers = plan.waited_triggers
        self._values = {name: automaton.load(dump) for name, dump in plan.values.items() if dump}
        self._rest_triggers, self._number_triggers = plan.rest_triggers, plan.number_triggers
        self._ahead = max((trigger.ahead for trigger in plan.number_triggers), default=0) * factor + _GUARD
        self._behind = max((trigger.behind for trigger in plan.number_triggers), default=0) * factor + _GUARD
        self._labels = automaton.load(plan.labels) if plan.labels else None
        self._owners = [frozenset(owners) for owners in plan.owners]
        self._widths = plan.widths
        self.number_patterns = frozenset(trigger.pattern for trigger in plan.number_triggers)
        self.classes = plan.classes
        self.stays_in_line = all(
            trigger.inline for trigger in (*plan.rest_triggers, *plan.waited_triggers, *plan.number_triggers)
        )

    def windows(self, raw: Raw, everywhere: Iterable[str] = (), *, keeps_needy: bool = False) -> list[Window] | None:
        """Give the windows of a text in order and apart from each other, or None where all of it has to be read.

        The patterns `everywhere` can match anywhere. With `keeps_needy`, spellings that need a label are windows
        although no label stands near.
        """
        data = raw.data
        most = len(data) // _DENSE + 10
        rest = self._rest_regions(data, most)
        numbers = self._number_regions(data, most, len(data) // _DENSE_NUMBERS)
        if rest is None or numbers is None:
            return None
        whole = [_Region(0, len(data), name) for name in everywhere]
        if not rest and not numbers and not whole:
            return []
        found = [region for region in (*rest, *numbers, *whole) if region.pattern != VANISHING]
        gaps = [region.end for region in rest if region.pattern == VANISHING]
        for end in gaps:
            found += self._regions_across(data, end)
        hidden = _VANISHING_BYTES * len(gaps)
        windows = _join_windows(found, self._before + hidden, self._after + hidden, len(data))
        if keeps_needy or raw.hint:
            return windows
        view = memoryview(data)
        return [each for each in windows if not each.is_needy or self._has_label(view, each)]

    def numbers(self, data: bytes, most: int) -> list[Span] | None:
        """Give the spans of bytes in which numbers can match, None if there are more than `most`."""
        found = self._number_regions(data, most, most)
        if found is None or len(found) > most:
            return None
        return sorted((region.start, region.end) for region in found)

    def others(self, data: bytes) -> set[str]:
        """Name the patterns, beside those of numbers, that can match somewhere in the bytes."""
        found: set[str] = set()
        for machine, triggers in ((self._rest, self._rest_triggers), (self._waited, self._waited_triggers)):
            names = [trigger.pattern for trigger in triggers]
            if machine:
                found.update(names[number] for number in machine.kinds(data, names))
        return found - {VANISHING}

    def _has_label(self, view: memoryview, window: Window) -> bool:
        """Tell whether some label in a window speaks for a pattern that can match there."""
        if self._labels is None:
            return False
        wanted = {"", *window.regions}
        return any(self._owners[n] & wanted for n, _ in self._labels.events(view[window.start : window.end]))

    def _rest_regions(self, data: bytes, most: int) -> list[_Region] | None:
        events = self._rest.few_events(data, most) if self._rest else []
        labels = self._waited.few_events(data, most) if self._waited else []
        if events is None or labels is None:
            return None
        regions = [self._region(data, self._waited_triggers[number], end) for number, end in labels]
        view = memoryview(data)
        found = [region for region in regions if self._has_value(view, region)]
        return found + [self._region(data, self._rest_triggers[number], end) for number, end in events]

    def _has_value(self, view: memoryview, region: _Region) -> bool:
        """Tell whether anything near a label looks like what it stands for."""
        look = self._values.get(region.pattern)
        return look is None or look.few_events(view[region.start : region.end], 0) is None

    def _number_regions(self, data: bytes, most_runs: int, most: int) -> list[_Region] | None:
        """Look for digits in a row first, and for numbers around them; for numbers everywhere in a mass of digits."""
        if self._runs is None or self._numbers is None:
            return []
        runs = self._runs.few_events(data, most_runs)
        triggers = self._number_triggers
        if runs is None:
            events = self._numbers.few_events(data, most)
            return None if events is None else [self._region(data, triggers[n], end) for n, end in events]
        found, view = [], memoryview(data)
        for start, end in _joined((end - self._ahead, end + self._behind) for _, end in runs):
            offset = max(start, 0)
            found += [self._region(data, triggers[n], at + offset) for n, at in self._numbers.events(view[offset:end])]
        return found

    def _region(self, data: bytes, trigger: Trigger, end: int) -> _Region:
        first = max(end - trigger.ahead * self._factor - _GUARD, 0)
        last = min(end + trigger.behind * self._factor, len(data))
        if trigger.inline and not trigger.is_label:
            first = max(first, data.rfind(b"\n", first, end - _GUARD) + 1)
            line_end = data.find(b"\n", end, last)
            last = line_end if line_end >= 0 else last
        return _Region(first, last, trigger.pattern, trigger.needy)

    def _regions_across(self, data: bytes, end: int) -> Iterator[_Region]:
        """Every pattern may match across a character that vanishes."""
        for pattern, width in self._widths.items():
            reach = width * self._factor
            yield _Region(max(end - reach, 0), min(end + reach, len(data)), pattern)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
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


def _join_windows(regions: list[_Region], before: int, after: int, size: int) -> list[Window]:
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
