"""Expressions over bytes compiled to automata: the one room of Hyperscan, which not every machine has a wheel of."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from _typeshed import ReadableBuffer as Buffer


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Tell whether automata can be had, without loading the library."""
    return find_spec("hyperscan") is not None


def version() -> str:
    """Give the version of the library."""
    return str(_library().__version__)


def _library() -> Any:  # noqa: ANN401 - the extension has no types
    import hyperscan  # noqa: PLC0415 - only masses of text pay for it

    return hyperscan


class AutomatonError(Exception):
    """Hyperscan refuses the expressions, or what was stored of them."""


class Automaton:
    """A set of compiled expressions. Not to be shared between threads: it has one scratch space."""

    def __init__(self, database: Any) -> None:  # noqa: ANN401
        self._database = database
        self._halted: type[Exception] = _library().ScanTerminated

    def events(self, data: Buffer) -> list[tuple[int, int]]:
        """Give the number of the expression and the end (exclusive) of every match, in order of the ends."""
        found: list[tuple[int, int]] = []
        append = found.append
        self._database.scan(
            data, match_event_handler=lambda number, _start, end, _flags, _context: append((number, end))
        )
        return found

    def events_in(self, data: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the events in some spans, in order and apart from each other: all in one search, a line's end between.

        To begin a search takes as long as to search a thousand bytes. A match may reach over the line's end.
        """
        places = [(max(start, 0), min(end, len(data))) for start, end in spans]
        if not places:
            return
        ends = list(accumulate(end - start + 1 for start, end in places))
        for number, at in self.events(b"\n".join([data[start:end] for start, end in places])):
            place = bisect_left(ends, at)
            yield number, min(places[place][1], places[place][1] + 1 + at - ends[place])

    def few_events(self, data: Buffer, most: int) -> list[tuple[int, int]] | None:
        """Give what `events` gives, or None as soon as there are more than `most`."""
        found: list[tuple[int, int]] = []
        append = found.append

        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            append((number, end))
            return len(found) > most

        try:
            self._database.scan(data, match_event_handler=note)
        except self._halted:
            return None
        return found

    def dump(self) -> bytes:
        """Give what `load` takes."""
        return bytes(_library().dumpb(self._database))


def build(expressions: Sequence[str], kinds: Sequence[str] = ()) -> Automaton:
    """Compile expressions, numbered from 0. Raises AutomatonError.

    With the kind of each, all of one have the number of the first, and are an event once at most.
    """
    hyperscan = _library()
    database = hyperscan.Database()
    codes = [expression.encode() for expression in expressions]
    flags = [hyperscan.HS_FLAG_DOTALL | (hyperscan.HS_FLAG_SINGLEMATCH if kinds else 0)] * len(codes)
    first: dict[str, int] = {}
    ids = [first.setdefault(kind, number) for number, kind in enumerate(kinds)] or list(range(len(codes)))
    try:
        database.compile(codes, ids=ids, elements=len(codes), flags=flags)
    except hyperscan.error as error:
        raise AutomatonError(str(error)) from None
    return Automaton(database)


def load(stored: bytes) -> Automaton:
    """Give the automaton that was dumped on this kind of machine. Raises AutomatonError."""
    hyperscan = _library()
    try:
        database = hyperscan.loadb(stored, mode=hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error as error:
        raise AutomatonError(str(error)) from None
    return Automaton(database)
