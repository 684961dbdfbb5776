r"""A row of values in SQL: `(1, N'山田''s', NULL, now())`, its cells and where each begins, in time linear in its size.

Whether a backslash in a string escapes what follows depends on the database (MySQL: yes; the others: after E only), so
the caller says which. The rows of PostgreSQL's COPY are lines of fields.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from piiscan import possessive

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What may stand before a string (N, E, DATE, _utf8mb4) and behind it (::character varying(20)), and holds nothing.
_PREFIX = r"(?:(?:[A-Za-z]{1,20}+&?+|_[a-z0-9]{1,20}+)[ ]?+)?+"
_CAST = r"(?:::[A-Za-z_][A-Za-z_. ]{0,60}+[0-9]?+(?:\([0-9]{1,4}+(?:,[ ]?+[0-9]{1,4}+)?+\))?+(?:\[\])?+)?+"
_WORD = r"[-+.0-9A-Za-z_]++"


def body(quote: str, *, has_escapes: bool) -> str:
    """Give the expression of what stands between two quotes."""
    if has_escapes:
        return rf"[^{quote}\\]*+(?:(?:{quote}{quote}|\\.)[^{quote}\\]*+)*+"
    return rf"[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+"


class Grammar(Enum):
    """How rows are written: as in MySQL, as in the standard, as in PostgreSQL's COPY."""

    MYSQL = auto()
    STANDARD = auto()
    COPY = auto()


class _Expressions:
    """What reads rows whose strings have escapes, or none."""

    def __init__(self, *, has_escapes: bool) -> None:
        self.has_escapes = has_escapes
        bodies = [body(quote, has_escapes=has_escapes) for quote in ("'", '"')]
        escaped = body("'", has_escapes=True)
        strings = rf"""(?:(?<=[Ee])'{escaped}'|'{bodies[0]}'|"{bodies[1]}")"""
        value = rf"(?:{_PREFIX}{strings}{_CAST}|{_WORD})"
        group = rf"""{_PREFIX}(?:(?<=[Ee])'({escaped})'|'({bodies[0]})'|"({bodies[1]})"){_CAST}|({_WORD})"""
        #: A row of nothing but strings, numbers and words.
        self.plain = possessive.compiled(rf"(?s)\(\s*+{value}\s*+(?:,\s*+{value}\s*+)*+\)")
        #: One of its cells: the bodies of its string, or its word.
        self.cell = possessive.compiled(rf"(?s)\s*+(?:{group})\s*+(?:,|\Z)")
        self.value = possessive.compiled(rf"(?s){group}")
        self.token = possessive.compiled(
            rf"(?s){strings}|`[^`]*+`|--[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/|[^-'\"`(),;/]++|[(),;]|.",
        )


#: The groups of `_Expressions.cell`: a string after E, one in quotes of either kind, a word.
_ESCAPED_GROUP, _WORD_GROUP = 1, 4
_IN_COPY = re.compile(r"\\[bfnrtv\\]")
_COPIED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
_NULL = frozenset({"NULL", "null"})
#: What begins a string, a name or a comment, where it stands alone because that has no end.
_OPEN = frozenset("'\"`/")
_EXPRESSIONS = {each: _Expressions(has_escapes=each is Grammar.MYSQL) for each in (Grammar.MYSQL, Grammar.STANDARD)}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a", "\\": "\\", "'": "'", '"': '"'}
#: What is written with more characters than it has; an unknown escape stays as it is.
_ESCAPED = {"'": re.compile(r"""''|\\[ntr0bZ\\'"]"""), '"': re.compile(r"""""|\\[ntr0bZ\\'"]""")}
_DOUBLED = {"'": re.compile("''"), '"': re.compile('""')}


class Cell(NamedTuple):
    """A cell: its text, where its source begins, that source, and what in it is longer than what it stands for."""

    text: str
    start: int
    raw: str
    escapes: re.Pattern[str] | None = None

    def find(self, offset: int) -> int:
        """Give the index in the source of a character of the text."""
        longer = 0
        for escape in self.escapes.finditer(self.raw) if self.escapes else ():
            if escape.start() - longer >= offset:
                break
            longer += len(escape[0]) - 1
        return self.start + offset + longer


