"""What a workbook holds beside its sheets: how cells look, where the lists are, and what its package consists of."""

from __future__ import annotations

import re
from enum import IntEnum
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY = 164  # the first number that a format of one's own may have
_COUNT = 3  # the built-in format #,##0
_TEXT = 49  # the built-in format @


class Look(IntEnum):
    """How a cell looks: the numbers of the cell formats in `STYLES`."""

    TEXT = 0
    TITLE = 1
    HEADING = 2
    COUNT = 3
    DAY = 4
    ASKED = 5
    ASKED_DAY = 6


def _format(number: int = 0, font: int = 0, fill: int = 0, border: int = 0, *, wrap: bool = False) -> str:
    wrapped = ' wrapText="1"' if wrap else ""
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"{wrapped}/></xf>'
    )


#: In the order of Look. A text is one in Excel too, so that a name such as =A1 stays one when somebody edits the cell.
_FORMATS = (
    _format(_TEXT),
    _format(font=1, fill=2, border=1, wrap=True),
    _format(font=2),
    _format(_COUNT),
    _format(_DAY),
    _format(_TEXT, fill=3, border=2),
    _format(_DAY, fill=3, border=2),
)


def _font(size: int, bold: str = "") -> str:
    return f'<font>{bold}<sz val="{size}"/><name val="Calibri"/><family val="2"/></font>'


def _fill(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'


def _border(*sides: str) -> str:
    line = ' style="thin"><color rgb="FFBFBFBF"/>'
    names = ("left", "right", "top", "bottom", "diagonal")
    return f"<border>{''.join(f'<{name}{line}</{name}>' if name in sides else f'<{name}/>' for name in names)}</border>"


def _list(name: str, items: Sequence[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


STYLES = "".join(
    (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">',
        _list("numFmts", [f'<numFmt numFmtId="{_DAY}" formatCode="yyyy\\-mm\\-dd"/>']),
        _list("fonts", [_font(11), _font(11, "<b/>"), _font(12, "<b/>")]),
        _list(
            "fills",
            [
                '<fill><patternFill patternType="none"/></fill>',
                '<fill><patternFill patternType="gray125"/></fill>',  # Excel expects these two
                _fill("DCE6F1"),
                _fill("FFF8DC"),
            ],
        ),
        _list("borders", [_border(), _border("bottom"), _border("left", "right", "top", "bottom")]),
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
        _list("cellXfs", _FORMATS),
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    )
)


class Page(NamedTuple):
    """A sheet that was written: its name, the range of its list, and its rows of titles ("" for a text)."""

    name: str
    list_range: str
    title_rows: str


def package_parts(pages: Sequence[Page], created: datetime) -> Iterable[tuple[str, str]]:
    """Yield all parts that tell of the sheets, by name."""
    yield "xl/workbook.xml", _workbook(pages)
    names = [f"worksheets/sheet{number}.xml" for number, _page in enumerate(pages, 1)]
    targets = [*((name, "worksheet") for name in names), ("styles.xml", "styles")]
    yield "xl/_rels/workbook.xml.rels", _relations((target, f"{_OFFICE}/{kind}") for target, kind in targets)
    yield "xl/styles.xml", STYLES
    yield "docProps/core.xml", _core(created)
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    yield "_rels/.rels", _relations([("xl/workbook.xml", f"{_OFFICE}/officeDocument"), ("docProps/core.xml", core)])
    overrides = {
        "xl/workbook.xml": f"{_TYPES}.sheet.main+xml",
        "xl/styles.xml": f"{_TYPES}.styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"xl/{name}": f"{_TYPES}.worksheet+xml" for name in names},
    }
    rows = (f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    content = f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{"".join(rows)}</Types>'
    yield "[Content_Types].xml", DECLARATION + content


def _workbook(pages: Sequence[Page]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(page.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, page in enumerate(pages, 1)
    )
    names = "".join(_names(place, page) for place, page in enumerate(pages) if page.list_range)
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets>{defined}</workbook>"
    )


def _names(place: int, page: Page) -> str:
    """Name the range that a list's filter covers, and the rows that stand on every page that is printed."""
    return (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f'{_in(page, page.list_range)}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"{_in(page, page.title_rows)}</definedName>"
    )


def _in(page: Page, cells: str) -> str:
    """Name cells of a sheet for good.

    >>> _in(Page("To do", "A2:Y7", "1:2"), "A2:Y7"), _in(Page("To do", "A2:Y7", "1:2"), "1:2")
    ("'To do'!$A$2:$Y$7", "'To do'!$1:$2")
    """
    name = page.name.replace("'", "''")
    fixed = re.sub("([A-Z]+|[0-9]+)", r"$\1", cells)
    return escape(f"'{name}'!{fixed}", quote=False)


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    rows = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _core(created: datetime) -> str:
    moment = f"{created:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>piiscan</dc:creator>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created></cp:coreProperties>'
    )
