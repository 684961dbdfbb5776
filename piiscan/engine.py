"""Which passages of a text detection has to read: the windows that the prefilter gives, or all of it.

The reference engine reads everything. So does the other one where little is gained or nothing can be said in advance:
short texts before the automata are at hand, texts full of numbers, a user's pattern that has no trigger.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from piiscan import automaton, charset
from piiscan.context import REACH_AFTER, reach_before
from piiscan.piece import Raw
from piiscan.sparse import Places, raw_of, read_whole, read_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from piiscan.labelled import Labelled
    from piiscan.pattern import Pattern
    from piiscan.piece import Segment
    from piiscan.plan import Alike
    from piiscan.prefilter import Prefilter
    from piiscan.sparse import Passage
    from piiscan.windows import Span, Window

#: Bytes that are read whole before automata are compiled, or only loaded: so a few small files never wait for them.
#: To match all patterns in the smaller number takes as long as to load the automata.
_PATIENCE, _SHORT_PATIENCE = 1 << 18, 1 << 15
#: A table of so many cells is no small file's; to read it whole would take longer than to load them.
_LARGE = 1 << 13
#: A column of fewer characters is no mass: to learn the shapes of its cells takes longer than to match in them.
_MASS = 1 << 11
#: With fewer numbers than one in so many bytes, a column is no column of numbers.
_FEW_NUMBERS = 400
#: Stands between texts that are searched as one. Of a number that is broken over lines, the next line is a part.
_GAP = b"\n\n"
#: So many columns are taken to be what the last of their header was, of so many headers.
_TRUSTED, _HEADERS = 16, 256


class ColumnHint(NamedTuple):
    """Where each pattern can match in a column: in `regions` of its text, or, where they are None, anywhere.

    `others` are then the patterns, beside those of numbers, that can match at all; None if nothing is known. `numbers`
    are the spans of text in which numbers of each kind can match, None where they are many.
    """

    regions: Mapping[str, list[Span]] | None = None
    others: frozenset[str] | None = None
    numbers: Mapping[str, list[Span]] | None = None


class _Dense(NamedTuple):
    """What the next `left` columns of a header are taken to be: too dense for windows, and full of numbers or not."""

    left: int
    is_full: bool


EVERYWHERE = ColumnHint()


def _in_text(text: str, data: bytes, windows: Sequence[Window]) -> dict[str, list[Span]]:
    """Give the regions of windows as spans of the text."""
    regions: dict[str, list[Span]] = {}
    for window in windows:
        for name, spans in window.regions.items():
            regions.setdefault(name, []).extend(spans)
    return _spans_in(text, data, regions)


def _spans_in(text: str, data: bytes, regions: Mapping[str, Sequence[Span]]) -> dict[str, list[Span]]:
    """Turn spans of bytes into spans of the text that they encode."""
    places = _places_in(text, data, {edge for spans in regions.values() for span in spans for edge in span})
    return {name: [(places[first], places[last]) for first, last in spans] for name, spans in regions.items()}


def _places_in(text: str, data: bytes, edges: Iterable[int]) -> dict[int, int]:
    """Give, for bytes of an encoded text, the character there, or the next one if it is within a character."""
    if len(text) == len(data):
        return {edge: edge for edge in edges}
    places: dict[int, int] = {}
    at = place = 0
    for edge in sorted(edges):
        whole = charset.boundary(data, edge, "utf-8")
        place += len(data[at:whole].decode("utf-8", "surrogatepass"))
        places[edge], at = place, whole
    return places


class Engine:
    """The patterns of a configuration with their automata, which are loaded when there is enough to read."""

    def __init__(
        self, patterns: Sequence[Pattern], labelled: Labelled, *, is_reference: bool = False, patience: int = _PATIENCE
    ) -> None:
        self._patterns, self._labelled = patterns, labelled
        self._before = max((reach_before(pattern.context.window) for pattern in patterns), default=0)
        self._patience = patience
        self._dense: dict[str, _Dense] = {}
        self._prefilters: dict[str, Prefilter | None] = {}
        self.name = "regex" if is_reference or not automaton.is_available() else "hyperscan"

    def expect(self, cells: int) -> None:
        """Learn that a table of so many cells comes, so that what is large is not taken for many small texts."""
        if cells >= _LARGE:
            self._patience = 0

    def passages(self, piece: Segment | Raw) -> Iterator[Passage]:
        """Yield what has to be read of a text, in order; no finding lies in two passages or between them."""
        found = self._windows(piece)
        if found is None:
            yield read_whole(piece)
            return
        raw, windows = found
        places = Places(raw)
        for window in windows:
            yield read_window(raw, window, places)

    def read_column(self, text: str, header: str) -> ColumnHint:
        """Tell where patterns can match in the folded cells of a column, joined to one text.

        Where the last column of the same header was dense, the next one is taken to be: that is only slower.
        """
        prefilter = None if self.name == "regex" or self._waits(len(text)) else self._prefilter("utf-8")
        if prefilter is None or not prefilter.stays_in_line:
            return EVERYWHERE
        data = text.encode("utf-8", "surrogatepass")
        named, is_mass = self._labelled.by_hint(header), len(text) >= _MASS
        known = self._known(header) if is_mass else None
        if not known and not (named and is_mass):
            windows = prefilter.windows(Raw(data, "utf-8"), named, keeps_needy=True, is_column=is_mass)
            if windows is not None:
                return ColumnHint(_in_text(text, data, windows))
        few = None if known and known.is_full else prefilter.numbers(data, len(data) // _FEW_NUMBERS)
        if not known and header:
            self._dense = self._dense if len(self._dense) <= _HEADERS else {}
            self._dense[header] = _Dense(_TRUSTED, is_full=few is None)
        spans = None if few is None else _spans_in(text, data, few)
        return ColumnHint(None, named | prefilter.others(data), spans)

    def loud(self, texts: Sequence[str], *, keeps_needy: bool = True) -> Sequence[bool]:
        """Tell for each of some short texts whether something may be found in it for which no hint speaks.

        They are searched as one, so that a neighbour may make a text louder than it is. Without `keeps_needy`, a
        number that needs a label has to have it in the text.
        """
        unknown = [True] * len(texts)
        if self.name == "regex" or self._waits(sum(map(len, texts))):
            return unknown
        try:
            parts = [text.encode() for text in texts]
        except UnicodeEncodeError:
            return unknown
        prefilter = self._prefilter("utf-8")
        windows = prefilter.windows(Raw(_GAP.join(parts), "utf-8"), keeps_needy=keeps_needy) if prefilter else None
        if windows is None:
            return unknown
        ends = list(accumulate(len(part) + len(_GAP) for part in parts))
        told = [False] * len(texts)
        for first, last in (span for window in windows for spans in window.regions.values() for span in spans):
            touched = slice(bisect_right(ends, first), bisect_right(ends, last) + 1)
            told[touched] = [True] * len(told[touched])
        return told

    def _known(self, header: str) -> _Dense | None:
        """Give what the last dense column of a header was, if that is to be trusted once more."""
        known = self._dense.get(header)
        if not known or not known.left:
            return None
        self._dense[header] = known._replace(left=known.left - 1)
        return known

    def column_facts(self) -> tuple[frozenset[str], Mapping[str, bytes], Mapping[str, Alike]]:
        """Name the patterns of numbers; tell which digits others do not tell apart: in all texts, in nearly all."""
        prefilter = self._prefilter("utf-8")
        return (prefilter.number_patterns, prefilter.classes, prefilter.alike) if prefilter else (frozenset(), {}, {})

    def find_numbers(self, text: str) -> Mapping[str, list[Span]]:
        """Give the spans of folded text in which numbers of each kind can match."""
        prefilter = self._prefilter("utf-8")
        if prefilter is None:
            return {}
        data = text.encode("utf-8", "surrogatepass")
        return _spans_in(text, data, prefilter.numbers(data, len(data) * len(prefilter.number_patterns)) or {})

    def _waits(self, size: int) -> bool:
        """Tell whether a text is read whole because too little has come to load the automata for it."""
        if self._patience <= 0 or size >= _PATIENCE or "utf-8" in self._prefilters:
            return False
        left = self._patience - size
        if left <= _PATIENCE - _SHORT_PATIENCE < self._patience:
            from piiscan.automata import is_compiled  # noqa: PLC0415 - only masses of text pay for it

            left = 0 if is_compiled(self._patterns, "utf-8") else left
        self._patience = left
        return left > 0

    def _windows(self, piece: Segment | Raw) -> tuple[Raw, list[Window]] | None:
        """Give the windows of a text as bytes, None where all of it has to be read."""
        size = len(piece.data) if isinstance(piece, Raw) else len(piece.text)
        if self.name == "regex" or self._waits(size):
            return None
        raw = piece if isinstance(piece, Raw) else raw_of(piece)
        prefilter = self._prefilter(raw.encoding) if raw else None
        labelled, hint = self._labelled, piece.hint
        everywhere = labelled.by_hint(hint) if isinstance(piece, Raw) else labelled.by_hint_in(hint, piece.text)
        windows = prefilter.windows(raw, everywhere) if raw and prefilter else None
        return None if raw is None or windows is None else (raw, windows)

    def _prefilter(self, encoding: str) -> Prefilter | None:
        """Give the prefilter of an encoding, None where some pattern has no trigger."""
        if encoding not in self._prefilters:
            from piiscan.automata import load_prefilter  # noqa: PLC0415 - only masses of text pay for it

            self._prefilters[encoding] = load_prefilter(self._patterns, encoding, self._before, REACH_AFTER)
        return self._prefilters[encoding]
