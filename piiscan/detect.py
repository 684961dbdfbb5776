"""Detection: text in, redacted findings out. The raw value lives in candidates and dies in this module."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from piiscan.candidate import (
    Candidate,
    find_candidates,
    hear,
    is_claim,
    resolve_overlaps,
    settle,
    support,
)
from piiscan.checked import Checked
from piiscan.context import Labels
from piiscan.engine import Engine
from piiscan.labelled import Labelled
from piiscan.model import Confidence, Count, Finding, Location, Tally
from piiscan.pattern import load_patterns
from piiscan.piece import Place, Table
from piiscan.redact import CANONICAL, fingerprint, mask
from piiscan.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from piiscan.columns import Columns, Masses
    from piiscan.config import ScanConfig
    from piiscan.pattern import Pattern
    from piiscan.piece import Raw, Segment
    from piiscan.sparse import Passage
    from piiscan.text import LineIndex

#: Stands between the cells of a column that are matched as one text; no pattern matches a line's end.
_CELL_END = "\n"


class Detector:
    """The compiled patterns of a configuration; one a worker process, shared by all its files."""

    def __init__(self, config: ScanConfig) -> None:
        """Load and compile; PatternError or ConfigError if the patterns cannot be used."""
        self.config = config
        self._patterns = tuple(load_patterns(config).values())
        self._labels = Labels({pattern.id: pattern.context.keywords for pattern in self._patterns})
        self._labelled = Labelled(self._patterns, self._labels)
        self._engine = Engine(self._patterns, self._labelled, is_reference=config.engine == "reference")
        self._columns: Columns | None = None

    @property
    def engine(self) -> str:
        """The name of the engine that finds where patterns can match."""
        return self._engine.name

    def passages(self, piece: Segment | Raw) -> Iterator[Passage]:
        """Give what has to be read of a text."""
        return self._engine.passages(piece)

    def collector(self) -> Collector:
        """Begin a file."""
        return Collector(self)

    def mask_text(self, text: str) -> str:
        """Mask every candidate in a short text, such as a path that is to be shown."""
        folded = fold(text)
        candidates = find_candidates(folded.text, self._patterns, self._labelled.regions(folded.text, ""))
        for candidate in reversed(resolve_overlaps(hear(folded.text, candidates, self._labels))):
            start, end = folded.original(candidate.start, candidate.end)
            text = text[:start] + mask(candidate.pattern.mask, candidate.value) + text[end:]
        return text

    def find(
        self,
        text: str,
        hint: str = "",
        cells: Sequence[str] = (),
        regions: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    ) -> list[Candidate]:
        """Find what folded `text` holds, best claim for every character, scores settled; private to detection.

        `cells` are the cells of the column that the text was joined from: they give column statistics. `regions` are
        the spans in which each pattern can match, where that is known.
        """
        if regions is None and self.config.engine != "reference":
            regions = self._labelled.regions(text, hint)
        candidates = list(find_candidates(text, self._patterns, regions))
        checked = Checked()
        for candidate in candidates if cells else ():
            checked.enter(candidate.pattern, candidate.verdict, [candidate.value])
        candidates = hear(text, candidates, self._labels, hint, checked.shares(cells))
        support(candidates)
        for candidate in candidates:
            settle(candidate)
        return resolve_overlaps(filter(is_claim, candidates))

    def find_in_column(self, text: str, hint: str, cells: Sequence[str]) -> tuple[list[Candidate], Masses | None]:
        """Find what the folded cells of a column hold, joined to one text: candidates, and what was found in bulk."""
        told = self._engine.read_column(text, hint)
        if told.others is not None:
            if self._columns is None:
                from piiscan.columns import Columns  # noqa: PLC0415 - numpy is loaded for masses only

                self._columns = Columns(self._patterns, self._labels, self._engine)
            if masses := self._columns.find(text, hint, told):
                return masses.candidates, masses
        return self.find(text, hint, cells, told.regions), None

    def redact(self, candidate: Candidate, shown: str, location: Location) -> Finding:
        """Turn a candidate into a finding; `shown` is the value as it stands in the document, for --reveal only."""
        pattern = candidate.pattern
        return Finding(
            pattern=pattern.id,
            category=pattern.category,
            sensitivity=pattern.level,
            legal_class=pattern.legal_class,
            flags=tuple(candidate.flags),
            confidence=Confidence.of(candidate.score) or Confidence.LOW,
            score=candidate.score,
            location=location,
            mask=shown if self.config.reveal else mask(pattern.mask, candidate.value),
            fingerprint=self.fingerprint(pattern, candidate.value),
            evidence=tuple(candidate.evidence),
        )

    def fingerprint(self, pattern: Pattern, value: str) -> str:
        """Key a value's canonical form, with the key of the run where no lasting conversion may be kept."""
        key = self.config.run_key if pattern.fingerprint == "run" else self.config.key
        return fingerprint(key, pattern.category, CANONICAL[pattern.canonical](value))


