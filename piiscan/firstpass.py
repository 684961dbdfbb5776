"""The pass over all bytes of a text: for the patterns that are no numbers, and for labels that others wait for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from piiscan import automaton
from piiscan.lineends import judge_line_ends
from piiscan.plan import BYTES, LINE_END, VANISHING
from piiscan.reach import Reach, region_of
from piiscan.searched import Searched
from piiscan.windows import join_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from piiscan.plan import Part, Plan
    from piiscan.searched import Event
    from piiscan.windows import Region, Span

#: With more events than one in so many bytes, labels are looked for in all widths everywhere: what is around each
#: character of a rare width would be more.
_MANY = 256


#: Where patterns can match, what labels reach, and where characters of rare widths end, if that is known.
_Places = tuple["list[Region]", "list[Region]", "list[int] | None"]


class Found(NamedTuple):
    """Where patterns can match, and where characters of rare widths end: None if they are many, or not looked for."""

    regions: list[Region]
    rare: list[int] | None


class FirstPass:
    """Finds where patterns that are no numbers can match. `parts` gives the parts of the plan that are stored apart."""

    def __init__(self, plan: Plan, parts: Callable[[str], Part]) -> None:
        """Load what every text needs. Raises AutomatonError."""
        self._parts, self._encoding, self._factor = parts, plan.encoding, BYTES[plan.encoding]
        self._first = automaton.load(plan.first.dump) if plan.first.dump else None
        self._triggers, self._around = plan.first.each_trigger(), plan.reach
        self._labels = next((at for at, each in enumerate(self._triggers) if each.is_label), len(self._triggers))
        self._first_reach = Reach(self._triggers, plan.encoding, self._factor)
        self._values = {name: (automaton.load(part.dump), part.each_trigger()) for name, part in plan.values.items()}

    @cached_property
    def _rest(self) -> Searched:
        return Searched(self._parts("rest"))

    @cached_property
    def _waited(self) -> Searched:
        return Searched(self._parts("waited"))

    @cached_property
    def _waited_reach(self) -> Reach:
        return Reach(self._waited.triggers, self._encoding, self._factor)

    @cached_property
    def _named(self) -> list[tuple[automaton.Automaton, list[str], int]]:
        """Automata, the patterns that their expressions stand for, and how many different ones those are."""
        once = self._parts("rest_once")
        rest = Searched(once) if once.dump else self._rest
        told = ((each.automaton, [trigger.pattern for trigger in each.triggers]) for each in (rest, self._waited))
        return [(found, names, len({*names})) for found, names in told if found]

    def find(self, data: bytes, most: int) -> Found | None:
        """Give where patterns can match, None where that is in more than `most` places."""
        found = self._at_once(data, most) or self._one_by_one(data, most)
        if found is None:
            return None
        rest, labels, rare = found
        regions = judge_line_ends((*rest, *self._values_beside(data, labels)), data, self._encoding)
        return Found([*regions], rare)

    def others(self, data: bytes) -> set[str]:
        """Name the patterns, beside those of numbers, that can match somewhere in the bytes."""
        found: set[str] = set()
        for searched, names, kinds in self._named:
            found.update(names[number] for number in searched.kinds(data, names, kinds))
        return found - {VANISHING, LINE_END}

    def _at_once(self, data: bytes, most: int) -> _Places | None:
        """Give them; labels with characters of rare widths are looked for around these."""
        events = self._first.few_events(data, min(most, len(data) // _MANY + 10)) if self._first else None
        if events is None:
            return None
        rest: list[Region] = []
        labels: list[Event] = []
        rare: list[int] = []
        triggers, least, many = self._triggers, self._labels, len(self._triggers)
        for event in events:
            number, end = event
            if number < least:
                rest.append(region_of(data, triggers[number], end, self._factor))
            elif number < many:
                labels.append(event)
            else:
                rare.append(end)
        found = [*self._first_reach.regions(data, labels)]
        if rare:
            spans = join_spans((end - self._around, end + self._around) for end in rare)
            found += self._waited_reach.regions(data, self._waited.events_in(data, spans))
        return rest, found, rare

    def _one_by_one(self, data: bytes, most: int) -> _Places | None:
        """Give the same where that has too many events, or the encoding has no such search."""
        events = self._rest.few_events(data, most)
        labels = self._waited.few_events(data, most)
        if events is None or labels is None:
            return None
        triggers = self._rest.triggers
        rest = [region_of(data, triggers[number], end, self._factor) for number, end in events]
        return rest, [*self._waited_reach.regions(data, labels)], None

    def _values_beside(self, data: bytes, labels: Iterable[Region]) -> list[Region]:
        """Give where values can lie near labels, all those of a pattern searched in one go."""
        found: list[Region] = []
        near: dict[str, list[Span]] = {}
        for each in sorted(labels):
            if each.pattern in self._values:
                near.setdefault(each.pattern, []).append(each[:2])
            else:
                found.append(each)
        for name, spans in near.items():
            searched, triggers = self._values[name]
            events = searched.events_in(data, join_spans(spans))
            found += (region_of(data, triggers[number], end, self._factor) for number, end in events)
        return found
