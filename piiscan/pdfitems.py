"""The objects that a page of a PDF draws, those within form XObjects too, each with how it lies on the page."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from piiscan.pagematrix import Matrix
from piiscan.pdfcalls import count_inner, inner_at, item_at, item_kind, item_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

    from piiscan.pdfcalls import Handle

#: Forms within forms, and the objects that are looked at in those of one page.
_DEPTH, _INNER = 8, 20_000


class Item(NamedTuple):
    """An object, its kind, and what its coordinates become on the page: nothing else (None) outside of forms."""

    handle: Handle
    kind: int
    outer: Matrix | None


def iter_items(page: PdfPage) -> Iterator[Item]:
    """Yield all objects of a page, in place of a form those that it draws."""
    handle = ctypes.cast(page.raw, ctypes.c_void_p)
    left = _INNER
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = item_at(handle, index)
        kind = item_kind(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield Item(item, kind, None)
            continue
        for inner in _iter_inner(item, None, _DEPTH):
            left -= 1
            if left < 0:
                break
            if inner.kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield inner


def matrix_of(item: Handle) -> Matrix:
    """Give the matrix of an object itself."""
    found = pdfium.FS_MATRIX()
    item_matrix(item, ctypes.byref(found))
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _iter_inner(form: Handle, outer: Matrix | None, depth: int) -> Iterator[Item]:
    """Yield what a form draws, forms among it before what is in them."""
    own = matrix_of(form).then(outer)
    for index in range(count_inner(form)):
        item = inner_at(form, index)
        kind = item_kind(item)
        yield Item(item, kind, own)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            yield from _iter_inner(item, own, depth - 1)
