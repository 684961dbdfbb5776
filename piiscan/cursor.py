"""A window on streaming text that knows where it stands: what the readers of JSON and HTML move through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.blocks import advance
from piiscan.piece import Problem
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Cursor:
    """`text` is the window, `at` the index in it; lines are counted only when a spot is asked for."""

    pieces: Iterator[str | Problem]
    text: str = ""
    at: int = 0
    problems: list[Problem] = field(default_factory=list)
    _counted: int = field(default=0, init=False)
    _line: int = field(default=1, init=False)
    _column: int = field(default=1, init=False)

    def grow(self) -> bool:
        """Drop what lies before `at` and add the next piece to the window; False at the end of the text."""
        for piece in self.pieces:
            if isinstance(piece, Problem):
                self.problems.append(piece)
            elif piece:
                self.spot()
                self.text = self.text[self.at :] + piece
                self.at = self._counted = 0
                return True
        return False

    def move(self, index: int) -> str:
        """Go on to `index` in the window, and give the text passed over."""
        passed = self.text[self.at : index]
        self.at = index
        return passed

    def spot(self, *, straight: bool = True) -> Spot:
        """Tell where the cursor is. It must not have been moved back behind the last spot."""
        passed = self.text[self._counted : self.at]
        self._line, self._column = advance(self._line, self._column, passed)
        self._counted = self.at
        return Spot(self._line, self._column, straight)
