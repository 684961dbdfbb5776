"""What a PDF holds beside its pages: properties, outline, the data of XFA forms, attached files."""

from __future__ import annotations

import ctypes
import html
import io
import re
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from piiscan.piece import Member, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from pypdfium2 import PdfDocument

#: Bytes of one packet of an XFA form that are read.
_PACKET = 100 << 20
#: An element that holds text and nothing else.
_LEAF = re.compile(r"<([\w:.-]{1,200})(?:\s[^<>]{0,2000})?>([^<]*[^<\s][^<]*)</")


def iter_parts(pdf: PdfDocument) -> Iterator[Segment | Member]:
    """Yield the texts of a document that stand on no page, and its attached files as members."""
    for key in pdf.METADATA_KEYS:
        if value := _told(partial(pdfium.raw.FPDF_GetMetaText, pdf, key.encode())):
            yield Segment(value, part="properties", hint=key, first_line=None)
    titles = [_told(partial(pdfium.raw.FPDFBookmark_GetTitle, mark)) for mark in pdf.get_toc()]
    if titles:
        yield Segment("\n".join(titles), part="outline", first_line=None)
    for index in range(pdfium.raw.FPDF_GetXFAPacketCount(pdf)):
        for label, text in iter_leaves(_packet(pdf, index)):
            yield Segment(text, part="form", hint=label, first_line=None)
    for index in range(pdf.count_attachments()):
        attachment = pdf.get_attachment(index)
        yield Member(_told(partial(pdfium.raw.FPDFAttachment_GetName, attachment)), partial(_open, attachment))


def iter_leaves(packet: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of the innermost elements of a form's XML, with the names of the elements.

    >>> list(iter_leaves("<form><tel>03-1234-5678</tel><fax></fax></form>"))
    [('tel', '03-1234-5678')]
    """
    for found in _LEAF.finditer(packet):
        yield found[1], html.unescape(found[2]).strip()


def _told(ask: Callable[[object, int], int]) -> str:
    """Give a text that pdfium puts into a buffer as UTF-16; its own library refuses a text that is none."""
    size = ask(None, 0)
    buffer = (pdfium.raw.FPDF_WCHAR * (size // ctypes.sizeof(pdfium.raw.FPDF_WCHAR)))()
    ask(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").removesuffix("\0")


def _packet(pdf: PdfDocument, index: int) -> str:
    size = ctypes.c_ulong()
    pdfium.raw.FPDF_GetXFAPacketContent(pdf, index, None, 0, size)
    buffer = ctypes.create_string_buffer(min(size.value, _PACKET))
    pdfium.raw.FPDF_GetXFAPacketContent(pdf, index, buffer, len(buffer), size)
    return buffer.raw.decode("utf-8", "replace")


def _open(attachment: pdfium.PdfAttachment) -> BinaryIO:
    try:
        return io.BytesIO(bytes(attachment.get_data()))
    except pdfium.PdfiumError as error:
        raise EOFError from error
