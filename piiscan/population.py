"""The people of many parts and files together, each counted once: copies and exports of one list are one list.

Sums count somebody once for each file. So each part gives hashes of a few kinds of data that nearly all of its people
have; parts of equal kinds are united, and what they hold of those of other kinds is found by a kind that both have. Of
many hashes the smallest are kept, which are a fair sample whatever is united (the "k minimum values" of the
literature): so a run over millions of people has bounded memory, and the order of files makes no difference.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from piiscan.people import People, Sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from piiscan.hashes import Hashes
    from piiscan.people import Identities

#: So many hashes are kept of each kind; up to there counts are exact, above they are about 1 % off.
KEPT = 1 << 13
#: So many sets of kinds are told apart; parts with another one are compared by their surest kind.
_SETS = 32
_HALF, _WHOLE = 1 << 63, 1 << 64
#: Hashes of two processes can be united only if both have one key: this tells which that is.
OF_PROCESS = str(hash("piiscan"))


class Population:
    """Counts the people of parts or files."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, ...], _Group] = {}
        self._low = self._high = 0

    def enter(self, people: People, identities: Iterable[Identities]) -> None:
        """Add those of a part or a file, of which somebody else has found the bounds."""
        self._low = max(self._low, people.low)
        self._high += people.high
        for each in identities:
            samples = each.samples
            kinds = tuple(sample.kind for sample in samples)
            if kinds not in self._groups and len(self._groups) >= _SETS:
                kinds, samples = kinds[:1], samples[:1]
            self._groups.setdefault(kinds, _Group()).add(each.estimate, samples)

    def people(self) -> People:
        """Give how many they are."""
        met: dict[str, _Union] = {}
        estimate = 0
        for _, group in sorted(self._groups.items(), key=lambda item: (-len(item[0]), item[0])):
            estimate += round(group.count() * (1 - group.share_in(met)))
            for kind, union in group.unions.items():
                met.setdefault(kind, _Union()).join(union)
        low = max([self._low, *(union.count() for union in met.values() if union.is_exact)])
        return People(min(max(estimate, low), self._high), min(low, self._high), self._high)


class _Group:
    """The people of all parts that have the same kinds of data."""

    def __init__(self) -> None:
        self._people = self._parts = 0
        self._distinct: Counter[str] = Counter()
        self.unions: dict[str, _Union] = {}

    def add(self, people: int, samples: Iterable[Sample]) -> None:
        self._people += people
        self._parts += 1
        for kind, distinct, hashes in samples:
            self._distinct[kind] += distinct
            self.unions.setdefault(kind, _Union()).add(distinct, hashes)

    def count(self) -> int:
        """Count them once each: as much as the united values of the surest kind are fewer than all, they are fewer."""
        for kind, union in self.unions.items() if self._parts > 1 else ():
            return round(self._people * min(1, union.count() / (self._distinct[kind] or 1)))
        return self._people

    def share_in(self, met: Mapping[str, _Union]) -> float:
        """Tell what share of them was met, by the kind of which most values were."""
        return max((union.share_in(met[kind]) for kind, union in self.unions.items() if kind in met), default=0.0)


class _Union:
    """The smallest of all hashes of a kind."""

    def __init__(self) -> None:
        self._hashes: set[int] = set()
        self.is_exact = True

    def add(self, distinct: int, hashes: bytes) -> None:
        """Take hashes in, which are a sample of so many."""
        more = array("q", hashes)
        self.is_exact &= len(more) == distinct
        self._hashes.update(more)
        if len(self._hashes) > 2 * KEPT:
            self._cut()

    def join(self, other: _Union) -> None:
        """Take in what another has."""
        self.is_exact &= other.is_exact
        self._hashes |= other._hashes
        self._cut()

    def share_in(self, other: _Union) -> float:
        """Tell what share of these is in another as well."""
        both = _Union()
        both.join(self)
        both.join(other)
        return min(1.0, max(0.0, (self.count() + other.count() - both.count()) / (self.count() or 1)))

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


def sample_of(kind: str, hashes: Hashes, key: str = OF_PROCESS) -> Sample:
    """Give a sample of the hashes of a kind, which were made with the key of that name."""
    return Sample(f"{kind}:{key}", len(hashes), array("q", hashes.smallest(KEPT)).tobytes())
