"""Statements of SQL that rows follow, and the columns of the tables that a dump has made so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from piiscan import possessive
from piiscan.sqlrows import Grammar, Row, read_any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The longest statement before its rows, and the longest definition of a table, in characters.
HEAD, DEFINITION = 1 << 14, 1 << 16
_KEPT = 1 << 20  # the most characters of definitions that are kept
_NAME = r'(?:[^\W0-9][\w$#@]{0,127}+|"(?:[^"]|""){1,128}+"|`(?:[^`]|``){1,128}+`|\[[^\]]{1,128}+\])'
_TABLE = rf"(?P<table>{_NAME}(?:\s*+\.\s*+{_NAME}){{0,3}}+)\s*+"
_COLUMNS = rf"(?:\(\s*+(?P<columns>{_NAME}\s*+(?:,\s*+{_NAME}\s*+){{0,1000}}+)\)\s*+)?+"
#: The words with which statements begin that rows follow, or that say what columns rows have.
KEYWORD = re.compile(r"[IiRrCc](?:NSERT|nsert|NTO|nto|EPLACE|eplace|REATE|reate|OPY|opy)(?=[\s`\"\[])")
LONGEST_KEYWORD = len("REPLACE ")
#: What may stand between a row and the next statement that is read as the last one was.
GAP = possessive.compiled(r"[\s;]*+(?:GO\s++)?+(?=[IiRr])")
_SPACE = r"(?:--[^\n]*+\n|/\*(?:[^*]|\*(?!/))*+\*/|\s++)*+"
#: What stands between two rows, and how much of it is looked at.
NEXT, AHEAD = possessive.compiled(rf"{_SPACE},{_SPACE}(?=\()"), 1024
STATEMENT_END = re.compile(r";[ \t]*+\r?\n")
_VALUES = possessive.compiled(
    r"(?i)(?:INSERT\s++|REPLACE\s++)?+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s++[A-Z]++)\s++){0,3}+"
    rf"(?:INTO(?=[\s`\"\[])\s*+)?+{_TABLE}{_COLUMNS}(?:OVERRIDING\s++[A-Z]++\s++VALUE\s++)?+VALUES?\s*+(?=\()"
)
#: A statement that would have rows, and has not come to them.
BEGUN = possessive.compiled(
    rf"(?i)(?:INSERT|REPLACE)(?:\s++INTO(?:\s++{_TABLE}{_COLUMNS}(?:VALUES|VALUE|VALU|VAL|VA|V)?+)?+)?+\s*+"
)
_COPY = possessive.compiled(rf"(?i)COPY\s++{_TABLE}{_COLUMNS}FROM\s++STDIN\s*+;[ \t]*+\r?\n")
_CREATE = possessive.compiled(
    rf"(?i)CREATE\s++(?:[A-Z]++\s++){{0,3}}?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?+{_TABLE}(?=\()"
)
_PART = possessive.compiled(_NAME)
_DIGITS = re.compile(r"(?:\d\D{0,2}){4}")
#: How items of a definition begin that are no columns; a column may be called `key`.
_NO_COLUMN = re.compile(
    r"(?i)(?:PRIMARY|UNIQUE|CONSTRAINT|FOREIGN|CHECK|EXCLUDE|FULLTEXT|SPATIAL)(?![\w$])"
    r"|(?:KEY|INDEX|PERIOD)(?![\w$])[^(]*+\(\s*+[^0-9\s]"
)
_BEFORE = possessive.compiled(_SPACE)
_COMMENT = re.compile(r"(?i)\sCOMMENT\s++'([^']{1,128}+)'")


class Head(NamedTuple):
    """A statement that rows follow: the table, the headers of its columns, where it ends, whether it is a COPY.

    It is text up to `text_end`: behind that stand the names of columns and no values.
    """

    table: str
    headers: tuple[str, ...]
    end: int
    is_copy: bool
    text_end: int


@dataclass(slots=True)
class Heads:
    """Reads the heads of a file's statements, and keeps what its tables were made with."""

    _headers: dict[str, dict[str, str]] = field(default_factory=dict, init=False)
    _size: int = field(default=0, init=False)

    def read(self, text: str, start: int) -> Head | None:
        """Read the head that begins with the keyword at `start`; None if it is none."""
        is_copy = text[start : start + 2] in {"CO", "Co", "co"}
        found = (_COPY if is_copy else _VALUES).match(text, start, start + HEAD)
        if found is None:
            return None
        table, columns = _last(found["table"]), found["columns"]
        known = self._headers.get(table.lower(), {})
        if columns is None:
            return Head(table, tuple(known.values()), found.end(), is_copy, found.end())
        headers = tuple(known.get(name.lower(), name) for name in map(_unquoted, _PART.findall(columns)))
        text_end = found.end() if "@" in columns or _DIGITS.search(columns) else found.end("table")
        return Head(table, headers, found.end(), is_copy, text_end)

    def define(self, text: str, start: int, grammar: Grammar) -> Row | None:
        """Keep the columns of the table that the statement at `start` makes; None if it makes none."""
        found = _CREATE.match(text, start, start + HEAD)
        if found is None:
            return None
        row = read_any(text, found.end(), min(len(text), found.end() + DEFINITION), grammar)
        if row.cells is not None:
            self._forget(table := _last(found["table"]).lower())
            self._headers[table] = dict(filter(None, map(_column, row.cells)))
            self._size += _size(self._headers[table])
            while self._size > _KEPT:
                self._forget(next(iter(self._headers)))
        return row

    def _forget(self, table: str) -> None:
        if table in self._headers:
            self._size -= _size(self._headers.pop(table))


def _column(item: str) -> tuple[str, str] | None:
    """Give a column's name and its header, of an item of a definition; None if it is none."""
    space = _BEFORE.match(item)
    item = item[space.end() :] if space else item
    found = _PART.match(item)
    if found is None or _NO_COLUMN.match(item):
        return None
    name, comment = _unquoted(found[0]), _COMMENT.search(item)
    return name.lower(), f"{name} {comment[1]}" if comment else name


def _size(columns: Mapping[str, str]) -> int:
    return 100 + sum(len(name) + len(header) for name, header in columns.items())


def _last(name: str) -> str:
    """Give the name of a table without its schema's."""
    return _unquoted(_PART.findall(name)[-1])


def _unquoted(name: str) -> str:
    mark = name[0]
    if mark == "[":
        return name[1:-1]
    return name[1:-1].replace(mark * 2, mark) if mark in '"`' else name
