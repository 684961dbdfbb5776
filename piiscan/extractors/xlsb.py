"""Excel workbooks of the kind .xlsb: a package whose sheets are binary records, and whose other parts are XML."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from piiscan import biff12, relations, sheetxml
from piiscan.model import Outcome
from piiscan.ooxml import is_xml
from piiscan.package import iter_members, iter_parts, make_seekable
from piiscan.piece import Problem, Segment
from piiscan.sheettables import iter_at_cells, iter_tables
from piiscan.sheetxml import Book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_WORKBOOK, _STRINGS, _STYLES = "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"
#: Binary parts that hold no text of anybody.
_SILENT = re.compile(r"xl/(?:calcChain|printerSettings/|theme/|\w+/binaryIndex)")
#: What a workbook keeps of others, and of data that pivot tables are made of.
_KEPT = re.compile(r"xl/(?:externalLinks|pivotCache|queryTables|tables|connections)")
_DAMAGE = (struct.error, IndexError, ValueError)
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


def extract_xlsb(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the sheets of a workbook as tables with cells as places, comments, and everything else as text."""
    parts: dict[str, bytes] = {}
    for part in iter_parts(make_seekable(stream)):
        if isinstance(part, Problem):
            yield part
        else:
            parts[part.name] = part.data
    if parts:
        yield from _Reader(parts).iter_pieces()


@dataclass(slots=True)
class _Reader:
    """The parts of one workbook, and which of them were read."""

    parts: dict[str, bytes]
    read: set[str] = field(default_factory=lambda: {_WORKBOOK, _STRINGS, _STYLES})

    def iter_pieces(self) -> Iterator[Piece]:
        try:
            sheets, names = biff12.list_sheets(self.parts.get(_WORKBOOK, b""))
            strings = biff12.read_strings(self.parts.get(_STRINGS, b""))
            book = Book(strings, biff12.read_styles(self.parts.get(_STYLES, b"")))
        except _DAMAGE:
            yield _DAMAGED
            return
        if any(biff12.is_cut(self.parts.get(part, b"")) for part in (_WORKBOOK, _STRINGS, _STYLES)):
            yield _DAMAGED
        targets = self._relations(_WORKBOOK)
        for relation, name in sheets:
            yield Segment(name, part=name, hint="sheet", first_line=None)
            part = targets.get(relation, ("", ""))[1]
            if part in self.parts and part not in self.read:
                self.read.add(part)
                yield from self._iter_sheet(name, part, book)
        if not sheets:
            yield _DAMAGED
        if names:
            yield Segment("\n".join(names), part=_WORKBOOK, first_line=None)
        yield from self._iter_rest()

    def _iter_sheet(self, name: str, part: str, book: Book) -> Iterator[Piece]:
        sheet = biff12.BinarySheet(book)
        yield from iter_tables(sheet.iter_rows(self.parts[part]), name)
        for kind, target in self._relations(part).values():
            if kind == "comments" and target in self.parts and target not in self.read:
                self.read.add(target)
                yield from self._iter_comments(name, target)
        yield from iter_at_cells(name, sheet.links)
        if text := "\n".join(filter(str.strip, sheet.texts)):
            yield Segment(text, part=name, first_line=None)

    def _iter_comments(self, sheet: str, part: str) -> Iterator[Piece]:
        comments = list[tuple[str, str]]()
        try:
            comments = biff12.list_comments(self.parts[part])
        except _DAMAGE:
            yield _DAMAGED
        yield from [_DAMAGED] if biff12.is_cut(self.parts[part]) else ()
        yield from iter_at_cells(sheet, comments)

    def _iter_rest(self) -> Iterator[Piece]:
        for name in sorted(self.parts.keys() - self.read):
            data = self.parts[name]
            if name.endswith(".rels"):
                owner = name.replace("_rels/", "").removesuffix(".rels")
                texts = [target for _, target in self._relations(owner).values() if ":" in target or "@" in target]
            elif is_xml(data):
                root = sheetxml.parse(data) if name != "[Content_Types].xml" else None
                texts = sheetxml.list_texts(root) if root is not None else []
            elif _KEPT.match(name):
                texts = biff12.list_kept(data)
            else:
                if not _SILENT.match(name):
                    yield from iter_members(name, partial(io.BytesIO, data))
                continue
            if texts:
                yield Segment("\n".join(texts), part=name, first_line=None)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        path = PurePosixPath(part)
        return relations.list_relations(self.parts.get(f"{path.parent}/_rels/{path.name}.rels", b""), part)
