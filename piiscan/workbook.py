"""The parts of a workbook's package, read within a budget of real bytes: what a header declares is never trusted.

A sheet is probed before a library is asked for it: two cells in opposite corners make a library that keeps a
sheet as a rectangle ask for more memory than any machine has.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

#: What reading a damaged member raises.
ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)

PART, DOCUMENT = 100_000_000, 500_000_000
_CHUNK, _OVERLAP, _TAIL = 1 << 20, 64, 1 << 22
_MANY, _SPARSE, _SMALL = 50_000_000, 20, 100_000
#: From so many cells on, a sheet within the near rows and columns cannot be sparse.
_PLENTY = 130_000
_REFERENCES = re.compile(rb' r="([A-Za-z]*[0-9]+)')
# The same however it is spelt, three times slower: only where one of these spellings is seen.
_ODD_REFERENCES = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*[0-9]+)""")
_ODD = (b"\t", b"\n", b"\r", b"r =", b"r= ", b"r='")
# A reference beyond the first 99,999 rows or 26 columns.
_FAR = (re.compile(rb' r="[A-Za-z]{2}'), re.compile(rb' r="[A-Za-z]?[0-9]{6}'))
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
_LETTERS, _DIGITS = bytes((*range(65, 91), *range(97, 123))), b"0123456789"
_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class Grid(NamedTuple):
    """A block of a sheet as columns of one length; `row` and `column` (1-based) are those of its first cell."""

    row: int
    column: int
    columns: Sequence[Sequence[str]]


class Row(NamedTuple):
    """The cells of a sheet's row with their 1-based columns."""

    number: int
    columns: Sequence[int]
    cells: list[str]


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked, of a part and of the document."""

    part: int = PART
    document: int = DOCUMENT


@dataclass(frozen=True, slots=True)
class Probe:
    """What reading a part once has shown. `longest` is the longest stretch between two shared strings' ends."""

    problem: Problem | None = None
    size: int = 0
    cells: int = 0
    area: int = 0
    longest: int = 0
    tail: bytes = b""

    @property
    def is_sparse(self) -> bool:
        """Tell whether the sheet as a rectangle would be far larger than its cells."""
        return self.area > _MANY or (self.area > _SMALL and self.area > _SPARSE * self.cells)


@dataclass(slots=True)
class Package:
    """The open archive with its budget. Names are matched as they are spelt, later members hide earlier ones."""

    archive: ZipFile
    budget: Budget = field(default_factory=Budget)

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return [info.filename for info in self.archive.infolist() if not info.is_dir()]

    def probe(self, name: str) -> Probe:
        """Unpack a part once, keeping no more than a few megabytes of it."""
        gauge = _Gauge()
        problem = None
        try:
            for chunk in self._chunks(name):
                gauge.add(chunk)
        except ZIP_ERRORS:
            problem = Problem(Outcome.PARTIAL, "damaged")
        except OversizeError:
            problem = Problem(Outcome.PARTIAL, "bytes")
        if gauge.has_entities:
            problem = Problem(Outcome.PARTIAL, "entities")
        return Probe(problem, gauge.size, gauge.cells, gauge.rows * gauge.columns, gauge.longest, gauge.tail)

    def read(self, name: str) -> bytes:
        """Give a part whole, for parts that the probe found sound; empty where there is none."""
        try:
            with self.archive.open(name) as stream:
                return stream.read(self.budget.part)
        except (KeyError, *ZIP_ERRORS):
            return b""

    def open(self, name: str, size: int) -> Capped:
        """Open a part that ends where the probe of it did."""
        return Capped(self.archive.open(name), size)

    def _chunks(self, name: str) -> Iterator[bytes]:
        left = min(self.budget.part, self.budget.document)
        with self.archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                allowed = chunk[:left]
                yield allowed
                left -= len(allowed)
                self.budget.document -= len(allowed)
                if len(allowed) < len(chunk):
                    raise OversizeError


class OversizeError(Exception):
    """More real bytes than the budget allows."""


@dataclass(slots=True)
class Capped:
    """A stream that ends early; damage ends it too, as what was unpacked before is worth reading."""

    stream: IO[bytes]
    left: int

    def read(self, size: int = _CHUNK) -> bytes:
        """Read on, at most to the limit."""
        try:
            chunk = self.stream.read(min(size if size >= 0 else _CHUNK, self.left))
        except ZIP_ERRORS:
            chunk = b""
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Close what is below."""
        self.stream.close()


@dataclass(slots=True)
class _Gauge:
    """Measures a part from its bytes: a parser would take longer than reading the sheet itself."""

    size: int = 0
    cells: int = 0
    rows: int = 0
    columns: int = 0
    longest: int = 0
    tail: bytes = b""
    has_entities: bool = False
    _carry: bytes = b""
    _run: int = 0
    _is_after: bool = False

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        text = self._carry + chunk
        self._carry = text[-_OVERLAP:]
        self.cells += chunk.count(b"<c ")
        self.has_entities = self.has_entities or (b"<!" in text and _TYPE.search(text) is not None)
        self._measure(text)
        first, *more = chunk.split(b"si>") if b"si>" in chunk else [chunk]
        self._run += len(first)
        if more:
            self.longest = max(self.longest, self._run, *map(len, more[:-1]))
            self._run = len(more[-1])
        self.longest = max(self.longest, self._run)
        self._keep_tail(text, chunk)

    def _measure(self, text: bytes) -> None:
        is_odd = any(mark in text for mark in _ODD)
        if self.cells > _PLENTY and not is_odd and not any(pattern.search(text) for pattern in _FAR):
            # Bounds will do; the exact ones cost as much as reading the sheet.
            self.rows, self.columns = max(self.rows, _NEAR_ROWS), max(self.columns, _NEAR_COLUMNS)
            return
        found = (_ODD_REFERENCES if is_odd else _REFERENCES).findall(text)
        columns = {reference.rstrip(_DIGITS) for reference in found}
        self.columns = max([self.columns, *map(column_number, columns)])
        rows = {reference.lstrip(_LETTERS) for reference in found}
        self.rows = max([self.rows, *(int(row[:9]) for row in rows)])

    def _keep_tail(self, text: bytes, chunk: bytes) -> None:
        if self._is_after:
            self.tail = (self.tail + chunk)[:_TAIL]
        elif (at := text.find(b"sheetData>", text.find(b"<sheetData>") + 11)) >= 0 or b"sheetData/>" in text:
            self._is_after = True
            self.tail = text[max(at, 0) :]


def column_number(letters: bytes) -> int:
    """Give the 1-based number of a column.

    >>> column_number(b"XFD")
    16384
    """
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """Give the letters of a 1-based column.

    >>> column_letters(16384)
    'XFD'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
