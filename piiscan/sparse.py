"""The sparse path: windows of bytes as passages of text, in which detection goes on as it would in the whole text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.blocks import advance_in
from piiscan.lineindex import LineIndex
from piiscan.narrow import is_narrow
from piiscan.piece import Raw, Segment
from piiscan.text import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piiscan.windows import Span, Window


@dataclass(frozen=True, slots=True)
class Passage:
    """Text to be searched. A finding that starts outside of `core` (offsets in `text`) is another block's.

    `regions` are the spans of folded text where each pattern can match, None if all patterns can match anywhere.
    It begins at the byte `start` of what `places` counts the lines of.
    """

    text: str
    folded: Folded
    core: Span
    regions: Mapping[str, list[Span]] | None
    places: Places
    start: int = 0

    def lines(self) -> LineIndex:
        """Give what tells line and column of an offset in the text; asked for in the order of the passages."""
        return LineIndex(self.text, *self.places.place(self.start))


def raw_of(segment: Segment) -> Raw | None:
    """Give a segment as bytes, None if it holds what no encoding has: half of a character outside the BMP."""
    text = segment.text
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return None
    is_ascii = len(data) == len(text)
    lead = segment.lead if is_ascii else len(text[: segment.lead].encode())
    tail = segment.tail if is_ascii or not segment.tail else len(text[-segment.tail :].encode())
    return Raw(
        data,
        "utf-8",
        segment.part,
        segment.hint,
        segment.first_line,
        segment.first_column,
        segment.page,
        lead,
        tail,
    )


def as_segment(raw: Raw) -> Segment:
    """Decode a text."""
    data, end = raw.data, len(raw.data) - raw.tail
    lead, middle, tail = (
        charset.decode_known(part, raw.encoding) for part in (data[: raw.lead], data[raw.lead : end], data[end:])
    )
    return Segment(
        lead + middle + tail,
        raw.part,
        raw.hint,
        raw.first_line,
        raw.first_column,
        raw.page,
        len(lead),
        len(tail),
    )


def read_whole(piece: Segment | Raw) -> Passage:
    """Decode and fold all of a text."""
    segment = as_segment(piece) if isinstance(piece, Raw) else piece
    core = segment.lead, len(segment.text) - segment.tail
    return Passage(segment.text, fold(segment.text), core, None, Places(segment))


def read_window(raw: Raw, window: Window, places: Places) -> Passage:
    """Decode and fold a window of a text."""
    data, encoding = raw.data, raw.encoding
    start, end = (charset.boundary(data, at, encoding) for at in (window.start, window.end))
    held = data[start:end]
    text = charset.decode_known(held, encoding)
    folded = fold(text, is_narrow=encoding == "utf-8" and is_narrow(held, text))
    is_ascii = text.isascii()

    def offset(at: int) -> int:
        """Give the offset in the text of the first character from a byte on."""
        if at <= start:
            return 0
        if at >= end:
            return len(text)
        if is_ascii:
            return at - start
        return len(charset.decode_known(data[start : charset.boundary(data, at, encoding)], encoding))

    regions = {
        name: [(folded.place(offset(first)), folded.place(offset(last))) for first, last in spans]
        for name, spans in window.regions.items()
    }
    core = offset(raw.lead), offset(len(data) - raw.tail) if raw.tail else len(text)
    return Passage(text, folded, core, regions, places, start)


class Places:
    """Lines and columns in the bytes of a text; asked for in rising order, it reads every byte once."""

    def __init__(self, piece: Segment | Raw) -> None:
        self._piece = piece
        self._at = 0
        self._line, self._column = piece.first_line or 1, piece.first_column

    def place(self, at: int) -> tuple[int, int]:
        """Give the place (1-based line and code-point column) of the character at a byte."""
        if isinstance(self._piece, Raw) and at > self._at:
            passed = self._piece.data[self._at : at]
            self._line, self._column = advance_in(self._line, self._column, passed, self._piece.encoding)
            self._at = at
        return self._line, self._column
