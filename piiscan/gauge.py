"""How far a sheet reaches and what it repeats, measured from its bytes before a library is asked for it.

Two cells in opposite corners make a library that keeps a sheet as a rectangle ask for more memory than any machine
has. Each cell is looked at, by one search for those that are not where the cells before them have been: to read
every reference takes as long as reading the sheet. What is not plain is taken for far away, and costs only time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan import possessive
from piiscan.roworder import RowOrder, holds

if TYPE_CHECKING:
    from piiscan.piece import Problem

#: Bytes that are read first, to learn from; of a tag that no sheet needs; and that are kept behind the cells.
_FIRST, _LONG, _TAIL = 1 << 16, 1 << 18, 1 << 22
#: Cells of a rectangle: calamine takes 31 bytes for each, filled or not, 760 MB for so many.
_MANY, _SMALL = 25_000_000, 100_000
#: So many bytes of shared strings are passed at once, or as many as the longest has: no longer one is among them.
_STEP, _STRING_END = 200, b"si>"
#: A cell with a value takes at least so many bytes.
_CELL_BYTES = 20
# Comments and instructions, then an element: a document type stands before it or nowhere.
_PROLOG = possessive.compiled(rb"(?s)(?:\xef\xbb\xbf)?(?>\s++|<\?.*?\?>|<!--.*?-->)*+<[A-Za-z_]")
_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_WORDS, _WIDE = ("<!DOCTYPE", "<!ENTITY"), ("utf-16-le", "utf-16-be")
_TYPES = tuple(word.encode(encoding) for word in _WORDS for encoding in _WIDE)
_START = re.compile(rb"<(?:[^\s<>/:]*:)?c(?=[\s/>])")
_PREFIXED = re.compile(rb":c[\s/>]")
_REFERENCE = possessive.compiled(
    rb"""<(?:[^\s<>/:]*:)?c(?:\s+(?!r\s*=)[\w.:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*+"""
    rb"""\s+r\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']"""
)
_END, _LAST = re.compile(rb"<(?:/(?:[^\s<>/:]*:)?sheetData\s*|(?:[^\s<>/:]*:)?sheetData[^<>]*/)>"), b"</c></row>"
#: How cells say that they refer to shared strings, in attributes of either spelling.
_REFERS = b'"s"', b"'s'"
_ROW, _NUMBER = b'<row r="', re.compile(rb"[0-9]{1,7}")
#: A formula that is a link, and the cell it stands in, as far as that is in sight; the cell shows something else.
_LINK = possessive.compiled(
    rb"(?:%s[^<>]*+>\s*+)?+<(?:[^\s<>/:]*:)?f(?:\s[^<>]*+)?+>([^<]*HYPERLINK\([^<]*)(?=<)" % _REFERENCE.pattern
)
_LINKS = b"HYPERLINK("


@dataclass(frozen=True, slots=True)
class Probe:
    """What reading a part once has shown: bounds, not exact figures. `tail` is what a sheet holds behind its cells.

    `cells` is how many cells it has at most, `longest` how many bytes its longest shared string has at most, and
    `has_digits` tells that a cell was found which is shown as digits. `links` are formulas, each with its cell if that
    is known. A sheet that `is_divisible` can be cut behind any row; of one that `refers`, cells may refer to strings.
    """

    problem: Problem | None = None
    size: int = 0
    cells: int = 0
    area: int = 0
    longest: int = 0
    tail: bytes = b""
    has_digits: bool = False
    links: tuple[tuple[bytes, bytes], ...] = ()
    is_divisible: bool = False
    refers: bool = False

    @property
    def is_sparse(self) -> bool:
        """Tell whether the sheet as a rectangle would take far more memory than its bytes."""
        return self.area > _MANY or self.area > max(_SMALL, self.size)


class Gauge:
    """Takes a part's bytes as they are unpacked. `counts` makes it count the cells.

    With `has_strings` it measures shared strings and looks for no cells: the part is never taken for a plain sheet.
    """

    def __init__(
        self, *, counts: bool = False, has_strings: bool = False, digits: re.Pattern[bytes] | None = None
    ) -> None:
        self._counts, self._has_strings, self._digits = counts, has_strings, digits
        self._has_digits = False
        self._size = self._cells = self._run = self._longest = 0
        self._rows = self._columns = 1
        self._is_plain, self._is_after = not has_strings, False
        self._order, self._refers = RowOrder(), False
        self._has_prolog: bool | None = None
        self.has_entities = False
        self._links: list[tuple[bytes, bytes]] = []
        self._room = _TAIL
        self._carry = self._tail = b""

    def add(self, chunk: bytes) -> None:
        """Measure the next bytes; the first few teach where the cells are to be expected."""
        if not self._size and len(chunk) > _FIRST:
            self.add(chunk[:_FIRST])
            chunk = chunk[_FIRST:]
        self._size += len(chunk)
        text = self._carry + chunk
        self._note_entities(text)
        end = max(text.rfind(b"<"), 0)
        if self._has_strings:
            self._note_strings(chunk)
        else:
            self._note_sheet(text, chunk, end)
        self._carry = text[end:]
        if len(self._carry) > _LONG:
            self._is_plain = self._is_plain and not _START.match(self._carry)
            self._carry = b""

    def _note_sheet(self, text: bytes, chunk: bytes, end: int) -> None:
        if self._digits and not self._has_digits:
            self._has_digits = self._digits.search(text, 0, end) is not None
        self._refers = self._refers or text.rfind(_REFERS[0]) >= 0 or holds(text, b"'", _REFERS[1])
        self._order.note(text, end)
        self._note_cells(text, end)
        self._note_links(text, end)
        self._keep_tail(text, chunk)

    def give(self, problem: Problem | None) -> Probe:
        """Give what was measured."""
        cells = self._cells if self._counts else self._size // _CELL_BYTES
        rows, columns = _bound_rows(self._rows)[1], _bound_columns(self._columns)[1]
        area = rows * columns if self._is_plain else _MANY + 1
        told = (self._tail, self._has_digits, tuple(self._links), self._order.is_kept, self._refers)
        return Probe(problem, self._size, cells, area, self._longest, *told)

    def _note_entities(self, text: bytes) -> None:
        if self._has_prolog is None:
            self._has_prolog = _PROLOG.match(text) is not None
            self.has_entities = any(mark in text for mark in _TYPES)
        if not self._has_prolog and not self.has_entities:
            self.has_entities = _TYPE.search(text) is not None or any(mark in text for mark in _TYPES)

    def _note_strings(self, chunk: bytes) -> None:
        """Go from one end of a string to the last one within a step, so that short strings are passed in flocks."""
        end, longest = chunk.find(_STRING_END), self._longest
        if end >= 0:
            longest = max(longest, self._run + end)
            self._run = -end
            find, rfind, step = chunk.find, chunk.rfind, max(longest + len(_STRING_END), _STEP)
            while (following := max(rfind(_STRING_END, end + 1, end + step), 0) or find(_STRING_END, end + 1)) > 0:
                if following - end > longest:
                    longest = following - end
                    step = max(longest + len(_STRING_END), _STEP)
                end = following
            self._run = -end
        self._run += len(chunk)
        self._longest = max(longest, self._run)

    def _note_cells(self, text: bytes, end: int) -> None:
        if self._counts:
            self._cells += text.count(b"<c", 0, end) + text.count(b":c", 0, end)
        if (at := text.rfind(_ROW, 0, end)) >= 0 and (number := _NUMBER.match(text, at + len(_ROW), end)):
            self._rows = max(self._rows, int(number[0]))  # only what is to be expected: it is the cells that count
        if self._order.is_kept and not self._has_other(self._order.numbers(), text, end):
            return
        if self._has_other(_bound_rows(self._rows)[0], text, end):
            found = _REFERENCE.findall(text, 0, end)
            self._columns = max(self._columns, *map(column_number, {letters for letters, _ in found}), 1)
            self._rows = max(self._rows, *map(int, {digits for _, digits in found}), 1)
            # Cells that do not say where they are stand behind others: anywhere.
            self._is_plain = self._is_plain and len(_START.findall(text, 0, end)) == len(found)
        if self._order.is_kept:  # now that it is known how many columns there are
            self._order.is_kept = not self._has_other(self._order.numbers(), text, end)

    def _has_other(self, rows: bytes, text: bytes, end: int) -> bool:
        """Tell whether a cell does not say that it is in some rows and in the columns met so far."""
        return bool(_beyond(rows, self._columns).search(text, 0, end) or _PREFIXED.search(text, 0, end))

    def _note_links(self, text: bytes, end: int) -> None:
        for letters, digits, formula in _LINK.findall(text, 0, end + 1) if text.rfind(_LINKS) >= 0 else ():
            self._room -= len(formula)
            if self._room >= 0:
                self._links.append((letters + digits, formula))

    def _keep_tail(self, text: bytes, chunk: bytes) -> None:
        if self._is_after:
            self._tail = (self._tail + chunk)[:_TAIL]
            return
        at = text.find(b"sheetData", text.rfind(_LAST) + 1)  # from behind the last cell, which is near
        if at >= 0 and (found := _END.search(text, max(text.rfind(b"<", 0, at), 0))):
            self._is_after = True
            self._tail = text[found.start() :]


@lru_cache(maxsize=1024)
def _beyond(rows: bytes, columns: int) -> re.Pattern[bytes]:
    """Give the pattern of a cell that does not say it is within rows of a pattern and so many columns, rounded up."""
    return re.compile(rb'<c(?! r="%s%s")(?![A-Za-z])' % (_bound_columns(columns)[0], rows))


@lru_cache(maxsize=256)
def _bound_rows(rows: int) -> tuple[bytes, int]:
    first, places = int(str(rows)[0]), len(str(rows)) - 1
    if not places:
        return b"[0-9]", 9
    return b"[0-%d]?[0-9]{1,%d}+" % (first, places), (first + 1) * 10**places - 1


@lru_cache(maxsize=256)
def _bound_columns(columns: int) -> tuple[bytes, int]:
    letters = column_letters(columns)
    first = b"[A-%s]" % letters[:1].encode()
    patterns = (first, first + b"?[A-Z]", b"(?:" + first + b"?[A-Z])?[A-Z]")
    rest = b"Z" * (len(letters) - 1)
    return patterns[len(letters) - 1], column_number(letters[:1].encode() + rest)


def column_number(letters: bytes) -> int:
    """Give the 1-based number of a column.

    >>> column_number(b"XFD")
    16384
    """
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Give the name of a cell by its 1-based row and column.

    >>> cell_name(5, 2)
    'B5'
    """
    return f"{column_letters(column)}{row}"


def column_letters(number: int) -> str:
    """Give the letters of a 1-based column.

    >>> column_letters(16384)
    'XFD'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
