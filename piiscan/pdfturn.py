"""Pages whose text runs up, down or upside down: turned until it is level, and then read like any other page."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from piiscan.pagematrix import turning

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_HALF = 2


def turn_page(pdf: PdfDocument, index: int, page: PdfPage, quarter: int) -> PdfPage:
    """Turn a page right by so many right angles, in memory, and open it anew; the other one is closed."""
    box = page.get_mediabox()
    matrix = pdfium.FS_MATRIX(*turning(quarter, box))
    if pdfium.FPDFPage_TransFormWithClip(page, ctypes.byref(matrix), None):
        sides = [box[2] - box[0], box[3] - box[1]]
        width, height = sides if quarter == _HALF else reversed(sides)
        page.set_rotation(0)
        page.set_mediabox(0, 0, width, height)
        page.set_cropbox(0, 0, width, height)
    page.close()
    return pdf[index]
