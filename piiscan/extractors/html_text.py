"""HTML: the text of block elements, tables with their headers, attributes, comments, scripts and styles.

Inline tags are joined (`<b>090</b>-0000-0001` is one text), block elements stand apart, each with the short
block before it as hint: it may be its label. A row of `th` gives its table's headers, and is itself scanned;
in a row that mixes them, a `th` heads the cells behind it. Attributes are columns (`tagvalues`).

Limits: text behind an inline tag has a column that does not count the tag, and a line that does not count the
line ends in it.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from piiscan.blocks import SIZE, Blocks, advance
from piiscan.cursor import Cursor
from piiscan.encoding import iter_text
from piiscan.flow import Broken, Flow
from piiscan.opentable import OpenTable, span_of
from piiscan.piece import Segment
from piiscan.tables import Spot, Tables, place_spot
from piiscan.tags import INLINE, TELLING, Lone, Run, Text, iter_markup, read_tag
from piiscan.tagvalues import Values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece, Problem
    from piiscan.tables import Spots
    from piiscan.tags import Raw, Tag
    from piiscan.tagvalues import Value

    #: A tag, its values unless they are still to be read, and whether it stands within text.
    _Known = tuple[Tag, list[Value] | None, bool]

_CELLS = frozenset({"td", "th"})
_PARTS = _CELLS | {"tr", "thead", "tbody", "tfoot", "caption"}
_TERMS = frozenset({"dt", "dd", "dl"})
_LABEL_LENGTH = 40
_LABEL = re.compile(rf"[^\d@]{{1,{_LABEL_LENGTH}}}")
_MOST_KNOWN, _LONGEST_KNOWN = 4096, 200  # tags that are remembered, and the characters of each
#: Plain tags and their values, of all pages: many have the same. None with four digits, an @, or beyond ASCII is kept.
_KNOWN: dict[str, _Known] = {}
_WINDOW = 1 << 18  # bytes that are read at once, and characters that the window on a page grows by
_DEEPEST = 1000  # tables in tables; more share the innermost


def extract_html(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text and tables of `stream`; whatever its tags are, nothing in it is an error."""
    yield from iter_pieces(iter_text(stream, _WINDOW))


def iter_pieces(texts: Iterator[str | Problem], limit: int = SIZE) -> Iterator[Piece]:
    """Yield the pieces of decoded text; a run of more than `limit` characters comes in blocks."""
    cursor = Cursor(texts, _WINDOW)
    page = _Page(cursor, limit)
    for markup in iter_markup(cursor, limit):
        if isinstance(markup, Run):
            page.run(markup)
        elif isinstance(markup, Text):
            page.text(markup.text, markup.at)
        elif isinstance(markup, Lone):
            page.lone(markup)
        else:
            page.raw(markup)
        yield from page.drain()
    page.close()
    yield from page.drain()
    yield from cursor.problems


