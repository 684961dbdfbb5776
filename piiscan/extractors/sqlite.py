"""SQLite databases: the rows of every table under their columns' names, the schema as text, files in blobs as members.

A database is read from memory, so that nothing is written beside it and no path in it is followed. Of what it holds
only tables are asked: no view, trigger or virtual table can make the library do anything. What was deleted, and a log
that was not yet merged, is not read; such a log is a file of its own.
"""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.encoding import PROBLEM as GARBLED
from piiscan.model import Outcome
from piiscan.piece import Member, Place, Problem, Segment
from piiscan.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

#: The names of columns, and what the library says of them, may be in no encoding either.
_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
_DAMAGED = Problem(Outcome.PARTIAL, "sqlite")
_SPENT = Problem(Outcome.PARTIAL, "ratio")
#: Where the header tells that changes go to a log first; what lies in memory can have none.
_LOGGING, _LOGGED, _PLAIN = slice(18, 20), b"\2\2", b"\1\1"
#: Where the header tells the size of a page (1: 64 KiB) and their number, which counts where both changes are one.
_PAGE, _PAGES, _CHANGE, _CHANGE_COUNTED = slice(16, 18), slice(28, 32), slice(24, 28), slice(92, 96)
_LARGEST_CELL = 64 << 20
#: Pages that many others point to can make rows without end: so many characters come of a database at most.
_RATIO, _FLOOR = 100, 100 << 20
#: A blob of so many bytes is a value, such as a hash, and no document.
_SHORT = 256
_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
_SCHEMA = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
_SETTINGS = (
    "writable_schema = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "query_only = ON",
    "temp_store = MEMORY",
)
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}


def extract_sqlite(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the schema, the rows and the files of the database in `stream`."""
    data = bytearray(stream.read())
    if not data:
        return
    if data[_LOGGING] == _LOGGED:
        data[_LOGGING] = _PLAIN
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(data)
            _bar(database)
            reader = _Reader(database, max(_FLOOR, _RATIO * len(data)))
            if _is_cut(data):
                reader.note_damage()
            yield from reader.read()
        except _DAMAGE:
            yield _DAMAGED


def _is_cut(data: bytes | bytearray) -> bool:
    """Tell whether pages are missing at the end: the library reads what is left, be it nothing, and says no word."""
    page = int.from_bytes(data[_PAGE], "big")
    size = 1 << 16 if page == 1 else page
    pages = int.from_bytes(data[_PAGES], "big") if data[_CHANGE] == data[_CHANGE_COUNTED] else 0
    return not size or len(data) % size > 0 or len(data) < size * pages


def _bar(database: sqlite3.Connection) -> None:
    """Leave a database nothing but to give the rows of its tables; one bad line of its schema costs only that table."""
    for setting in _SETTINGS:
        database.execute(f"PRAGMA {setting}")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_CELL)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY  # no PRAGMA any more
    )


class _Reader:
    """Reads one database; `left` characters may still come of it."""

    def __init__(self, database: sqlite3.Connection, left: int) -> None:
        self._database, self._left = database, left
        self._problems: dict[Problem, None] = {}
        database.text_factory = self._decoded

    def note_damage(self) -> None:
        """Let it be told that there is damage."""
        self._problems[_DAMAGED] = None

    def read(self) -> Iterator[Piece]:
        """Yield all pieces, then what could not be read."""
        schema = "\n".join(str(sql) for (sql,) in self._database.execute(_SCHEMA))
        if schema:
            yield Segment(schema, part="schema", first_line=None)
        for name, sql in self._database.execute(_TABLES).fetchall():
            if not (str(name).startswith("sqlite_") or str(sql).lstrip().upper().startswith("CREATE VIRTUAL")):
                yield from self._table(str(name))
        yield from self._problems

    def _table(self, name: str) -> Iterator[Piece]:
        tables: Tables[int] = Tables(_place, part=name)
        try:
            quoted = name.replace('"', '""')
            rows = self._database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - of a table in its own database
            headers = tuple(column for column, *_ in rows.description)
            for number, row in enumerate(rows, 1):
                cells = [value if isinstance(value, str) else self._text(value) for value in row]
                yield from tables.add(headers, cells, number)
                yield from _members(name, number, row)
                self._left -= sum(map(len, cells))
                if self._left < 0:
                    self._problems[_SPENT] = None
                    break
        except _DAMAGE:
            self.note_damage()
        yield from tables.flush()

    def _text(self, value: bytes | float | None) -> str:
        """Show a value that is no text; "" for what is none."""
        if isinstance(value, bytes):
            return self._decoded(value) if len(value) <= _SHORT and charset.is_text(value) else ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    def _decoded(self, data: bytes) -> str:
        """Decode a text, which SQLite takes as it is whatever its encoding."""
        try:
            return data.decode()
        except UnicodeDecodeError:
            encoding = charset.decide(data, final=True)
            text = charset.decode(data, encoding)
        if text is None:
            self._problems[GARBLED] = None
            return charset.decode_lossy(data, encoding)
        return text


def _members(table: str, number: int, row: tuple[object, ...]) -> Iterator[Member]:
    """Yield the blobs of a row that may be files: whether they are, and can be read, is told of each."""
    for at, value in enumerate(row, 1):
        if isinstance(value, bytes) and len(value) > _SHORT:
            yield Member(f"{table} R{number}C{at}", partial(io.BytesIO, value))


def _place(row: int, column: int, _cell: str, _offset: int) -> Place:
    return Place(cell=f"R{row}C{column + 1}")
