"""What is counted in a file: exact figures by pattern, and which locations there is room for. It sees no value."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from piiscan.model import Confidence, Count, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.config import ScanConfig


class Figures:
    """The counts of one file so far."""

    def __init__(self, config: ScanConfig) -> None:
        self._config = config
        self._total: Counter[str] = Counter()
        self._business: Counter[str] = Counter()
        self._samples: Counter[str] = Counter()
        self._low: Counter[str] = Counter()
        self._public: Counter[str] = Counter()
        self._distinct: dict[str, set[int]] = {}
        self._stored: Counter[str] = Counter()
        self._capped: set[str] = set()

    @property
    def tally(self) -> Tally:
        """The figures as they are told."""
        shown = {name: Count(total, len(self._distinct[name])) for name, total in self._total.items()}
        return Tally(shown, dict(+self._business), dict(self._samples), dict(self._low), dict(self._public))

    @property
    def distinct(self) -> dict[str, bytes]:
        """The hashes of the different values, by pattern; the key is of the process that workers come from."""
        return {name: array("q", values).tobytes() for name, values in self._distinct.items()}

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
        self._distinct.setdefault(name, set()).update(hashes)
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
