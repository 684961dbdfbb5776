"""Excel workbooks: every sheet as tables of its cells, and the text of all other parts of the package.

calamine reads the values, fast; a sheet that it would keep as a huge rectangle, or that it refuses, is read from
its XML. Hidden sheets, rows and columns are read like all others. A value in a wrongly guessed header is scanned
all the same: the header row comes as a table without headers.
"""

from __future__ import annotations

import html
import io
import re
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from piiscan import sheetxml
from piiscan.gauge import Gauge, Probe
from piiscan.model import Outcome
from piiscan.package import Package, iter_members, make_seekable, open_package
from piiscan.piece import Place, Problem, Segment
from piiscan.sheettables import iter_grids, iter_tables
from piiscan.sheetvalues import iter_blocks
from piiscan.sheetxml import Book, Sheet
from piiscan.tables import Tables
from piiscan.workbook import STRINGS, Row, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

T = TypeVar("T")

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Above this many characters, a workbook repeats one long text in many cells.
_CHARACTERS = 500_000_000
_REPEATED = 1_000_000_000
_SHEETS = "xl/worksheets/"
#: So long a string cannot fill a sheet without being counted how often.
_LONG = 200
_WRITTEN = re.compile(
    rb"""\b(?:tooltip|display|location|prompt|promptTitle|error|errorTitle)\s*=\s*"([^"]+)"|>([^<]+)<"""
)


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
    probes: dict[str, Probe] = {}
    for name in sorted({entry.filename for entry in package.list_entries()}, key=_by_weight):
        is_sheet = name.startswith(_SHEETS)
        has_strings = name.lower() == STRINGS.lower()
        longest = max((each.longest for each in probes.values()), default=0)
        probes[name] = measure(package, name, Gauge(counts=is_sheet and longest > _LONG, has_strings=has_strings))
    yield from {each.problem: None for each in probes.values() if each.problem}
    reader = _Reader(package, probes, stream)
    yield from reader.iter_sheets()
    yield from reader.iter_rest()


def _by_weight(name: str) -> tuple[bool, bool, str]:
    """Put sheets behind the strings that they repeat, pictures and other matter last: it is text that must fit."""
    return not name.lower().endswith((".xml", ".rels")), name.startswith(_SHEETS), name


class _Reader:
    """The parts of one workbook, and which of them were read."""

    def __init__(self, package: Package, probes: dict[str, Probe], stream: BinaryIO) -> None:
        self._package, self._probes = package, probes
        self._read = {STRINGS}
        self._relations = self._relations_of("xl/workbook.xml")
        root = sheetxml.parse(self._content("xl/workbook.xml"))
        self._sheets = list(sheetxml.list_sheets(root, self._relations)) if root is not None else []
        pr = next(root.iter("{*}workbookPr"), None) if root is not None else None
        self._is_1904 = pr is not None and pr.get("date1904") in {"1", "true"}
        self._names = [item.text or "" for item in root.iter("{*}definedName")] if root is not None else []
        self._styles = sheetxml.read_styles(self._content("xl/styles.xml"))
        self._calamine = self._open_calamine(stream)
        self._book: Book | None = None

    def iter_sheets(self) -> Iterator[Piece]:
        """Yield the cells of all sheets, then what else is written on each."""
        for sheet in self._sheets:
            yield Segment(sheet.name, part=sheet.name, hint="sheet", first_line=None)
            self._read.add(sheet.part)
            probe = self._probes.get(sheet.part)
            if probe is None:
                continue
            yield from self._tables_of(sheet, probe)
            texts = [html.unescape((a or b).decode("utf-8", "replace")) for a, b in _WRITTEN.findall(probe.tail)]
            if text := "\n".join(text for text in texts if text.strip()):
                yield Segment(text, part=sheet.name, first_line=None)
            for kind, target in self._relations_of(sheet.part).values():
                if kind in {"comments", "threadedComment"}:
                    yield from self._comments(sheet.name, target)

    def iter_rest(self) -> Iterator[Piece]:
        """Yield the text of all other parts: names, properties, drawings, pivot caches, links, custom XML."""
        if self._names:
            yield Segment("\n".join(self._names), part="xl/workbook.xml", first_line=None)
        for name in sorted(set(self._probes) - self._read):
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
        tables: Tables[str] = Tables(lambda cell, *_: Place(cell=cell), part=sheet)
        for cell, text in sheetxml.list_comments(root) if root is not None else ():
            yield from tables.add((), (text,), cell)
        yield from tables.flush()

    def _tables_of(self, sheet: Sheet, probe: Probe) -> Iterator[Piece]:
        longest = max(each.longest for each in self._probes.values())
        is_heavy = probe.is_sparse or probe.cells * longest > _REPEATED
        if self._calamine is not None and not is_heavy and not self._uses_digits(sheet, probe):
            found = _ask(lambda calamine: calamine.get_sheet_by_name(sheet.name), self._calamine)
            if isinstance(found, CalamineSheet) and found.start is not None:
                yield from iter_grids(iter_blocks(found.iter_rows(), found.start[1] + 1, found.width), sheet.name)
                return
        yield from iter_tables(self._rows_of(sheet, probe), sheet.name)

    def _uses_digits(self, sheet: Sheet, probe: Probe) -> bool:
        if not self._styles.digits:
            return False
        return sheetxml.uses_digits(self._package.reopen(sheet.part, probe.size), self._styles)

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
        return Book(strings, self._styles, self._is_1904)

    def _open_calamine(self, stream: BinaryIO) -> CalamineWorkbook | None:
        """Open the library, unless a part is unsound or hides another: then it might see other bytes than we did."""
        names = [entry.filename.lower() for entry in self._package.list_entries()]
        if any(probe.problem for probe in self._probes.values()) or len(set(names)) < len(names):
            return None
        stream.seek(0)
        found = _ask(CalamineWorkbook.from_filelike, stream)
        return found if isinstance(found, CalamineWorkbook) else None

    def _content(self, name: str) -> bytes:
        self._read.add(name)
        probe = self._probes.get(name)
        return self._package.reopen(name, probe.size).read(probe.size) if probe and not probe.problem else b""

    def _open(self, name: str) -> BinaryIO:
        size = self._probes[name].size
        return io.BytesIO(self._package.reopen(name, size).read(size))

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        name = sheetxml.relations_name(part)
        content = self._content(name)
        self._read.discard(name)  # its outward links are text that is still to be read
        return sheetxml.list_relations(content, part)


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
