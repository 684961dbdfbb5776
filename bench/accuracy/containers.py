"""A document as a file: every container that can hold it, in every encoding that people use for it."""

from __future__ import annotations

import csv
import io
import json
import random
from base64 import encodebytes
from quopri import encodestring
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bench.accuracy.printed import print_table
from bench.accuracy.spans import spans
from fixtures.documents import pdf_of, xlsx_of, zip_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.accuracy.compose import Document
    from bench.accuracy.spans import Span

CODECS = {
    "UTF-8": "utf-8",
    "UTF-8 BOM": "utf-8-sig",
    "CP932": "cp932",
    "EUC-JP": "euc_jp",
    "ISO-2022-JP": "iso2022_jp",
    "UTF-16": "utf-16",
    "–": "utf-8",
}
_CHARSETS = {"CP932": "Shift_JIS", "EUC-JP": "EUC-JP", "ISO-2022-JP": "ISO-2022-JP", "UTF-16": "UTF-16"}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def is_encodable(text: str, container: str, encoding: str) -> bool:
    """Tell whether a text survives in a container in an encoding. The font of our PDFs knows what CP932 knows."""
    codec = "cp932" if container == "pdf" else CODECS[encoding]
    try:
        return text.encode(codec).decode(codec) == text
    except UnicodeError:
        return False


def _lines(document: Document) -> str:
    return "".join("\t".join(row) + "\n" for row in document.rows)


def _txt(document: Document, encoding: str) -> bytes:
    return _lines(document).encode(CODECS[encoding])


def _all_rows(document: Document) -> list[list[str]]:
    return [*document.heads, *document.rows]


def _delimited(delimiter: str) -> Callable[[Document, str], bytes]:
    def write(document: Document, encoding: str) -> bytes:
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter).writerows(_all_rows(document))
        return stream.getvalue().encode(CODECS[encoding])

    return write


def _objects(document: Document) -> list[dict[str, str]]:
    names = [name or f"f{place}" for place, name in enumerate(document.header)]
    if not names:
        return [{row[0]: row[-1]} for row in document.rows]
    return [dict(zip(names, row, strict=True)) for row in document.rows]


def _is_escaped(document: Document) -> bool:
    """Tell by the document itself whether its file is to write what is not ASCII as escapes."""
    return random.Random(str(document.rows)).random() < 0.5  # noqa: PLR2004


def _json(document: Document, encoding: str) -> bytes:
    text = json.dumps(_objects(document), ensure_ascii=_is_escaped(document), indent=1)
    return text.encode(CODECS[encoding])


def _jsonl(document: Document, encoding: str) -> bytes:
    is_escaped = _is_escaped(document)
    text = "".join(json.dumps(each, ensure_ascii=is_escaped) + "\n" for each in _objects(document))
    return text.encode(CODECS[encoding])


def _sql(document: Document, encoding: str) -> bytes:
    names = ", ".join(f"`{name or f'f{place}'}`" for place, name in enumerate(document.header))
    text = "CREATE TABLE meibo (id int);\n"
    for row in document.rows:
        values = ", ".join("'" + cell.replace("'", "''") + "'" for cell in row)
        text += f"INSERT INTO meibo ({names}) VALUES ({values});\n"  # noqa: S608 - nobody runs it
    return text.encode(CODECS[encoding])


def _html_text(text: str, *, is_escaped: bool) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text) if is_escaped else escape(text)


def _html(document: Document, encoding: str) -> bytes:
    charset = _CHARSETS.get(encoding, "UTF-8")
    is_escaped = random.Random(str(document.rows)).random() < 0.2  # noqa: PLR2004
    if document.is_text:
        body = "".join(f"<p>{_html_text(row[0], is_escaped=is_escaped)}</p>\n" for row in document.rows)
    else:
        rows = ["".join(f"<td>{_html_text(cell, is_escaped=is_escaped)}</td>" for cell in row) for row in document.rows]
        heads = ["".join(map(_html_head, row)) for row in spans(document.heads)]
        body = "<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in heads + rows) + "</table>"
    text = f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"></head><body>\n{body}</body></html>\n'
    return text.encode(CODECS[encoding])


def _html_head(cell: Span) -> str:
    if not cell.wide:
        return ""
    wide = f' colspan="{cell.wide}"' if cell.wide > 1 else ""
    deep = f' rowspan="{cell.deep}"' if cell.deep > 1 else ""
    return f"<th{wide}{deep}>{escape(cell.text)}</th>"


