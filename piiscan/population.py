"""The people of many parts and files together, each counted once: copies and exports of one list are one list.

Sums count somebody once for each file. So each part gives hashes of one kind of data, and as much as the united hashes
are fewer than all of them, the people are fewer too. Of many hashes the smallest are kept, which are a fair sample
whatever is united (the "k minimum values" of the literature): so a run over millions of people has bounded memory.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from piiscan.people import Identities, People

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So many hashes are kept of each kind; up to there counts are exact, above they are about 1 % off.
KEPT = 1 << 14
_HALF, _WHOLE = 1 << 63, 1 << 64
#: Hashes of two processes can be united only if both have one key.
_KEY = hash("piiscan")


class Population:
    """Counts the people of parts or files."""

    def __init__(self) -> None:
        self._people: Counter[str] = Counter()
        self._distinct: Counter[str] = Counter()
        self._united: dict[str, _Union] = {}
        self._low = self._high = 0

    def enter(self, people: People, identities: Iterable[Identities]) -> None:
        """Add those of a part or a file, of which somebody else has found the bounds."""
        self._low = max(self._low, people.low)
        self._high += people.high
        for each in identities:
            self._people[each.kind] += each.estimate
            self._distinct[each.kind] += each.distinct
            self._united.setdefault(each.kind, _Union()).add(each)

    def people(self) -> People:
        """Give how many they are."""
        united = {kind: min(each.count(), self._distinct[kind]) for kind, each in self._united.items()}
        estimate = sum(
            round(people * united[kind] / self._distinct[kind]) if self._distinct[kind] else people
            for kind, people in self._people.items()
        )
        low = max([self._low, *(each for kind, each in united.items() if self._united[kind].is_exact)])
        return People(min(max(estimate, low), self._high), min(low, self._high), self._high)


class _Union:
    """The smallest of all hashes of a kind."""

    def __init__(self) -> None:
        self._hashes: set[int] = set()
        self.is_exact = True

    def add(self, identities: Identities) -> None:
        """Take hashes in."""
        more = array("q", identities.hashes)
        self.is_exact &= len(more) == identities.distinct
        self._hashes.update(more)
        if len(self._hashes) > 2 * KEPT:
            self._cut()

    def _cut(self) -> None:
        if len(self._hashes) > KEPT:
            self._hashes = set(sorted(self._hashes)[:KEPT])
            self.is_exact = False

    def count(self) -> int:
        """Count the different hashes there were, also those that were not kept."""
        if self.is_exact:
            return len(self._hashes)
        self._cut()
        if len(self._hashes) < KEPT:
            return len(self._hashes)
        return round((KEPT - 1) * _WHOLE / (max(self._hashes) + _HALF))


def identities_of(kind: str, estimate: int, hashes: set[int]) -> Identities:
    """Describe people by their hashes of one kind."""
    kept = sorted(hashes)[:KEPT] if len(hashes) > KEPT else sorted(hashes)
    return Identities(f"{kind}:{_KEY}", estimate, len(hashes), array("q", kept).tobytes())
