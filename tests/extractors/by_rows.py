"""Delimited text read row by row: slow, plain, and what the fast way has to be equal to, piece by piece."""

from __future__ import annotations

import csv
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from piiscan.blocks import Blocks, advance, iter_segments, split_lines
from piiscan.dialect import FIELD_LIMIT, Dialect, find_cell, find_dialect
from piiscan.headrows import find_list_heading
from piiscan.piece import Place, Problem, Segment
from piiscan.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.piece import Piece

RECORD = 1 << 20
_SAMPLE, _HEAD_PIECES = 65536, 20

csv.field_size_limit(FIELD_LIMIT)


class Record(NamedTuple):
    """A row as `csv` reads it, and as it stands in the file from the beginning of `line` on."""

    cells: list[str]
    raw: str
    line: int


class _EndlessRecordError(Exception):
    """Raised through `csv` to stop it in the middle of a record."""


def iter_pieces(texts: Iterator[str | Problem], limit: int = RECORD) -> Iterator[Piece]:
    """Yield the tables of decoded text; `limit` is the longest record in characters (for tests)."""
    opening: list[str | Problem] = []
    sample = ""
    for text in texts:
        opening.append(text)
        sample += text if isinstance(text, str) else ""
        if len(sample) >= _SAMPLE:
            break
    sample = sample[:_SAMPLE]
    dialect = find_dialect(sample)
    records = _Records(_iter_lines(chain(opening, texts), limit), dialect, limit)
    yield from _iter_tables(iter(records), dialect)


def _iter_tables(pieces: Iterator[Record | Segment | Problem], dialect: Dialect) -> Iterator[Piece]:
    tables: Tables[Record] = Tables(partial(_place, dialect))
    first = list(islice(pieces, _HEAD_PIECES))
    rows = [piece.cells for piece in first if isinstance(piece, Record)]
    heading = find_list_heading(rows, _HEAD_PIECES)
    above = heading.last + 1 if heading else 0
    headers = heading.names if heading else ()
    for piece in chain(first, pieces):
        if isinstance(piece, Record):
            yield from tables.add(() if above > 0 else headers, piece.cells, piece, len(piece.raw))
            above -= 1
        else:
            yield piece
    yield from tables.flush()


def _place(dialect: Dialect, record: Record, column: int, _cell: str, offset: int) -> Place:
    return Place(*advance(record.line, 1, record.raw[: find_cell(record.raw, dialect, column, offset)]))


def _iter_lines(texts: Iterable[str | Problem], limit: int) -> Iterator[str | Problem]:
    """Cut text into lines with their ends; a line above `limit` comes in pieces, the last of them ended."""
    begun = ""
    for text in texts:
        if isinstance(text, Problem):
            yield text
            continue
        lines = split_lines(begun + text)
        begun = "" if not lines or _is_ended(lines[-1]) else lines.pop()
        yield from lines
        if len(begun) >= limit:
            yield begun
            begun = ""
    if begun:
        yield begun


def _is_ended(line: str) -> bool:
    return line.endswith(("\n", "\r"))


class _Records:
    """Feeds lines to `csv`, keeping those of the current record; what is no record becomes segments."""

    def __init__(self, lines: Iterator[str | Problem], dialect: Dialect, limit: int) -> None:
        self._lines, self._dialect, self._limit = lines, dialect, limit
        self._taken: list[str] = []
        self._size = 0
        self._line = 1
        self._problems: list[Problem] = []

    def __iter__(self) -> Iterator[Record | Segment | Problem]:
        is_done = False
        while not is_done:
            reader = csv.reader(self._feed(), delimiter=self._dialect.delimiter, quotechar=self._dialect.quote)
            try:
                for cells in reader:
                    yield from self._take(cells)
                is_done = True
            except (csv.Error, _EndlessRecordError):
                yield from self._spill()
            yield from self._problems
            self._problems.clear()

    def _feed(self) -> Iterator[str]:
        for line in self._lines:
            if isinstance(line, Problem):
                self._problems.append(line)
                continue
            self._taken.append(line)
            self._size += len(line)
            if self._size >= self._limit:
                raise _EndlessRecordError
            yield line

    def _take(self, cells: list[str]) -> Iterator[Record | Segment | Problem]:
        raw = "".join(self._taken)
        if len(self._taken) > 1 and raw.count(self._dialect.quote) % 2:
            yield from self._spill()
            return
        yield Record(cells, raw, self._line)
        self._forget()

    def _spill(self) -> Iterator[Segment | Problem]:
        """Read the current record as plain text, to the end of its last line."""
        yield from iter_segments(self._iter_rest(), Blocks(line=self._line))
        self._forget()

    def _iter_rest(self) -> Iterator[str | Problem]:
        yield from self._taken
        if _is_ended(self._taken[-1]):
            return
        for piece in self._lines:
            yield piece
            if isinstance(piece, str) and _is_ended(piece):
                self._line += 1
                return

    def _forget(self) -> None:
        self._line += sum(map(_is_ended, self._taken))
        self._taken.clear()
        self._size = 0