class _Page:
    """Follows the markup and gathers the pieces that are complete until they are drained."""

    def __init__(self, cursor: Cursor, limit: int) -> None:
        self._cursor, self._limit = cursor, limit
        self._pieces: list[Piece] = []
        self._tables: Tables[Spots] = Tables(place_spot)
        self._values = Values(cursor)
        self._block = self._flow = Flow(limit)
        self._open: list[OpenTable] = []
        self._term = ""
        self._broken = Broken()
        self._blocks: Blocks | None = None

    def run(self, run: Run) -> None:
        """Take plain tags, each with the text behind it, and leave the cursor behind them."""
        at, known, flow = run.at, _KNOWN, self._flow
        for piece in run.pieces:
            source, end, text = piece.partition(">")
            plain = known.get(source) or self._learn(source)
            if plain is None or not end:
                break
            tag, values, is_inline = plain
            if values:
                self._values.add(values, at + tag.shift)
            elif values is None:
                self._take_values(tag, at)
            if is_inline:
                flow.follows = False
            else:
                self._follow(tag, at)
                flow = self._flow
            if flow.spot and "&" not in text:
                if text and (full := flow.add(text, straight=True)):
                    self._pieces += full
            elif text and not text.isspace():
                self.text(text, at + len(source) + 2)
            at += len(piece) + 1
        self._cursor.at = at

    def lone(self, lone: Lone) -> None:
        """Take a tag that was read by itself."""
        self._take_values(lone.tag, lone.at)
        if lone.tag.name in INLINE:
            self._flow.follows = False
        else:
            self._follow(lone.tag, lone.at)

    def _take_values(self, tag: Tag, at: int) -> None:
        """Read and take the attributes of a tag at index `at` of the window."""
        if not tag.is_end and (values := self._values.read(tag.attributes, self._label)):
            self._values.add(values, at + tag.shift)

    def _learn(self, source: str) -> _Known | None:
        """Read a plain tag, and remember it with its values unless they depend on what stands before it."""
        tag = read_tag(source)
        if tag is None:
            return None
        is_read = bool(tag.attributes) and not tag.is_end
        is_field = is_read and "value" in tag.attributes.lower()
        values = None if is_field else self._values.read(tag.attributes, str) if is_read else []
        known = tag, values, tag.name in INLINE
        if is_field:
            return known
        if len(source) <= _LONGEST_KNOWN and source.isascii() and not TELLING.search(source):
            if len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.clear()
            _KNOWN[source] = known
        return known

    def text(self, text: str, at: int) -> None:
        """Take text between tags, references and all."""
        plain = html.unescape(text) if "&" in text else text
        flow = self._flow
        if flow.spot:
            self._pieces += flow.add(plain, straight=plain is text)
        elif stripped := plain.lstrip():
            space = len(plain) - len(stripped)
            if plain is text:
                self._pieces += flow.begin(stripped, Spot(*self._cursor.place(at + space)))
            else:
                place = advance(*self._cursor.place(at), plain[:space])
                self._pieces += flow.begin(stripped, Spot(*place, straight=False))

    def raw(self, raw: Raw) -> None:
        """Take a piece of a raw run."""
        if self._blocks is None:
            self._blocks = Blocks(part=raw.part, line=raw.spot.line, column=raw.spot.column, size=self._limit)
        self._pieces += self._blocks.feed(raw.text)
        if raw.is_last:
            self._pieces += self._blocks.close()
            self._blocks = None

    def close(self) -> None:
        """End all that is open."""
        while self._open:
            self._end_row(self._cursor.at)
            self._open.pop()
        self._end_block()
        self._pieces += self._broken.end()
        self._pieces += self._tables.flush()
        self._pieces += self._values.drain(is_end=True)

    def drain(self) -> Iterator[Piece]:
        """Yield what is complete."""
        yield from self._pieces
        yield from self._values.drain()
        self._pieces.clear()

    def _follow(self, tag: Tag, at: int) -> None:
        """Follow the tag of a block element, or of a part of a table."""
        name = tag.name
        if name == "table" or (self._open and name in _PARTS):
            self._follow_table(tag, at)
        elif self._flow is not self._block:
            self._pieces += self._flow.interrupt("\n")
        else:
            if self._block.spot:
                self._end_block()
            if name in _TERMS:
                self._follow_terms(name, is_end=tag.is_end)

    def _end_block(self) -> None:
        block = self._block
        self._pieces += block.finish()
        text, spot = block.take()
        if text and spot:
            self._pieces += self._broken.join(
                Segment(text, hint=block.hint, first_line=spot.line, first_column=spot.column)
            )
            block.hint = text if _LABEL.fullmatch(text) else ""

    def _follow_terms(self, name: str, *, is_end: bool) -> None:
        """Label each `dd` with the `dt` before it, also the second one."""
        if name == "dt":
            self._term = self._block.hint if is_end else ""
        elif name == "dd" and not is_end:
            self._block.hint = self._term or self._block.hint
        elif name == "dl":
            self._term = ""

    def _label(self) -> str:
        """Give the text that stands before a form field, if it may be its label."""
        text = self._flow.peek(_LABEL_LENGTH) or self._block.hint
        return text if _LABEL.fullmatch(text) else ""

    def _follow_table(self, tag: Tag, at: int) -> None:
        name, is_end = tag.name, tag.is_end
        if name in _CELLS:
            table = self._open[-1]
            self._pieces += table.end_cell(lambda: self._cursor.place(at))
            if not is_end:
                table.begin_cell(is_header=name == "th", span=span_of(tag.attributes))
        elif name == "table" and not is_end:
            self._end_block()
            self._pieces += self._broken.end()
            if len(self._open) < _DEEPEST:
                self._open.append(OpenTable(self._limit))
        elif self._open:
            self._end_row(at)
            if name == "table":
                self._open.pop()
        self._flow = (self._open and self._open[-1].cell) or self._block

    def _end_row(self, at: int) -> None:
        table = self._open[-1]
        self._pieces += table.end_cell(lambda: self._cursor.place(at))
        if row := table.take_row():
            self._pieces += self._tables.add(*row)
