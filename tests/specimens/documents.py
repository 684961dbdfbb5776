"""Specimens of documents: text, a table, and what stands beside both, such as titles, notes and sheet names."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.comments import Comment
from PIL.PngImagePlugin import PngInfo

from piiscan.storagecopy import write_compound
from scripts.make_office import SPACES, paragraph
from scripts.make_office import rows as odf_rows
from tests.extractors import test_doc, test_docx, test_odf, test_pdf, test_ppt, test_pptx, test_rtf, test_xls, test_xlsb
from tests.extractors.test_image import drawn
from tests.specimens.specimen import lines, rows

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from tests.specimens.specimen import Fields, Specimens


def _sheet_name(fields: Fields) -> str:
    """Give the first value, as a name that every program takes."""
    return next(iter(fields.values()))[:31]


def _pdf(fields: Fields) -> bytes:
    def paint(canvas: Canvas) -> None:
        canvas.setTitle(lines(fields))
        for number, line in enumerate(lines(fields).splitlines()):
            canvas.drawString(72, 700 - 20 * number, line)
            canvas.bookmarkPage(str(number))
            canvas.addOutlineEntry(line, str(number))

    return test_pdf._draw(paint)


def _docx(fields: Fields) -> bytes:
    text = "".join(map(test_docx.paragraph, lines(fields).splitlines()))
    parts = {
        "word/header1.xml": test_docx.part(text),
        "word/comments.xml": test_docx.part(f"<w:comment>{text}</w:comment>", "comments"),
        "docProps/core.xml": f"<cp xmlns:dc='urn:dc'><dc:title>{lines(fields)}</dc:title></cp>",
    }
    return test_docx.document(text + test_docx.words(*map(tuple, rows(fields))), parts)


def _pptx(fields: Fields) -> bytes:
    text = "".join(map(test_pptx.shape, lines(fields).splitlines()))
    notes = test_pptx.slide(text, root="notes")
    return test_pptx.deck(text, **{"ppt/notesSlides/notesSlide7.xml": notes})


def _xlsx(fields: Fields) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet(_sheet_name(fields))
    for row in rows(fields):
        sheet.append(row)
    sheet["A1"].comment = Comment(lines(fields), next(iter(fields.values())))
    sheet.oddFooter.center.text = lines(fields)
    book.properties.title = lines(fields)
    book.save(target)
    return target.getvalue()


def _doc(fields: Fields) -> bytes:
    return test_doc.document(((lines(fields).replace("\n", "\r"), True),))


def _xls(fields: Fields) -> bytes:
    cells = b"".join(
        test_xls.record(0x204, test_xls.at(number, column) + test_xls.wide(cell))
        for number, row in enumerate(rows(fields))
        for column, cell in enumerate(row)
    )
    return test_xls.book(cells, name=_sheet_name(fields))


def _xlsb(fields: Fields) -> bytes:
    table = b"".join(
        test_xlsb.row(number, *(test_xlsb.cell(6, at, test_xlsb.text(cell)) for at, cell in enumerate(row)))
        for number, row in enumerate(rows(fields))
    )
    names = test_xlsb.record(
        156, struct.pack("<LL", 0, 1) + test_xlsb.text("rId1") + test_xlsb.text(_sheet_name(fields))
    )
    return test_xlsb.pack(
        {
            **{name: part for name, part in test_xlsb.PARTS.items() if "Object" not in name and "2" not in name},
            "docProps/core.xml": f"<cp xmlns:dc='urn:dc'><dc:title>{lines(fields)}</dc:title></cp>",
            "xl/workbook.bin": b"".join(map(test_xlsb.record, (131, 143))) + names + test_xlsb.record(144),
            "xl/worksheets/sheet1.bin": b"".join(map(test_xlsb.record, (129, 145))) + table + test_xlsb.record(146),
        }
    )


def _ppt(fields: Fields) -> bytes:
    text = lines(fields).replace("\n", "\r")
    parts = [
        test_ppt.container(
            0x3E8, test_ppt.container(0xFF0, test_ppt.listed(2, 256), test_ppt.text(text)), test_ppt.listed(2, 256)
        ),
        test_ppt.container(0x3EE, test_ppt.shape(text)),
    ]
    directory = struct.pack("<L2L", 1 | 2 << 20, 0, len(parts[0]))
    stream = b"".join(parts) + test_ppt.atom(0x1772, directory) + test_ppt.atom(0xFF5, bytes(28))
    user = bytes(12) + b"\x5f\xc0\x91\xe3"
    return write_compound({("PowerPoint Document",): stream, ("Current User",): user})


def _rtf(fields: Fields) -> bytes:
    text = b"\\par ".join(map(test_rtf.hexed, lines(fields).splitlines()))
    return test_rtf.JAPANESE + b"{\\info{\\title " + text + b"}}{\\header " + text + b"}" + text + b"}"


def _body(fields: Fields) -> str:
    table = f"<table:table table:name='{_sheet_name(fields)}'>{odf_rows(*map(tuple, rows(fields)))}</table:table>"
    return "".join(map(paragraph, lines(fields).splitlines())) + table


def _odt(fields: Fields) -> bytes:
    return test_odf.pack(_body(fields))


def _fodt(fields: Fields) -> bytes:
    head = f'<office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.text">'
    return f"{head}<office:body><office:text>{_body(fields)}</office:text></office:body></office:document>".encode()


def _png(fields: Fields) -> bytes:
    note = PngInfo()
    note.add_itxt("Comment", lines(fields))
    return drawn(pnginfo=note)


SPECIMENS: dict[str, Specimens] = {
    "pdf:extract_pdf": {"form.pdf": _pdf},
    "docx:extract_docx": {"letter.docx": _docx},
    "pptx:extract_pptx": {"slides.pptx": _pptx},
    "xlsx:extract_xlsx": {"book.xlsx": _xlsx},
    "ole:extract_ole": {"letter": _doc, "book": _xls},
    "doc:extract_doc": {"letter.doc": _doc},
    "xls:extract_xls": {"book.xls": _xls},
    "xlsb:extract_xlsb": {"book.xlsb": _xlsb},
    "ppt:extract_ppt": {"slides.ppt": _ppt},
    "rtf:extract_rtf": {"letter.rtf": _rtf},
    "odf:extract_odf": {"letter.odt": _odt},
    "odf:extract_flat": {"letter.fodt": _fodt},
    "image:extract_image": {"picture.png": _png},
}
