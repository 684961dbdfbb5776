"""What one file holds: its pieces given to detection, and of what comes back redacted findings, counts and places.

Candidates, which hold values, come in; none of them goes out.
"""

from __future__ import annotations

from array import array
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from piiscan.candidate import settle
from piiscan.explained import Dropped
from piiscan.figures import Figures
from piiscan.findings import Findings, Run
from piiscan.foldedcells import fold_cells
from piiscan.hashes import Store
from piiscan.hashing import kind_of
from piiscan.located import CELL_END, ColumnText, Locator, Mass
from piiscan.model import Location
from piiscan.piece import Place, Segment, Table
from piiscan.redact import canonical_keys
from piiscan.subjects import Census, is_personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from piiscan.candidate import Candidate
    from piiscan.columns import Masses
    from piiscan.detect import Detector, Drops
    from piiscan.findings import Kind, Row
    from piiscan.lineindex import LineIndex
    from piiscan.peoplerows import Ints, Rows
    from piiscan.piece import Raw
    from piiscan.tableparts import ColumnPart, Section


class Collector:
    """What one file holds: exact counts per pattern, and findings up to the cap on locations."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._dropped: list[Dropped] = []
        self._room: Counter[str] = Counter()
        store = Store()
        self.figures = Figures(detector.config, store)
        self.census = Census(detector.hashing, store)
        #: Whether numbers below some label are stored as floats that have lost their digits.
        self.has_lost = False

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """The first candidates of each pattern that are no findings, if anybody asked."""
        return tuple(self._dropped)

    def collect(self, piece: Segment | Raw | Table, member: tuple[str, ...] = ()) -> Findings:
        """Scan a piece of a document, or of the member of one, and give the findings that are stored of it."""
        if not isinstance(piece, Table):
            return Findings([self._text(piece, member)])
        from piiscan.tableparts import iter_table  # noqa: PLC0415 - many files hold no table

        sections = iter_table(piece, self._detector.labels)
        return Findings(run for section in sections for run in self._table(section, member))

    def _text(self, piece: Segment | Raw, member: tuple[str, ...]) -> Run:
        found = _Rows(self._detector, member, piece.part)
        for passage in self._detector.passages(piece):
            dropped = self._detector.new_dropped()
            told = self._detector.find(passage.folded.text, piece.hint, regions=passage.regions, dropped=dropped)
            lines: LineIndex | None = None
            if isinstance(piece, Segment) and piece.doubt:
                _doubt(piece.doubt, (*told, *(each for each, _ in dropped or ())))
            for candidate, reason in _in_order(told, dropped):
                start, end = passage.folded.original(candidate.start, candidate.end)
                if not passage.core[0] <= start < passage.core[1]:
                    continue
                if not self._is_stored(candidate, reason, (member, piece.part)):
                    continue
                line = column = None
                if piece.first_line is not None:
                    lines = lines or passage.lines()
                    line, column = lines.place(start)
                place = Place(line, column, None, piece.page)
                if reason:
                    self._drop(candidate, reason, Location(member, piece.part, *place))
                else:
                    found.add(candidate, start, passage.text[start:end], place)
        return found.run()

    def _table(self, section: Section, member: tuple[str, ...]) -> Iterator[Run]:
        table, parts = section
        blank = Location(member, table.part)
        block = self.census.rows((member, table.part), len(table.columns[0]) if table.columns else 0)
        self._detector.expect(len(table.columns) * len(table.columns[0]) if table.columns else 0)
        for part in parts:
            if not any(part.cells):
                continue
            block.role = part.role
            # values beside labels are the fields of a form, and rows are no people
            people, locator = None if part.rows else block, Locator(table.locate, part.column, part.rows)
            yield self._column(part, table, locator, blank, people)
        block.end()

    def _column(
        self,
        part: ColumnPart,
        table: Table,
        locator: Locator,
        blank: Location,
        block: Rows | None,
    ) -> Run:
        from piiscan.tableparts import has_lost  # noqa: PLC0415 - it was loaded for the table

        hint, cells = part.hint, part.cells
        text = CELL_END.join(cells)
        self.has_lost |= has_lost(hint, text, self._detector.labels)
        column = ColumnText(text, cells, fold_cells(text))
        dropped = self._detector.new_dropped()
        candidates, masses = self._detector.find_in_column(column, hint, dropped, table if block else None)
        _tell_home(part.home, candidates, masses)
        shown = []
        for candidate in candidates:
            is_shown, hashes = self._count(candidate)
            if is_shown:
                shown.append(candidate)
                self._enter(block, blank, candidate, [column.row_of(candidate.start)], hashes)
        groups = list(self._masses(masses, column, len(cells), blank, block)) if masses else []
        wanted = Counter(each.pattern.id for each in shown)
        for mass in groups:
            wanted[mass.pattern] += len(mass.rows)
        room = {name: self.figures.room(name) for name in wanted}
        found = _Rows(self._detector, blank.member, blank.part)
        for mass in groups:
            if wanted[mass.pattern] > room[mass.pattern]:
                # one more than there is room for, so that the cap is seen to bite
                shown += mass.first(max(room[mass.pattern] + 1, 1))
            else:
                self.figures.store(mass.pattern, len(mass.rows))
                found.rows += mass.located(column, locator, self._detector.hidden, found.number(mass.group.one))
        for candidate, reason in _in_order(shown, dropped):
            if not (self._has_room(candidate) if reason else self.figures.store(candidate.pattern.id)):
                continue
            row = column.row_of(candidate.start)
            value, offset = column.value(candidate.start, candidate.end, row)
            place = locator.one(row, offset)
            if reason:
                self._drop(candidate, reason, Location(blank.member, blank.part, *place))
            else:
                found.add(candidate, candidate.start, value, place)
        found.rows.sort(key=itemgetter(0))
        return found.run()

    def _masses(
        self, masses: Masses, column: ColumnText, cells: int, blank: Location, block: Rows | None
    ) -> Iterator[Mass]:
        """Count what groups hold, and yield those that are shown."""
        has_lines = len(masses.column.cells) != cells  # a cell of several lines is as many rows there
        for group in masses.groups:
            keys = masses.keys(group)
            is_shown, hashes = self._count(group.one, len(group.rows), keys)
            if is_shown:
                rows: NDArray[np.intp] | array[int] = group.rows
                if has_lines:
                    rows = array("q", map(column.row_of, masses.column.starts[rows].tolist()))
                self._enter(block, blank, group.one, rows, hashes)
                yield Mass(masses, group, rows, keys)

    def _is_stored(self, candidate: Candidate, reason: str, place: tuple[tuple[str, ...], str]) -> bool:
        """Count a candidate; tell whether its place is wanted: as that of a finding, or of none."""
        if reason:
            return self._has_room(candidate)
        is_shown, hashes = self._count(candidate)
        if is_shown and is_personal(candidate.flags):
            self.census.add(place, kind_of(candidate.pattern), hashes)
        return is_shown and self.figures.store(candidate.pattern.id)

    def _count(self, candidate: Candidate, number: int = 1, keys: Sequence[bytes] = ()) -> tuple[bool, array[int]]:
        """Count a candidate, or `number` that are alike with the canonical values `keys`.

        Tells whether it is shown, and gives the hashes of the values.
        """
        pattern = candidate.pattern
        keys = keys or canonical_keys(pattern.canonical, [candidate.value])
        hashes = self._detector.hashing.hashes(pattern, keys)
        return self.figures.count(pattern.id, candidate.score, candidate.flags, hashes, number), hashes

    def _enter(self, block: Rows | None, place: Location, one: Candidate, rows: Ints, hashes: array[int]) -> None:
        """Let values of a column count as data of the people in its rows, or of those in a form."""
        if not is_personal(one.flags):
            return
        if block:
            block.add(kind_of(one.pattern), rows, hashes)
        else:
            self.census.add((place.member, place.part), kind_of(one.pattern), hashes)

    def _has_room(self, candidate: Candidate) -> bool:
        """Tell whether one more candidate of its pattern is to be explained away."""
        self._room[candidate.pattern.id] += 1
        return self._room[candidate.pattern.id] <= self._detector.config.max_locations

    def _drop(self, candidate: Candidate, reason: str, location: Location) -> None:
        self._dropped.append(Dropped(candidate.pattern.id, location, reason, tuple(candidate.evidence)))


class _Rows:
    """Rows of findings in one part of a document, each with its place in some text."""

    def __init__(self, detector: Detector, member: tuple[str, ...], part: str) -> None:
        self.rows: list[tuple[int, Row]] = []
        self._detector, self._member, self._part = detector, member, part
        self._kinds: dict[Kind, int] = {}

    def number(self, one: Candidate) -> int:
        """Give the number of the kind of finding that a candidate is."""
        return self._kinds.setdefault(self._detector.kind(one, self._member, self._part), len(self._kinds))

    def add(self, candidate: Candidate, at: int, shown: str, place: Place) -> None:
        """Turn a candidate into a finding; `shown` is the value as it stands in the document, for --reveal only."""
        (mask,), (sign,) = self._detector.hidden(candidate, [candidate.value], [shown])
        self.rows.append((at, (self.number(candidate), *place, mask, sign)))

    def run(self) -> Run:
        """Give them all."""
        return Run(list(self._kinds), [row for _, row in self.rows])


def _tell_home(word: str, candidates: Iterable[Candidate], masses: Masses | None) -> None:
    """Say of the addresses of a column whether they agree with a column of postal codes."""
    for each in (*candidates, *(group.one for group in (masses.groups if masses else ()))):
        if word and each.pattern.category == "address":
            each.evidence.append(word)


def _doubt(word: str, candidates: Iterable[Candidate]) -> None:
    """Let a word of evidence speak against what was found in a text that was not surely read."""
    for each in candidates:
        each.evidence.append(word)
        settle(each)


def _in_order(found: Iterable[Candidate], dropped: Drops | None) -> list[tuple[Candidate, str]]:
    """Put findings (without a reason) and what was dropped into the order of their places."""
    both = [*((each, "") for each in found), *(dropped or ())]
    return sorted(both, key=lambda each: each[0].start)