class Collector:
    """What one file holds: exact counts per pattern, and findings up to the cap on locations."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._total: Counter[str] = Counter()
        self._business: Counter[str] = Counter()
        self._samples: Counter[str] = Counter()
        self._low: Counter[str] = Counter()
        self._distinct: dict[str, set[int]] = {}
        self._stored: Counter[str] = Counter()
        self._capped: set[str] = set()

    @property
    def tally(self) -> Tally:
        """The figures so far."""
        shown = {name: Count(total, len(self._distinct[name])) for name, total in self._total.items()}
        return Tally(shown, dict(+self._business), dict(self._samples), dict(self._low))

    @property
    def distinct(self) -> dict[str, bytes]:
        """The hashes of the different values so far, by pattern; the key is of the process that workers come from."""
        return {name: array("q", values).tobytes() for name, values in self._distinct.items()}

    @property
    def truncated(self) -> tuple[str, ...]:
        """The patterns with more findings than stored locations."""
        return tuple(sorted(self._capped))

    def collect(self, piece: Segment | Raw | Table, member: tuple[str, ...] = ()) -> tuple[Finding, ...]:
        """Scan a piece of a document, or of the member of one, and give the findings that are stored of it."""
        findings = self._table(piece) if isinstance(piece, Table) else self._text(piece)
        if not member:
            return findings
        return tuple(replace(each, location=replace(each.location, member=member)) for each in findings)

    def _text(self, piece: Segment | Raw) -> tuple[Finding, ...]:
        findings: list[Finding] = []
        for passage in self._detector.passages(piece):
            lines: LineIndex | None = None
            for candidate in self._detector.find(passage.folded.text, piece.hint, regions=passage.regions):
                start, end = passage.folded.original(candidate.start, candidate.end)
                if not passage.core[0] <= start < passage.core[1]:
                    continue
                if not self._count(candidate) or not self._store(candidate.pattern.id):
                    continue
                line = column = None
                if piece.first_line is not None:
                    lines = lines or passage.lines()
                    line, column = lines.place(start)
                location = Location((), piece.part, line, column, None, piece.page)
                findings.append(self._detector.redact(candidate, passage.text[start:end], location))
        return tuple(findings)

    def _table(self, table: Table) -> tuple[Finding, ...]:
        findings: list[Finding] = []
        for index, cells in enumerate(table.columns):
            hint = table.headers[index] if index < len(table.headers) else ""
            findings += self._column(cells, hint, table.part, _locator(table, index))
        return tuple(findings)

    def _column(self, cells: Sequence[str], hint: str, part: str, locate: Callable[[int, int], Place]) -> list[Finding]:
        text = _CELL_END.join(cells)
        folded = fold(text)
        candidates, masses = self._detector.find_in_column(folded.text, hint, cells)
        shown = [each for each in candidates if self._count(each)]
        for group in masses.groups if masses else ():
            if masses and self._count(group.one, len(group.rows), masses.keys(group)):
                # one more than there is room for, so that the cap is seen to bite
                room = self._detector.config.max_locations - self._stored[group.one.pattern.id] + 1
                shown += masses.first_of(group, max(room, 1))
        starts: list[int] = []
        findings = []
        for candidate in sorted(shown, key=lambda each: each.start):
            if not self._store(candidate.pattern.id):
                continue
            starts = starts or [0, *accumulate(len(cell) + len(_CELL_END) for cell in cells)]
            start, end = folded.original(candidate.start, candidate.end)
            row = bisect_right(starts, start) - 1
            place = locate(row, start - starts[row])
            location = Location((), part, place.line, place.column, place.cell, place.page)
            findings.append(self._detector.redact(candidate, text[start:end], location))
        return findings

    def _count(self, candidate: Candidate, number: int = 1, keys: Iterable[bytes] = ()) -> bool:
        """Count a candidate, or `number` that are alike with the canonical values `keys`; tell whether it is shown."""
        config, pattern = self._detector.config, candidate.pattern
        if "sample" in candidate.flags:
            self._samples[pattern.id] += number
            return config.show_samples
        if candidate.score < config.min_confidence:
            self._low[pattern.id] += number
            return False
        self._total[pattern.id] += number
        self._business[pattern.id] += number * ("business" in candidate.flags)
        # hashes are keyed anew in every run, and shorter than values
        keys = keys or (CANONICAL[pattern.canonical](candidate.value).encode("utf-8", "surrogatepass"),)
        self._distinct.setdefault(pattern.id, set()).update(map(hash, keys))
        return True

    def _store(self, name: str) -> bool:
        """Tell whether there is room for one more location."""
        self._stored[name] += 1
        if self._stored[name] > self._detector.config.max_locations:
            self._capped.add(name)
            return False
        return True


def _locator(table: Table, column: int) -> Callable[[int, int], Place]:
    return lambda row, offset: table.locate(column, row, offset)
