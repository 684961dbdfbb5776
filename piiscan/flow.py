"""A flow of text put together from runs between inline tags, with the place where it begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.blocks import SIZE, Blocks, advance
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.model import Segment


@dataclass(slots=True)
class Flow:
    """Gathers text without the white space around it; above `limit` characters it streams."""

    limit: int = SIZE
    hint: str = ""
    _texts: list[str] = field(default_factory=list, init=False)
    _size: int = field(default=0, init=False)
    _spot: Spot | None = field(default=None, init=False)
    _follows: bool = field(default=True, init=False)
    _blocks: Blocks | None = field(default=None, init=False)

    def add(self, text: str, spot: Spot) -> Iterator[Segment]:
        """Add a run of text that begins at `spot`; yield the blocks that are full."""
        if self._blocks:
            yield from self._blocks.feed(text)
            return
        if self._spot is None:
            stripped = text.lstrip()
            if not stripped:
                return
            place = advance(spot.line, spot.column, text[: len(text) - len(stripped)])
            self._spot, text = Spot(*place, straight=spot.straight), stripped
        elif self._spot.straight and not (self._follows and spot.straight):
            self._spot = self._spot._replace(straight=False)
        self._follows = True
        self._texts.append(text)
        self._size += len(text)
        if self._size > self.limit:
            self._blocks = Blocks(hint=self.hint, line=self._spot.line, column=self._spot.column, size=self.limit)
            yield from self._blocks.feed("".join(self._texts))

    def interrupt(self, separator: str = "") -> Iterator[Segment]:
        """Note that a tag stands here; `separator` takes its place in text that has begun."""
        self._follows = False
        if self._spot is not None and separator:
            yield from self.add(separator, self._spot)
            self._follows = False

    def peek(self, most: int) -> str:
        """Give the text so far, or "" if it has more than `most` characters."""
        return "".join(self._texts).rstrip() if self._size <= most else ""

    def finish(self) -> Iterator[Segment]:
        """Yield the last block of a flow that streams; then `take` gives nothing."""
        if self._blocks:
            yield from self._blocks.close()
            self._texts, self._blocks = [], None

    def take(self, fallback: Spot) -> tuple[str, Spot]:
        """Give the text and where it begins (`fallback` where there is none), and start anew."""
        taken = "".join(self._texts).rstrip(), self._spot or fallback
        self._texts, self._size, self._spot, self._follows = [], 0, None, True
        return taken
