"""PowerPoint presentations of the binary kind (.ppt): slides, hidden ones too, notes, masters, comments, objects.

A slide's number is its page, in the order in which the presentation shows it; its notes and comments have the same.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, cast

from piiscan.blocks import Blocks
from piiscan.compound import Compound, open_compound
from piiscan.model import Outcome
from piiscan.officeart import OPTIONS, iter_texts
from piiscan.oleobjects import iter_objects
from piiscan.package import make_seekable
from piiscan.pages import Pages
from piiscan.piece import Member, Problem
from piiscan.pptrecords import DOCUMENT, LIST, LIST_ENTRY, NOTES, SLIDE, Record, find_pages, iter_atoms
from piiscan.propertysets import iter_properties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

    from piiscan.piece import Piece, Segment

_WIDE, _NARROW, _STRING, _OBJECT = 0xFA0, 0xFA8, 0xFBA, 0x1011
_COMMENT, _COMMENT_TEXT, _FOOTERS, _LINK, _LOCK = 0x2EE0, 1, 0xFD9, 0xFD7, 0x2F14
_LOCKED = b"\xdf\xc4\xd1\xf3"
_PARTS = {SLIDE: "slide", NOTES: "notes", 0x3F8: "master", 0xFC9: "master", DOCUMENT: "document"}
_LISTS = {0: "slide", 1: "master", 2: "notes"}
_OWN = "___PPT"
_PASSWORD = Problem(Outcome.ENCRYPTED, "password")
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


def extract_ppt(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text, properties and embedded objects of the presentation in `stream`."""
    compound = open_compound(make_seekable(stream))
    if not isinstance(compound, Compound):
        yield from [compound] if compound else ()
        return
    data = compound.read("PowerPoint Document")
    if compound.read("Current User")[12:16] == _LOCKED or compound.find("EncryptedSummary"):
        yield _PASSWORD
        return
    yield from _Reader(data).iter_pieces()
    yield from iter_properties(compound)
    yield from iter_objects(compound)
    yield from [compound.problem] if compound.problem else ()


@dataclass(slots=True)
class _Reader:
    """Reads the stream of one presentation; the texts of one slide, or of its notes, are one text."""

    data: bytes
    blocks: Blocks | None = None
    page: int | None = None
    listed: int | None = None
    objects: int = 0
    is_damaged: bool = False

    def iter_pieces(self) -> Iterator[Piece]:
        pages = find_pages(self.data)
        for record in iter_atoms(self.data):
            if record is None:
                self.is_damaged = True
            elif record.kind == _LOCK:
                yield _PASSWORD
            elif record.kind == LIST_ENTRY:
                slide = int.from_bytes(record.data[12:16], "little")
                self.listed = pages.by_slide.get(slide)
            elif record.kind == _OBJECT:
                self.objects += 1
                yield self._member(record)
            elif text := _read_text(record):
                part = _name_part(record)
                is_listed = any(kind == LIST for kind, _ in record.around)
                page = self.listed if is_listed and part == "slide" else pages.by_place.get(record.top)
                yield from self._feed(text, part, page)
        yield from self._close()
        if pages.listed:
            yield Pages(pages.found, pages.listed - pages.found)
        if self.is_damaged or not self.data:
            yield _DAMAGED

    def _feed(self, text: str, part: str, page: int | None) -> Iterator[Segment]:
        if self.blocks is None or (self.blocks.part, self.page) != (part, page):
            yield from self._close()
            self.blocks, self.page = Blocks(part=part, line=None), page
        for segment in self.blocks.feed(f"{text}\n"):
            yield replace(segment, page=page)

    def _close(self) -> Iterator[Segment]:
        if self.blocks is not None:
            for segment in self.blocks.close():
                yield replace(segment, page=self.page)
        self.blocks = None

    def _member(self, record: Record) -> Member:
        is_packed = record.instance == 1
        unpack = _inflate if is_packed else io.BytesIO
        return Member(f"object {self.objects}", partial(unpack, record.data))


def _read_text(record: Record) -> str:
    if record.kind == _NARROW:
        text = record.data.decode("latin-1")
    elif record.kind in {_WIDE, _STRING}:
        text = record.data.decode("utf-16-le", "replace")
    elif record.kind in OPTIONS:
        text = "\n".join(iter_texts(record.data, record.instance))
    else:
        return ""
    text = text.replace("\r", "\n").replace("\x0b", "\n").replace("\0", "").strip("\n")
    return "" if text.startswith(_OWN) else text


def _name_part(record: Record) -> str:
    kinds = dict(record.around)
    if _COMMENT in kinds:
        return "comments" if record.instance == _COMMENT_TEXT else "authors"
    if _FOOTERS in kinds:
        return "footer"
    if _LINK in kinds:
        return "links"
    if LIST in kinds:
        return _LISTS.get(kinds[LIST], "slide")
    return next((part for kind, part in _PARTS.items() if kind in kinds), "other")


class _Inflated(io.RawIOBase):
    """Packed bytes as they are unpacked; damage raises zlib.error, which the budget's stream knows.

    The size in front tells whether all is there: PowerPoint leaves out the checksum behind.
    """

    def __init__(self, data: bytes) -> None:
        self._left = int.from_bytes(data[:4], "little")
        self._data, self._unpacker = data[4:], zlib.decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        found = self._unpacker.decompress(self._data, len(view))
        self._data = self._unpacker.unconsumed_tail
        view[: len(found)] = found
        self._left -= len(found)
        if not found and self._left > 0:
            raise EOFError
        return len(found)


def _inflate(data: bytes) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Inflated(data)))
