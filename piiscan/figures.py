"""What is counted in a file: exact figures by pattern, and which locations there is room for. It sees no value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from piiscan.hashes import Hashes
from piiscan.model import Confidence, Count, Tally
from piiscan.people import Hashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from piiscan.config import ScanConfig
    from piiscan.hashes import Store


class Figures:
    """The counts of one file so far; different values are counted in a store that other counts share."""

    def __init__(self, config: ScanConfig, store: Store) -> None:
        self._config, self._store = config, store
        self._total: Counter[str] = Counter()
        self._business: Counter[str] = Counter()
        self._samples: Counter[str] = Counter()
        self._low: Counter[str] = Counter()
        self._public: Counter[str] = Counter()
        self._distinct: dict[str, Hashes] = {}
        self._stored: Counter[str] = Counter()
        self._capped: set[str] = set()

    @property
    def tally(self) -> Tally:
        """The figures as they are told."""
        return self._told({name: len(hashes) for name, hashes in self._distinct.items()})

    @property
    def so_far(self) -> Tally:
        """The figures as they stand if nothing more can be told; of many values there may be more different ones."""
        return self._told({name: hashes.least for name, hashes in self._distinct.items()})

    def _told(self, distinct: Mapping[str, int]) -> Tally:
        shown = {name: Count(total, distinct[name]) for name, total in self._total.items()}
        return Tally(shown, dict(+self._business), dict(self._samples), dict(self._low), dict(self._public))

    def hashed(self) -> Iterator[Hashed]:
        """Yield the hashes of the different values; the key is of the process that workers come from."""
        for name, hashes in self._distinct.items():
            yield from (Hashed(None, name, packed) for packed in hashes.packed())

    @property
    def has_found(self) -> bool:
        """Whether anything is shown."""
        return bool(self._total)

    @property
    def truncated(self) -> tuple[str, ...]:
        """The patterns with more findings than stored locations."""
        return tuple(sorted(self._capped))

    def count(self, name: str, score: int, flags: Iterable[str], hashes: Iterable[int], number: int = 1) -> bool:
        """Count `number` candidates of a pattern that are alike, with their hashes; tell whether they are shown."""
        if "sample" in flags:
            self._samples[name] += number
            return self._config.show_samples
        if "public" in flags and score >= Confidence.LOW:
            self._public[name] += number
            return self._config.show_samples
        if score < self._config.min_confidence:
            self._low[name] += number
            return False
        self._total[name] += number
        self._business[name] += number * ("business" in flags)
        if name not in self._distinct:
            self._distinct[name] = Hashes(self._store)
        self._distinct[name].update(hashes)
        return True

    def room(self, name: str) -> int:
        """Tell for how many more locations of a pattern there is room."""
        return self._config.max_locations - self._stored[name]

    def store(self, name: str, number: int = 1) -> bool:
        """Take a location of a pattern, or a `number` of them, if there is room."""
        self._stored[name] += number
        if self._stored[name] > self._config.max_locations:
            self._capped.add(name)
            return False
        return True
