"""A table of a page while it is open: its row so far, and the cell that text goes into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.flow import Flow
from piiscan.headrows import join_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from piiscan.piece import Segment

    # Plain, as thousands of rows wait for their table: the garbage collector looks at each `Spot` time and again.
    PlainSpot = tuple[int, int, bool]
    Row = tuple[tuple[str, ...], tuple[str, ...], tuple[PlainSpot, ...]]


_SPAN = re.compile(r"""(?<![\w-])(col|row)span\s*=\s*["']?\s*([0-9]{1,3})(?![0-9])""", re.IGNORECASE)
_WIDEST = 64


def span_of(attributes: str) -> tuple[int, int]:
    """Give over how many columns and rows a cell reaches.

    >>> span_of(' colspan="3"'), span_of("ROWSPAN=2")
    ((3, 1), (1, 2))
    """
    spans = {"col": 1, "row": 1}
    for kind, number in _SPAN.findall(attributes) if "span" in attributes.lower() else ():
        spans[kind.lower()] = min(max(int(number), 1), _WIDEST)
    return spans["col"], spans["row"]


@dataclass(slots=True)
class OpenTable:
    """Gathers cells into rows. A row of header cells heads the table, and has no headers itself."""

    limit: int
    cell: Flow | None = None
    _headers: tuple[str, ...] = ()
    _row: list[tuple[str, PlainSpot, bool]] = field(default_factory=list)
    _is_header: bool = False
    _is_below_header: bool = False
    _span: tuple[int, int] = (1, 1)
    #: The columns that cells of rows above reach into: for how many rows, and whether they are header cells.
    _covered: dict[int, tuple[int, bool]] = field(default_factory=dict)

    def begin_cell(self, *, is_header: bool, span: tuple[int, int] = (1, 1)) -> None:
        """Begin a cell over so many columns and rows; the one before it has ended."""
        self.cell = Flow(self.limit)
        self._is_header = is_header
        self._span = span

    def end_cell(self, place: Callable[[], tuple[int, int]]) -> Iterable[Segment]:
        """End the cell, if one is open, and give the last block of one that streams; `place` where it ends."""
        if self.cell is None:
            return ()
        last = self.cell.finish()
        text, first = self.cell.take()
        line, column, straight = first or (*place(), True)
        self._skip_covered((line, column, straight))
        wide, deep = self._span
        for at in range(wide):
            if deep > 1:
                self._covered[len(self._row)] = (deep - 1, self._is_header)
            self._row.append(("" if at else text, (line, column, straight), self._is_header))
        self.cell = None
        return last

    def take_row(self) -> Row | None:
        """End the row, and give its headers, cells and their spots."""
        if not self._row:
            return None
        self._skip_covered(self._row[-1][1])
        row, self._row = self._row, []
        texts, spots, are_headers = zip(*row, strict=True)
        headers = self._headers or _headers_within(row)
        is_header = all(are_headers)
        if is_header:
            headers = ()
            self._headers = (self._is_below_header and join_names(self._headers, texts)) or texts
        self._is_below_header = is_header
        return headers, texts, spots

    def _skip_covered(self, spot: PlainSpot) -> None:
        """Leave cells blank that a cell of a row above reaches into."""
        while self._covered and len(self._row) in self._covered:
            rows, is_header = self._covered.pop(len(self._row))
            if rows > 1:
                self._covered[len(self._row)] = (rows - 1, is_header)
            self._row.append(("", spot, is_header))


def _headers_within(row: list[tuple[str, PlainSpot, bool]]) -> tuple[str, ...]:
    """Give each cell the header cell before it in its row; nothing where the row has none."""
    headers, last = [], ""
    for text, _, is_header in row:
        headers.append("" if is_header else last)
        last = text if is_header and text else last
    return tuple(headers) if any(headers) else ()
