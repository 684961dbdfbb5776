"""The rows of a dump as tables, which know where in the source each value stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from piiscan.blocks import advance
from piiscan.piece import Place
from piiscan.sqlrows import Grammar, split_row
from piiscan.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.cursor import Cursor
    from piiscan.piece import Table
    from piiscan.sqlheads import Head

_WIDEST = 1000


class _Origin(NamedTuple):
    """The source of a row, where it begins, and its number of the first cell of the table."""

    raw: str
    line: int
    column: int
    first: int
    grammar: Grammar


class SqlTables:
    """Gathers rows below the headers of their statement."""

    def __init__(self) -> None:
        self._tables: Tables[_Origin] = Tables(self._place)
        self._cells = lru_cache(maxsize=8)(split_row)
        self.flush = self._tables.flush

    def add(self, head: Head, cells: Sequence[str], cursor: Cursor, end: int, grammar: Grammar) -> Sequence[Table]:
        """Put the row from where `cursor` is to `end` into its table; one of very many cells is several."""
        raw = cursor.text[cursor.at : end]
        line, column = cursor.place(cursor.at)
        if len(cells) <= _WIDEST:
            return self._tables.add(head.headers, cells, _Origin(raw, line, column, 0, grammar), len(raw))
        tables: list[Table] = []
        for first in range(0, len(cells), _WIDEST):
            origin = _Origin(raw, line, column, first, grammar)
            part = cells[first : first + _WIDEST]
            tables += self._tables.add(head.headers[first : first + _WIDEST], part, origin, len(raw))
        return tables

    def _place(self, origin: _Origin, column: int, _cell: str, offset: int) -> Place:
        cells = self._cells(origin.raw, origin.grammar)
        index = cells[origin.first + column].find(offset)
        return Place(*advance(origin.line, origin.column, origin.raw[:index]))
