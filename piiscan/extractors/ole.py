"""Compound files of any kind: one look at the directory says which it is, and who reads it.

A file of objects and packages only (the embeddings of Office documents) is read here.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from piiscan.compound import Compound, open_compound
from piiscan.extractors import open_extractor
from piiscan.formats.containers import LOCKED
from piiscan.formats.unread import BINARY_SUFFIXES
from piiscan.model import Outcome
from piiscan.oleobjects import CONTENTS, NATIVE, PACKAGE, iter_object
from piiscan.package import make_seekable
from piiscan.passwords import given, giving
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece


def _unsupported(name: str) -> Problem:
    return Problem(Outcome.UNSUPPORTED, name)


_OBJECT = "object"
_SETUP = "000C1084-0000-0000-C000-000000000046"
_PROGRAM = Problem(Outcome.SKIPPED, "executable")
#: The stream or storage at the top that tells a kind, asked in this order, with its row or outcome.
KINDS: dict[str, str | Problem] = {
    "EncryptedPackage": LOCKED,
    "__properties_version1.0": "msg:extract_msg",
    "WordDocument": "doc:extract_doc",
    "Workbook": "xls:extract_xls",
    "Book": "xls:extract_xls",
    "PowerPoint Document": "ppt:extract_ppt",
    "PP40": _unsupported("powerpoint95"),
    "PP97_DUALSTORAGE": _unsupported("powerpoint95"),
    "VisioDocument": _unsupported("visio"),
    "Quill": _unsupported("publisher"),
    "\x05HwpSummaryInformation": _unsupported("hwp"),
    "JSRV_SummaryInformation": _unsupported("ichitaro"),
    "\x05JSRV_SummaryInformation": _unsupported("ichitaro"),
    "DocumentText": _unsupported("ichitaro"),
    "JustSystem": _unsupported("ichitaro"),
    NATIVE: _OBJECT,
    PACKAGE: _OBJECT,
    CONTENTS: _OBJECT,
    "VBA": _PROGRAM,
    "Equation Native": Problem(Outcome.SKIPPED, "media"),
    "Catalog": Problem(Outcome.SKIPPED, "media"),  # thumbnails that Windows kept of a folder's pictures
}


def extract_ole(stream: BinaryIO, name: str) -> Iterator[Piece]:
    """Yield what the reader of this kind of compound file gives, or say that there is none."""
    return _iter_pieces(stream, name, given())


def _iter_pieces(stream: BinaryIO, name: str, passwords: tuple[str, ...]) -> Iterator[Piece]:
    source = make_seekable(stream)
    compound = open_compound(source)
    if not isinstance(compound, Compound):
        yield from [compound] if compound else ()
        return
    kind = _find_kind(compound, name)
    if isinstance(kind, Problem):
        yield kind
    elif kind == _OBJECT:
        yield from iter_object(compound, name, {path: path for path in compound.streams})
        yield from [compound.problem] if compound.problem else ()
    else:
        for piece in _read(kind, source, name, passwords):
            is_locked = isinstance(piece, Problem) and piece.outcome is Outcome.ENCRYPTED
            yield from _read(LOCKED, source, name, passwords) if is_locked and kind != LOCKED else [piece]


def _read(kind: str, source: BinaryIO, name: str, passwords: tuple[str, ...]) -> Iterator[Piece]:
    source.seek(0)
    with giving(passwords):  # which are asked for in the call
        return open_extractor(kind)(source, name)


def _find_kind(compound: Compound, name: str) -> str | Problem:
    tops = {path[0].lower() for path in compound.streams}
    found = next((kind for mark, kind in KINDS.items() if mark.lower() in tops), None)
    if found is None and compound.file.root.clsid == _SETUP:
        return _PROGRAM
    return found or _unsupported(BINARY_SUFFIXES.get(PurePath(name).suffix.lower(), "ole2"))
