"""How time and memory grow: with the size of each kind of input, the number of files, of patterns, and of workers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bench.command import memory_of
from bench.corpora import build
from bench.peers import ripgrep, scan
from bench.results import Curve, Point, where
from bench.speed import OURS, interleave
from piiscan.config import ScanConfig
from piiscan.pattern import load_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.command import Command

#: Doubling an input: the time as a multiple of that for half of it, the memory for the largest as a multiple of that
#: for the smallest (constant, but for what an allocator leaves lying about).
DOUBLED_TIME, CONSTANT_MEMORY = 2.2, 1.25
WORKERS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a curve: how much of what grows, our command, and what is drawn beside it, if anything."""

    amount: float
    ours: Command
    peer: Command | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """What grows, in which unit, and whether each step doubles the input, so that the bars count."""

    title: str
    unit: str
    is_doubling: bool = True
    peer: str = ""


GROWTHS = {
    "size-prose": Growth("one file of prose", "kB"),
    "size-log": Growth("one log", "kB"),
    "size-dense": Growth("dense CSV", "rows"),
    "size-json": Growth("JSON lines", "kB"),
    "size-html": Growth("HTML", "kB"),
    "size-workbook": Growth("xlsx", "cells"),
    "size-files": Growth("small files of 2 kB", "files"),
    "patterns-prose": Growth("patterns, on prose 200 MB", "patterns", is_doubling=False, peer="rg -o -b -j1"),
    "patterns-log": Growth("patterns, on logs 60 MB", "patterns", is_doubling=False, peer="rg -o -b -j1"),
    "workers-prose": Growth("workers, on prose 200 MB in 8 files", "workers", is_doubling=False),
    "workers-one": Growth("workers, on one file of 200 MB", "workers", is_doubling=False),
    "workers-code": Growth("workers, on source code 200 MB as it lies", "workers", is_doubling=False),
}


def _steps(name: str) -> Iterator[Step]:
    kind, _, what = name.partition("-")
    if kind == "size":
        folders = sorted((build("doubling") / what).iterdir(), key=lambda path: int(path.name))
        yield from (Step(int(folder.name), scan()(folder)) for folder in folders)
    elif kind == "patterns":
        ids = tuple(load_patterns(ScanConfig(key=bytes(32), run_key=bytes(32))))
        folder = build(what)
        for count in [number for number in (1, 2, 4, 8) if number < len(ids)] + [len(ids)]:
            chosen = [word for name in ids[:count] for word in ("--pattern", name)]
            yield Step(count, scan(*chosen)(folder), ripgrep("-j1", patterns=ids[:count])(folder))
    else:
        folder = _largest(what)
        yield from (Step(workers, scan(workers=workers)(folder)) for workers in WORKERS)


def _largest(what: str) -> Path:
    if what != "one":
        return build(what)
    return max((build("doubling") / "prose").iterdir(), key=lambda path: int(path.name))


def measure_growth(name: str, runs: int) -> Curve:
    """Measure the curve of this name."""
    points = []
    for step in _steps(name):
        commands = {OURS: step.ours, **({"peer": step.peer} if step.peer else {})}
        samples = interleave(commands, runs)
        memory = memory_of(step.ours)
        ours, peer = samples[OURS], samples.get("peer")
        if ours is not None:
            points.append(
                Point(step.amount, ours.median, memory.largest, memory.together, peer.median if peer else None)
            )
    return Curve(tuple(points), where())


def faults_of(name: str, curve: Curve) -> list[str]:
    """Say which of the bars for growth a curve misses."""
    if not GROWTHS[name].is_doubling or len(curve.points) < 2:  # noqa: PLR2004 - one point is no curve
        return []
    steepest = max(after.seconds / before.seconds for before, after in pairwise(curve.points))
    memory = curve.points[-1].largest / curve.points[0].largest
    faults = [f"time {steepest:.2f} times"] if steepest > DOUBLED_TIME else []
    return faults + ([f"memory {memory:.2f} times"] if memory > CONSTANT_MEMORY else [])
