"""Write a share, scan it, compare."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.scenarios.check import compare
from bench.scenarios.runner import scan
from bench.scenarios.table import SCENARIOS

if TYPE_CHECKING:
    from bench.scenarios.check import Row

PATTERNS = Path(__file__).parents[2] / "patterns"


@dataclass(frozen=True, slots=True)
class Result:
    """What one share gave."""

    name: str
    size: int
    rows: tuple[Row, ...]

    @property
    def missed(self) -> tuple[Row, ...]:
        """The figures that are not as they should be."""
        return tuple(row for row in self.rows if row.is_held is False)


def known_patterns() -> frozenset[str]:
    """Give the ids of the patterns that there are."""
    return frozenset(path.stem for path in PATTERNS.glob("*.toml"))


def measure(folder: Path, name: str, seed: int, *, is_small: bool = False, jobs: int = 2) -> Result:
    """Make a share anew in `folder`, and hold what the command says of it against what stands there."""
    scenario = SCENARIOS[name]
    size = scenario.small if is_small else scenario.size
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    truth = scenario.write(folder, size, Random(f"{seed} {name}"))
    rows = compare(truth, scan(folder, jobs), known_patterns(), scenario.tolerance)
    return Result(name, size, tuple(rows))
