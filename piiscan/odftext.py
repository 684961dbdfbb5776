"""The XML of an OpenDocument file as pieces: text, tables, sheets, slides, and whatever is in none of those."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from piiscan.blocks import Blocks
from piiscan.odfrows import OdfSheet, Repeats, iter_beside, iter_rows, read_row
from piiscan.odfruns import Content, count_repeats, iter_told, open_binary, read_content
from piiscan.ooxml import is_named, iter_blocks, iter_outside, local_name
from piiscan.pages import Pages
from piiscan.piece import Problem, Segment
from piiscan.sheettables import iter_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from piiscan.piece import Piece

_BLOCKS = frozenset({"p", "h", "table-row"})
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

#: What has pages that are slides or drawings; those of a text are nowhere written.
_PAGED = frozenset({"presentation", "drawing"})


@dataclass(slots=True)
class OdfText:
    """Reads one part. `is_sheet`: its tables are sheets, whose cells have letters."""

    part: str = "body"
    is_sheet: bool = False
    blocks: Blocks = field(default_factory=lambda: Blocks(line=None))
    page: int | None = None
    last_page: Element | None = None
    number: int = 0
    repeats: Repeats = field(default_factory=Repeats)

    def iter_pieces(self, data: bytes) -> Iterator[Piece]:
        """Yield the text of a part's XML."""
        self.repeats.begin(len(data))
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
            owners = (page.getparent() for page in root.iter("{*}page"))
            if pages := sum(owner is not None and is_named(owner, _PAGED) for owner in owners):
                yield Pages(pages)

    def _iter_paragraph(self, block: Element) -> Iterator[Piece]:
        part, page = self._place(block)
        if (part, page) != (self.blocks.part, self.page):
            yield from self._close()
            self.blocks, self.page = Blocks(part=part, line=None), page
        content = read_content(block)
        for segment in self.blocks.feed(f"{content.text}\n"):
            yield replace(segment, page=page)
        yield from iter_beside(content, part, page)

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
            sheet = OdfSheet(name, self.repeats)
            yield from iter_tables(sheet.iter_rows(first, group), name)
            yield from sheet.iter_beside()
            return
        part, page = self._place(first)
        yield from self._close()
        rows, content = list[list[str]](), Content()
        for row in (first, *group):
            if not isinstance(row, Problem):
                cells = read_row(row, content, self.repeats)
                rows += [cells] * self.repeats.allow(count_repeats(row, "rows"), sum(map(len, cells)))
        yield from iter_rows(rows, part, page)
        yield from iter_beside(content, part, page)

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


def _table_of(block: Element | Problem) -> Element | None:
    """Give the outermost table that a row belongs to."""
    if isinstance(block, Problem) or local_name(str(block.tag)) != "table-row":
        return None
    tables = [up for up in block.iterancestors() if local_name(up.tag) == "table"]
    return tables[-1] if tables else None
