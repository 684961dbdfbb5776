"""pdfium's functions in a form that is cheap enough to be called for every character or object of a page."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable


class Handle(ctypes.c_void_p):
    """A pointer that ctypes leaves one, where it makes a number of its own kind of them."""


def quick(function: Any, result: type = ctypes.c_int) -> Callable[..., Any]:  # noqa: ANN401 - a function of ctypes
    """Give one of pdfium's functions in a form that costs a third where it is called for every character.

    It neither lets other threads run nor converts its arguments: handles have to come as `c_void_p`.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


has_no_unicode = quick(pdfium.FPDFText_HasUnicodeMapError)
is_generated = quick(pdfium.FPDFText_IsGenerated)
char_index = quick(pdfium.FPDFText_GetCharIndexFromTextIndex)
char_origin = quick(pdfium.FPDFText_GetCharOrigin)
char_box = quick(pdfium.FPDFText_GetCharBox)
item_at = quick(pdfium.FPDFPage_GetObject, Handle)
item_kind = quick(pdfium.FPDFPageObj_GetType)
item_bounds = quick(pdfium.FPDFPageObj_GetBounds)
item_matrix = quick(pdfium.FPDFPageObj_GetMatrix)
count_inner = quick(pdfium.FPDFFormObj_CountObjects)
inner_at = quick(pdfium.FPDFFormObj_GetObject, Handle)
count_steps = quick(pdfium.FPDFPath_CountSegments)
step_at = quick(pdfium.FPDFPath_GetPathSegment, Handle)
step_kind = quick(pdfium.FPDFPathSegment_GetType)
step_point = quick(pdfium.FPDFPathSegment_GetPoint)
step_closes = quick(pdfium.FPDFPathSegment_GetClose)
