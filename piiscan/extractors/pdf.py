"""PDF, page by page: pdfium first, and pdfminer as second opinion on pages whose text looks thin or wrong.

A file that only its owner's password protects opens with the empty one, as in every viewer; others by those given.
"""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from piiscan.model import Outcome
from piiscan.pages import Pages
from piiscan.passwords import given
from piiscan.pdfbombs import Defuser
from piiscan.pdfdraw import draw_page
from piiscan.pdffonts import stand_in
from piiscan.pdfmarks import read_marks
from piiscan.pdfmend import mend
from piiscan.pdfpage import count_unusable, iter_notes, read_text, shows_picture
from piiscan.pdfparts import iter_parts
from piiscan.pdfstreams import is_packet, iter_streams
from piiscan.pdfturn import turn_page
from piiscan.piece import Picture, Piece, Problem, Segment
from piiscan.printedtables import PrintedTables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from pypdfium2 import PdfDocument, PdfPage

    from piiscan.pdfmarks import Marks
    from piiscan.pdfopinion import SecondOpinion
    from piiscan.pdfpage import PageText
    from piiscan.pdfstreams import Stream

PAGES = 5_000
#: Fewer characters on a page than this are low yield, and so are as many without Unicode as matter.
_FEW, _UNUSABLE = 20, 4
#: The pages on which pdfminer looks for characters that pdfium skips: it takes twenty times as long as pdfium does.
_ASKED = 300
#: How far from its end a whole file has its end mark, and how long a line may be that is only context, as a label.
_TAIL, _LABEL = 2_048, 24

_BROKEN = Problem(Outcome.PARTIAL, "pdf")
_TOO_LARGE = Problem(Outcome.PARTIAL, "bytes")
_ENCRYPTED = Problem(Outcome.ENCRYPTED, "password")
_NO_TEXT = Problem(Outcome.PARTIAL, "no text layer")
_NO_UNICODE = Problem(Outcome.PARTIAL, "glyphs")

# It reports what it cannot read by name of the document's own parts.
logging.getLogger("pypdfium2").setLevel(logging.CRITICAL + 1)


