"""Run the real command over a corpus and read its report: the values themselves, from a file that is ours alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.accuracy.identifiers import IDENTIFIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PATTERNS = Path(__file__).parents[2] / "patterns"
#: Exit codes of a scan that was done: nothing found, something found, something unread.
_DONE = frozenset({0, 1, 3})
_JOBS = 2
_PUBLIC = frozenset({"business", "public"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding at medium or above: what is claimed to stand in a file, and where.

    What is said to be public or an organisation's is right where it is, and no false alarm anywhere.
    """

    path: str
    pattern: str
    value: str
    line: int | None
    column: int | None
    cell: str | None
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a run gave. `unread` are the files that were not read wholly.

    `public` counts, by path and pattern, what was recognised and is not shown because everybody may know it.
    """

    claims: tuple[Claim, ...]
    unread: tuple[str, ...]
    public: Mapping[tuple[str, str], int]


def known_patterns() -> frozenset[str]:
    """Give the ids of the patterns that there are."""
    return frozenset(path.stem for path in PATTERNS.glob("*.toml"))


def off_patterns() -> tuple[str, ...]:
    """Give those patterns that are searched only when asked for, as far as they exist."""
    asked = [identifier for identifier in IDENTIFIERS.values() if identifier.off]
    return tuple(sorted(each for each in known_patterns() if any(identifier.accepts(each) for identifier in asked)))


def differences(folder: Path, scanned: Scanned) -> int:
    """Count the claims that only one engine makes: none, if they are the same detector."""
    reference = _scan(folder, _JOBS, (), "reference")
    names = frozenset(off_patterns())
    own = Counter(claim for claim in scanned.claims if claim.pattern not in names)
    other = Counter(claim for claim in reference.claims if claim.pattern not in names)
    return ((own - other) + (other - own)).total()


def scan(folder: Path, jobs: int = _JOBS) -> Scanned:
    """Scan a folder as anybody would, and once more for what is off by default."""
    found = _scan(folder, jobs, ())
    names = off_patterns()
    if not names:
        return found
    asked = _scan(folder, jobs, names)
    own = {(claim.path, claim.pattern, claim.value, claim.line) for claim in found.claims}
    more = (each for each in asked.claims if (each.path, each.pattern, each.value, each.line) not in own)
    return Scanned((*found.claims, *more), found.unread, found.public)


def _scan(folder: Path, jobs: int, patterns: Iterable[str], engine: str = "auto") -> Scanned:
    asked = (word for name in patterns for word in ("--pattern", name))
    options = ("--reveal", "--max-locations", "1000000", "--engine", engine, *asked)
    return _read(iter_records(folder, jobs, *options))


def iter_records(folder: Path, jobs: int, *options: str) -> Iterator[dict[str, Any]]:
    """Scan a folder in a process of its own, with no settings of whoever runs it, and yield the report's records."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIISCAN_")}
    with tempfile.TemporaryDirectory() as home:
        report = Path(home) / "report.jsonl"
        words = [
            *(sys.executable, "-m", "piiscan", "scan", str(folder), "--quiet", "--format", "jsonl"),
            *("--output", str(report), "--jobs", str(jobs), "--timeout", "600", *options),
        ]
        environment = {**kept, "XDG_CONFIG_HOME": home, "LANGUAGE": "en"}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in _DONE:
            raise RuntimeError(done.stderr)
        with report.open(encoding="utf-8") as stream:
            yield from map(json.loads, stream)


def _read(lines: Iterable[Mapping[str, object]]) -> Scanned:
    claims, unread, public = [], [], {}
    for line in lines:
        if line["record"] == "file":
            counts = line.get("public")
            for name, count in counts.items() if isinstance(counts, dict) else ():
                public[str(line["path"]), str(name)] = int(count)
            if line["outcome"] != "complete":
                unread.append(str(line["path"]))
        elif line["record"] == "finding":
            claims.append(_claim(line))
    return Scanned(tuple(claims), tuple(unread), public)


def _claim(line: Mapping[str, object]) -> Claim:
    flags, row, column, cell = (line[key] for key in ("flags", "line", "column", "cell"))
    return Claim(
        path=str(line["path"]),
        pattern=str(line["pattern"]),
        value=str(line["mask"]),
        line=row if isinstance(row, int) else None,
        column=column if isinstance(column, int) else None,
        cell=cell if isinstance(cell, str) else None,
        is_public=isinstance(flags, list) and not _PUBLIC.isdisjoint(flags),
    )
