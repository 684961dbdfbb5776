"""The pass over all bytes of a text: for the patterns that are no numbers, and for labels that others wait for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from piiscan import automaton
from piiscan.lineends import judge_line_ends
from piiscan.plan import BYTES, LINE_END, PLAIN, VANISHING
from piiscan.reach import Lines, Reach, region_of
from piiscan.searched import Searched
from piiscan.text import VOICED
from piiscan.windows import Region, join_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from piiscan.automaton import Automaton
    from piiscan.plan import Part, Plan
    from piiscan.reach import Label
    from piiscan.searched import Event

#: With more events than one in so many bytes, labels are looked for in all widths everywhere: what is around each
#: character of a rare width would be more.
_MANY = 256
#: So many labels, and it is first looked for values as far as they could reach without their lines.
_FEW = 8

_MARKS = frozenset(map(str.encode, VOICED))
#: The first bytes of characters of four bytes.
_FOUR = tuple(bytes((lead,)) for lead in range(0xF0, 0xF5))


class Found(NamedTuple):
    """Events: of patterns that are no numbers, of labels, of labels in all widths; where characters of rare widths end.

    The last is None if they are many, or not looked for. `factor` is how many bytes a folded character comes from at
    most, as far as these events can tell.
    """

    rest: Sequence[Event]
    labels: Sequence[Event]
    waited: Sequence[Event]
    rare: Sequence[int] | None
    factor: int


class FirstPass:
    """Finds where patterns that are no numbers can match. `parts` gives the parts of the plan that are stored apart."""

    def __init__(self, plan: Plan, parts: Callable[[str], Part]) -> None:
        """Load what every text needs. Raises AutomatonError."""
        self._parts, self._encoding, self._factor = parts, plan.encoding, BYTES[plan.encoding]
        self._first = automaton.load(plan.first.dump) if plan.first.dump else None
        self._triggers, self._around = plan.first.each_trigger(), plan.reach
        self._labels = next((at for at, each in enumerate(self._triggers) if each.is_label), len(self._triggers))
        self._first_reach, self._waited_reach, self._lines = Reach(self._triggers), Reach(()), Lines(plan.encoding)
        rest = self._triggers[: self._labels]
        self._moving = frozenset(at for at, trigger in enumerate(rest) if trigger.pattern == VANISHING)
        self._values = {name: (automaton.load(part.dump), part.each_trigger()) for name, part in plan.values.items()}

    @cached_property
    def _rest(self) -> Searched:
        return Searched(self._parts("rest"))

    @cached_property
    def _waited(self) -> Searched:
        waited = Searched(self._parts("waited"))
        self._waited_reach = Reach(waited.triggers)
        return waited

    @cached_property
    def _named(self) -> Sequence[Searched]:
        once = self._parts("once")
        return (Searched(once),) if once.dump else (self._rest, self._waited)

    def find(self, data: bytes, most: int) -> Found | None:
        """Search, None where there are more than `most` events."""
        return self._at_once(data, most) or self._one_by_one(data, most)

    def regions(self, data: bytes, found: Found, factor: int) -> list[Region]:
        """Give where patterns can match, where a folded character comes from at most `factor` bytes."""
        triggers = self._triggers if found.rare is not None else self._rest.triggers
        rest = [region_of(data, triggers[number], end, factor) for number, end in found.rest]
        labels = [*self._first_reach.labels(data, found.labels, factor)]
        labels += self._waited_reach.labels(data, found.waited, factor)
        beside = self._values_beside(data, labels, factor)
        return [*judge_line_ends((*rest, *beside), data, self._encoding)]

    def others(self, data: bytes) -> set[str]:
        """Name the patterns, beside those of numbers, that can match somewhere in the bytes."""
        found = {each.triggers[number].pattern for each in self._named for number, _ in each.events(data)}
        return found - {VANISHING, LINE_END}

    def _at_once(self, data: bytes, most: int) -> Found | None:
        """Look for all in one go; labels with characters of rare widths are looked for around these."""
        events = self._first.few_events(data, min(most, len(data) // _MANY + 10)) if self._first else None
        if events is None:
            return None
        least, many = self._labels, len(self._triggers)
        rest = [event for event in events if event[0] < least]
        labels = [event for event in events if least <= event[0] < many]
        rare = [end for number, end in events if number >= many]
        waited: list[Event] = []
        if rare:
            spans = join_spans((end - self._around, end + self._around) for end in rare)
            waited += self._waited.events_in(data, spans)
        # the marks of kana in two pieces are rare, what vanishes or is written as an escape is told by `rest`
        is_plain = self._moving.isdisjoint(number for number, _ in rest)
        is_plain = is_plain and _MARKS.isdisjoint(data[end - 3 : end] for end in rare)
        has_long = not data.isascii() and any(map(data.__contains__, _FOUR))
        factor = PLAIN if is_plain and not has_long else self._factor
        return Found(rest, labels, waited, rare, factor)

    def _one_by_one(self, data: bytes, most: int) -> Found | None:
        """Look for the same where that has too many events, or the encoding has no such search."""
        rest = self._rest.few_events(data, most)
        waited = self._waited.few_events(data, most)
        return None if rest is None or waited is None else Found(rest, (), waited, None, self._factor)

    def _values_beside(self, data: bytes, labels: Iterable[Label], factor: int) -> list[Region]:
        """Give where values can lie near labels, all those of a pattern searched in one go."""
        reached, found = self._lines.reached, list[Region]()
        near: dict[str, list[Label]] = {}
        for each in labels:
            if each[0] in self._values:
                near.setdefault(each[0], []).append(each)
            else:
                found.append(Region(*reached(data, each), each[0]))
        for name, those in near.items():
            searched, triggers = self._values[name]
            beside = those if len(those) < _FEW else _near_events(data, those, searched)
            events = searched.events_in(data, join_spans(sorted(reached(data, each) for each in beside)))
            found += (region_of(data, triggers[number], end, factor) for number, end in events)
        return found


def _near_events(data: bytes, labels: list[Label], searched: Automaton) -> list[Label]:
    """Give the labels that could reach an event; for nearly all that tells enough, and lines are not looked for."""
    labels.sort()
    ends = [end for _, end in searched.events_in(data, join_spans(each[1:3] for each in labels))]
    return [each for each in labels if bisect_left(ends, each[1]) < bisect_right(ends, each[2] + 1)]
