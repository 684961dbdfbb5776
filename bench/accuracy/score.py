"""Figures from judgements: precision, recall and F1 with their intervals, by identifier and by everything else."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from bench.accuracy.identifiers import IDENTIFIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bench.accuracy.judge import Judged, Mistake

_Z = 1.959964
#: The settings in which a whole column is drawn at once.
_COLUMNS = frozenset({
    "header", "header, key", "header, two rows", "header, merged", "header, beside names", "bare column",
})  # fmt: skip
DIMENSIONS = ("notation", "setting", "encoding", "container")


class Tally(msgspec.Struct):
    """How many values were found and missed, and how many claims were false.

    The cells of a column share their fate, and count as one draw where chance is reckoned with.
    """

    hits: int = 0
    misses: int = 0
    false: int = 0
    draws: int = 0

    @property
    def total(self) -> int:
        """How many values there are."""
        return self.hits + self.misses

    @property
    def precision(self) -> float:
        """The share of the claims that is right."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of the values that is found."""
        return self.hits / self.total if self.total else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.hits / (2 * self.hits + self.misses + self.false) if self.total + self.false else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of F1: hits among hits and the mean of both kinds of error, as many as there were draws."""
        count = self.hits + (self.misses + self.false) / 2
        return wilson(self.f1, count * self.draws / self.total if self.total else 0)


class Pair(msgspec.Struct):
    """Figures, and how far the F1 is from that of the same documents as plain UTF-8 text."""

    own: Tally
    gap: float = 0.0


class Share(msgspec.Struct):
    """How many of how many."""

    some: int = 0
    all: int = 0


class Score(msgspec.Struct):
    """Everything that the page tells."""

    seed: int
    size: float
    where: str
    files: int = 0
    values: int = 0
    seconds: float = 0.0
    unread: tuple[str, ...] = ()
    differing: int | None = None
    identifiers: dict[str, Tally] = {}
    missing: tuple[str, ...] = ()
    peer: dict[str, Tally] = {}
    ours_beside_peer: dict[str, Tally] = {}
    peer_everywhere: Tally = msgspec.field(default_factory=Tally)
    tables: dict[str, dict[str, Pair]] = {}
    decoys: dict[str, Share] = {}
    bare: dict[str, Share] = {}
    placed: dict[str, Share] = {}
    worst: list[tuple[str, int, int]] = []
    false: list[tuple[str, int]] = []

    @property
    def counted(self) -> dict[str, Tally]:
        """The identifiers in the averages: those that are not apart and have a pattern."""
        return {name: tally for name, tally in self.identifiers.items() if is_counted(name, self.missing)}

    @property
    def micro(self) -> Tally:
        """All counted values together."""
        return total(self.counted.values())

    @property
    def macro(self) -> float:
        """The mean of the identifiers' F1."""
        figures = [tally.f1 for tally in self.counted.values()]
        return sum(figures) / len(figures)

    @property
    def decoy(self) -> Share:
        """All decoys together."""
        return Share(sum(each.some for each in self.decoys.values()), sum(each.all for each in self.decoys.values()))


def wilson(share: float, count: float) -> tuple[float, float]:
    """Give the 95 % interval of a share by Wilson.

    >>> [round(bound, 3) for bound in wilson(0.9, 100)]
    [0.826, 0.945]
    """
    if not count:
        return 0.0, 1.0
    square = _Z * _Z / count
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * math.sqrt(share * (1 - share) / count + square / count / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    whole = Tally()
    for each in tallies:
        whole.hits, whole.misses = whole.hits + each.hits, whole.misses + each.misses
        whole.false, whole.draws = whole.false + each.false, whole.draws + each.draws
    return whole


def is_counted(name: str, missing: Iterable[str]) -> bool:
    """Tell whether an identifier stands in the averages."""
    return not IDENTIFIERS[name].apart and name not in missing


def identifier_of(pattern: str) -> str:
    """Give the identifier whose claim a pattern makes; "" for one that the corpus does not know."""
    if pattern in IDENTIFIERS:
        return pattern
    return next((name for name, identifier in IDENTIFIERS.items() if identifier.accepts(pattern)), "")


def tally(
    judged: Iterable[Judged], mistakes: Iterable[Mistake], name_of: Callable[[str], str] = identifier_of
) -> dict[str, Tally]:
    """Count by identifier; false claims count against the identifier that is claimed."""
    rows: dict[str, Tally] = defaultdict(Tally)
    columns: set[tuple[str, ...]] = set()
    for row in judged:
        if row.entry.role == "truth":
            _add(rows[row.entry.name], row, columns)
    for mistake in mistakes:
        rows[name_of(mistake.claim.pattern)].false += 1
    return dict(rows)


def _add(tally: Tally, row: Judged, columns: set[tuple[str, ...]]) -> None:
    """Count a value; `columns` are those that were drawn already."""
    column = (row.file.path, str(row.entry.column), row.entry.notation)
    if row.entry.setting not in _COLUMNS or column not in columns:
        tally.draws += 1
        columns.add(column)
    if row.is_found:
        tally.hits += 1
    else:
        tally.misses += 1


def group(
    judged: Iterable[Judged],
    mistakes: Iterable[Mistake],
    missing: Iterable[str],
    value_of: Callable[[Judged | Mistake], str],
) -> dict[str, Tally]:
    """Count the values and claims in the averages by anything else ("" is left out)."""
    rows: dict[str, Tally] = defaultdict(Tally)
    columns: set[tuple[str, ...]] = set()
    for row in judged:
        if row.entry.role == "truth" and is_counted(row.entry.name, missing):
            _add(rows[value_of(row)], row, columns)
    for mistake in mistakes:
        name = identifier_of(mistake.claim.pattern)
        if name and is_counted(name, missing):
            rows[value_of(mistake)].false += 1
    return {name: each for name, each in sorted(rows.items()) if name and each.total}


def share(judged: Iterable[Judged], role: str) -> dict[str, Share]:
    """Count the claimed among the decoys, or among the bare values."""
    rows: dict[str, Share] = defaultdict(Share)
    for row in judged:
        if row.entry.role == role:
            each = rows[row.entry.name]
            each.all += 1
            each.some += row.is_found
    return dict(sorted(rows.items()))
