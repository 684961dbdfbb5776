"""A page of a PDF as pixels, for who has to look at it."""

from __future__ import annotations

from itertools import islice
from math import sqrt
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from piiscan.model import Outcome
from piiscan.piece import Pixels, Problem

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: Dots an inch where nothing is a picture; with 200, dots become commas. A page of more pixels is drawn smaller.
_DPI, _PIXELS = 300, 40_000_000
#: A scan is drawn as it is, or twice as large where it is coarse: other sizes are read less surely.
_COARSE, _FINEST, _LEAST = 250, 450, 100
#: Pictures of a page that are looked at for that.
_OBJECTS = 100
_POINTS = 72


def draw_page(page: PdfPage) -> Pixels | Problem:
    """Draw an open page in grey, with its fields and notes."""
    width, height = page.get_size()
    dpi = min(_resolution(page), int(_POINTS * sqrt(_PIXELS / max(width * height, 1))))
    try:
        bitmap = page.render(scale=dpi / _POINTS, grayscale=True)
    except (PdfiumError, ValueError, MemoryError):
        return Problem(Outcome.PARTIAL, "pdf")
    try:
        columns, rows, stride = bitmap.width, bitmap.height, bitmap.stride
        data = bytes(bitmap.buffer)
        if stride != columns:
            data = b"".join(data[at : at + columns] for at in range(0, rows * stride, stride))
        return Pixels(columns, rows, data, dpi)
    finally:
        bitmap.close()


def _resolution(page: PdfPage) -> int:
    """Give the dots an inch at which a page is best drawn, by the largest picture on it."""
    largest, dpi = 0.0, _DPI
    for item in islice(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)), _OBJECTS):
        left, bottom, right, top = item.get_bounds()
        columns, rows = item.get_px_size()
        if (area := (right - left) * (top - bottom)) > largest:
            # a picture that lies on its side has its rows from left to right
            largest, dpi = area, round(_POINTS * sqrt(columns * rows / area))
    if not _LEAST <= dpi <= 2 * _FINEST:
        return _DPI
    return min(dpi * 2 if dpi < _COARSE else dpi, _FINEST)
