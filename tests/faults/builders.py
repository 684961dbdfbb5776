"""Files that are meant to hurt: made here, so that none has to be kept."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PHONE = "電話番号 090-9876-5432\n"
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_END64, _LOCATOR = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")


def write_entries(path: Path, count: int) -> None:
    """Write a zip of so many empty entries, as ZIP64: byte by byte, as zipfile would take minutes for a million."""
    directory = bytearray()
    with path.open("wb") as stream:
        at = 0
        for number in range(count):
            name = b"%07d.txt" % number
            stream.write(_LOCAL.pack(b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name)
            directory += _CENTRAL.pack(b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, at) + name
            at += _LOCAL.size + len(name)
        stream.write(directory)
        stream.write(_END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), at))
        stream.write(_LOCATOR.pack(b"PK\6\7", 0, at + len(directory), 1))
        stream.write(_END.pack(b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Give a PDF of these objects, the first of which is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        *(len(objects) + 1, trailer.replace(b"START", b"%d" % start), start),
    )
    return bytes(out)


#: PDFs that a reader may follow for ever: a page tree that holds itself, a cross-reference before itself, forms that
#: draw each other.
CIRCLES = {
    "pages.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"
    ),
    "prev.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>", trailer=b"/Prev START"
    ),
    "forms.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/A Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 /Resources << /XObject << /A 5 0 R >> >> >>\n"
        b"stream\n/A Do\nendstream",
    ),
}


def pdf_of_pages(count: int) -> bytes:
    """Give a PDF of so many pages that share their content."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>"
    )
    draw = b"BT /F 12 Tf 20 200 Td (tel 090-9876-5432) Tj ET"
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, kids),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(draw), draw),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *[page] * count,
    )


def zipped(name: str, content: bytes) -> bytes:
    """Give a zip of one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()
