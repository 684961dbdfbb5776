"""People of many files together, where nothing but the files' own figures is known of whom they share.

Files of the same content hold the same people. Otherwise nobody is taken for the same: so the sum is the most that
there can be, and the least is what the largest file alone has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.people import People

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.holdings import Holding


@dataclass(slots=True)
class Tally:
    """Files and people that are added one by one."""

    files: int = 0
    _estimate: int = 0
    _low: int = 0
    _high: int = 0
    _seen: set[str] = field(default_factory=set)

    def add(self, holding: Holding, people: People) -> None:
        """Add a file with its people."""
        self.files += 1
        if holding.content and holding.copies > 1:
            if holding.content in self._seen:
                return
            self._seen.add(holding.content)
        self._estimate += people.estimate
        self._low = max(self._low, people.low)
        self._high += people.high

    @property
    def people(self) -> People:
        """The people together."""
        return People(max(self._estimate, self._low), self._low, max(self._high, self._low, self._estimate))


def together(holdings: Iterable[tuple[Holding, People]]) -> People:
    """Give the people of files together."""
    tally = Tally()
    for holding, people in holdings:
        tally.add(holding, people)
    return tally.people
