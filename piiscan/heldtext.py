"""A text that is read as a whole if it is small enough, and what of it is left when its values are taken out."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from piiscan.blocks import Blocks, advance, iter_segments
from piiscan.encoding import BLOCK, iter_decoded, iter_whole
from piiscan.piece import Problem
from piiscan.rawblocks import iter_raw

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece


class Held:
    """The bytes of a stream up to a limit; `text` is None if there are more of them than `most`."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._rest = iter_whole(stream, BLOCK)
        self._taken: list[tuple[bytes, str]] = []
        #: What is to be told of a text that was read as a whole.
        self.problems: list[Problem] = []
        self.text: str | None = None
        size = 0
        for whole in self._rest:
            self._taken.append(whole)
            size += len(whole[0])
            if size > most:
                return
        pieces = [*iter_decoded(self._taken)]
        self.problems = [piece for piece in pieces if isinstance(piece, Problem)]
        self.text = "".join(piece for piece in pieces if isinstance(piece, str))

    def as_plain(self) -> Iterator[Piece]:
        """Yield all of it as plain text, streaming."""
        yield from iter_raw(chain(self._taken, self._rest))


class Leftovers:
    """The spans of a text that lie between values and may tell something, such as comments."""

    def __init__(self, text: str, telling: re.Pattern[str]) -> None:
        """Take a text, and what a span holds that is worth reading, as a pattern of one character."""
        self._text, self._telling = text, telling
        self._spans: list[tuple[int, int]] = []
        self._next = self._find(0)
        #: Where the last value ended.
        self.end = 0

    def skip(self, start: int, end: int) -> None:
        """Take note of a value, which is read elsewhere; values come in order."""
        if self._next < start:
            self._spans.append((self.end, start))
        self.end = end
        if self._next < end:
            self._next = self._find(end)

    def keep(self, start: int, end: int) -> None:
        """Leave a span as it is, whatever it holds, with what lies before it."""
        before = self.end if self._next < start else start
        if end > before:
            self._spans.append((before, end))
        self.end = max(self.end, end)
        if self._next < self.end:
            self._next = self._find(self.end)

    def segments(self) -> Iterator[Piece]:
        """Yield what is left, at its places: between the spans are as many lines as there were, or spaces."""
        self.skip(len(self._text), len(self._text))
        if self._spans:
            line, column = advance(1, 1, self._text[: self._spans[0][0]])
            yield from iter_segments(self._iter_spans(), Blocks(line=line, column=column))

    def _iter_spans(self) -> Iterator[str]:
        last = self._spans[0][0]
        for start, end in self._spans:
            ends, column = advance(0, 1, self._text[last:start])
            if start > last:
                yield "\n" * ends + " " * (column - 1)
            if end > start:
                yield self._text[start:end]
            last = max(last, end)

    def _find(self, start: int) -> int:
        found = self._telling.search(self._text, start)
        return found.start() if found else len(self._text) + 1
