"""Texts in formats that are no text, by builders of the tests where there is no free writer: old Office, Outlook."""

from __future__ import annotations

import io
import plistlib
import struct
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet as writer

from bench.corpora.letters import pages
from piiscan.storagecopy import write_compound
from scripts.make_office import SPACES, paragraph, rows
from tests.extractors import archivebuilder, test_doc, test_odf, test_ppt, test_rtf, test_xls, test_xlsb
from tests.extractors.msg_file import BODY, STRING, SUBJECT, Properties, message_file, recipient

if TYPE_CHECKING:
    from bench.corpora.office import Make

#: The parts of the tests' workbook without which there is none.
_BOOK = {name: part for name, part in test_xlsb.PARTS.items() if name in {"[Content_Types].xml", "_rels/.rels"}}
_CURRENT_USER = bytes(12) + b"\x5f\xc0\x91\xe3"
_SHEET, _FONT = "記録", "HeiseiMin-W3"
#: Characters in a line of a PDF, and the heights of its first and last.
_WIDTH, _TOP, _BOTTOM = 45, 780, 60


def _doc(texts: list[str]) -> bytes:
    return test_doc.document((("\r".join(texts), True),))


def _xls(texts: list[str]) -> bytes:
    record, at, wide = test_xls.record, test_xls.at, test_xls.wide
    return test_xls.book(b"".join(record(0x204, at(row, 1) + wide(text)) for row, text in enumerate(texts)))


def _xlsb(texts: list[str]) -> bytes:
    record, text, cell = test_xlsb.record, test_xlsb.text, test_xlsb.cell
    table = b"".join(test_xlsb.row(row, cell(6, 1, text(each))) for row, each in enumerate(texts))
    names = record(156, struct.pack("<LL", 0, 1) + text("rId1") + text(_SHEET))
    parts: dict[str, str | bytes] = {
        "xl/_rels/workbook.bin.rels": test_xlsb.links(rId1=("worksheet", "worksheets/sheet1.bin")),
        "xl/workbook.bin": record(131) + record(143) + names + record(144),
        "xl/worksheets/sheet1.bin": record(129) + record(145) + table + record(146),
    }
    return test_xlsb.pack(_BOOK | parts)


def _ppt(texts: list[str]) -> bytes:
    """Write the texts on slides, not in the outline as well."""
    container, listed = test_ppt.container, test_ppt.listed
    slides = [container(0x3EE, test_ppt.shape(page.replace("\n", "\r"))) for page in pages(texts)]
    entries = b"".join(listed(2 + number, 256 + number) for number in range(len(slides)))
    parts = [container(0x3E8, container(0xFF0, entries)), *slides]
    places = [sum(map(len, parts[:at])) for at in range(1, len(parts))]
    directory = struct.pack(f"<L{len(places)}L", 2 | len(places) << 20, *places)
    stream = b"".join(parts) + test_ppt.atom(0x1772, directory) + test_ppt.atom(0xFF5, bytes(28))
    return write_compound({("PowerPoint Document",): stream, ("Current User",): _CURRENT_USER})


def _rtf(texts: list[str]) -> bytes:
    lines = (test_rtf.hexed(text.encode("cp932", "replace").decode("cp932")) for text in texts)
    return test_rtf.JAPANESE + b"\\par ".join(lines) + b"}"


def _paragraphs(texts: list[str]) -> str:
    return "".join(paragraph(escape(text)) for text in texts)


def _ods(texts: list[str]) -> bytes:
    table = rows(*((str(number), escape(text)) for number, text in enumerate(texts)))
    return test_odf.pack(f"<table:table table:name='{_SHEET}'>{table}</table:table>", "spreadsheet")


def _fodt(texts: list[str]) -> bytes:
    head = f'<office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.text"><office:body>'
    return f"{head}<office:text>{_paragraphs(texts)}</office:text></office:body></office:document>".encode()


def _msg(texts: list[str]) -> bytes:
    own: Properties = {(0x001A, STRING): "IPM.Note", (SUBJECT, STRING): "報告", (BODY, STRING): "\n".join(texts)}
    return message_file(own, [recipient(1, "a", "a@example.com")], [])


def _parquet(texts: list[str]) -> bytes:
    stream = io.BytesIO()
    writer.write_table(pa.table({"記事": texts}), stream)
    return stream.getvalue()


def _packed(kind: str, packing: str | None, texts: list[str]) -> bytes:
    return archivebuilder.written({"a.txt": "\n".join(texts).encode()}, kind, packing)


def _pdf(texts: list[str]) -> bytes:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - takes long to load
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    stream, height = io.BytesIO(), 0
    canvas = Canvas(stream)
    for line in (text[at : at + _WIDTH] for text in texts for at in range(0, len(text), _WIDTH)):
        if height < _BOTTOM:
            if height:
                canvas.showPage()
            canvas.setFont(_FONT, 10)
            height = _TOP
        canvas.drawString(50, height, line)
        height -= 14
    canvas.save()
    return stream.getvalue()


#: How texts are written in each format, by suffix.
BINARIES: dict[str, Make] = {
    "odt": lambda texts: test_odf.pack(_paragraphs(texts)),
    "ods": _ods,
    "fodt": _fodt,
    "rtf": _rtf,
    "doc": _doc,
    "xls": _xls,
    "xlsb": _xlsb,
    "ppt": _ppt,
    "pdf": _pdf,
    "msg": _msg,
    "parquet": _parquet,
    "plist": lambda texts: plistlib.dumps([{"記事": text} for text in texts], fmt=plistlib.FMT_BINARY),
    "tgz": partial(_packed, "gnutar", "gzip"),
    "7z": partial(_packed, "7zip", None),
    "iso": partial(_packed, "iso9660", None),
    "lzh": lambda texts: archivebuilder.lzh({"a.txt": "\n".join(texts).encode()}, 2),
    "txt.zst": partial(_packed, "raw", "zstd"),
}
