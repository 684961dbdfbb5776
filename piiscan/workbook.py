"""The parts of a workbook's package, read within a budget of real bytes: what a header declares is never trusted.

A sheet is probed before a library is asked for it: two cells in opposite corners make a library that keeps a
sheet as a rectangle ask for more memory than any machine has.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from piiscan.gauge import Gauge, Probe

#: What reading a damaged member raises.
ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)

#: The part with the strings that cells share.
STRINGS = "xl/sharedStrings.xml"
PART, DOCUMENT = 100_000_000, 500_000_000
_CHUNK = 1 << 20


class Grid(NamedTuple):
    """A block of a sheet as columns of one length; `row` and `column` (1-based) are those of its first cell."""

    row: int
    column: int
    columns: Sequence[Sequence[str]]

    def split(self, rows: int) -> tuple[Grid, Grid]:
        """Give the first `rows` and the others."""
        above, below = [cells[:rows] for cells in self.columns], [cells[rows:] for cells in self.columns]
        return Grid(self.row, self.column, above), Grid(self.row + rows, self.column, below)


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


@dataclass(slots=True)
class Package:
    """The open archive with its budget. Names are matched as they are spelt, later members hide earlier ones."""

    archive: ZipFile
    budget: Budget = field(default_factory=Budget)

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return [info.filename for info in self.archive.infolist() if not info.is_dir()]

    def probe(self, name: str, gauge: Gauge) -> Probe:
        """Unpack a part once, keeping no more than a few megabytes of it."""
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
        return gauge.give(problem)

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
