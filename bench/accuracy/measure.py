"""Build a corpus, scan it, judge the claims, and put the figures together."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from bench.accuracy import peer
from bench.accuracy.corpus import build
from bench.accuracy.identifiers import IDENTIFIERS
from bench.accuracy.judge import Judged, Mistake, judge
from bench.accuracy.runner import differences, known_patterns, scan
from bench.accuracy.score import DIMENSIONS, Pair, Score, Share, Tally, group, share, tally, total
from bench.results import where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bench.accuracy.corpus import Written


def _accepts(name: str, pattern: str) -> bool:
    return IDENTIFIERS[name].accepts(pattern)


def measure(folder: Path, seed: int, size: float, *, compares_engines: bool = False) -> Score:
    """Give the figures of one seed. The folder is emptied before and kept after, so that a miss can be looked at."""
    started = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    files = build(folder, seed, size)
    scanned = scan(folder)
    judged, mistakes = judge(files, scanned.claims, _accepts)
    _recognise(judged, scanned.public)
    known = known_patterns()
    missing = tuple(name for name, each in IDENTIFIERS.items() if not each.exists(known))
    own = [row for row in judged if row.file.plain]
    wrong = [each for each in mistakes if each.file.plain]
    score = Score(seed, size, where(), len(files), len(own), unread=scanned.unread, missing=missing)
    found = tally(own, wrong)
    score.identifiers = {name: found.get(name, Tally()) for name in IDENTIFIERS}
    _tables(score, judged, mistakes)
    score.decoys = share(own, "decoy")
    score.bare = share(own, "bare")
    score.placed = _placed(own)
    score.worst = _worst(own, missing)
    score.false = _false(wrong)
    _beside(score, folder, files, own, wrong)
    score.differing = differences(folder, scanned) if compares_engines else None
    score.seconds = time.monotonic() - started
    return score


def _recognise(judged: Sequence[Judged], public: Mapping[tuple[str, str], int]) -> None:
    """Take what was recognised as public for found: a report tells of it by counts only."""
    left = dict(public)
    for row in judged:
        if row.entry.role == "truth" and not row.is_found:
            for (path, pattern), count in left.items():
                if count and path == row.file.path and _accepts(row.entry.name, pattern):
                    row.is_found, left[path, pattern] = True, count - 1
                    break


def _value(row: Judged | Mistake, dimension: str) -> str:
    if dimension in {"encoding", "container"}:
        return str(getattr(row.file, dimension))
    return str(getattr(row.entry, dimension)) if row.entry and row.entry.role != "decoy" else ""


def _tables(score: Score, judged: Sequence[Judged], mistakes: Sequence[Mistake]) -> None:
    """Count by notation and the like; encodings and containers beside plain text of the same documents."""
    own = [row for row in judged if row.file.plain]
    wrong = [each for each in mistakes if each.file.plain]
    for dimension in DIMENSIONS:
        rows = group(own, wrong, score.missing, partial(_value, dimension=dimension))
        gaps = _gaps(judged, mistakes, score.missing, dimension) if dimension in {"encoding", "container"} else {}
        score.tables[dimension] = {name: Pair(each, gaps.get(name, 0.0)) for name, each in rows.items()}


def _gaps(
    judged: Sequence[Judged], mistakes: Sequence[Mistake], missing: Sequence[str], dimension: str
) -> dict[str, float]:
    """Tell how far containers are from plain UTF-8 text, and encodings (in text and CSV, where all else is alike)."""
    names: dict[str, str] = {}
    for row in judged:
        if row.file.plain and (dimension == "container" or row.file.container in peer.PLAIN):
            names[row.file.path] = _value(row, dimension)
    plains = {row.file.plain: names[row.file.path] for row in judged if row.file.path in names}
    first, second = (
        group(
            [row for row in judged if row.file.path in paths],
            [each for each in mistakes if each.file.path in paths],
            missing,
            lambda row: paths[row.file.path],  # noqa: B023 - used at once
        )
        for paths in (names, plains)
    )
    return {name: each.f1 - second[name].f1 for name, each in first.items()}


def _placed(judged: Sequence[Judged]) -> dict[str, Share]:
    rows: dict[str, Share] = {}
    for row in judged:
        if row.entry.role == "truth" and row.is_placed is not None:
            each = rows.setdefault(row.file.container, Share())
            each.all += 1
            each.some += row.is_placed
    return rows


def _worst(judged: Sequence[Judged], missing: Sequence[str]) -> list[tuple[str, int, int]]:
    """List what is missed most: identifier, notation and setting, with how many of how many."""
    totals: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in judged:
        if row.entry.role == "truth" and row.entry.name not in missing:
            name = f"{row.entry.name} | {row.entry.notation} | {row.entry.setting}"
            totals[name] += 1
            missed[name] += not row.is_found
    return [(name, count, totals[name]) for name, count in missed.most_common() if count]


def _false(mistakes: Sequence[Mistake]) -> list[tuple[str, int]]:
    def name(each: Mistake) -> str:
        entry = each.entry
        place = f"{entry.name} | {entry.notation} | {entry.setting}" if entry else "nothing planted"
        return f"{each.claim.pattern} | {place}"

    return Counter(map(name, mistakes)).most_common()


def _beside(
    score: Score, folder: Path, files: Sequence[Written], own: Sequence[Judged], wrong: Sequence[Mistake]
) -> None:
    """Measure the peer: where it can read, beside us there; and over everything."""
    mine = [file for file in files if file.plain]
    theirs, false = judge(mine, peer.search(folder, mine), peer.accepts)

    def is_plain(row: Judged | Mistake) -> bool:
        return row.file.container in peer.PLAIN and row.file.encoding in {"UTF-8", "UTF-8 BOM"}

    score.peer = tally(filter(is_plain, theirs), filter(is_plain, false), str)
    score.ours_beside_peer = tally(filter(is_plain, own), filter(is_plain, wrong))
    everywhere = tally(theirs, false, str)
    score.peer_everywhere = total(each for name, each in everywhere.items() if name in score.counted)
