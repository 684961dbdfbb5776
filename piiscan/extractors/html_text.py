"""HTML: the text of block elements, tables with their headers, attributes, comments, scripts and styles.

Inline tags are joined (`<b>090</b>-0000-0001` is one text), block elements stand apart, each with the short
block before it as hint: it may be its label. A row of `th` gives its table's headers, and is itself scanned;
in a row that mixes them, a `th` heads the cells behind it. Attribute values are rows under `tag.name`,
`value` and `content` under the name of their field.

Limits: text behind an inline tag has a column that does not count the tag, and a line that does not count the
line ends in it; row and column spans are not followed; a header row made of `td` is taken for values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from piiscan.blocks import SIZE, Blocks
from piiscan.cursor import Cursor
from piiscan.encoding import iter_text
from piiscan.flow import Flow
from piiscan.model import Segment
from piiscan.tables import Spot, Tables, place_spot
from piiscan.tags import Raw, Tag, Text, iter_attributes, iter_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from piiscan.model import Piece, Problem

# fmt: off
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data",
    "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "nobr", "q",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
})
# fmt: on
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr", "thead", "tbody", "tfoot", "caption"})
_NAMING = {"value": ("name", "id"), "content": ("name", "property", "itemprop")}
_LABEL_LENGTH = 40
_LABEL = re.compile(rf"[^\d@]{{1,{_LABEL_LENGTH}}}")
_DEEPEST = 1000  # tables in tables; more share the innermost


@dataclass(slots=True)
class _OpenTable:
    headers: tuple[str, ...] = ()
    row: list[tuple[str, Spot, bool]] = field(default_factory=list)
    cell: Flow | None = None
    is_header: bool = False


def extract_html(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text and tables of `stream`; whatever its tags are, nothing in it is an error."""
    yield from iter_pieces(iter_text(stream))


def iter_pieces(texts: Iterator[str | Problem], limit: int = SIZE) -> Iterator[Piece]:
    """Yield the pieces of decoded text; a run of more than `limit` characters comes in blocks."""
    cursor = Cursor(texts)
    page = _Page(limit)
    for markup in iter_markup(cursor, limit):
        if isinstance(markup, Text):
            yield from page.text(markup)
        elif isinstance(markup, Tag):
            yield from page.tag(markup)
        else:
            yield from page.raw(markup)
    yield from page.close(cursor.spot())
    yield from cursor.problems


class _Page:
    """Follows the markup and yields what is complete."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows: Tables[Sequence[Spot]] = Tables(place_spot)
        self._block = Flow(limit)
        self._open: list[_OpenTable] = []
        self._term = ""
        self._run: Blocks | None = None

    def text(self, text: Text) -> Iterator[Piece]:
        yield from self._flow().add(text.text, text.spot)

    def raw(self, raw: Raw) -> Iterator[Piece]:
        if self._run is None:
            self._run = Blocks(part=raw.part, line=raw.spot.line, column=raw.spot.column, size=self._limit)
        yield from self._run.feed(raw.text)
        if raw.is_last:
            yield from self._run.close()
            self._run = None

    def tag(self, tag: Tag) -> Iterator[Piece]:
        if tag.values and not tag.is_end:
            yield from self._add_attributes(tag)
        if tag.name in _INLINE:
            yield from self._flow().interrupt()
        elif tag.name == "table" or (self._open and tag.name in _CELLS | _ROWS):
            yield from self._follow_table(tag)
        elif self._open and self._open[-1].cell:
            yield from self._open[-1].cell.interrupt("\n")
        else:
            yield from self._end_block(tag.spot)
            self._follow_terms(tag)

    def close(self, spot: Spot) -> Iterator[Piece]:
        while self._open:
            yield from self._end_row(spot)
            self._open.pop()
        yield from self._end_block(spot)
        yield from self._rows.flush()

    def _flow(self) -> Flow:
        return (self._open and self._open[-1].cell) or self._block

    def _end_block(self, spot: Spot) -> Iterator[Piece]:
        yield from self._block.finish()
        hint = self._block.hint
        text, spot = self._block.take(spot)
        if text:
            yield Segment(text, hint=hint, first_line=spot.line, first_column=spot.column)
            self._block.hint = text if _LABEL.fullmatch(text) else ""

    def _follow_terms(self, tag: Tag) -> None:
        """Label each `dd` with the `dt` before it, also the second one."""
        if tag.name == "dt":
            self._term = self._block.hint if tag.is_end else ""
        elif tag.name == "dd" and not tag.is_end:
            self._block.hint = self._term or self._block.hint
        elif tag.name == "dl":
            self._term = ""

    def _add_attributes(self, tag: Tag) -> Iterator[Piece]:
        attributes = list(iter_attributes(tag))
        named = {attribute.name: attribute.value for attribute in attributes}
        for name, value, spot in attributes:
            names = [named[key] for key in _NAMING.get(name, ()) if key in named][:1]
            label = self._label() if name == "value" else ""
            header = " ".join(filter(None, (label, *names))) or f"{tag.name}.{name}"
            if value:
                plain = unquote(value) if "%" in value else value
                place = Spot(spot.line, spot.column, straight=spot.straight and plain == value)
                yield from self._rows.add((header,), [plain], [place])

    def _label(self) -> str:
        """Give the text that stands before a form field, if it may be its label."""
        text = self._flow().peek(_LABEL_LENGTH) or self._block.hint
        return text if _LABEL.fullmatch(text) else ""

    def _follow_table(self, tag: Tag) -> Iterator[Piece]:
        if tag.name == "table" and not tag.is_end:
            yield from self._end_block(tag.spot)
            if len(self._open) < _DEEPEST:
                self._open.append(_OpenTable())
        elif tag.name in _CELLS:
            yield from self._end_cell(tag.spot)
            if not tag.is_end:
                self._open[-1].cell = Flow(self._limit)
                self._open[-1].is_header = tag.name == "th"
        elif self._open:
            yield from self._end_row(tag.spot)
            if tag.name == "table":
                self._open.pop()

    def _end_cell(self, spot: Spot) -> Iterator[Piece]:
        table = self._open[-1]
        if table.cell:
            yield from table.cell.finish()
            table.row.append((*table.cell.take(spot), table.is_header))
            table.cell = None

    def _end_row(self, spot: Spot) -> Iterator[Piece]:
        yield from self._end_cell(spot)
        table = self._open[-1]
        row, table.row = table.row, []
        texts, spots = [text for text, _, _ in row], [spot for _, spot, _ in row]
        headers = table.headers or _headers_within(row)
        if row and all(is_header for _, _, is_header in row):
            headers, table.headers = (), tuple(texts)
        yield from self._rows.add(headers, texts, spots)


def _headers_within(row: list[tuple[str, Spot, bool]]) -> tuple[str, ...]:
    """Give each cell the header cell before it in its row; nothing where the row has none."""
    headers, last = [], ""
    for text, _, is_header in row:
        headers.append("" if is_header else last)
        last = text if is_header else last
    return tuple(headers) if any(headers) else ()
