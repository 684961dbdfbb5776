"""What was measured, kept in the repository, so that a single row can be measured anew on another machine."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import msgspec


class Sample(msgspec.Struct, frozen=True):
    """The times in seconds of the same command in one interleaved run."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure that counts."""
        return statistics.median(self.seconds)


class Measured(msgspec.Struct):
    """A work that was measured. A peer is None where the command refused; memory is in megabytes.

    `as_reference` tells whether the reference engine has the same totals and distinct values in every file.
    """

    ours: Sample
    peers: dict[str, Sample | None]
    files: int
    size: int
    findings: int
    complete: bool
    largest: float
    together: float
    where: str
    as_reference: bool | None = None
    profile: str = ""


class Point(msgspec.Struct, frozen=True):
    """One step of a curve; `peer` is the time of what is drawn beside it, if anything is."""

    amount: float
    seconds: float
    largest: float
    together: float
    peer: float | None = None


class Curve(msgspec.Struct, frozen=True):
    """How time and memory grow."""

    points: tuple[Point, ...]
    where: str


class Figure(msgspec.Struct, frozen=True):
    """A measure of its own module: our seconds, the peer's where there is one, and the bar (a ratio, else seconds)."""

    name: str
    ours: float
    theirs: float | None
    bar: float
    where: str


class Results(msgspec.Struct):
    """Everything the page is written from."""

    works: dict[str, Measured] = {}
    curves: dict[str, Curve] = {}
    figures: dict[str, tuple[Figure, ...]] = {}
    machine: dict[str, str] = {}


_STORE = Path(__file__).with_name("results.json")
_WRITTEN = ("bench/results.json", "docs/performance.md")


def load_results() -> Results:
    """Give what was measured so far."""
    return msgspec.json.decode(_STORE.read_bytes(), type=Results) if _STORE.exists() else Results()


def save_results(results: Results) -> None:
    """Keep what was measured; a run that is interrupted loses one row only."""
    _STORE.write_bytes(msgspec.json.format(msgspec.json.encode(results)) + b"\n")


def where() -> str:
    """Name the state of the code and the day; what measuring writes itself does not change the code."""
    commit = _first_line("git", "describe", "--always", "--exclude=*")
    changed = _first_line("git", "status", "--porcelain", "--", ".", *(f":!{name}" for name in _WRITTEN))
    return f"{commit}{'-dirty' if changed else ''}, {datetime.now(UTC):%Y-%m-%d}"


def machine() -> dict[str, str]:
    """Describe the machine and the tools."""
    cpu = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    tools = {"ripgrep": ("rg", "--version"), "pdftotext": ("pdftotext", "-v")}
    return {
        "processor": f"{cpu[0] if cpu else platform.machine()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **{name: _first_line(*words) for name, words in tools.items() if shutil.which(words[0])},
    }


def _first_line(*words: str) -> str:
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    return (result.stdout or result.stderr).partition("\n")[0]
