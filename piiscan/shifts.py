"""Where the characters of a folded text stood in the original, told by runs and not one by one."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Shifts(NamedTuple):
    """Where the characters of a folded text stood: those from `folded[i]` on, in a row from `original[i]` on."""

    folded: list[int]
    original: list[int]

    def before(self, place: int) -> int:
        """Give the place in the original of a character of the folded text."""
        at = bisect_right(self.folded, place) - 1
        return self.original[at] + place - self.folded[at]

    def after(self, place: int, size: int) -> int:
        """Give the first character of the folded text (of this size) that stood at a place or behind it."""
        at = bisect_right(self.original, place) - 1
        if at < 0:
            return 0
        last = self.folded[at + 1] if at + 1 < len(self.folded) else size
        return min(self.folded[at] + place - self.original[at], last)
