"""One page of a PDF as pdfium sees it: its text in rows, how much of it has no Unicode, fields, notes and links."""

from __future__ import annotations

import ctypes
import re
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pypdfium2.raw as pdfium

from piiscan.pagerows import Fragment, join_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdfium2 import PdfDocument, PdfPage

#: pdfium's signs for a hyphen at the end of a line, after which it joins the lines.
_LINE_HYPHENS = ("\ufffe", "\x02")
_UNUSABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_LEVEL = 2.0
#: A page with fewer characters whose picture covers more than this share is a scan with a stamp on it.
_STAMP, _COVER = 50, 0.5
#: Keys of an annotation that people write into.
_NOTE_KEYS = (b"Contents", b"T", b"Subj", b"RC")
_SCHEME = re.compile(r"(?:mailto|tel|sms|callto|fax):", re.IGNORECASE)
#: Objects looked at to see whether a page shows something.
_OBJECTS = 2000


class _Handle(ctypes.c_void_p):
    """A pointer that ctypes leaves one, where it makes a number of its own kind of them."""


def _quick(function: Any, result: type = ctypes.c_int) -> Callable[..., Any]:  # noqa: ANN401 - a function of ctypes
    """Give one of pdfium's functions in a form that costs a third where it is called for every character.

    It neither lets other threads run nor converts its arguments: handles have to come as `c_void_p`.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_has_no_unicode = _quick(pdfium.FPDFText_HasUnicodeMapError)
_char_index = _quick(pdfium.FPDFText_GetCharIndexFromTextIndex)
_char_origin = _quick(pdfium.FPDFText_GetCharOrigin)
_item_at = _quick(pdfium.FPDFPage_GetObject, _Handle)
_item_bounds = _quick(pdfium.FPDFPageObj_GetBounds)


class PageText(NamedTuple):
    """The text of a page, and how many of its characters have no Unicode or one that says nothing."""

    text: str
    unusable: int


def read_text(page: PdfPage) -> PageText:
    """Read the text of a page in rows."""
    sheet = page.get_textpage()
    try:
        raw = sheet.get_text_range()
        handle = ctypes.cast(sheet.raw, ctypes.c_void_p)
        unmapped = list(map(_has_no_unicode, repeat(handle), range(sheet.count_chars()))).count(1)
        text = join_rows(_iter_fragments(handle, raw))
        for sign in _LINE_HYPHENS:
            text = text.replace(sign, "-")
        return PageText(text, max(unmapped, count_unusable(text)))
    finally:
        sheet.close()


def count_unusable(text: str) -> int:
    """Count the characters that stand for a glyph without Unicode.

    >>> count_unusable("電話 \ufffd\ue001")
    2
    """
    return len(_UNUSABLE.findall(text))


def loses_text(page: PdfPage) -> bool:
    """Tell whether pdfium draws text on a page that it does not read.

    It skips what has no width: vertical text in a font that is neither embedded nor installed.
    """
    handle = ctypes.cast(page.raw, ctypes.c_void_p)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(edge) for edge in (left, bottom, right, top)]
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = _item_at(handle, index)
        if not _item_bounds(item, *places) or left.value != right.value or bottom.value >= top.value:
            continue
        if pdfium.FPDFPageObj_GetType(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)) == pdfium.FPDF_PAGEOBJ_TEXT:
            return True
    return False


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


def _iter_fragments(handle: ctypes.c_void_p, raw: str) -> Iterator[Fragment]:
    x, y = ctypes.c_double(), ctypes.c_double()
    x_place, y_place = ctypes.byref(x), ctypes.byref(y)

    def origin(index: int) -> tuple[float, float]:
        x.value = y.value = 0.0  # what stays where there is no such character
        _char_origin(handle, _char_index(handle, index), x_place, y_place)
        return x.value, y.value

    start = 0
    for line in raw.splitlines(keepends=True):
        if text := line.strip():
            first = start + line.index(text)
            left, base = origin(first)
            right, end = origin(first + len(text) - 1)
            # Text that runs up or down the page, or across a line end that pdfium has joined, has no one base line.
            yield Fragment(text, left, right, base, abs(end - base) <= _LEVEL and right >= left)
        start += len(line)


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
