"""Excel workbooks: every sheet as tables of its cells, and the text of all other parts of the package.

calamine reads the values, fast, of a large sheet slice by slice; a sheet that it would keep as a huge rectangle, or
that it refuses, is read from its XML. Hidden sheets, rows and columns are read like all others. A value in a wrongly
guessed header is scanned all the same: the header row comes as a table without headers.
"""

from __future__ import annotations

import io
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from piiscan import relations, sheetxml
from piiscan.model import Outcome
from piiscan.package import Capped, Package, iter_members, make_seekable, open_package
from piiscan.piece import Problem, Segment
from piiscan.probes import Probes, open_thread
from piiscan.sheetlibrary import SheetLibrary
from piiscan.sheetslices import Common, iter_grids_of, iter_slices, read_ahead_of, size_of_slices
from piiscan.sheettables import iter_at_cells, iter_grids, iter_tables
from piiscan.sheetvalues import iter_blocks
from piiscan.sheetxml import Book
from piiscan.workbook import STRINGS, STYLES, WORKBOOK, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from typing import BinaryIO

    from piiscan.gauge import Probe
    from piiscan.piece import Piece
    from piiscan.relations import Sheet
    from piiscan.sheetlibrary import Slices
    from piiscan.sheetslices import Slice

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Above this many characters, a workbook repeats one long text in many cells.
_CHARACTERS = 500_000_000
_REPEATED = 1_000_000_000
#: Bytes of a package below which threads take longer than they save.
_LARGE = 1 << 20
#: Cells of two sheets up to which one is read while the other is looked through.
_BOTH = 5_000_000


