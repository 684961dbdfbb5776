"""One run of text of an RTF document, such as its body or a note: bytes into characters, paragraphs and tables."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.blocks import Blocks
from piiscan.piece import Segment
from piiscan.plausible import plausibility
from piiscan.tablerows import TableRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.piece import Piece

_SURROGATE = re.compile("[\ud800-\udfff]")
_JAPANESE = 0.9


class Flow:
    """Gathers the text of a part. Bytes wait until something else comes, as a character may lie in two groups."""

    def __init__(self, part: str, hint: str = "") -> None:
        self._blocks = Blocks(part=part, hint=hint, line=None)
        self._bytes, self._encoding = bytearray(), ""
        self._texts: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []

    @property
    def part(self) -> str:
        """What people call it."""
        return self._blocks.part

    @part.setter
    def part(self, part: str) -> None:
        self._blocks.part = part

    def add_bytes(self, data: bytes, encoding: str) -> None:
        """Take bytes of a code page; "" where the document does not say."""
        if self._bytes and encoding != self._encoding:
            self._decode()
        self._encoding = encoding
        self._bytes += data

    def add(self, text: str) -> None:
        """Take characters."""
        if self._bytes:
            self._decode()
        self._texts.append(text)

    def end_paragraph(self, *, in_table: bool) -> Iterator[Piece]:
        """Take the end of a paragraph."""
        if in_table:
            self.add("\n")
            return
        yield from self._release_rows()
        yield from self._blocks.feed(f"{self.take()}\n")

    def end_cell(self) -> None:
        """Take the end of a cell."""
        self._cells.append(self.take().strip("\n"))

    def end_row(self) -> None:
        """Take the end of a row."""
        self._rows.append(self._cells)
        self._cells = []

    def close(self) -> Iterator[Piece]:
        """Yield what is left."""
        text = self.take()
        yield from self._release_rows()
        yield from self._blocks.feed(text)
        for piece in self._blocks.close():
            if not isinstance(piece, Segment) or piece.text.strip():
                yield piece

    def take(self) -> str:
        """Give the text since the last paragraph or cell."""
        if self._bytes:
            self._decode()
        text = "".join(self._texts)
        self._texts.clear()
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def _decode(self) -> None:
        data = bytes(self._bytes)
        self._bytes.clear()
        self._texts.append(_decode(data, self._encoding))

    def _release_rows(self) -> Iterator[Piece]:
        if self._cells:  # no row ended behind them
            self.end_row()
        if self._rows:
            rows, self._rows = self._rows, []
            table = TableRows(rows, self.part)
            yield from table.feed(rows)
            yield from table.flush()


def _decode(data: bytes, encoding: str) -> str:
    """Decode bytes in the first of several code pages ("cp932/cp1252") that has them all, or in what they look like."""
    if data.isascii():
        return data.decode("ascii")
    first, *others = filter(None, encoding.split("/")) if encoding else ("",)
    for name in (first, *others):
        with suppress(UnicodeDecodeError, LookupError):
            if name:
                return data.decode(name)
    text = charset.decode(data, "cp932")
    if text is not None and plausibility(text) > _JAPANESE:
        return text
    return data.decode(first if first == "cp932" else "cp1252", "replace")
