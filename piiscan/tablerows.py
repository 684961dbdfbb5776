"""Rows of a table in a document, as people see them: a list below its header row, or a form of labels and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from piiscan.headrows import find_list_heading, is_heading
from piiscan.piece import Place
from piiscan.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.piece import Table

    Rows = Sequence[Sequence[str]]

_SAMPLE_ROWS = 20


class _Origin(NamedTuple):
    """Which row of the document's table a row is (0-based), and on which page."""

    row: int
    page: int | None


class TableRows:
    """A table whose rows come in one go, or page by page. Cells are placed as R1C1, counted anew on each page."""

    def __init__(self, rows: Rows, part: str) -> None:
        self._tables: Tables[_Origin] = Tables(_place, part)
        self._heading = find_list_heading(rows[:_SAMPLE_ROWS], _SAMPLE_ROWS)
        self._head: Rows = rows[: self._heading.last + 1] if self._heading else ()
        #: Whether labels stand beside values, and no header above them; which is which, detection knows.
        self.is_form = self._heading is None or len(self._head) == len(rows)

    def feed(self, rows: Rows, page: int | None = None) -> Iterator[Table]:
        """Take the first rows, with what is above the header; yield blocks that are full."""
        last = self._heading.last if self._heading else -1
        for number, row in enumerate(rows):
            headers = self._heading.names if self._heading and number > last and not self.is_form else ()
            yield from self._tables.add(headers, row, _Origin(number, page))

    def fits(self, rows: Rows) -> bool:
        """Tell whether rows that stand in the same columns belong below this header."""
        return not self.is_form and (self._is_repeated(rows) or not is_heading(rows[0]))

    def go_on(self, rows: Rows, page: int, part: str) -> Iterator[Table]:
        """Take the rows of another page, where the header may stand again; `part` is the name of all pages."""
        self._tables.part = part
        first = len(self._head) if self._is_repeated(rows) else 0
        names = self._heading.names if self._heading else ()
        for number, row in enumerate(rows[first:], first):
            yield from self._tables.add(names, row, _Origin(number, page))

    def _is_repeated(self, rows: Rows) -> bool:
        return bool(self._head) and [*map(list, rows[: len(self._head)])] == [*map(list, self._head)]

    def flush(self) -> Iterator[Table]:
        """Yield all that is left."""
        yield from self._tables.flush()


def _place(origin: _Origin, column: int, _cell: str, _offset: int) -> Place:
    return Place(cell=f"R{origin.row + 1}C{column + 1}", page=origin.page)
