"""Texts as office documents: of Word by its library, workbooks and slides as Excel and PowerPoint spell them."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Make = Callable[[list[str]], bytes]

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SLIDE = "application/vnd.openxmlformats-officedocument.presentationml"


def fill_zip(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Give an archive of parts by name, compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def _make_docx(texts: list[str]) -> bytes:
    import docx  # noqa: PLC0415 - what only benchmarks need is not there where tests look at the corpora

    document = docx.Document()
    body = document.element.body
    for text in texts:
        body.add_p().add_r().add_t(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _make_xlsx(texts: list[str]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - as above

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("記録")
        for row, cells in enumerate((("番号", "記事"), *enumerate(texts, 1))):
            sheet.write_row(row, 0, cells)
    return stream.getvalue()


def make_openpyxl(texts: list[str]) -> bytes:
    """Write a workbook as programs in Python mostly do: every Japanese character is a reference by its number."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("記録")
    sheet.append(["番号", "記事"])
    for number, text in enumerate(texts, 1):
        sheet.append([number, text])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _make_pptx(texts: list[str]) -> bytes:
    """Write twenty paragraphs on a slide."""
    slides = [_slide(texts[at : at + 20]) for at in range(0, len(texts), 20)]
    numbers = range(1, len(slides) + 1)
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in numbers)
    main = f'<p:presentation xmlns:p="{_P}" xmlns:r="{_R}"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>'
    overrides = "".join(
        f'<Override PartName="/ppt/slides/slide{number}.xml" ContentType="{_SLIDE}.slide+xml"/>' for number in numbers
    )
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
        f' PartName="/ppt/presentation.xml" ContentType="{_SLIDE}.presentation.main+xml"/>{overrides}</Types>'
    )
    return fill_zip(
        [
            ("[Content_Types].xml", types),
            ("_rels/.rels", _relations([("officeDocument", "ppt/presentation.xml")])),
            ("ppt/presentation.xml", main),
            ("ppt/_rels/presentation.xml.rels", _relations([("slide", f"slides/slide{each}.xml") for each in numbers])),
            *((f"ppt/slides/slide{number}.xml", slide) for number, slide in enumerate(slides, 1)),
        ]
    )


def _slide(texts: list[str]) -> str:
    run = '<a:p><a:r><a:rPr lang="ja-JP" altLang="en-US" dirty="0"/><a:t>'
    body = "".join(f"{run}{escape(text)}</a:t></a:r></a:p>" for text in texts)
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="本文"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<p:sld xmlns:a="{_A}" xmlns:r="{_R}" xmlns:p="{_P}"><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>'
    )


def _relations(links: Iterable[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{found}</Relationships>'


#: How texts are written in each format of office documents, by suffix.
OFFICE: dict[str, Make] = {"docx": _make_docx, "xlsx": _make_xlsx, "pptx": _make_pptx}
