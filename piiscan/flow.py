"""A flow of text put together from runs between inline tags, with the place where it begins."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from piiscan.blocks import SIZE, Blocks
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.piece import Segment

_CUT = re.compile(r"\d[-－ー‐−–―]\Z")


class Flow:
    """Gathers text without the white space around it; above `limit` characters it streams.

    `spot` tells where the text begins, if it has; `follows`, whether the next text stands right behind it in the file.
    Its methods give the blocks that are full. They are called for each tag of a page, so nothing here is a generator.
    """

    __slots__ = ("_blocks", "_limit", "_size", "_texts", "follows", "hint", "spot")

    def __init__(self, limit: int = SIZE) -> None:
        self.hint = ""
        self._limit, self._size = limit, 0
        self._texts: list[str] = []
        self.spot: Spot | None = None
        self.follows = True
        self._blocks: Blocks | None = None

    def begin(self, text: str, spot: Spot) -> Iterable[Segment]:
        """Take the first text, without the space before it."""
        self.spot, self.follows = spot, True
        return self._take(text)

    def add(self, text: str, *, straight: bool) -> Iterable[Segment]:
        """Add a run of text to what has begun; `straight` says that the file has the same characters there."""
        spot = self.spot
        if self._blocks:
            return self._blocks.feed(text)
        if spot and spot.straight and not (self.follows and straight):
            self.spot = Spot(spot.line, spot.column, straight=False)
        self.follows = True
        return self._take(text)

    def interrupt(self, separator: str = "") -> Iterable[Segment]:
        """Note that a tag stands here; `separator` takes its place in text that has begun."""
        self.follows = False
        full: Iterable[Segment] = ()
        if separator and self.spot:
            full = self.add(separator, straight=True)
            self.follows = False
        return full

    def peek(self, most: int) -> str:
        """Give the text so far, or "" if it has more than `most` characters."""
        return "".join(self._texts).rstrip() if self._size <= most else ""

    def finish(self) -> Iterable[Segment]:
        """Give the last block of a flow that streams; then `take` gives nothing."""
        if self._blocks is None:
            return ()
        last = list(self._blocks.close())
        self._texts, self._blocks = [], None
        return last

    def take(self) -> tuple[str, Spot | None]:
        """Give the text and where it begins, and start anew."""
        taken = "".join(self._texts).rstrip(), self.spot
        self._texts, self._size, self.spot, self.follows = [], 0, None, True
        return taken

    def _take(self, text: str) -> Iterable[Segment]:
        self._texts.append(text)
        self._size += len(text)
        return self._stream() if self._size > self._limit else ()

    def _stream(self) -> Iterable[Segment]:
        line, column, _ = self.spot or Spot(1, 1)
        self._blocks = Blocks(hint=self.hint, line=line, column=column, size=self._limit)
        text = "".join(self._texts)
        self._texts = []
        return self._blocks.feed(text)


class Broken:
    """Joins two blocks where a number seems to go on: the first one ends in a digit and a hyphen (`4532-<br>0151`)."""

    def __init__(self) -> None:
        self._held: Segment | None = None

    def join(self, block: Segment) -> Iterator[Segment]:
        """Take the next block, and give those that are complete."""
        held, self._held = self._held, None
        if held and block.text[0].isdecimal():
            yield replace(held, text=f"{held.text}\n{block.text}")
            return
        if held:
            yield held
        if _CUT.search(block.text[-2:]):
            self._held = block
        else:
            yield block

    def end(self) -> Iterator[Segment]:
        """Give what nothing goes on with."""
        if self._held:
            yield self._held
        self._held = None
