"""A page of a PDF as pixels, for who has to look at it."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from pypdfium2 import PdfiumError

from piiscan.model import Outcome
from piiscan.piece import Pixels, Problem

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: Dots an inch: with 200, dots become commas, and a tenth of the time is saved. A page of more pixels is drawn smaller.
_DPI, _PIXELS = 300, 40_000_000
_POINTS = 72


def draw_page(page: PdfPage) -> Pixels | Problem:
    """Draw an open page in grey, with its fields and notes."""
    width, height = page.get_size()
    dpi = min(_DPI, int(_POINTS * sqrt(_PIXELS / max(width * height, 1))))
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
