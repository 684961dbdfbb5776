"""How far a sheet reaches and what a part holds, measured from its bytes: a parser takes longer than reading it.

Exact figures of a large sheet cost as much as a library takes to read it, so bounds come first. They err to the
safe side: a cell that is not plainly near is looked at exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Bytes of the end of a chunk that are looked at again with the next, and of what stands behind the cells.
_OVERLAP, _TAIL = 64, 1 << 22
_REFERENCES = re.compile(rb' r="([A-Za-z]*[0-9]+)')
# The same however it is spelt, three times slower: only where one of these spellings is seen.
_ODD_REFERENCES = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*[0-9]+)""")
_ODD = (b"\t", b"\n", b"\r", b"r =", b"r= ", b"r='")
# A cell that is not plainly one of the first 26 columns and 99,999 rows, and one whose tag has a prefix.
_FAR = (re.compile(rb'<c(?! r="[A-Za-z][0-9]{1,5}")(?!ols?[ />])'), re.compile(rb":c[\s/>]"))
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
_LETTERS, _DIGITS = bytes((*range(65, 91), *range(97, 123))), b"0123456789"


@dataclass(slots=True)
class Gauge:
    """Measures a part from its bytes: a parser would take longer than reading the sheet itself."""

    is_strings: bool = False
    is_exact: bool = False
    size: int = 0
    cells: int = 0
    rows: int = 0
    columns: int = 0
    longest: int = 0
    tail: bytes = b""
    has_entities: bool = False
    _carry: bytes = bytes(_OVERLAP)
    _run: int = 0
    _is_after: bool = False

    def add(self, chunk: bytes) -> None:
        """Take the next bytes of the part."""
        self.size += len(chunk)
        text = self._carry + chunk
        self._carry = text[-_OVERLAP:]
        # The declaration of a type stands before everything else, and entities stand in it.
        self.has_entities = self.has_entities or b"<!DOCTYPE" in text
        if self.is_strings:
            self._measure_strings(chunk)
        else:
            self._measure(text)
            self._keep_tail(text, chunk)

    def _measure(self, text: bytes) -> None:
        self.cells += text.count(b"</v>", _OVERLAP) + text.count(b"</is>", _OVERLAP)
        if not self.is_exact and not any(pattern.search(text) for pattern in _FAR):
            self.rows, self.columns = max(self.rows, _NEAR_ROWS), max(self.columns, _NEAR_COLUMNS)
            return
        found = (_ODD_REFERENCES if any(mark in text for mark in _ODD) else _REFERENCES).findall(text)
        columns = {reference.rstrip(_DIGITS) for reference in found}
        self.columns = max([self.columns, *map(column_number, columns)])
        rows = {reference.lstrip(_LETTERS) for reference in found}
        self.rows = max([self.rows, *(int(row[:9]) for row in rows)])

    def _measure_strings(self, chunk: bytes) -> None:
        first, *more = chunk.split(b"si>") if b"si>" in chunk else [chunk]
        self._run += len(first)
        if more:
            self.longest = max(self.longest, self._run, *map(len, more[:-1]))
            self._run = len(more[-1])
        self.longest = max(self.longest, self._run)

    def _keep_tail(self, text: bytes, chunk: bytes) -> None:
        if self._is_after:
            self.tail = (self.tail + chunk)[:_TAIL]
        elif b"sheetData" in text and (
            (at := text.find(b"sheetData>", text.find(b"<sheetData>") + 11)) >= 0 or b"sheetData/>" in text
        ):
            self._is_after = True
            self.tail = text[max(at, 0) :]


def column_number(letters: bytes) -> int:
    """Give the 1-based number of a column.

    >>> column_number(b"XFD")
    16384
    """
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - 64
    return number
