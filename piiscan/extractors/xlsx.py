"""Excel workbooks: every sheet as tables of its cells, and the text of all other parts of the package.

calamine reads the values, fast; a sheet that it would keep as a huge rectangle, or that it refuses, is read from
its XML. Hidden sheets, rows and columns are read like all others. A value in a wrongly guessed header is scanned
all the same: the header row comes as a table without headers.
"""

from __future__ import annotations

import io
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from piiscan import relations, sheetxml
from piiscan.model import Outcome
from piiscan.package import Package, iter_members, make_seekable, open_package
from piiscan.piece import Problem, Segment
from piiscan.probes import Probes, open_thread
from piiscan.sheettables import iter_at_cells, iter_grids, iter_tables
from piiscan.sheetvalues import iter_blocks
from piiscan.sheetxml import Book
from piiscan.workbook import STRINGS, WORKBOOK, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor, Future
    from typing import BinaryIO

    from piiscan.gauge import Probe
    from piiscan.piece import Piece
    from piiscan.relations import Sheet

T = TypeVar("T")

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
        yield from iter_pieces(package, stream)
    elif package:
        yield package


def iter_pieces(package: Package, stream: BinaryIO) -> Iterator[Piece]:
    """Yield the pieces of an open package, and of the stream that it lies in."""
    probes = Probes(package)
    is_large = package.archive.start_dir > _LARGE
    with open_thread(is_wanted=is_large) as measuring, open_thread(is_wanted=is_large) as reading:
        reader = _Reader(package, probes, reading)
        digits = sheetxml.find_digits(reader.styles)
        if measuring is None:
            probes.measure_rest(digits)
        reader.open_library(stream)  # while no thread reads the stream
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
        pr = next(root.iter("{*}workbookPr"), None) if root is not None else None
        self._is_1904 = pr is not None and pr.get("date1904") in {"1", "true"}
        self._names = [item.text or "" for item in root.iter("{*}definedName")] if root is not None else []
        self.styles = sheetxml.read_styles(self._content("xl/styles.xml"))
        self._is_plain = root is not None and relations.is_plain(root, links)
        self._library = _Library(thread)
        self._book: Book | None = None

    def open_library(self, stream: BinaryIO) -> None:
        """Open the library, unless a part is unsound or hides another: then it might see other bytes than we did."""
        names = [entry.filename.lower().replace("\\", "/") for entry in self._package.list_entries()]
        has_problem = any(probe.problem for probe in self._probes.first)
        if self._is_plain and not has_problem and len(set(names)) == len(names):
            self._library.open(stream)

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
            elif name.lower().endswith((".xml", ".vml")) and name not in {"xl/styles.xml", "[Content_Types].xml"}:
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
        found = self._library.read(sheet.name) if self._is_light(probe) else None
        if following and self._is_near(probe, following.part):
            self._library.read_ahead(following.name)
        if found is not None and found.start is not None:
            yield from iter_grids(iter_blocks(found.iter_rows(), found.start[1] + 1, found.width), sheet.name)
        else:
            yield from iter_tables(self._rows_of(sheet, probe), sheet.name)

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
            and probe.area + other.area <= _BOTH
            and (probe.cells + other.cells) * self._probes.longest <= _REPEATED
        )

    def _rows_of(self, sheet: Sheet, probe: Probe) -> Iterator[Row | Problem]:
        if self._book is None:
            self._book = self._read_book()
        left = _CHARACTERS
        for row in sheetxml.iter_rows(self._package.reopen(sheet.part, probe.size), self._book):
            left -= sum(map(len, row.cells))
            if left < 0:
                yield Problem(Outcome.PARTIAL, "bytes")
                return
            yield row

    def _read_book(self) -> Book:
        probe = self._probes.get(STRINGS)
        strings = sheetxml.read_strings(self._package.reopen(STRINGS, probe.size)) if probe else []
        return Book(strings, self.styles, self._is_1904)

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


class _Library:
    """The library, which reads one sheet ahead in a thread; it lets others run meanwhile."""

    def __init__(self, thread: Executor | None) -> None:
        self._thread = thread
        self._book: CalamineWorkbook | None = None
        self._ahead: Future[CalamineSheet | None] | None = None

    def open(self, stream: BinaryIO) -> None:
        """Let it see the workbook; until then, and where it refuses it, it has no sheets."""
        stream.seek(0)
        found = _ask(CalamineWorkbook.from_filelike, stream)
        self._book = found if isinstance(found, CalamineWorkbook) else None

    def read(self, name: str) -> CalamineSheet | None:
        """Give a sheet, the one read ahead if there is one; None where the library refuses it."""
        ahead, self._ahead = self._ahead, None
        return ahead.result() if ahead else self._read(name)

    def read_ahead(self, name: str) -> None:
        """Begin to read the sheet that `read` will be asked for next, where there is a thread for it."""
        self._ahead = self._thread.submit(self._read, name) if self._thread else None

    def _read(self, name: str) -> CalamineSheet | None:
        found = _ask(lambda book: book.get_sheet_by_name(name), self._book) if self._book else None
        return found if isinstance(found, CalamineSheet) else None


def _ask(question: Callable[[T], object], subject: T) -> object:
    """Ask the library something; it may panic at bad content, which is no Exception."""
    try:
        return question(subject)
    except (CalamineError, OSError, ValueError):
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return None