class Row(NamedTuple):
    """The texts of a row's cells, and where it ends; `cells` is None where it has no end (`is_open`) or is no row."""

    cells: Sequence[str] | None
    end: int
    is_open: bool = False


def read_plain(text: str, start: int, end: int, grammar: Grammar) -> Row | None:
    """Read the row at `start` that ends before `end`; None unless all its cells are strings, numbers and words."""
    expressions = _EXPRESSIONS[grammar]
    found = expressions.plain.match(text, start, end)
    if found is None:
        return None
    last = found.end()
    parts = expressions.cell.findall(text, start + 1, last - 1)
    row = found[0]
    if "\\" in row or "''" in row or '""' in row:
        doubled = _ESCAPED if expressions.has_escapes else _DOUBLED
        parts = [
            (_decode(escaped, _ESCAPED["'"]), _decode(single, doubled["'"]), _decode(double, doubled['"']), word)
            for escaped, single, double, word in parts
        ]
    return Row(
        ["" if word in _NULL else single or word or double or escaped for escaped, single, double, word in parts], last
    )


def read_any(text: str, start: int, end: int, grammar: Grammar) -> Row:
    """Read the row at `start`, whatever its cells are."""
    cells, last, is_open = _split(text, start, end, _EXPRESSIONS[grammar])
    return Row(None if cells is None else [cell.text for cell in cells], last, is_open)


def split_row(text: str, grammar: Grammar) -> list[Cell]:
    """Give the cells of a text that is a row, with their places."""
    if grammar is Grammar.COPY:
        fields = text.split("\t")
        starts = accumulate((len(field) + 1 for field in fields), initial=0)
        return [Cell(_copied(field), start, field, _IN_COPY) for field, start in zip(fields, starts, strict=False)]
    return _split(text, 0, len(text), _EXPRESSIONS[grammar])[0] or []


def read_copied(line: str) -> list[str]:
    """Read a line of COPY."""
    return [_copied(field) for field in line.split("\t")]


def _split(text: str, start: int, end: int, expressions: _Expressions) -> tuple[list[Cell] | None, int, bool]:
    cells: list[Cell] = []
    depth, first = 0, start + 1
    for token in expressions.token.finditer(text, start, end):
        mark = token[0]
        if mark == "(":
            depth += 1
        elif mark == "," and depth == 1:
            cells.append(_cell(text, first, token.start(), expressions))
            first = token.end()
        elif mark == ")":
            depth -= 1
            if not depth:
                cells.append(_cell(text, first, token.start(), expressions))
                return cells, token.end(), False
        elif mark == ";":
            return None, token.start(), False
        elif mark in _OPEN and (mark != "/" or text.startswith("/*", token.start())):
            break
    return None, end, True


def _cell(text: str, start: int, end: int, expressions: _Expressions) -> Cell:
    """Make a cell of what stands between two commas."""
    part = text[start:end]
    whole = part.strip()
    start += len(part) - len(part.lstrip())
    found = expressions.value.fullmatch(text, start, start + len(whole))
    if found is None:
        return Cell(whole, start, whole)
    group = found.lastindex or 0
    raw, at = found[group], found.start(group)
    if group == _WORD_GROUP:
        return Cell("" if raw in _NULL else raw, at, raw)
    doubled = _ESCAPED if expressions.has_escapes or group == _ESCAPED_GROUP else _DOUBLED
    escapes = doubled[text[at - 1]]
    return Cell(_decode(raw, escapes), at, raw, escapes)


def _decode(body: str, escapes: re.Pattern[str]) -> str:
    return escapes.sub(_unescape, body) if "\\" in body or "'" in body or '"' in body else body


def _unescape(found: re.Match[str]) -> str:
    mark = found[0]
    return _ESCAPES[mark[1]] if mark[0] == "\\" else mark[0]


def _copied(field: str) -> str:
    if "\\" not in field:
        return field
    return "" if field == r"\N" else _IN_COPY.sub(lambda mark: _COPIED[mark[0][1]], field)
