"""One page of a PDF as pdfium sees it: its text in rows and tables, what of it has no Unicode, fields, notes."""

from __future__ import annotations

import ctypes
import re
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pypdfium2.raw as pdfium

from piiscan.pagelayout import lay_out
from piiscan.pagerows import join_rows
from piiscan.pdfcalls import has_no_unicode
from piiscan.pdflines import iter_lines
from piiscan.ruledgrids import find_grids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfPage

    from piiscan.pagerows import Fragment
    from piiscan.pagetable import Columns, PageTable
    from piiscan.ruledgrids import Stroke

#: pdfium's signs for a hyphen at the end of a line, after which it joins the lines.
_LINE_HYPHENS = ("\ufffe", "\x02")
_UNUSABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
#: A page with fewer characters whose picture covers more than this share is a scan with a stamp on it.
_STAMP, _COVER = 50, 0.5
#: Keys of an annotation that people write into.
_NOTE_KEYS = (b"Contents", b"T", b"Subj", b"RC")
_SCHEME = re.compile(r"(?:mailto|tel|sms|callto|fax):", re.IGNORECASE)
#: Objects looked at to see whether a page shows something.
_OBJECTS = 2000


class PageText(NamedTuple):
    """The text of a page, and how many of its characters have no Unicode or one that says nothing.

    `rest` is what of the text stands in no table.
    """

    text: str
    unusable: int
    rest: str = ""
    tables: Sequence[PageTable] = ()


def read_text(
    page: PdfPage, strokes: Sequence[Stroke] = (), known: Columns = (), lost: Sequence[Fragment] = ()
) -> PageText:
    """Read the text of a page in rows, and its tables.

    `known` are the columns of a table that may go on here, `lost` are pieces of text that pdfium does not read.
    """
    sheet = page.get_textpage()
    try:
        raw = sheet.get_text_range()
        for sign in _LINE_HYPHENS:
            raw = raw.replace(sign, "-")
        handle = ctypes.cast(sheet.raw, ctypes.c_void_p)
        # Every second one: no number hides between two of them, and the calls are a tenth of the page's time.
        unmapped = 2 * list(map(has_no_unicode, repeat(handle), range(0, sheet.count_chars(), 2))).count(1)
        grids = find_grids(strokes)
        lines = list(iter_lines(handle, raw, grids, lost))
    finally:
        sheet.close()
    text = join_rows(line.whole for line in lines)
    layout = lay_out(lines, grids, known)
    rest = join_rows(layout.rest) if layout else text
    return PageText(text, max(unmapped, count_unusable(text)), rest, layout.tables if layout else ())


def count_unusable(text: str) -> int:
    """Count the characters that stand for a glyph without Unicode.

    >>> count_unusable("電話 \ufffd\ue001")
    2
    """
    return len(_UNUSABLE.findall(text))


def shows_picture(page: PdfPage, characters: int) -> bool:
    """Tell whether a page with so many characters shows its text, if any, as a picture."""
    if characters >= _STAMP:
        return False
    width, height = page.get_size()
    for count, item in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,))):
        left, bottom, right, top = item.get_bounds()
        if not characters or count > _OBJECTS or (right - left) * (top - bottom) > _COVER * width * height:
            return True
    return False


def iter_notes(pdf: PdfDocument, page: PdfPage) -> Iterator[tuple[str, str]]:
    """Yield the values of form fields with their names, and the texts of annotations and links without one."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
                yield from _iter_field(pdf, note)
            else:
                yield from (("", text) for key in _NOTE_KEYS if (text := _wide(_string_value, note, key)))
                if uri := _link(pdf, note):
                    yield "", uri
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _iter_field(pdf: PdfDocument, note: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a pointer of ctypes
    if pdf.formenv is None:
        value, name = _wide(_string_value, note, b"V"), _wide(_string_value, note, b"T")
    else:
        value = _wide(pdfium.FPDFAnnot_GetFormFieldValue, pdf.formenv, note)
        names = (pdfium.FPDFAnnot_GetFormFieldAlternateName, pdfium.FPDFAnnot_GetFormFieldName)
        name = next((text for function in names if (text := _wide(function, pdf.formenv, note))), "")
    if value:
        yield name, value


_string_value = pdfium.FPDFAnnot_GetStringValue


def _link(pdf: PdfDocument, note: Any) -> str:  # noqa: ANN401 - a pointer of ctypes
    link = pdfium.FPDFAnnot_GetLink(note)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = pdfium.FPDFAction_GetURIPath(pdf, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf, action, buffer, size)
    return _SCHEME.sub("", unquote(buffer.value.decode("utf-8", "replace")), count=1)


def _wide(function: Callable[..., int], *arguments: object) -> str:
    """Call one of pdfium's functions that give UTF-16: once for the size in bytes, once for the text."""
    size = function(*arguments, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    function(*arguments, buffer, size)
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace").replace("\r", "\n").strip()
