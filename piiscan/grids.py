"""Tables in documents: their rows and cells, with what stands in cells and is no text of theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from piiscan.ooxml import local_name
from piiscan.piece import Segment
from piiscan.runs import Content, plain_text, read_content
from piiscan.tablerows import TableRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from piiscan.piece import Piece
    from piiscan.plain import Rows

_WIDEST_SPAN = 64
_CONTENT = frozenset({"tc", "p", "tbl"})


def iter_table(table: Element | Rows, part: str, page: int | None = None) -> Iterator[Piece]:
    """Yield a table of a document and those in its cells, with cells placed as R1C1, and what stands beside."""
    if isinstance(table, list):
        yield from _iter_blocks(table, part, page)
        return
    rows: Rows = []
    inner: list[Element] = []
    for row in _iter_own(table, "tr"):
        cells: list[str] = []
        for cell in _iter_own(row, "tc"):
            text, span = _read_plain(cell)
            cells += [""] * _count(row, "gridBefore", 0) if not cells else []
            if text is None:
                content = read_content(cell)
                text = content.cell
                inner += content.iter_tables()
                yield from _iter_beside(content, page)
            cells.append(text)
            if span > 1:
                cells += [""] * (span - 1)
        rows.append(cells)
    yield from _iter_blocks(rows, part, page)
    for element in inner:
        yield from iter_table(element, part, page)


def _read_plain(cell: Element) -> tuple[str | None, int]:
    """Give the text of a cell that holds plain paragraphs only, or None, and how many columns it spans."""
    texts: list[str] = []
    span = 1
    for child in cell:
        name = local_name(child.tag) if isinstance(child.tag, str) else ""
        if name == "tcPr":
            # PowerPoint says it in an attribute, and writes the cells that are covered, too
            span = _value(child, "gridSpan", 1)
        elif name != "p" or (text := plain_text(child)) is None:
            return None, _count(cell, "gridSpan", 1)
        else:
            texts.append(text)
    return "\n".join(texts).strip(), 1 if cell.get("gridSpan") else span


def _iter_beside(content: Content, page: int | None) -> Iterator[Piece]:
    boxes = [box.text for paragraph in content.boxes for box in paragraph.boxes]
    if boxes:
        content.asides.append(Segment("\n".join(boxes), part="textbox", first_line=None))
    for aside in content.iter_asides():
        yield replace(aside, page=page)


def _iter_blocks(rows: Rows, part: str, page: int | None) -> Iterator[Piece]:
    table = TableRows(rows, part)
    yield from table.feed(rows, page)
    yield from table.flush()


def _iter_own(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows or cells of a table, also wrapped ones, but not those of tables inside."""
    for child in element:
        if isinstance(child.tag, str):
            if local_name(child.tag) == name:
                yield child
            elif local_name(child.tag) not in {"tbl", "tr", "tc", "p"}:
                yield from _iter_own(child, name)


def _count(element: Element, name: str, otherwise: int) -> int:
    if element.get(name):
        return otherwise
    for properties in element:
        kind = local_name(properties.tag) if isinstance(properties.tag, str) else ""
        if kind in _CONTENT:  # what describes a row or cell stands before what it holds
            break
        if kind.endswith("Pr") and (value := _value(properties, name, -1)) >= 0:
            return value
    return otherwise


def _value(properties: Element, name: str, otherwise: int) -> int:
    for child in properties:
        if isinstance(child.tag, str) and local_name(child.tag) == name:
            value = next((str(text) for key, text in child.attrib.items() if local_name(str(key)) == "val"), "")
            return min(int(value), _WIDEST_SPAN) if value.isascii() and value.isdecimal() else otherwise
    return otherwise
