"""The XML of an OpenDocument file as pieces: text, tables, sheets, slides, and whatever is in none of those."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from piiscan.blocks import Blocks
from piiscan.gauge import column_letters
from piiscan.odfruns import (
    Content,
    cell_text,
    count_repeats,
    iter_told,
    open_binary,
    plain_cell,
    read_content,
    read_paragraphs,
)
from piiscan.ooxml import is_named, iter_blocks, iter_outside, local_name
from piiscan.piece import Place, Problem, Segment
from piiscan.sheettables import iter_tables
from piiscan.tablerows import TableRows
from piiscan.tables import Tables
from piiscan.workbook import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from piiscan.piece import Piece

_BLOCKS = frozenset({"p", "h", "table-row"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
#: Elements around a paragraph that say what it is; the first of these that there is.
_AROUND = {
    "notes": "notes",
    "annotation": "comments",
    "deletion": "deleted",
    **dict.fromkeys("header header-left header-first".split(), "header"),
    **dict.fromkeys("footer footer-left footer-first".split(), "footer"),
    "page": "slide",
    "master-page": "master",
    "handout-master": "master",
    "shapes": "textbox",
    "text-box": "textbox",
    "frame": "textbox",
}
#: Cells and rows that are repeated more often come once: such a row is a format, or a bomb.
_MOST_REPEATS = 64


@dataclass(slots=True)
class OdfText:
    """Reads one part. `is_sheet`: its tables are sheets, whose cells have letters."""

    part: str = "body"
    is_sheet: bool = False
    blocks: Blocks = field(default_factory=lambda: Blocks(line=None))
    page: int | None = None
    last_page: Element | None = None
    number: int = 0

    def iter_pieces(self, data: bytes) -> Iterator[Piece]:
        """Yield the text of a part's XML."""
        root: Element | None = None
        for table, group in groupby(iter_blocks(data, _BLOCKS), _table_of):
            if table is not None:
                yield from self._iter_table(table, group)
                continue
            for block in group:
                if isinstance(block, Problem):
                    yield block
                elif not is_named(block, _BLOCKS):
                    root = block
                else:
                    yield from self._iter_paragraph(block)
        yield from self._close()
        if root is not None:
            yield from self._iter_rest(root)

    def _iter_paragraph(self, block: Element) -> Iterator[Piece]:
        part, page = self._place(block)
        if (part, page) != (self.blocks.part, self.page):
            yield from self._close()
            self.blocks, self.page = Blocks(part=part, line=None), page
        content = read_content(block)
        for segment in self.blocks.feed(f"{content.text}\n"):
            yield replace(segment, page=page)
        yield from _iter_beside(content, part, page)

    def _close(self) -> Iterator[Piece]:
        for segment in self.blocks.close():
            if segment.text.strip():
                yield replace(segment, page=self.page)
        self.blocks = Blocks(line=None)

    def _place(self, block: Element) -> tuple[str, int | None]:
        """Give the part and the slide that a block stands in."""
        around = {local_name(up.tag): up for up in block.iterancestors()}
        part = next((part for name, part in _AROUND.items() if name in around), self.part)
        page = around.get("page")
        return part, self._number(page) if page is not None else None

    def _number(self, page: Element) -> int:
        """Count slides on from the last one that had text."""
        if self.last_page is None:
            self.number = 1 + sum(1 for _ in page.itersiblings("{*}page", preceding=True))
        elif page is not self.last_page:
            for following in self.last_page.itersiblings("{*}page"):
                self.number += 1
                if following is page:
                    break
        self.last_page = page
        return self.number

    def _iter_table(self, table: Element, group: Iterator[Element | Problem]) -> Iterator[Piece]:
        first = next(group)
        if isinstance(first, Problem):
            return
        if self.is_sheet and local_name(getattr(table.getparent(), "tag", "")) == "spreadsheet":
            name = dict(iter_told(table)).get("", "")
            yield Segment(name, part=name, hint="sheet", first_line=None)
            sheet = _Sheet(name)
            yield from iter_tables(sheet.iter_rows(first, group), name)
            yield from sheet.iter_beside()
            return
        part, page = self._place(first)
        yield from self._close()
        rows, content = list[list[str]](), Content()
        for row in (first, *group):
            if not isinstance(row, Problem):
                rows += [_read_row(row, content)] * min(count_repeats(row, "rows"), _MOST_REPEATS)
        yield from _iter_rows(rows, part, page)
        yield from _iter_beside(content, part, page)

    def _iter_rest(self, root: Element) -> Iterator[Piece]:
        """Yield what stands outside of all paragraphs and rows: values of elements, attributes; each once."""
        seen = set[tuple[str, str]]()
        part = "other" if self.part in {"body", "master"} else self.part
        for element, tail in iter_outside(root, _BLOCKS):
            texts = [("", tail)] if tail.strip() else []
            if element is not None and isinstance(element.tag, str):
                name = local_name(element.tag)
                if name == "binary-data":
                    yield from filter(None, [open_binary(element.text)])
                    continue
                if element.text and element.text.strip():
                    given = next((str(text) for key, text in element.items() if local_name(str(key)) == "name"), name)
                    texts.append((given, element.text))
                texts += iter_told(element)
            for hint, text in texts:
                if (hint, text) not in seen:
                    seen.add((hint, text))
                    yield Segment(text.strip(), part=part, hint=hint, first_line=None)


