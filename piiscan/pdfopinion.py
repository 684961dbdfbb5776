"""The second opinion on a PDF: what pdfminer reads on a page where pdfium's text looks thin or wrong.

pdfminer is slow and takes 0.1 s to load, so it is asked for single pages. It logs what it cannot read, document text
included: its loggers are silenced, and of its exceptions only the fact counts.
"""

from __future__ import annotations

import logging
import re
from itertools import islice
from math import hypot
from typing import TYPE_CHECKING

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTContainer, LTTextLine
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve_all

from piiscan.pagematrix import turning
from piiscan.pagerows import Fragment, join_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from pdfminer.layout import LTItem
    from pdfminer.pdffont import PDFFont
    from pdfminer.utils import Matrix

_UNMAPPED = re.compile(r"\(cid:\d+\)")
#: Objects inside objects on one page; a figure that draws itself must end somewhere.
_DEPTH = 20
#: Objects looked up for one page, and the highest code of a character.
_STEPS, _CODES = 200_000, 0xFFFF
#: How far apart both readers may see a character, in points.
_NEAR = 1.0

logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)


class SecondOpinion:
    """A PDF as pdfminer sees it. Pages are asked for in rising order."""

    def __init__(self, stream: BinaryIO, password: str = "") -> None:
        self._stream, self._password = stream, password
        self._pages: Iterator[PDFPage] | None = None
        self._page: PDFPage | None = None
        self._next = 1
        self._document: _Document | None = None

    def read(self, number: int, has_columns: bool = False) -> str | None:
        """Give the text of page `number` (from 1), "" if it cannot be read, None if there is no such page.

        Where a page has vertical columns, looking for them keeps each in one line; elsewhere it tears rows apart.
        """
        try:
            page = self._turn_to(number)
            return None if page is None else _text_of(page, has_columns)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever a broken file makes pdfminer's code do; the message may quote it
            return "" if self._next == number + 1 else None

    def find(self, number: int, places: Sequence[tuple[float, float]], quarter: int = 0) -> list[Fragment] | None:
        """Give the characters that stand at these places of a page, None where that cannot be told.

        Places and characters are told as on a page that has been turned right by so many right angles.
        """
        try:
            page = self._turn_to(number)
            return None if page is None else _find(page, places, quarter)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - as above
            return None

    def _turn_to(self, number: int) -> PDFPage | None:
        if self._document:
            self._document.steps = 0
        if self._next == number + 1:
            return self._page
        if self._pages is None:
            self._pages = iter(())  # what stays, should the next line fail: a file is opened once
            self._pages = PDFPage.create_pages(self._open())
        self._page = None
        self._page = next(islice(self._pages, number - self._next, None), None)
        if self._page is not None:
            self._next = number + 1
        return self._page

    def _open(self) -> _Document:
        self._document = _Document(PDFParser(self._stream), self._password)
        return self._document


class _Document(PDFDocument):
    """A document that ends the chase after an object that refers to itself."""

    steps = 0

    def getobj(self, objid: int) -> object:
        self.steps += 1
        if self.steps > _STEPS:
            raise RecursionError
        return super().getobj(objid)


class _Fonts(PDFResourceManager):
    """Fonts, but none whose widths are told for a range of characters that would fill the memory."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        numbers = resolve_all([spec.get("W"), spec.get("W2")])
        if any(isinstance(number, int) and number > _CODES for array in numbers for number in array or ()):
            raise ValueError
        return super().get_font(objid, spec)


class _Finder(PDFTextDevice):
    """Looks for characters at given places, and makes nothing of all others: a third of the time of a layout.

    `places` tells of each place where pdfium sees it.
    """

    def __init__(
        self, resources: PDFResourceManager, places: Mapping[tuple[float, float], tuple[float, float]]
    ) -> None:
        super().__init__(resources)
        self._places = places
        self._near = {(round(x) + dx, round(y) + dy) for x, y in places for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        self.found: list[Fragment] = []

    def render_char(  # noqa: PLR0913, PLR0917 - pdfminer's signature
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,  # noqa: ARG002
        cid: int,
        ncs: object,  # noqa: ARG002
        graphicstate: object,  # noqa: ARG002
    ) -> float:
        width = font.char_width(cid) * fontsize * scaling
        x, y = matrix[4], matrix[5]
        if (round(x), round(y)) in self._near:
            seen = next((own for at, own in self._places.items() if abs(x - at[0]) + abs(y - at[1]) < _NEAR), None)
            text = font.to_unichr(cid).strip() if seen else ""
            if seen and text:
                self.found.append(Fragment(text, seen[0], seen[0] + width * hypot(*matrix[:2]), seen[1]))
        return width


def _find(page: PDFPage, places: Sequence[tuple[float, float]], quarter: int) -> list[Fragment]:
    resources = _Fonts()
    box = page.mediabox
    turned, shown = turning(quarter, box) if quarter else None, turning(page.rotate // 90, box)
    finder = _Finder(resources, {shown.apply(*(turned.undo(*place) if turned else place)): place for place in places})
    PDFPageInterpreter(resources, finder).process_page(page)
    return finder.found


def _text_of(page: PDFPage, has_columns: bool) -> str:
    resources = _Fonts()
    layout = LAParams(all_texts=True, boxes_flow=None, detect_vertical=has_columns)
    device = PDFPageAggregator(resources, laparams=layout)
    PDFPageInterpreter(resources, device).process_page(page)
    return join_rows(_iter_fragments(device.get_result(), _DEPTH))


def _iter_fragments(item: LTItem, depth: int) -> Iterator[Fragment]:
    if isinstance(item, LTTextLine):
        text = _UNMAPPED.sub("\ufffd", item.get_text()).strip()
        if text:
            yield Fragment(text, item.x0, item.x1, item.y0, len(text) == 1 or item.width >= item.height)
    elif isinstance(item, LTContainer) and depth:
        for child in item:
            yield from _iter_fragments(child, depth - 1)
