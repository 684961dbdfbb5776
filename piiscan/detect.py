"""Detection: text in, redacted findings out. The raw value lives in candidates and dies here and in collector.py."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan.candidate import (
    Candidate,
    find_candidates,
    hear,
    settle,
    support,
)
from piiscan.claims import is_claim, resolve_overlaps
from piiscan.companions import find_companions
from piiscan.context import Labels
from piiscan.dropped import iter_dropped
from piiscan.engine import Engine
from piiscan.findings import Kind
from piiscan.hashing import Hashing
from piiscan.labelled import Labelled
from piiscan.model import Confidence
from piiscan.namecolumns import HEADER, doubt_words, share_of_names, tell_instead
from piiscan.pattern import load_patterns
from piiscan.quiet import Quiet
from piiscan.redact import canonical_keys, fingerprinting, mask, masks
from piiscan.shares import Checked
from piiscan.text import fold
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from piiscan.columns import Columns, Masses
    from piiscan.config import ScanConfig
    from piiscan.located import ColumnText
    from piiscan.piece import Raw, Segment, Table
    from piiscan.quiet import Item
    from piiscan.sparse import Passage

    Drops = list[tuple[Candidate, str]]


@lru_cache(maxsize=4)
def _labels_of(words: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> Labels:
    """Give the labels of patterns (id, keywords, headers): to make them takes longer than all else of a detector."""
    return Labels({name: keywords for name, keywords, _ in words}, {name: headers for name, _, headers in words})


class Detector:
    """The compiled patterns of a configuration; one a worker process, shared by all its files."""

    def __init__(self, config: ScanConfig) -> None:
        """Load and compile; PatternError or ConfigError if the patterns cannot be used."""
        self.config = config
        self._patterns = tuple(load_patterns(config).values())
        self.hashing = Hashing(self._patterns, config.key if config.is_kept else None)
        self._labels = _labels_of(
            tuple((pattern.id, pattern.context.keywords, pattern.context.headers) for pattern in self._patterns)
        )
        self._names = next((pattern for pattern in self._patterns if pattern.id == "person_name"), None)
        self._labelled = Labelled(self._patterns, self._labels)
        self._is_reference = config.engine == "reference" or config.explain_dropped
        self._engine = Engine(self._patterns, self._labelled, is_reference=self._is_reference)
        self._columns: Columns | None = None
        self._quiet = Quiet(self._engine, self._labels, self._labelled)

    @property
    def engine(self) -> str:
        """The name of the engine that finds where patterns can match."""
        return self._engine.name

    @property
    def labels(self) -> Labels:
        """The labels of all patterns."""
        return self._labels

    def passages(self, piece: Segment | Raw) -> Iterator[Passage]:
        """Give what has to be read of a text."""
        return self._engine.passages(piece)

    def leave_out_quiet(self, items: Iterable[Item], is_ours: Callable[[], bool] = bool) -> Iterator[Item]:
        """Yield the numbered pieces of a file without those in which nothing can be found.

        `is_ours` tells whether the last of them was read by our own code.
        """
        return self._quiet.leave_out(items, is_ours)

    def quiet_names(self, names: Sequence[str], hint: str) -> list[str]:
        """Give those of some names of files in which nothing can be found."""
        return self._quiet.names(names, hint)

    def expect(self, cells: int) -> None:
        """Learn that a table of so many cells comes."""
        self._engine.expect(cells)

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
        dropped: Drops | None = None,
    ) -> list[Candidate]:
        """Find what folded `text` holds, best claim for every character, scores settled; private to detection.

        `cells` are the cells of the column that the text was joined from: they give column statistics. `regions` are
        the spans in which each pattern can match, where that is known. `dropped` takes what is no finding, and why.
        """
        if regions == {} and dropped is None:
            return []
        if regions is None and not self._is_reference:
            regions = self._labelled.regions(text, hint)
        found = list(find_candidates(text, self._patterns, regions, keeps_refused=dropped is not None))
        candidates = [each for each in found if each.verdict is not Verdict.INVALID]
        checked = Checked()
        for candidate in candidates if cells else ():
            checked.enter(candidate.pattern, candidate.verdict, [candidate.value])
        candidates = hear(text, candidates, self._labels, hint, checked.shares(cells))
        support(candidates)
        for candidate in candidates:
            settle(candidate)
        kept = resolve_overlaps(filter(is_claim, candidates))
        if self._names and kept:
            kept = resolve_overlaps([*kept, *find_companions(text, kept, self._names, is_column=bool(cells))])
        if dropped is not None:
            least = self.config.min_confidence
            dropped += iter_dropped(found, kept, least, shows_samples=self.config.show_samples)
        return kept

    def find_in_column(
        self,
        column: ColumnText,
        hint: str,
        dropped: Drops | None = None,
        table: Table | None = None,
    ) -> tuple[list[Candidate], Masses | None]:
        """Find what the cells of a column hold: candidates, and what was found in bulk.

        `table` is the one in which the cells are a column, whose other columns may tell what this one is.
        """
        from piiscan import birthcolumns  # noqa: PLC0415 - many files hold no table

        cells, is_open = column.cells, not self._labels.owners_in(hint)
        share = share_of_names(hint, cells) if self._names and is_open else 0.0
        is_birth = bool(is_open and table and not share and birthcolumns.is_of_births(hint, cells))
        is_birth = is_birth and table is not None and birthcolumns.is_of_people(table, self._labels)
        read_under = HEADER if share else birthcolumns.HEADER if is_birth else hint
        found, masses = self._in_column(column, read_under, dropped)
        ones = (*found, *(group.one for group in (masses.groups if masses else ())))
        if share:
            tell_instead(ones, HEADER, f"column:listed {share:.0%}")
        elif is_birth:
            birthcolumns.tell_births(ones)
        doubt_words(ones, cells)
        return found, masses

    def _in_column(self, column: ColumnText, hint: str, dropped: Drops | None) -> tuple[list[Candidate], Masses | None]:
        text = column.text
        told = self._engine.read_column(text, hint)
        regions = told.regions
        if told.others is not None:
            if self._columns is None:
                from piiscan.columns import Columns  # noqa: PLC0415 - numpy is loaded for masses only

                self._columns = Columns(self._patterns, self._labels, self._engine, self._names)
            if masses := self._columns.find(text, hint, told, column.cells_as_folded):
                return masses.candidates, masses
            regions = self._columns.regions(text, told.others)
        return self.find(text, hint, column.cells, regions, dropped), None

    def new_dropped(self) -> Drops | None:
        """Give an empty list for what is dropped, if anybody wants to know."""
        return [] if self.config.explain_dropped else None

    def kind(self, one: Candidate, member: tuple[str, ...], part: str) -> Kind:
        """Tell what the findings have in common that candidates like one become."""
        pattern, confidence = one.pattern, Confidence.of(one.score) or Confidence.LOW
        return Kind(
            *(member, part, pattern.id, pattern.category, pattern.level, pattern.legal_class, tuple(one.flags)),
            *(confidence, one.score, tuple(one.evidence)),
        )

    def hidden(
        self, one: Candidate, values: Sequence[str], shown: Sequence[str], keys: Sequence[bytes] = ()
    ) -> tuple[Sequence[str], Iterable[str]]:
        """Give the masks and the fingerprints of values like that of one, which stand in the document as `shown`.

        `keys` are their canonical forms in UTF-8, if they are known. The key is that of the run where no lasting
        conversion may be kept.
        """
        pattern = one.pattern
        key = self.config.run_key if pattern.fingerprint == "run" else self.config.key
        signs = map(fingerprinting(key, pattern.category), keys or canonical_keys(pattern.canonical, values))
        return shown if self.config.reveal else masks(pattern.mask, values), signs
