"""A table of a page while it is open: its row so far, and the cell that text goes into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from piiscan.piece import Segment

    # Plain, as thousands of rows wait for their table: the garbage collector looks at each `Spot` time and again.
    PlainSpot = tuple[int, int, bool]
    Row = tuple[tuple[str, ...], tuple[str, ...], tuple[PlainSpot, ...]]


@dataclass(slots=True)
class OpenTable:
    """Gathers cells into rows. A row of header cells heads the table, and has no headers itself."""

    limit: int
    cell: Flow | None = None
    _headers: tuple[str, ...] = ()
    _row: list[tuple[str, PlainSpot, bool]] = field(default_factory=list)
    _is_header: bool = False

    def begin_cell(self, *, is_header: bool) -> None:
        """Begin a cell; the one before it has ended."""
        self.cell = Flow(self.limit)
        self._is_header = is_header

    def end_cell(self, place: Callable[[], tuple[int, int]]) -> Iterable[Segment]:
        """End the cell, if one is open, and give the last block of one that streams; `place` where it ends."""
        if self.cell is None:
            return ()
        last = self.cell.finish()
        text, first = self.cell.take()
        line, column, straight = first or (*place(), True)
        self._row.append((text, (line, column, straight), self._is_header))
        self.cell = None
        return last

    def take_row(self) -> Row | None:
        """End the row, and give its headers, cells and their spots."""
        row, self._row = self._row, []
        if not row:
            return None
        texts, spots, are_headers = zip(*row, strict=True)
        headers = self._headers or _headers_within(row)
        if all(are_headers):
            headers, self._headers = (), texts
        return headers, texts, spots


def _headers_within(row: list[tuple[str, PlainSpot, bool]]) -> tuple[str, ...]:
    """Give each cell the header cell before it in its row; nothing where the row has none."""
    headers, last = [], ""
    for text, _, is_header in row:
        headers.append("" if is_header else last)
        last = text if is_header else last
    return tuple(headers) if any(headers) else ()