def extract_pdf(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text of each page, its fields and notes, and what the document holds beside its pages."""
    stand_in()
    return _iter_told(stream if stream.seekable() else io.BytesIO(stream.read()), given())


def _iter_told(source: BinaryIO, passwords: tuple[str, ...]) -> Iterator[Piece]:
    told: set[Problem] = set()
    for piece in _iter_pieces(source, passwords):
        if not isinstance(piece, Problem):
            yield piece
        elif piece not in told:
            told.add(piece)
            yield piece


def _iter_pieces(source: BinaryIO, passwords: tuple[str, ...]) -> Iterator[Piece]:
    if not source.seek(0, io.SEEK_END):
        return
    if not _is_whole(source):
        yield _BROKEN
    defuser, packets = Defuser(), []
    for stream in iter_streams(source):
        defuser.check(source, stream)
        if is_packet(stream):
            packets.append(stream)
    source = defuser.cover(source)
    if defuser.is_needed:
        yield _TOO_LARGE
    try:
        pdf, password = _unlock(source, passwords)
    except pdfium.PdfiumError as error:
        if error.err_code in {pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY}:
            yield _ENCRYPTED
            return
        yield _BROKEN
        yield from _iter_opinions(source)
        return
    try:
        pdf.init_forms()
        yield from iter_parts(pdf)
        if packets:
            yield from _iter_properties(pdf, source, packets)
        yield from _iter_counted(pdf, _iter_pages(pdf, partial(_second_opinion, source, password)))
    except (pdfium.PdfiumError, AssertionError):
        yield _BROKEN
    finally:
        pdf.close()


def _iter_properties(pdf: PdfDocument, source: BinaryIO, packets: list[Stream]) -> Iterator[Piece]:
    """Yield what XMP says, each text once and none that the info dictionary has said."""
    from piiscan.pdfxmp import iter_properties  # noqa: PLC0415 - loads lxml, which other PDFs do not need

    told = set(pdf.get_metadata_dict(skip_empty=True).values())
    for packet in packets:
        for found in iter_properties(source, packet):
            if isinstance(found, Problem):
                yield found
            elif found[1] not in told:
                told.add(found[1])
                yield Segment(found[1], part="properties", hint=found[0], first_line=None)


def _unlock(source: BinaryIO, passwords: tuple[str, ...]) -> tuple[PdfDocument, str]:
    """Open a file with the first password that fits, which most often is the empty one. Raises as `_open` does."""
    try:
        return _open(source), ""
    except pdfium.PdfiumError as error:
        if error.err_code != pdfium.raw.FPDF_ERR_PASSWORD:
            raise
        for password in passwords:
            source.seek(0)
            with suppress(pdfium.PdfiumError):
                return pdfium.PdfDocument(source, password=password), password
        raise


def _open(source: BinaryIO) -> PdfDocument:
    """Open a file; one whose page tree is lost gets a new one. Raises PdfiumError where nothing helps."""
    source.seek(0)
    try:
        return pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        if error.err_code != pdfium.raw.FPDF_ERR_FORMAT:
            raise
        mended = mend(source)
        if mended is None:
            raise
        return pdfium.PdfDocument(mended)


def _is_whole(source: BinaryIO) -> bool:
    """Tell whether the end mark is there: pdfium mends a truncated file without a word."""
    source.seek(max(source.seek(0, io.SEEK_END) - _TAIL, 0))
    return b"%%EOF" in source.read(_TAIL)


def _iter_counted(pdf: PdfDocument, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the pieces of all pages, and last of how many pages there were none: reading was broken off."""
    come = 0
    try:
        for piece in pieces:
            come += isinstance(piece, (Picture, Pages))
            yield piece
    except (pdfium.PdfiumError, AssertionError):
        yield _BROKEN
    if come < len(pdf):
        yield Pages(unread=len(pdf) - come)


def _iter_pages(pdf: PdfDocument, second: Callable[[], SecondOpinion]) -> Iterator[Piece]:
    opinion = cache(second)
    tables, asked = PrintedTables(), 0
    for number in range(1, min(len(pdf), PAGES) + 1):
        try:
            page, marks = _open_page(pdf, number - 1)
        except pdfium.PdfiumError:
            yield _BROKEN
            yield Pages(unread=1)
            yield from _iter_text(opinion().read(number) or "", number)
            continue
        try:
            asked += bool(marks.lost)
            lost = opinion().find(number, marks.lost, marks.quarter) if marks.lost and asked <= _ASKED else ()
            is_unknown = lost is None or (bool(marks.lost) and asked > _ASKED)
            read = read_text(page, marks.strokes, tables.columns(number), lost or ())
            yield from _iter_text(read.rest, number)
            yield from tables.feed(read.tables, number)
            if len(read.text) < _FEW or read.unusable >= _UNUSABLE or marks.is_lossy:
                text = opinion().read(number, marks.is_lossy) or ""
                yield from _iter_text(_what_is_new(text, read.text), number)
                is_unknown |= _is_unknown(text, read)
            problem = _NO_UNICODE if is_unknown else _NO_TEXT if shows_picture(page, len(read.text)) else None
            yield Picture(partial(draw_page, page), problem, number, is_minor=problem is None)
            for label, text in iter_notes(pdf, page):
                yield Segment(text, part=f"page {number}", hint=label, page=number, first_line=None)
        finally:
            page.close()
    yield from tables.flush()
    if len(pdf) > PAGES:
        yield Problem(Outcome.PARTIAL, "pages")


def _open_page(pdf: PdfDocument, index: int) -> tuple[PdfPage, Marks]:
    """Open a page, turned until its text is level, and tell what is drawn on it."""
    page = pdf[index]
    marks = read_marks(page)
    if not marks.quarter:
        return page, marks
    page = turn_page(pdf, index, page, marks.quarter)
    return page, read_marks(page)._replace(quarter=marks.quarter)


def _iter_text(text: str, number: int) -> Iterator[Segment]:
    if text.strip():
        yield Segment(text, part=f"page {number}", page=number, first_line=None)


def _second_opinion(source: BinaryIO, password: str = "") -> SecondOpinion:
    from piiscan.pdfopinion import SecondOpinion  # noqa: PLC0415 - 0.1 s that most files do not need

    return SecondOpinion(source, password)


def _is_unknown(text: str, first: PageText) -> bool:
    """Tell whether neither pdfium nor pdfminer, who read `text`, knows the characters of a page."""
    return first.unusable >= _UNUSABLE and (not text or count_unusable(text) >= _UNUSABLE)


def _what_is_new(text: str, known: str) -> str:
    """Give the lines of `text` that `known` lacks, with the short line before each: it may be the label."""
    squeezed = "".join(known.split())
    lines = text.split("\n")
    new = ["".join(line.split()) not in squeezed for line in lines]
    return "\n".join(
        line
        for index, line in enumerate(lines)
        if new[index] or (len(line) <= _LABEL and index + 1 < len(lines) and new[index + 1])
    )


def _iter_opinions(source: BinaryIO) -> Iterator[Piece]:
    """Read a file that pdfium does not open."""
    opinion = _second_opinion(source)
    for number in range(1, PAGES + 1):
        text = opinion.read(number)
        if text is None:
            return
        yield Pages(read=1)
        yield from _iter_text(text, number)
