"""Whether rows of a sheet say where they are, one after the other, and their cells stand in them: then it can be cut.

Rows are read, which are few. Of cells it is told by one search that none says it is elsewhere, as far as the first two
digits of row numbers go; to read every reference takes as long as reading the sheet.
"""

from __future__ import annotations

import re
from operator import lt

#: What rows stand behind.
ROWS = b"<sheetData>"
#: How a sheet begins that can be put together anew: with no instruction but that which declares XML.
_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml\s[^<>]*\?>)?\s*<worksheet[\s>]")
#: What a comment, a text as it is or an instruction begins with, in which rows would be none.
_HIDING, _INSTRUCTION = b"<!", b"<?"
_ROW = re.compile(rb'<row(?: r="([0-9]{1,7})")?(?=[\s/>])')
_ROUNDED = 2


class RowOrder:
    """Takes the bytes of a sheet as they are unpacked."""

    def __init__(self) -> None:
        self.is_kept = True
        self._first = self._last = 0
        self._is_begun = False

    def note(self, text: bytes, end: int) -> None:
        """Take the next bytes, in which all tags before `end` are whole."""
        found = _ROW.findall(text, 0, end)
        numbers = [self._last, *map(int, filter(None, found))]
        hides = holds(text, b"!", _HIDING) or (b"?" in text and text.rfind(_INSTRUCTION) > self._prolog)
        is_sound = not hides and b"" not in found and (self._is_begun or bool(_BEGIN.match(text) and ROWS in text))
        self.is_kept = self.is_kept and is_sound and all(map(lt, numbers, numbers[1:]))
        self._first = self._last or min(numbers[1:], default=1)
        self._last, self._is_begun = numbers[-1], True

    @property
    def _prolog(self) -> int:
        """Where the last instruction may stand: that which declares XML, behind the mark of an encoding."""
        return -1 if self._is_begun else 3

    def numbers(self) -> bytes:
        """Give the pattern of the numbers that cells of these bytes have."""
        return numbers_between(self._first, max(self._last, self._first))


def holds(text: bytes, rare: bytes, mark: bytes) -> bool:
    """Tell whether a text holds a mark: first by its rare character, and then from behind, each of which is faster."""
    return rare in text and text.rfind(mark) >= 0


def numbers_between(first: int, last: int) -> bytes:
    """Give a pattern of the numbers between two, and of others that share two digits with one of these.

    >>> numbers_between(12345, 13999), numbers_between(980, 2100)
    (b'(?:1[2-3][0-9]{3})', b'(?:9[8-9][0-9]{1}|1[0-9][0-9]{2}|2[0-1][0-9]{2})')
    """
    low, high = str(first), str(last)
    parts = []
    for length in range(len(low), len(high) + 1):
        least = int(low[:_ROUNDED]) if length == len(low) else 10 ** (min(length, _ROUNDED) - 1)
        most = int(high[:_ROUNDED]) if length == len(high) else 10 ** min(length, _ROUNDED) - 1
        parts.append(_leading(least, most, length))
    return b"(?:" + b"|".join(parts) + b")"


def _leading(least: int, most: int, length: int) -> bytes:
    if length == 1:
        return b"[%d-%d]" % (least, most)
    rest = b"[0-9]{%d}" % (length - _ROUNDED) if length > _ROUNDED else b""
    tens = range(least // 10, most // 10 + 1)
    return b"|".join(
        b"%d[%d-%d]" % (ten, least % 10 if ten == tens[0] else 0, most % 10 if ten == tens[-1] else 9) + rest
        for ten in tens
    )
