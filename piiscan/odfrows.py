"""Rows of OpenDocument tables, and sheets: cells with what stands beside them, each as often as it is repeated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from piiscan.gauge import cell_name
from piiscan.linkformulas import quoted
from piiscan.odfruns import FORMULA, Content, cell_text, count_repeats, plain_cell, read_paragraphs
from piiscan.ooxml import is_named
from piiscan.piece import Problem, Segment
from piiscan.sheettables import iter_at_cells
from piiscan.tablerows import TableRows
from piiscan.workbook import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from piiscan.piece import Piece

_CELLS = frozenset({"table-cell", "covered-table-cell"})
#: Cells and rows that are repeated more often come once: such a row is a format, or a bomb. So do all when they have
#: made so many times as many characters as the part has bytes.
_MOST_REPEATS, _GROWTH = 64, 4


@dataclass(slots=True)
class Repeats:
    """How many characters may still come of what is written once."""

    left: int = 0

    def begin(self, size: int) -> None:
        """Begin a part of so many bytes."""
        self.left = _GROWTH * size

    def allow(self, count: int, size: int) -> int:
        """Tell how often a text of `size` characters comes that is to come `count` times."""
        if not 1 < count <= _MOST_REPEATS:
            return 1
        self.left -= (count - 1) * size
        return count if self.left >= 0 else 1


@dataclass(slots=True)
class OdfSheet:
    """Reads the rows of a sheet; comments, and where formulas lead to, are placed at cells when all rows are read."""

    name: str
    repeats: Repeats
    content: Content = field(default_factory=Content)
    comments: list[tuple[str, str]] = field(default_factory=list)

    def iter_rows(self, first: Element, group: Iterator[Element | Problem]) -> Iterator[Row | Problem]:
        """Yield the rows of the sheet that have cells."""
        number = 1
        row: Element | Problem | None = first
        while row is not None:
            if isinstance(row, Problem):
                yield row
            else:
                repeats = count_repeats(row, "rows")
                columns, cells = self._read(row, number)
                if cells:
                    for again in range(self.repeats.allow(repeats, sum(map(len, cells)))):
                        yield Row(number + again, columns, [*cells])
                number += repeats
            row = next(group, None)

    def iter_beside(self) -> Iterator[Piece]:
        """Yield what is placed at cells, and what else stands beside."""
        yield from iter_at_cells(self.name, self.comments)
        yield from iter_beside(self.content, self.name, None)

    def _read(self, row: Element, number: int) -> tuple[tuple[int, ...], list[str]]:
        columns, cells = list[int](), list[str]()
        column = 1
        for cell in row:
            if not is_named(cell, _CELLS):
                continue
            repeats = count_repeats(cell, "columns")
            shown = plain_cell(cell)
            if shown is None:
                shown = read_paragraphs(cell, self.content)
                place = cell_name(number, column)
                self.comments += [(place, comment) for comment in self.content.comments]
                self.content.comments.clear()
            if (formula := cell.get(FORMULA)) and (target := quoted(formula)):
                self.comments.append((cell_name(number, column), target))
            text = cell_text(cell, shown)
            if text:
                own = range(column, column + self.repeats.allow(repeats, len(text)))
                columns += own
                cells += [text] * len(own)
            column += repeats
        return tuple(columns), cells


def read_row(row: Element, content: Content, repeats: Repeats) -> list[str]:
    """Give the cells of a row; what stands beside their text goes to `content`."""
    cells = list[str]()
    for cell in row:
        if is_named(cell, _CELLS):
            text = cell_text(cell, read_paragraphs(cell, content))
            cells += [text] * repeats.allow(count_repeats(cell, "columns"), len(text))
    return cells


def iter_rows(rows: list[list[str]], part: str, page: int | None) -> Iterator[Piece]:
    """Yield the rows of a table in running text, its cells placed as R1C1."""
    table = TableRows(rows, part)
    yield from table.feed(rows, page)
    yield from table.flush()


def iter_beside(content: Content, part: str, page: int | None) -> Iterator[Piece]:
    """Yield text boxes, comments, tables in cells, and what else stands beside."""
    for name, texts in (("textbox", content.boxes), ("comments", content.comments)):
        if text := "\n".join(filter(None, texts)):
            yield Segment(text, part=name, first_line=None, page=page)
    for aside in content.asides:
        yield replace(aside, page=page) if isinstance(aside, Segment) else aside
    for table in content.tables:
        inner = Content()
        rows = [read_row(row, inner, Repeats()) for row in table.iter("{*}table-row") if _is_own(row, table)]
        yield from iter_rows(rows, part, page)
        yield from iter_beside(inner, part, page)


def _is_own(row: Element, table: Element) -> bool:
    return next(row.iterancestors("{*}table"), None) is table
