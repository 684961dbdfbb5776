"""Lines and columns of places in a text, counted as editors do."""

from __future__ import annotations

import re
from bisect import bisect_right

LINE_END = re.compile("\r\n?|\n")


class LineIndex:
    """Lines and columns of offsets in one text, counted as editors do: LF, CR LF and a lone CR end a line."""

    def __init__(self, text: str, first_line: int = 1, first_column: int = 1) -> None:
        self._starts = [0, *(match.end() for match in LINE_END.finditer(text))]
        self._first_line, self._first_column = first_line, first_column

    def place(self, offset: int) -> tuple[int, int]:
        """Give the 1-based line and column (code points) of an offset in the text."""
        index = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[index] + (self._first_column if index == 0 else 1)
        return self._first_line + index, column
