"""HTML: block elements become segments, tables rows, attributes columns; scripts, styles and comments are text too.

Inline tags are joined, so `<b>090</b>-1234` is one text. The label of a value is its column's or row's `th`, its
`dt`, or the `name` of its input. Tolerant as browsers are: nothing is an error, and what is no markup is text.

Limits: a column behind an inline tag or an entity is that of the joined text. A construct that does not end within
`_LONGEST` characters turns the rest of the file into plain text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

from piiscan.blocks import Blocks, advance
from piiscan.encoding import iter_text
from piiscan.model import Outcome, Problem, Segment
from piiscan.tables import Spot, Tables, place_spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from piiscan.model import Piece

_LONGEST = 1 << 22
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rb rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_CELLS, _RAW = frozenset({"td", "th"}), frozenset({"script", "style"})


@dataclass(slots=True)
class _Cell:
    is_header: bool
    spot: Spot
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts)


@dataclass(slots=True)
class _Grid:
    """A table being read: its header row, the row in hand, and the rows gathered so far."""

    rows: Tables[Sequence[Spot]] = field(default_factory=lambda: Tables(place_spot))
    headers: tuple[str, ...] = ()
    row: list[_Cell] = field(default_factory=list)
    is_begun: bool = False


def extract_html(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield segments and tables of `stream`; undecodable bytes are `PARTIAL`, nothing else is a problem."""
    page = _Page()
    plain: Blocks | None = None
    for text in iter_text(stream):
        if isinstance(text, Problem):
            yield text
        elif plain:
            yield from plain.feed(text)
        else:
            page.feed(text)
            yield from page.drain()
            if len(page.rawdata) > _LONGEST:
                plain = Blocks(line=page.getpos()[0], column=page.getpos()[1] + 1)
                yield Problem(Outcome.PARTIAL, "html")
                yield from plain.feed(page.rawdata)
                page.rawdata = ""
    page.close()
    yield from page.drain()
    if plain:
        yield from plain.close()


class _Page(HTMLParser):
    """Turns tags and text into pieces; `drain` gives those that are complete."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[Piece] = []
        self._attributes: Tables[Sequence[Spot]] = Tables(place_spot)
        self._grids: list[_Grid] = []
        self._block: Blocks | None = None
        self._label: list[str] | None = None
        self._term = ""
        self._raw = ""

    def drain(self) -> Iterator[Piece]:
        yield from self._out
        self._out.clear()

    def close(self) -> None:
        super().close()
        if self.rawdata:  # the parser drops what follows a script tag that is never closed
            self.handle_data(self.rawdata)
            self.rawdata = ""
        while self._grids:
            self._end_table()
        self._end_block()
        self._out.extend(self._attributes.flush())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take_attributes(tag, {key: value for key, value in attrs if value})
        if tag in _INLINE:
            return
        if tag == "br":
            self.handle_data(" ")
            return
        self._end_block()
        self._raw = tag if tag in _RAW else ""
        if tag == "table":
            self._grids.append(_Grid())
        elif tag == "dt":
            self._label = []
        elif self._grids and tag == "tr":
            self._end_row(self._grids[-1])
        elif self._grids and tag in _CELLS:
            self._grids[-1].row.append(_Cell(tag == "th", self._spot(straight=True)))
        elif self._cell:
            self._cell.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            return
        self._end_block()
        self._raw = ""
        if tag == "dt" and self._label is not None:
            self._term, self._label = "".join(self._label), None
        elif tag in {"dd", "dl"}:
            self._term = ""
        elif tag == "tr" and self._grids:
            self._end_row(self._grids[-1])
        elif tag == "table" and self._grids:
            self._end_table()

    def handle_data(self, data: str) -> None:
        cell = self._cell
        if self._label is not None:
            self._label.append(data)
        if cell and not self._raw:
            if not cell.text.strip():
                cell.texts.clear()
                cell.spot, data = self._begin(data)
            cell.texts.append(data)
        elif self._block:
            self._out.extend(self._block.feed(data))
        else:
            spot, data = self._begin(data)
            if data:
                self._block = Blocks(part=self._raw, hint=self._term, line=spot.line, column=spot.column)
                self._out.extend(self._block.feed(data))

    def handle_comment(self, data: str) -> None:
        line, column = self.getpos()
        self._out.append(Segment(data, part="comment", first_line=line, first_column=column + 1 + len("<!--")))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    @property
    def _cell(self) -> _Cell | None:
        return self._grids[-1].row[-1] if self._grids and self._grids[-1].row else None

    def _spot(self, *, straight: bool) -> Spot:
        line, column = self.getpos()
        return Spot(line, column + 1, straight)

    def _begin(self, data: str) -> tuple[Spot, str]:
        """Give the text without the space before it, and where it then begins."""
        stripped = data.lstrip()
        spot = self._spot(straight=True)
        return Spot(*advance(spot.line, spot.column, data[: len(data) - len(stripped)])), stripped

    def _take_attributes(self, tag: str, attributes: dict[str, str]) -> None:
        """Scan every value that a tag carries; an input's value is labelled by its name."""
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        for key, value in attributes.items():
            label = name if key in {"value", "content"} and name else f"{tag}.{key}"
            text = unquote(value) if "%" in value else value
            self._out.extend(self._attributes.add((label,), [text], [self._spot(straight=False)]))

    def _end_block(self) -> None:
        if self._block:
            self._out.extend(self._block.close())
            self._block = None

    def _end_row(self, grid: _Grid) -> None:
        """Close a row: a first row of `th` is the header, a `th` beside `td` the label of what follows it."""
        cells, grid.row = grid.row, []
        if not cells:
            return
        texts, spots = [cell.text.strip() for cell in cells], [cell.spot for cell in cells]
        if all(cell.is_header for cell in cells) and not grid.is_begun:
            grid.headers = tuple(texts)
        elif not grid.headers and cells[0].is_header:
            self._labelled(grid, cells)
            return
        grid.is_begun = True
        self._out.extend(grid.rows.add(grid.headers, texts, spots))

    def _labelled(self, grid: _Grid, cells: list[_Cell]) -> None:
        label = ""
        for cell in cells:
            text = cell.text.strip()
            label = text if cell.is_header else label
            self._out.extend(grid.rows.add((label,), [text], [cell.spot]))

    def _end_table(self) -> None:
        grid = self._grids.pop()
        self._end_row(grid)
        self._out.extend(grid.rows.flush())
