"""The tables of a document page by page: one that goes on over pages is one table below one header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.tablerows import TableRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.pagetable import Columns, PageTable
    from piiscan.piece import Table


class PrintedTables:
    """Takes the tables of one page after the other; the last of each page stays open until the next page is seen."""

    def __init__(self) -> None:
        self._open: TableRows | None = None
        self._first = self._last = 0
        self._columns: Columns = ()

    def columns(self, page: int) -> Columns:
        """Give the columns of a list that may go on on this page, none if there is no such list."""
        return self._columns if self._open and not self._open.is_form and self._last == page - 1 else ()

    def feed(self, tables: Sequence[PageTable], page: int) -> Iterator[Table]:
        """Take the tables of a page, from the top; yield what is complete."""
        columns = self.columns(page)
        for table in tables:
            if self._open and table is tables[0] and table.continues(columns) and self._open.fits(table.rows):
                yield from self._open.go_on(table.rows, page, f"pages {self._first}-{page}")
            else:
                yield from self.flush()
                self._open, self._first = TableRows(table.rows, f"page {page}"), page
                yield from self._open.feed(table.rows, page)
            self._last, self._columns = page, table.columns
        if not tables:
            yield from self.flush()

    def flush(self) -> Iterator[Table]:
        """Yield what is left of the open table."""
        if self._open:
            yield from self._open.flush()
        self._open = None