def _eml(document: Document, encoding: str) -> bytes:
    body = _lines(document).replace("\n", "\r\n").encode(CODECS[encoding])
    transfer = {"UTF-8": "base64", "CP932": "quoted-printable", "EUC-JP": "8bit"}.get(encoding, "7bit")
    if transfer == "base64":
        body = encodebytes(body)
    elif transfer == "quoted-printable":
        body = encodestring(body)
    head = (
        "From: noreply@zz-kitano-kogyo.co.jp\r\nTo: info@zz-kitano-kogyo.co.jp\r\nSubject: report\r\n"
        "Date: Fri, 20 Nov 2026 09:00:00 +0900\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={_CHARSETS.get(encoding, 'UTF-8')}\r\n"
        f"Content-Transfer-Encoding: {transfer}\r\n\r\n"
    )
    return head.encode() + body


def _xlsx(document: Document, _: str) -> bytes:
    return xlsx_of("一覧", _all_rows(document))


def _docx(document: Document, _: str) -> bytes:
    def paragraph(text: str) -> str:
        return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'

    def head(cell: Span, below: str) -> str:
        if not cell.wide and below:  # what is left of a cell merged with the one above keeps its place
            return ""
        kind = '<w:vMerge w:val="restart"/>' if cell.deep > 1 else "" if cell.wide else "<w:vMerge/>"
        kind += f'<w:gridSpan w:val="{cell.wide}"/>' if cell.wide > 1 else ""
        return f"<w:tc><w:tcPr>{kind}</w:tcPr>{paragraph(cell.text)}</w:tc>"

    if document.is_text:
        body = "".join(paragraph(row[0]) for row in document.rows)
    else:
        cells = ["".join(map(head, row, document.heads[-1])) for row in spans(document.heads)]
        cells += ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in document.rows]
        grid = "<w:gridCol/>" * len(document.rows[0])
        body = f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    relation = f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/>'
    return zip_of(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'.encode(),
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'.encode(),
        }
    )


def _pdf(document: Document, _: str) -> bytes:
    if document.is_text:
        return pdf_of([row[0] for row in document.rows])
    return print_table(document.rows, document.heads)


def _zip(document: Document, encoding: str) -> bytes:
    if document.is_text:
        return zip_of({"memo.txt": _txt(document, encoding)})
    return zip_of({"list.csv": _delimited(",")(document, encoding)})


#: Container (a file's suffix) -> what writes it.
WRITERS: dict[str, Callable[[Document, str], bytes]] = {
    "txt": _txt,
    "csv": _delimited(","),
    "tsv": _delimited("\t"),
    "json": _json,
    "jsonl": _jsonl,
    "sql": _sql,
    "html": _html,
    "eml": _eml,
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
    "zip": _zip,
}
_ALL = ("UTF-8", "UTF-8 BOM", "CP932", "EUC-JP", "ISO-2022-JP", "UTF-16")
_NONE = ("–",)
#: What holds lines, what holds tables, and what holds forms (label in the left cell), each with its encodings; then
#: forms of several values a row, lists with a header of two rows, and lists of people.
TEXTS = {
    "txt": _ALL,
    "html": ("UTF-8", "CP932", "EUC-JP", "ISO-2022-JP"),
    "eml": ("UTF-8", "CP932", "EUC-JP", "ISO-2022-JP"),
    "zip": ("UTF-8", "CP932", "EUC-JP", "UTF-16"),
    "docx": _NONE,
    "pdf": _NONE,
}
TABLES = {
    "csv": _ALL,
    "tsv": _ALL,
    "json": ("UTF-8", "UTF-8 BOM", "CP932", "UTF-16"),
    "jsonl": ("UTF-8", "UTF-8 BOM", "CP932"),
    "sql": ("UTF-8", "CP932", "EUC-JP", "UTF-16"),
    "html": ("UTF-8", "CP932"),
    "zip": ("UTF-8", "CP932"),
    "xlsx": _NONE,
    "docx": _NONE,
    "pdf": _NONE,
}
FORMS = {
    "csv": ("UTF-8", "CP932"),
    "xlsx": _NONE,
    "docx": _NONE,
    "html": ("UTF-8",),
    "json": ("UTF-8",),
    "pdf": _NONE,
}
PAIRS = {
    "csv": ("UTF-8", "CP932"),
    "tsv": ("UTF-8", "CP932"),
    "xlsx": _NONE,
    "docx": _NONE,
    "html": ("UTF-8",),
    "pdf": _NONE,
}
GROUPED = PAIRS | {"zip": ("UTF-8", "CP932")}
ROSTERS = GROUPED | {"json": ("UTF-8",), "sql": ("UTF-8",)}
