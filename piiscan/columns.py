"""A column of a table: read in bulk where its cells are alike, in windows where few of them can be anything.

Whatever the way, what comes out is what the regexes find in the cells joined by line feeds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from piiscan import surroundings
from piiscan.bulk import texts_of
from piiscan.candidate import NO_SHARES, Candidate, find_candidates, gather, hear, settle, support
from piiscan.cells import EDGE, Column, Group
from piiscan.claims import is_claim, may_share, precedence, resolve_overlaps
from piiscan.companions import find_companions
from piiscan.dense import Cells
from piiscan.redact import canonical_keys
from piiscan.shares import Checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from piiscan.context import Labels
    from piiscan.engine import ColumnHint, Engine
    from piiscan.pattern import Pattern

#: How a telephone number begins whose canonical form is not its digits.
_COUNTRY = ((8, 1), (0, 0, 8, 1), (0, 1, 0, 8, 1))


#: Cells that may be labels, which are few among numbers.
_WORDS = re.compile("^[^0-9@\n]+$", re.MULTILINE)


@dataclass(slots=True)
class Masses:
    """What a dense column holds: single candidates, and groups of cells that are alike; no value is in both."""

    candidates: list[Candidate]
    column: Column
    groups: list[Group] = field(default_factory=list)

    def first_of(self, group: Group, count: int) -> Iterator[Candidate]:
        """Yield the first candidates of a group, at most `count`."""
        one, rows = group.one, group.rows[:count]
        for start, value in zip(self.column.starts[rows].tolist(), self.column.of(rows), strict=True):
            yield Candidate(
                *(one.pattern, start, start + len(value), value, one.shape, one.verdict, one.evidence, one.flags),
                *(one.labelled, one.score),
            )

    def keys(self, group: Group) -> Sequence[bytes]:
        """Give the canonical values of a group."""
        name = group.one.pattern.canonical
        if group.digits is not None and (name == "digits" or (name == "telephone" and not _has_country(group.digits))):
            return texts_of(group.digits)
        return canonical_keys(name, self.column.of(group.rows))


class Columns:
    """The patterns of a detector, ready for columns."""

    def __init__(
        self, patterns: Sequence[Pattern], labels: Labels, engine: Engine, names: Pattern | None = None
    ) -> None:
        """Take the engine that has told of a dense column, and the pattern of names if there is one."""
        self._patterns, self._labels = patterns, labels
        self._cells = Cells(patterns, engine)
        self._names = names

    def find(self, text: str, hint: str, told: ColumnHint, cells: Sequence[str] = ()) -> Masses | None:
        """Find what a dense column holds; None if its cells cannot be told apart, or their neighbours speak for them.

        `text` are its folded cells, joined by line feeds; `told` is where patterns can match in it. `cells` are
        the folded ones, if they are at hand.
        """
        if "\r" in text:
            return None
        column = Column(text, list(cells) if cells else text.split(EDGE))
        single, groups, idle, shares = self._sorted(column, hint, told)
        names = {each.pattern.id for each in (*single, *(group.one for group in (*groups, *idle)))}
        if any(names & {*each.context.beside} for each in self._patterns if each.id in names):
            return None
        single = hear(column.text, single, self._labels, hint, shares)
        groups = [group for group in groups if hear(column.text, [group.one], self._labels, hint, shares)]
        support(single)
        for each in (*single, *(group.one for group in groups)):
            settle(each)
        kept = resolve_overlaps(filter(is_claim, single))
        if kept and self._names:
            kept = resolve_overlaps([*kept, *find_companions(text, kept, self._names, is_column=True)])
        return Masses(kept, column, _resolve_groups(groups, len(column.cells)))

    def regions(self, text: str, others: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
        """Give where patterns can match in cells: numbers where there are some, `others` anywhere."""
        return {**{name: [(0, len(text))] for name in others}, **self._cells.find_numbers(text)}

    def _sorted(
        self, column: Column, hint: str, told: ColumnHint
    ) -> tuple[list[Candidate], list[Group], list[Group], dict[str, float]]:
        """Give single candidates, groups of cells, groups of parts of cells that do not count, and the statistics."""
        others = told.others or frozenset()
        asked = [each.id for each in self._patterns if each.id in others]
        groups, parts, odd = self._cells.sort(column, asked, told.numbers)
        idle = [part for part in parts if self._is_idle(column, part.one, hint)]
        proven = [part for part in parts if all(part is not each for each in idle)]
        self._mark_below_labels(column, groups, hint, odd)
        while True:
            for part in proven:
                odd[part.rows] = True
            groups = [rest for group in groups if (rest := group.without(odd))]
            idle = [rest for part in idle if (rest := part.without(odd))]
            for group in groups:  # the one that stood for the others may have been odd
                group.one = column.candidate(int(group.rows[0]), group.one.pattern, group.one.shape, group.one.verdict)
            single = self._odd_candidates(column, odd, others)
            shares = _shares(column, single, (*groups, *idle))
            proven = [part for part in idle if shares.get(part.one.pattern.id)]
            if not proven:
                return single, groups, idle, shares

    def _is_idle(self, column: Column, part: Candidate, hint: str) -> bool:
        """Tell whether a value that is a part of its cell needs a label and has none, in its header or in the cell.

        Nothing but its column, or another number beside it, can then make it count.
        """
        pattern, window = part.pattern, part.pattern.context.window
        if pattern.trigger or part.shape not in pattern.context.required:
            return False
        if surroundings.begins_line(surroundings.line_before(column.text, part.start, window)):
            return False  # the cell above may speak for it
        gather(column.text, part, self._labels, hint, NO_SHARES)
        return not part.labelled and not part.flags

    def _mark_below_labels(self, column: Column, groups: Sequence[Group], hint: str, odd: NDArray[np.bool_]) -> None:
        """Mark cells for which the one above may speak, unless their header does."""
        bare = [group for group in groups if not self._labels.within(hint, {group.one.pattern.id})]
        if not bare:
            return
        cells = column.cells
        words = np.zeros(len(cells), np.bool_)
        rows = np.searchsorted(column.starts, [match.start() for match in _WORDS.finditer(column.text)])
        words[[row for row in rows if surroundings.is_only_label(cells[row].strip())]] = True
        if not words.any():
            return
        blank = np.fromiter((not cell.strip() for cell in cells), np.bool_, len(cells))
        above = np.where(blank, -1, np.arange(len(words)))
        last = np.concatenate(([-1], np.maximum.accumulate(above)[:-1]))
        below = (last >= 0) & words[last]
        for group in bare:
            odd[group.rows[below[group.rows]]] = True

    def _odd_candidates(self, column: Column, odd: NDArray[np.bool_], others: frozenset[str]) -> list[Candidate]:
        """Find what rows hold of which nothing else is known, matching each number only where it can be."""
        rows = np.flatnonzero(odd)
        if not len(rows):
            return []
        cells = column.of(rows)
        part = Column(EDGE.join(cells), cells)
        found = list(find_candidates(part.text, self._patterns, self.regions(part.text, others)))
        moved = column.starts[rows] - part.starts
        for each in found:
            shift = int(moved[np.searchsorted(part.starts, each.start, "right") - 1])
            each.start, each.end = each.start + shift, each.end + shift
        return found


def _shares(column: Column, single: Iterable[Candidate], groups: Iterable[Group]) -> dict[str, float]:
    """Give the column's statistics."""
    checked = Checked()
    for each in single:
        checked.enter(each.pattern, each.verdict, [each.value])
    for group in groups:
        if Checked.counts(group.one.verdict):
            checked.enter(group.one.pattern, group.one.verdict, column.values(group))
    return checked.shares(column.cells)


def _resolve_groups(groups: Iterable[Group], size: int) -> list[Group]:
    """Keep one claim on each cell, in the order in which candidates are resolved one by one."""
    kept: list[tuple[Group, NDArray[np.bool_]]] = []
    for group in sorted((group for group in groups if is_claim(group.one)), key=lambda each: precedence(each.one)[:-2]):
        taken = np.zeros(size, np.bool_)
        for holder, rows in kept:
            if not may_share(group.one.pattern, holder.one.pattern):
                taken |= rows
        rest = group.without(taken)
        if rest:
            claimed = np.zeros(size, np.bool_)
            claimed[rest.rows] = True
            kept.append((rest, claimed))
    return [group for group, _ in kept]


def _has_country(digits: NDArray[np.uint8]) -> bool:
    return any(
        bool((digits[:, : len(code)] == code).all(axis=1).any()) for code in _COUNTRY if digits.shape[1] > len(code)
    )
