"""Tables and forms as they are printed: with lines around the cells or none, cells of several lines or of one."""

from __future__ import annotations

import io
import random
from functools import cache
from typing import TYPE_CHECKING

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from bench.accuracy.spans import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

_FONT, _SIZE, _MARGIN, _PADDING = "HeiseiMin-W3", 9, 40, 14
#: The widest cell that is written in one line, in points.
_WIDEST = 160
#: Lines around all cells, below each row, or none.
STYLES = ("grid", "rules", "none")


@cache
def _style() -> ParagraphStyle:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return ParagraphStyle("cell", fontName=_FONT, fontSize=_SIZE, leading=_SIZE + 2, wordWrap="CJK")


def print_table(rows: Sequence[Sequence[str]], heads: Sequence[Sequence[str]] = (), style: str = "") -> bytes:
    """Write a table as a PDF; the header stands on each of its pages. Its looks are drawn by what it holds."""
    chance = random.Random(str(rows))
    style = style or chance.choice(STYLES)
    paragraph = _style()
    whole = [*heads, *rows]
    widths = [
        min(_WIDEST, max(pdfmetrics.stringWidth(cell, _FONT, _SIZE) for cell in cells)) + _PADDING
        for cells in zip(*whole, strict=True)
    ]
    # People scale a wide list down to its page, or take a larger one.
    page = (max(A4[0], sum(widths) + 2 * _MARGIN), A4[1])
    looks: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), _FONT, _SIZE),
        ("VALIGN", (0, 0), (-1, -1), chance.choice(("TOP", "MIDDLE"))),
    ]
    if style != "none":
        looks.append(("GRID" if style == "grid" else "LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black))
    looks += _merged(heads)
    cells = [[_cell(cell, paragraph) for cell in row] for row in whole]
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=page, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        invariant=True,
    )  # fmt: skip
    document.build([Table(cells, widths, style=TableStyle(looks), repeatRows=len(heads))])
    return stream.getvalue()


def _merged(heads: Sequence[Sequence[str]]) -> list[tuple[object, ...]]:
    """Merge the cells of a header that has two rows."""
    return [
        ("SPAN", (column, row), (column + cell.wide - 1, row + cell.deep - 1))
        for row, cells in enumerate(spans(heads))
        for column, cell in enumerate(cells)
        if cell.wide * cell.deep > 1
    ]


def _cell(text: str, style: ParagraphStyle) -> str | Paragraph:
    """Give what is too long for one line as a paragraph."""
    if pdfmetrics.stringWidth(text, _FONT, _SIZE) <= _WIDEST:
        return text
    return Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), style)
