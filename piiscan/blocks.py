"""Running text in overlapping blocks with exact places: how large text streams in bounded memory.

Lines are counted as text editors do: LF, CR LF and CR end a line; form feeds and U+2028 do not.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.piece import Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Characters of a block that are its own, and those it shares with each neighbour for context.
SIZE, OVERLAP = 1 << 20, 4096


def advance(line: int, column: int, text: str) -> tuple[int, int]:
    """Give the place (1-based line and code-point column) after `text`, when it begins at the given one."""
    if "\n" not in text and "\r" not in text:
        return line, column + len(text)
    last = max(text.rfind("\n"), text.rfind("\r"))
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    return line + ends, len(text) - last


def _count_line_feeds(data: bytes) -> int:
    """Count the line feeds, in the faster way if some large file has loaded it."""
    fast = sys.modules.get("piiscan.fastbytes")
    return fast.count_line_feeds(data) if fast else data.count(b"\n")


def count_line_ends(data: bytes) -> int:
    """Count the line ends in bytes of UTF-8, CP932 or EUC-JP."""
    ends = _count_line_feeds(data)
    return ends + data.count(b"\r") - data.count(b"\r\n") if b"\r" in data else ends


def advance_in(line: int, column: int, data: bytes, encoding: str) -> tuple[int, int]:
    """Give the place after bytes of UTF-8, CP932 or EUC-JP (whole characters), in all of which line ends are bytes."""
    feed = data.rfind(b"\n")
    last = max(feed, data.rfind(b"\r", feed + 1))
    if last < 0:
        return line, column + len(charset.decode_known(data, encoding))
    return line + count_line_ends(data), 1 + len(charset.decode_known(data[last + 1 :], encoding))


def split_lines(text: str) -> list[str]:
    """Split `text` after each line end; `str.splitlines` would also split at form feeds and the like."""
    return list(io.StringIO(text, newline=""))


def end_step(text: str, start: int, step: int) -> int:
    """Give the end of a step of about `step` characters from `start`, not between CR and LF."""
    end = min(start + step, len(text))
    return end + (text[end - 1 : end + 1] == "\r\n")


@dataclass(slots=True)
class Blocks:
    """Cuts text fed piecewise into segments, each with `overlap` characters of both neighbours.

    A block is cut after a line where there is one, else anywhere: one endless line streams too. `line` is
    None where places would not be those of the file. Pieces must not end between CR and LF.
    """

    part: str = ""
    hint: str = ""
    line: int | None = 1
    column: int = 1
    size: int = SIZE
    overlap: int = OVERLAP
    page: int | None = None
    _text: str = field(default="", init=False)
    _fed: list[str] = field(default_factory=list, init=False)
    _waiting: int = field(default=0, init=False)
    _lead: int = field(default=0, init=False)

    def feed(self, text: str) -> Iterator[Segment]:
        """Take more text; yield the blocks that are full."""
        self._fed.append(text)
        self._waiting += len(text)
        # Joined only when full: many small pieces would each copy all that came before.
        if len(self._text) + self._waiting <= self._lead + self.size + self.overlap:
            return
        self._join()
        start = 0
        while len(self._text) - start - self._lead > self.size + self.overlap:
            core = start + self._lead
            cut = self._find_cut(core)
            yield self._segment(start, min(cut + self.overlap, len(self._text)), cut)
            following = max(start, cut - self.overlap)
            following -= self._splits_line_end(following)
            self._move(self._text[start:following])
            start, self._lead = following, cut - following
        self._text = self._text[start:]

    def close(self) -> Iterator[Segment]:
        """Yield the rest, if any; the text has ended."""
        self._join()
        if len(self._text) > self._lead:
            yield self._segment(0, len(self._text), len(self._text))

    def _join(self) -> None:
        self._text = "".join((self._text, *self._fed))
        self._fed.clear()
        self._waiting = 0

    def _find_cut(self, core: int) -> int:
        last = core + self.size
        line_end = self._text.rfind("\n", core, last) + 1
        return line_end or last + self._splits_line_end(last)

    def _splits_line_end(self, index: int) -> bool:
        return self._text[max(index - 1, 0) : index + 1] == "\r\n"

    def _segment(self, start: int, end: int, cut: int) -> Segment:
        text = self._text[start:end]
        return Segment(text, self.part, self.hint, self.line, self.column, self.page, self._lead, end - cut)

    def _move(self, text: str) -> None:
        if self.line is not None:
            self.line, self.column = advance(self.line, self.column, text)


def iter_segments(pieces: Iterable[str | Problem], blocks: Blocks | None = None) -> Iterator[Segment | Problem]:
    """Cut the text of `pieces` into overlapping segments as `blocks` says; problems pass through."""
    blocks = blocks or Blocks()
    for piece in pieces:
        if isinstance(piece, Problem):
            yield piece
        else:
            yield from blocks.feed(piece)
    yield from blocks.close()
