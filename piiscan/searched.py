"""A part of a plan as it is searched with: its automaton, and what its events stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan import automaton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.plan import Part
    from piiscan.windows import Span

#: The number of an expression, and where a match of it ends.
Event = tuple[int, int]


class Searched:
    """A part of a plan, loaded."""

    def __init__(self, part: Part) -> None:
        """Load it. Raises AutomatonError."""
        self.triggers = part.each_trigger() if part.triggers else ()
        owners = [*map(frozenset, part.owners)]
        self._owners = [owners[number] for number in part.which] if owners else []
        self.automaton = automaton.load(part.dump) if part.dump else None

    def events(self, data: bytes) -> list[Event]:
        """Give the events of a text."""
        return self.automaton.events(data) if self.automaton else []

    def few_events(self, data: bytes, most: int) -> list[Event] | None:
        """Give the events of a text, None where they are more than `most`."""
        return self.automaton.few_events(data, most) if self.automaton else []

    def events_in(self, data: bytes, spans: Iterable[Span]) -> Iterable[Event]:
        """Give the events in some spans."""
        return self.automaton.events_in(data, spans) if self.automaton else ()

    def owned(self, events: Iterable[Event]) -> Iterator[tuple[frozenset[str], int]]:
        """Yield whose the words are that were found, and where each ends."""
        owners = self._owners
        return ((owners[number], end) for number, end in events)
