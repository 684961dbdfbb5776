"""Elements into rows: children that hold only text are cells of their parent, attributes too.

Headers are `parent.child` and `element.attribute`. Where text and elements mix (`<p>090-<b>1</b></p>`), the
text is joined into one segment with the element's name as hint. Joining is bounded: a child of more than
`JOINED` characters stands alone, and the text of an element that outgrows a block streams in blocks. A value in
a row whose element turns out later to be mixed may be given twice, never not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.blocks import SIZE, Blocks, advance
from piiscan.piece import Segment
from piiscan.tables import Spot, Tables, place_spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from piiscan.piece import Piece

JOINED, _WIDEST = 4096, 1000


@dataclass(slots=True)
class _Element:
    name: str
    spot: Spot
    own: Mapping[str, str]
    attributes: dict[str, tuple[str, Spot]] = field(default_factory=dict)
    children: dict[str, tuple[str, Spot]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    size: int = 0
    first: Spot | None = None
    has_text: bool = False
    has_children: bool = False
    is_cut: bool = False
    blocks: Blocks | None = None


class Elements:
    """Follows start, text and end of elements; its methods yield the pieces that are complete."""

    def __init__(self, limit: int = SIZE) -> None:
        self._limit = limit
        self._tables: Tables[Sequence[Spot]] = Tables(place_spot)
        self._open: list[_Element] = []

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def start(self, name: str, attributes: Mapping[str, str], spot: Spot) -> None:
        """Open an element that begins at `spot`."""
        if self._open:
            self._open[-1].has_children = True
        self._open.append(_Element(name.rpartition(":")[2], spot, attributes))

    def text(self, text: str, spot: Spot, *, follows: bool) -> Iterator[Piece]:
        """Take text of the innermost element; `follows` says that it stands right behind the last one."""
        if self._open:
            element = self._open[-1]
            element.has_text = element.has_text or not text.isspace()
            yield from self._join(element, text, spot, follows=follows)

    def end(self) -> Iterator[Piece]:
        """Close the innermost element."""
        element = self._open.pop()
        parent = self._open[-1] if self._open else None
        owner = element if parent is None or element.has_children else parent
        joined = "".join(element.texts).rstrip()
        spot = element.first or element.spot
        is_mixed = element.has_text and element.has_children
        for key, value in element.own.items():
            yield from self._add(owner.attributes, f"{element.name}.{key}", value, element.spot)
        if element.blocks:
            yield from element.blocks.close()
        elif is_mixed or len(joined) > JOINED:
            yield Segment(joined, hint=element.name, first_line=spot.line, first_column=spot.column)
        elif not element.has_children and not (parent and parent.has_text):
            header = f"{owner.name}.{element.name}" if parent else element.name
            yield from self._add(owner.children, header, joined, spot)
        if is_mixed and not element.is_cut and not element.blocks:
            element.children.clear()
        yield from self._release(element.attributes, element.children)
        if parent and joined and len(joined) <= JOINED:
            yield from self._join(parent, joined, spot, follows=False)

    def close(self) -> Iterator[Piece]:
        """Close all that is open, and yield all rows."""
        while self._open:
            yield from self.end()
        yield from self._tables.flush()

    def _join(self, element: _Element, text: str, spot: Spot, *, follows: bool) -> Iterator[Piece]:
        if element.blocks:
            yield from element.blocks.feed(text)
            return
        if element.first is None:
            stripped = text.lstrip()
            if not stripped:
                return
            place = advance(spot.line, spot.column, text[: len(text) - len(stripped)])
            element.first, text = Spot(*place, straight=spot.straight), stripped
        elif not follows:
            element.first = element.first._replace(straight=False)
        element.texts.append(text)
        element.size += len(text)
        if element.size > JOINED and not element.has_text:
            element.texts, element.size, element.first, element.is_cut = [], 0, None, True
        elif element.size > self._limit:
            line, column, _ = element.first
            element.blocks = Blocks(hint=element.name, line=line, column=column, size=self._limit)
            yield from element.blocks.feed("".join(element.texts))
            element.texts = []

    def _add(self, cells: dict[str, tuple[str, Spot]], key: str, text: str, spot: Spot) -> Iterator[Piece]:
        """Put a cell into a row; a second one of the same name is a row of its own, and so makes a column."""
        if key in cells:
            yield from self._tables.add((key,), [text], [spot])
            return
        cells[key] = (text, spot)
        if len(cells) >= _WIDEST:
            yield from self._release(cells)

    def _release(self, *rows: dict[str, tuple[str, Spot]]) -> Iterator[Piece]:
        cells = {key: cell for row in rows for key, cell in row.items()}
        texts, spots = [text for text, _ in cells.values()], [spot for _, spot in cells.values()]
        for row in rows:
            row.clear()
        yield from self._tables.add(tuple(cells), texts, spots)
