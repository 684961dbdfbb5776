"""PDFs written by hand, for what no library would write."""

from __future__ import annotations

from fixtures.documents import pdf_file as write

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_ADOBE_JAPAN = b"/Registry (Adobe) /Ordering (Japan1) /Supplement 2"


def write_stream(data: bytes, entries: bytes = b"") -> bytes:
    """Give a stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def write_page(content: bytes, font: bytes = HELVETICA, kind: bytes = b"/Type /Page", entries: bytes = b"") -> bytes:
    """Give a file of one page, whose content draws with the font /F; `entries` are those of the content stream."""
    return write(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< %b /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>" % kind,
        write_stream(content, entries),
        font,
    )


def show(codes: bytes) -> bytes:
    """Give the content that shows a string of character codes."""
    return b"BT /F 12 Tf 72 700 Td <%b> Tj ET" % codes.hex().encode()


def japanese_font(encoding: str) -> bytes:
    """Give a font that is not embedded, whose codes mean what `encoding` (a predefined CMap) says."""
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /%b /DescendantFonts [<< /Type /Font "
        b"/Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /CIDSystemInfo << %b >> /DW 1000 /FontDescriptor << "
        b"/Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /StemV 80 >> >>] >>"
    ) % (encoding.encode(), _ADOBE_JAPAN)


def bitmap_font(names: str) -> bytes:
    """Give a font of bitmaps (Type 3), as TeX makes them: code 1 and up draw the glyphs of these names."""
    count = len(names.split())
    return (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >> "
        b"/Encoding << /Differences [1 %b] >> /FirstChar 1 /LastChar %d /Widths [%b] >>"
    ) % (" ".join(f"/{name}" for name in names.split()).encode(), count, b"1 " * count)
