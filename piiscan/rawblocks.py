"""Running text in overlapping blocks of bytes: what can be searched before it is decoded.

A block whose bytes are not all in the file's encoding, or whose encoding cannot be searched, becomes text, and so do
its neighbours, whose context it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.blocks import OVERLAP, advance, advance_in, count_line_ends
from piiscan.encoding import PROBLEM, repair
from piiscan.lineindex import LINE_END
from piiscan.piece import Raw, Segment
from piiscan.valid import is_valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.piece import Problem

#: Bytes that are decoded faster than the automaton for them is loaded.
_SMALL = 1 << 16
#: Bytes of a file that are read before numpy is loaded to read the rest faster.
_MUCH = 1 << 24
_LINE_END_BYTES = re.compile(rb"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class _Block:
    """A run of whole characters; `text` is None where the bytes serve as they are."""

    data: bytes
    encoding: str
    text: str | None = None
    is_broken: bool = False

    def decoded(self) -> str:
        """Give its characters."""
        return charset.decode_known(self.data, self.encoding) if self.text is None else self.text


_NONE = _Block(b"", "utf-8")


def iter_raw(wholes: Iterable[tuple[bytes, str]], overlap: int = OVERLAP) -> Iterator[Raw | Segment | Problem]:
    """Yield each run of whole characters with up to `overlap` bytes (or characters) of its neighbours as context.

    What is not in its encoding is repaired, and PROBLEM tells it, once. Places are those of the file. Runs must not
    end between CR and LF.
    """
    before, current, is_told = _NONE, _NONE, False
    line = _Line()
    for after in chain((_block(*whole) for whole in wholes), [_NONE]):
        line.pass_over(before)
        if current is not _NONE:
            encoding = _searchable(before, current, after)
            if encoding:
                yield _raw(before, current, after, encoding, line.place, overlap)
            else:
                yield _segment(before, current, after, line.place, overlap)
            if current.is_broken and not is_told:
                yield PROBLEM
                is_told = True
        before, current = current, after


def _block(data: bytes, encoding: str) -> _Block:
    is_searchable = encoding in charset.SEARCHABLE
    if is_searchable and (len(data) > _SMALL or data.isascii()) and is_valid(data, encoding):
        return _Block(data, encoding)
    text = charset.decode(data, encoding)
    if text is None:
        return _Block(data, encoding, text=repair(data, encoding), is_broken=True)
    return _Block(data, encoding, text=None if is_searchable else text)


def _searchable(*blocks: _Block) -> str | None:
    """Name the one encoding in which all blocks can be searched, if there is one."""
    if any(block.text is not None for block in blocks):
        return None
    encodings = {block.encoding for block in blocks if not block.data.isascii()}
    return next(iter(encodings), "utf-8") if len(encodings) < 2 else None  # noqa: PLR2004


def _raw(before: _Block, current: _Block, after: _Block, encoding: str, place: tuple[int, int], overlap: int) -> Raw:
    line, column = place
    if before is after is _NONE:  # as in most files
        return Raw(current.data, encoding, first_line=line, first_column=column)
    start = max(len(before.data) - overlap, 0)
    line_end = _LINE_END_BYTES.search(before.data, start)
    lead = before.data[line_end.end() if line_end else charset.boundary(before.data, start, encoding) :]
    tail = after.data[: charset.boundary(after.data, min(overlap, len(after.data)), encoding)]
    return Raw(
        b"".join((lead, current.data, tail)),
        encoding,
        first_line=line - count_line_ends(lead),
        first_column=1 if line_end else column - len(charset.decode_known(lead, encoding)),
        lead=len(lead),
        tail=len(tail),
    )


def _segment(before: _Block, current: _Block, after: _Block, place: tuple[int, int], overlap: int) -> Segment:
    text = before.decoded()
    start = max(len(text) - overlap, 0)
    line_end = LINE_END.search(text, start)
    lead, tail = text[line_end.end() if line_end else start :], after.decoded()[:overlap]
    line, column = place
    return Segment(
        lead + current.decoded() + tail,
        first_line=line - len(LINE_END.findall(lead)),
        first_column=1 if line_end else column - len(lead),
        lead=len(lead),
        tail=len(tail),
    )


class _Line:
    """Where the next block begins."""

    def __init__(self) -> None:
        self.place = 1, 1
        self._passed = 0

    def pass_over(self, block: _Block) -> None:
        """Go to the end of a block."""
        if not block.data:
            return
        if block.text is not None:
            self.place = advance(*self.place, block.text)
            return
        self._passed += len(block.data)
        if self._passed > _MUCH:
            from piiscan import fastbytes  # noqa: F401, PLC0415 - from now on it serves whoever looks for it

        self.place = advance_in(*self.place, block.data, block.encoding)
