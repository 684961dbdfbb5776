"""Hold what was found against what was made, figure by figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bench.scenarios.runner import Told
    from bench.scenarios.truth import FileTruth, Truth

#: Names are words: a list tells them from other words, and knows most of them. Everything else is exact.
WORDS = {"person_name": 0.05}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was made, what was found. `is_held` is None where no pattern exists that could find it."""

    what: str
    made: str
    found: str
    is_held: bool | None


def compare(truth: Truth, told: Told, patterns: Collection[str], tolerance: float) -> list[Row]:
    """Give all figures of a share."""
    return [
        *_outcomes(truth, told),
        *_values(truth, told, patterns),
        *_nothing_else(truth, told),
        *_people(truth, told, patterns, tolerance),
        *_combinations(truth, told, patterns, tolerance),
    ]


def _is_near(made: int, found: int, tolerance: float) -> bool:
    return abs(found - made) <= tolerance * made


def _outcomes(truth: Truth, told: Told) -> Iterator[Row]:
    outcomes = Counter(record["outcome"] for record in told.files.values())
    made, found = {"complete": len(truth.files)}, dict(outcomes)
    is_held = made == found and bool(told.summary.get("complete"))
    yield Row("files read", _shown(made), _shown(found), is_held)


def _shown(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))


def _values(truth: Truth, told: Told, patterns: Collection[str]) -> Iterator[Row]:
    """Compare totals over all files, and distinct values file by file, whose sum is shown."""
    for pattern, total in sorted(truth.totals().items()):
        made = {path: _made(file, pattern) for path, file in truth.files.items()}
        found = {path: _found(record, pattern) for path, record in told.files.items()}
        tolerance = WORDS.get(pattern, 0)
        is_held = all(
            _is_near(one, other, tolerance)
            for path, pair in made.items()
            for one, other in zip(pair, found.get(path, (0, 0)), strict=True)
        )
        in_all = told.summary.get("totals", {}).get(pattern, 0)
        shown = f"{in_all:,} ({sum(distinct for _, distinct in found.values()):,})"
        different = sum(distinct for _, distinct in made.values())
        held = is_held and _is_near(total, in_all, tolerance)
        yield Row(pattern, f"{total:,} ({different:,})", shown, held if pattern in patterns else None)


def _made(file: FileTruth, pattern: str) -> tuple[int, int]:
    return file.totals[pattern], len(file.values.get(pattern, ()))


def _found(record: dict[str, Any], pattern: str) -> tuple[int, int]:
    count = record["counts"].get(pattern, {})
    personal = record["business"].get(pattern, 0)
    return count.get("total", 0) - personal, count.get("distinct", 0) - bool(personal)


def _nothing_else(truth: Truth, told: Told) -> Iterator[Row]:
    totals, made = told.summary.get("totals", {}), truth.totals()
    false = {name: count for name, count in totals.items() if name not in made}
    yield Row("anything else", "nothing", _shown(false) or "nothing", not false)


def _people(truth: Truth, told: Told, patterns: Collection[str], tolerance: float) -> Iterator[Row]:
    for path, file in sorted(truth.files.items()):
        made = len(file.known(patterns))
        if not made:
            yield Row(f"people in {path}", f"{len(file.people):,}", "–", None)
            continue
        parts = told.files.get(path, {}).get("subjects", [])
        found = sum(part["estimate"] for part in parts)
        low = max((part["low"] for part in parts), default=0)
        high = sum(part["high"] for part in parts)
        is_held = low <= made <= high and _is_near(made, found, tolerance)
        yield Row(f"people in {path}", f"{made:,}", f"{found:,} ({low:,}–{high:,})", is_held)
    made, all_told = truth.people(patterns), told.summary.get("people", {})
    found, low, high = (all_told.get(name, 0) for name in ("estimate", "low", "high"))
    is_held = low <= made <= high and _is_near(made, found, tolerance)
    yield Row("people in the share", f"{made:,}", f"{found:,} ({low:,}–{high:,})", is_held)


def _combinations(truth: Truth, told: Told, patterns: Collection[str], tolerance: float) -> Iterator[Row]:
    """Compare what is known together, over all rosters; scattered text is told as one."""
    found: Counter[tuple[str, ...]] = Counter()
    for record in told.files.values():
        for part in record["subjects"]:
            for each in part["combinations"] if part["roster"] else ():
                found[tuple(each["categories"])] += each["people"]
    made = truth.combinations(patterns)
    for names in sorted({*made, *found}, key=lambda names: (-made[names], names)):
        is_held = _is_near(made[names], found[names], tolerance)
        yield Row(" + ".join(names), f"{made[names]:,}", f"{found[names]:,}", is_held)