def extract_xlsx(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the sheets of a workbook as tables with cells as places, and everything else as text."""
    stream = make_seekable(stream)
    if stream.read(8) == _OLE2:
        is_locked = _ENCRYPTED in stream.read(1 << 26)
        yield Problem(Outcome.ENCRYPTED, "password") if is_locked else Problem(Outcome.UNSUPPORTED, "ole2")
        return
    package = open_package(stream)
    if isinstance(package, Package):
        yield from iter_pieces(package)
    elif package:
        yield package


def iter_pieces(package: Package) -> Iterator[Piece]:
    """Yield the pieces of an open package."""
    probes = Probes(package)
    is_large = package.archive.start_dir > _LARGE
    with open_thread(is_wanted=is_large) as measuring, open_thread(is_wanted=is_large) as reading:
        reader = _Reader(package, probes, reading)
        digits = sheetxml.find_digits(reader.styles)
        if measuring is None:
            probes.measure_rest(digits)
        reader.allow_library()
        if measuring is not None:
            probes.measure_ahead(digits, measuring)
        yield from reader.iter_sheets()
        yield from reader.iter_rest()


class _Reader:
    """The parts of one workbook, and which of them were read."""

    def __init__(self, package: Package, probes: Probes, thread: Executor | None) -> None:
        self._package, self._probes = package, probes
        self._read = {STRINGS}
        root = sheetxml.parse(self._content(WORKBOOK))
        links = self._peek(relations.relations_name(WORKBOOK))
        found = relations.list_relations(links, WORKBOOK)
        self._sheets = list(relations.list_sheets(root, found)) if root is not None else []
        told = [*root.iter("{*}workbookPr")] if root is not None else []
        self._is_1904 = bool(told) and told[0].get("date1904") in {"1", "true"}
        self._may_slice = len(told) <= 1  # of several, the library may take another
        self._names = [item.text or "" for item in root.iter("{*}definedName")] if root is not None else []
        self.styles = sheetxml.read_styles(self._content(STYLES))
        self._is_plain = root is not None and relations.is_plain(root, links)
        self._library = SheetLibrary(thread)
        self._book: Book | None = None
        self._slices: dict[str, Slices] = {}

    def allow_library(self) -> None:
        """Allow the library, unless a part is unsound or hides another: then it might see other bytes than we did."""
        names = [entry.filename.lower().replace("\\", "/") for entry in self._package.list_entries()]
        has_problem = any(probe.problem for probe in self._probes.first)
        if not self._is_plain or has_problem or len(set(names)) < len(names):
            self._may_slice = False
            return
        self._library.allow(self._package.archive.whole)
        known = (part for part in (STRINGS, STYLES) if part.lower() in names)  # the library finds them in any spelling
        self._may_slice = self._may_slice and all(part in self._probes.names for part in known)

    def iter_sheets(self) -> Iterator[Piece]:
        """Yield the cells of all sheets, then what else is written on each."""
        for sheet, following in zip_longest(self._sheets, self._sheets[1:]):
            yield Segment(sheet.name, part=sheet.name, hint="sheet", first_line=None)
            self._read.add(sheet.part)
            probe = self._probes.get(sheet.part)
            if probe is None:
                continue
            yield from self._tables_of(sheet, probe, following)
            if texts := sheetxml.list_behind(probe.tail):
                yield Segment("\n".join(texts), part=sheet.name, first_line=None)
            yield from iter_at_cells(sheet.name, sheetxml.list_links(probe.links))
            for kind, target in self._relations_of(sheet.part).values():
                if kind in {"comments", "threadedComment"}:
                    yield from self._comments(sheet.name, target)

    def iter_rest(self) -> Iterator[Piece]:
        """Yield the text of all other parts: names, properties, drawings, pivot caches, links, custom XML."""
        yield from self._probes.list_problems()
        if self._names:
            yield Segment("\n".join(self._names), part=WORKBOOK, first_line=None)
        for name in sorted(self._probes.names - self._read):
            if name.endswith(".rels"):
                owner = name.replace("_rels/", "").removesuffix(".rels")
                found = self._relations_of(owner).values()
                texts = [target for _, target in found if ":" in target or "@" in target]
            elif name.lower().endswith((".xml", ".vml")) and name not in {STYLES, "[Content_Types].xml"}:
                root = sheetxml.parse(self._content(name))
                texts = sheetxml.list_texts(root) if root is not None else []
            else:
                if not name.lower().endswith(".xml"):
                    yield from iter_members(name, partial(self._open, name))
                continue
            if texts:
                yield Segment("\n".join(texts), part=name, first_line=None)

    def _comments(self, sheet: str, name: str) -> Iterator[Piece]:
        root = sheetxml.parse(self._content(name))
        yield from iter_at_cells(sheet, sheetxml.list_comments(root) if root is not None else ())

    def _tables_of(self, sheet: Sheet, probe: Probe, following: Sheet | None) -> Iterator[Piece]:
        if self._slice_size(sheet.part):
            slices = self._begun_slices(sheet.part)
            del self._slices[sheet.part]
            yield from iter_grids(iter_grids_of(self._iter_slices(slices, following)), sheet.name)
            return
        found = self._library.read(sheet.name) if self._is_light(probe) else None
        if following and self._is_near(probe, following.part):
            self._library.read_ahead(following.name)
        if found is not None and found.start is not None:
            yield from iter_grids(iter_blocks(found.iter_rows(), found.start[1] + 1, found.width), sheet.name)
        else:
            yield from iter_tables(self._rows_of(sheet, probe), sheet.name)

    def _slice_size(self, part: str) -> int:
        """Give how large the slices are in which a sheet is read, 0 where it is read as a whole."""
        probe = self._probes.get(part)
        if not probe or not self._may_slice or not self._is_light(probe):
            return 0
        parts = (STYLES, STRINGS) if probe.refers else (STYLES,)
        return size_of_slices(probe, sum(known.size for known in map(self._probes.get, parts) if known))

    def _begun_slices(self, part: str) -> Slices:
        """Give the slices of a sheet, some of which may have been read ahead."""
        probe = self._probes.get(part)
        if part not in self._slices and probe:
            strings = self._content(STRINGS) if probe.refers else b""
            size = self._slice_size(part)
            slices = iter_slices(self._package.reopen(part, probe.size), size)
            common = Common(self._content(STYLES), strings, self._is_1904)
            self._slices[part] = self._library.slices(slices, common, read_ahead_of(size))
        return self._slices[part]

    def _iter_slices(self, slices: Slices, following: Sheet | None) -> Iterator[Slice | list[Row]]:
        def follow() -> Slices | None:
            is_ready = following and self._probes.is_ready(following.part) and self._slice_size(following.part)
            return self._begun_slices(following.part) if following and is_ready else None

        for found in slices.iter_values(follow):
            if isinstance(found, bytes):
                yield [*sheetxml.iter_rows(Capped(io.BytesIO(found), len(found)), self._read_book())]
            elif found.rows:
                yield found

    def _is_light(self, probe: Probe) -> bool:
        """Tell whether the library may be asked: it reads the same bytes, all they say, in little memory."""
        is_heavy = probe.is_sparse or probe.cells * self._probes.longest > _REPEATED
        return not (is_heavy or probe.has_digits or probe.problem)

    def _is_near(self, probe: Probe, part: str) -> bool:
        """Tell whether the next sheet may be read beside this one: nobody has to wait, and both are small."""
        other = self._probes.get(part) if self._probes.is_ready(part) else None
        return (
            other is not None
            and self._is_light(other)
            and not self._slice_size(part)
            and probe.area + other.area <= _BOTH
            and (probe.cells + other.cells) * self._probes.longest <= _REPEATED
        )

    def _rows_of(self, sheet: Sheet, probe: Probe) -> Iterator[Row | Problem]:
        left = _CHARACTERS
        for row in sheetxml.iter_rows(self._package.reopen(sheet.part, probe.size), self._read_book()):
            left -= sum(map(len, row.cells))
            if left < 0:
                yield Problem(Outcome.PARTIAL, "bytes")
                return
            yield row

    def _read_book(self) -> Book:
        if self._book is None:
            probe = self._probes.get(STRINGS)
            strings = sheetxml.read_strings(self._package.reopen(STRINGS, probe.size)) if probe else []
            self._book = Book(strings, self.styles, self._is_1904)
        return self._book

    def _content(self, name: str) -> bytes:
        self._read.add(name)
        return self._peek(name)

    def _peek(self, name: str) -> bytes:
        probe = self._probes.get(name)
        return self._package.reopen(name, probe.size).read(probe.size) if probe and not probe.problem else b""

    def _open(self, name: str) -> BinaryIO:
        probe = self._probes.get(name)
        size = probe.size if probe else 0
        return io.BytesIO(self._package.reopen(name, size).read(size))

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        # Only a look: outward links in it are text that is still to be read.
        return relations.list_relations(self._peek(relations.relations_name(part)), part)
