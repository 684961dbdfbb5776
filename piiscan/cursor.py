"""A window on streaming text that knows where it stands: what the readers of JSON and HTML move through."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from piiscan.blocks import SIZE, end_step
from piiscan.lineindex import LINE_END
from piiscan.piece import Problem
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator


_none = partial(array, "q")


@dataclass(slots=True)
class Cursor:
    """`text` is the window, `line` its first line, `at` an index in it, `step` the least it grows by."""

    pieces: Iterator[str | Problem]
    step: int = SIZE
    text: str = ""
    at: int = 0
    problems: list[Problem] = field(default_factory=list)
    _ahead: str = field(default="", init=False)
    _taken: int = field(default=0, init=False)
    _starts: array[int] = field(default_factory=_none, init=False)
    line: int = field(default=1, init=False)
    _column: int = field(default=1, init=False)

    def grow(self) -> bool:
        """Drop what lies before `at` and add some of the next text to the window; False at the end of the text."""
        if self._taken == len(self._ahead):
            self._ahead, self._taken = self._read(), 0
            if not self._ahead:
                return False
        # At least as much as there is: what is longer than a step, and read anew with each, costs no more than twice.
        end = end_step(self._ahead, self._taken, max(self.step, len(self.text) - self.at))
        self.line, self._column = self.place(self.at) if self.at else (self.line, self._column)
        self.text = self.text[self.at :] + self._ahead[self._taken : end]
        self.at, self._taken, self._starts = 0, end, _none()
        return True

    def move(self, index: int) -> str:
        """Go on to `index` in the window, and give the text passed over."""
        passed = self.text[self.at : index]
        self.at = index
        return passed

    def _read(self) -> str:
        for piece in self.pieces:
            if isinstance(piece, Problem):
                self.problems.append(piece)
            elif piece:
                return piece
        return ""

    def spot(self, *, straight: bool = True) -> Spot:
        """Tell where the cursor is."""
        return Spot(*self.place(self.at), straight)

    def place(self, index: int) -> tuple[int, int]:
        """Give the line and column of an index in the window."""
        starts = self.starts()
        number = bisect_right(starts, index) - 1
        return self.line + number, index - starts[number] + 1

    def starts(self) -> array[int]:
        """Give the index in the window where each line starts; the first may start before the window."""
        if not self._starts:
            self._starts = array("q", (1 - self._column,))
            self._starts.extend(match.end() for match in LINE_END.finditer(self.text))
        return self._starts
