"""What a workbook consists of, between the modules that read it: blocks and rows of cells, and measured parts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from piiscan.model import Outcome
from piiscan.package import UnreadableError
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.gauge import Gauge, Probe
    from piiscan.package import Package

#: The part that lists the sheets, the one with the strings that cells share, and that which says how they are shown.
WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"


class Grid(NamedTuple):
    """A block of a sheet as columns of one length; `row` and `column` (1-based) are those of its first cell."""

    row: int
    column: int
    columns: Sequence[Sequence[str]]

    def split(self, rows: int) -> tuple[Grid, Grid]:
        """Give the first `rows` and the others."""
        above, below = [cells[:rows] for cells in self.columns], [cells[rows:] for cells in self.columns]
        return Grid(self.row, self.column, above), Grid(self.row + rows, self.column, below)

    def head(self, rows: int) -> list[Row]:
        """Give the first `rows` as such."""
        columns = range(self.column, self.column + len(self.columns))
        cells = islice(zip(*self.columns, strict=True), rows)
        return [Row(number, columns, [*each]) for number, each in enumerate(cells, self.row)]


class Row(NamedTuple):
    """The cells of a sheet's row with their 1-based columns."""

    number: int
    columns: Sequence[int]
    cells: list[str]


def measure(package: Package, name: str, gauge: Gauge) -> Probe:
    """Unpack a part once and measure it, keeping no more than a few megabytes of it."""
    problem = None
    try:
        for chunk in package.unpack(name):
            gauge.add(chunk)
    except UnreadableError as error:
        problem = error.problem
    if gauge.has_entities:
        problem = Problem(Outcome.PARTIAL, "entities")
    return gauge.give(problem)
