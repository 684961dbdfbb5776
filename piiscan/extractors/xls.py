"""Excel workbooks of the binary kind (.xls), from Excel 5 on: cells of all sheets, and all other text.

The records are read here and not by calamine: it gives no notes, headers and links, shows 0312345678 without its zero,
and keeps each sheet as a rectangle, which two cells in opposite corners make as large as half a gigabyte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.biff import Strings, iter_records
from piiscan.biffbook import Workbook
from piiscan.biffsheet import BiffSheet
from piiscan.compound import Compound, open_compound
from piiscan.model import Outcome
from piiscan.oleobjects import iter_objects
from piiscan.package import make_seekable
from piiscan.piece import Problem, Segment
from piiscan.propertysets import iter_properties
from piiscan.sheettables import iter_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_PIVOTS, _PIVOT_TEXT = "_SX_DB_CUR", 0xCD
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


def extract_xls(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the sheets, notes, names, properties and embedded objects of the workbook in `stream`."""
    compound = open_compound(make_seekable(stream))
    if not isinstance(compound, Compound):
        yield from [compound] if compound else ()
        return
    for kind in ("Workbook", "Book"):  # a file may hold both, for two versions of Excel
        if data := compound.read(kind):
            is_locked = False
            for piece in _iter_workbook(data):
                is_locked = isinstance(piece, Problem) and piece.outcome is Outcome.ENCRYPTED
                yield piece
            if is_locked:
                return
            break
    yield from _iter_pivots(compound)
    yield from iter_properties(compound)
    yield from iter_objects(compound, but=_PIVOTS)
    yield from [compound.problem] if compound.problem else ()


def _iter_workbook(data: bytes) -> Iterator[Piece]:
    workbook = Workbook()
    book = workbook.read(data)
    if workbook.is_encrypted:
        yield Problem(Outcome.ENCRYPTED, "password")
        return
    begun = set[int]()
    for name, at in workbook.sheets:
        yield Segment(name, part=name, hint="sheet", first_line=None)
        if at in begun or at >= len(data):
            workbook.is_damaged = True
            continue
        begun.add(at)
        sheet = BiffSheet(workbook, book, name)
        yield from iter_tables(sheet.iter_rows(data, at), name)
        yield from sheet.iter_beside()
    if text := "\n".join(filter(str.strip, workbook.texts)):
        yield Segment(text, part="workbook", first_line=None)
    if workbook.is_damaged or not workbook.sheets:
        yield _DAMAGED


def _iter_pivots(compound: Compound) -> Iterator[Segment]:
    """Yield the texts that pivot tables keep of the data that they were made of."""
    for folder, streams in compound.iter_storages():
        if folder != _PIVOTS:
            continue
        for path in streams.values():
            texts = []
            for record in iter_records(compound.read(*path)):
                if record and record.kind == _PIVOT_TEXT:
                    try:
                        texts.append(Strings((record.data, *record.more)).text())
                    except IndexError:
                        compound.is_damaged = True
            if texts:
                yield Segment("\n".join(texts), part="pivot cache", first_line=None)
