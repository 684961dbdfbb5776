"""What is drawn on a page of a PDF beside its text: the lines of its tables, and text that pdfium does not read."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from piiscan.pdfcalls import count_steps, item_bounds, step_at, step_closes, step_kind, step_point
from piiscan.pdfitems import iter_items, matrix_of
from piiscan.ruledgrids import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

    from piiscan.pagematrix import Matrix
    from piiscan.pdfcalls import Handle
    from piiscan.pdfitems import Item

#: A path no thicker than this is one line, in points; of paths with more corners, or on a page with more, none is read.
_THIN, _CORNERS, _MOST = 3.0, 512, 6000
#: The corners of a rectangle, the first one told twice or not, and with a last line back or not.
_RECTANGLE = frozenset({4, 5, 6})
#: So many texts are asked which way they run, and then one in so many.
_ASKED = 16
#: Fonts that pdfium has of its own, as their names are written, and how much of a name is looked at.
_BUILT_IN = re.compile(rb"(?i)helvetica|arial|times|courier|symbol|dingbats")
_NAME = 128


class Marks(NamedTuple):
    """What is drawn on a page: whether text is lost, straight lines (none where they are too many), lone characters.

    `lost` is where characters stand that pdfium draws and does not read. `quarter` tells by how many right angles most
    of the text is turned left.
    """

    is_lossy: bool
    strokes: list[Stroke]
    lost: list[tuple[float, float]]
    quarter: int = 0


def read_marks(page: PdfPage) -> Marks:
    """Look at all objects of a page once.

    Text is lost where it has no width: in a font that is neither embedded nor installed, vertical text is skipped, and
    so is a character that is drawn alone, as in the boxes and narrow columns of a form.
    """
    edges = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(edge) for edge in edges]
    is_lossy, corners, texts = False, 0, 0
    strokes: list[Stroke] = []
    lost: list[tuple[float, float]] = []
    quarters: Counter[int | None] = Counter()
    for item in iter_items(page):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += 1
            if texts <= _ASKED or not texts % _ASKED:
                quarters[matrix_of(item.handle).then(item.outer).quarter()] += 1
            if not item_bounds(item.handle, *places) or edges[0].value != edges[2].value:
                continue
            if edges[1].value < edges[3].value:
                is_lossy = True
            elif _is_foreign(item.handle):
                lost.append(_onto_page(item, edges[0].value, edges[1].value))
        elif item.kind == pdfium.FPDF_PAGEOBJ_PATH and corners <= _MOST and item_bounds(item.handle, *places):
            corners += max(1, count_steps(item.handle))
            left, bottom, right, top = (edge.value for edge in edges)
            strokes += _strokes(item, left, bottom, right, top)
    quarter, most = max(quarters.items(), key=lambda each: each[1], default=(0, 0))
    is_turned = quarter and most * 2 > quarters.total()
    return Marks(is_lossy, strokes if corners <= _MOST else [], lost, quarter if quarter and is_turned else 0)


def _onto_page(item: Item, x: float, y: float) -> tuple[float, float]:
    return item.outer.apply(x, y) if item.outer else (x, y)


def _is_foreign(item: Handle) -> bool:
    """Tell whether a text's font is neither in the file nor in pdfium; in those that are, only blanks have no width."""
    font = pdfium.FPDFTextObj_GetFont(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT))
    if not font or pdfium.FPDFFont_GetIsEmbedded(font):
        return False
    name = ctypes.create_string_buffer(_NAME)
    pdfium.FPDFFont_GetBaseFontName(font, name, _NAME)
    return not _BUILT_IN.search(name.value)


def _strokes(item: Item, left: float, bottom: float, right: float, top: float) -> Iterator[Stroke]:
    if item.outer:
        if item.outer.quarter() is None:
            return
        corners = (item.outer.apply(left, bottom), item.outer.apply(right, top))
        (left, right), (bottom, top) = map(sorted, zip(*corners, strict=True))
    if right - left <= _THIN or top - bottom <= _THIN:
        yield from _line(left, bottom, right, top)
        return
    count = count_steps(item.handle)
    if count > _CORNERS:
        return
    points = list(_iter_points(item.handle, count, matrix_of(item.handle).then(item.outer)))
    if count in _RECTANGLE and len({*points}) == 4:  # noqa: PLR2004 - what has four corners
        for corner, other in (((left, bottom), (right, bottom)), ((left, top), (right, top))):
            yield from _line(*corner, *other)
        for corner, other in (((left, bottom), (left, top)), ((right, bottom), (right, top))):
            yield from _line(*corner, *other)
        return
    for before, after in pairwise(points):
        if before and after:
            yield from _line(*before, *after)


def _line(left: float, bottom: float, right: float, top: float) -> Iterator[Stroke]:
    """Yield a line that is level or upright."""
    wide, high = abs(right - left), abs(top - bottom)
    if high <= _THIN < wide:
        yield Stroke((bottom + top) / 2, min(left, right), max(left, right), is_level=True)
    elif wide <= _THIN < high:
        yield Stroke((left + right) / 2, min(bottom, top), max(bottom, top), is_level=False)


def _iter_points(item: Handle, count: int, matrix: Matrix) -> Iterator[tuple[float, float] | None]:
    """Yield the corners of a path on the page, with None between those that no straight line joins."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    for index in range(count):
        step = step_at(item, index)
        if not step or not step_point(step, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = matrix.apply(x.value, y.value)
        kind = step_kind(step)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            yield None
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        yield point
        if step_closes(step) and start:
            yield start
