"""Times of two ways to do the same work, taken in turns in one run: machines are noisy, ratios are less so."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Ratio:
    """Median seconds of our way and of the other, and the bar their ratio is held to."""

    name: str
    ours: float
    theirs: float
    bar: float

    @property
    def value(self) -> float:
        """Our time as a multiple of theirs."""
        return self.ours / self.theirs

    @property
    def is_held(self) -> bool:
        """Tell whether the bar is reached."""
        return self.value <= self.bar

    def __str__(self) -> str:
        """Give the line that a benchmark prints."""
        figures = f"bar {self.bar:.2f}; {self.ours:.3f} s against {self.theirs:.3f} s"
        return f"{self.name}: {self.value:.2f} ({figures}){'' if self.is_held else '  MISSED'}"


def compare(name: str, bar: float, ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> Ratio:
    """Time both in turns, `runs` times each after one run that warms the caches, and give the medians' ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for work, taken in zip((ours, theirs), times, strict=True):
            gc.collect()
            start = time.perf_counter()
            work()
            if number:
                taken.append(time.perf_counter() - start)
    return Ratio(name, statistics.median(times[0]), statistics.median(times[1]), bar)


def print_ratios(measure: Callable[..., Iterator[Ratio]]) -> int:
    """Print what a module measures, as often as the command line says; give the exit code."""
    is_held = True
    for ratio in measure(*map(int, sys.argv[1:2])):
        print(ratio, flush=True)
        is_held = is_held and ratio.is_held
    return int(not is_held)