@dataclass(slots=True)
class _Sheet:
    """Reads the rows of a sheet; comments are placed at their cells when all rows are read."""

    name: str
    content: Content = field(default_factory=Content)
    comments: list[tuple[str, str]] = field(default_factory=list)

    def iter_rows(self, first: Element, group: Iterator[Element | Problem]) -> Iterator[Row | Problem]:
        number = 1
        row: Element | Problem | None = first
        while row is not None:
            if isinstance(row, Problem):
                yield row
            else:
                repeats = count_repeats(row, "rows")
                columns, cells = self._read(row, number)
                if cells:
                    for again in range(repeats if repeats <= _MOST_REPEATS else 1):
                        yield Row(number + again, columns, [*cells])
                number += repeats
            row = next(group, None)

    def iter_beside(self) -> Iterator[Piece]:
        tables: Tables[str] = Tables(lambda cell, *_: Place(cell=cell), part=self.name)
        for cell, text in self.comments:
            yield from tables.add((), (text,), cell)
        yield from tables.flush()
        yield from _iter_beside(self.content, self.name, None)

    def _read(self, row: Element, number: int) -> tuple[tuple[int, ...], list[str]]:
        columns, cells = list[int](), list[str]()
        column = 1
        for cell in row:
            if not is_named(cell, _CELLS):
                continue
            repeats = count_repeats(cell, "columns")
            shown = plain_cell(cell)
            if shown is None:
                shown = read_paragraphs(cell, self.content)
                place = f"{column_letters(column)}{number}"
                self.comments += [(place, comment) for comment in self.content.comments]
                self.content.comments.clear()
            text = cell_text(cell, shown)
            if text:
                own = range(column, column + (repeats if repeats <= _MOST_REPEATS else 1))
                columns += own
                cells += [text] * len(own)
            column += repeats
        return tuple(columns), cells


def _table_of(block: Element | Problem) -> Element | None:
    """Give the outermost table that a row belongs to."""
    if isinstance(block, Problem) or local_name(str(block.tag)) != "table-row":
        return None
    tables = [up for up in block.iterancestors() if local_name(up.tag) == "table"]
    return tables[-1] if tables else None


def _read_row(row: Element, content: Content) -> list[str]:
    cells = list[str]()
    for cell in row:
        if is_named(cell, _CELLS):
            text = cell_text(cell, read_paragraphs(cell, content))
            cells += [text] * min(count_repeats(cell, "columns"), _MOST_REPEATS)
    return cells


def _iter_rows(rows: list[list[str]], part: str, page: int | None) -> Iterator[Piece]:
    table = TableRows(rows, part)
    yield from table.feed(rows, page)
    yield from table.flush()


def _iter_beside(content: Content, part: str, page: int | None) -> Iterator[Piece]:
    """Yield text boxes, comments, tables in cells, and what else stands beside."""
    for name, texts in (("textbox", content.boxes), ("comments", content.comments)):
        if text := "\n".join(filter(None, texts)):
            yield Segment(text, part=name, first_line=None, page=page)
    for aside in content.asides:
        yield replace(aside, page=page) if isinstance(aside, Segment) else aside
    for table in content.tables:
        inner = Content()
        rows = [_read_row(row, inner) for row in table.iter("{*}table-row") if _is_own(row, table)]
        yield from _iter_rows(rows, part, page)
        yield from _iter_beside(inner, part, page)


def _is_own(row: Element, table: Element) -> bool:
    return next(row.iterancestors("{*}table"), None) is table
