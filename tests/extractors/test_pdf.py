"""Everything a PDF can keep text in, and what is said of a PDF that cannot be read."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from fixtures.documents import pdf_file as write
from piiscan.extractors import choose, pdf
from piiscan.model import Outcome
from piiscan.piece import Member, Picture, Pixels, Problem
from tests.extractors.raw_pdf import show, write_page, write_stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.extractors.conftest import Read

ROW = "pdf:extract_pdf"
MOBILE = "090-1234-5678"
FONT = "HeiseiMin-W3"


def _draw(paint: Callable[[Canvas], None], encrypt: StandardEncryption | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=encrypt, invariant=True)
    canvas.setFont(FONT, 11)
    paint(canvas)
    canvas.save()
    return target.getvalue()


def _application(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "申込書に記載のとおり連絡します。")
    canvas.drawString(72, 680, f"電話番号 {MOBILE}")


def test_a_page_is_a_segment_with_its_number(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        _application(canvas)
        canvas.showPage()
        canvas.setFont(FONT, 11)
        canvas.drawString(72, 700, "二枚目のページにある長い本文です。連絡先 03-1234-5678")

    segments = [segment for segment in read(ROW, _draw(paint)).segments if segment.part != "properties"]
    assert [(segment.part, segment.page, segment.first_line) for segment in segments] == [
        ("page 1", 1, None),
        ("page 2", 2, None),
    ]
    assert f"電話番号 {MOBILE}" in segments[0].text
    assert "03-1234-5678" in segments[1].text


def test_a_form_drawn_label_by_label_keeps_its_rows(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        for number, label in enumerate(("氏名", "電話番号")):
            canvas.drawString(72, 700 - 20 * number, label)
        for number, value in enumerate(("山田太郎", MOBILE)):
            canvas.drawString(200, 700 - 20 * number, value)

    assert f"電話番号\t{MOBILE}" in read(ROW, _draw(paint)).texts[-1]


def test_columns_of_prose_stay_columns(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        for left in (40, 330):
            for number in range(3):
                canvas.drawString(left, 700 - 20 * number, f"{left}段の{number}行目の長い文章が続いていく例文です")

    lines = read(ROW, _draw(paint)).texts[-1].split("\n")
    assert [line[:3] for line in lines] == ["40段", "40段", "40段", "330", "330", "330"]


def test_a_number_hyphenated_at_the_end_of_a_line_keeps_its_hyphen(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "連絡先の番号は次のとおりです 090-1234-")
        canvas.drawString(72, 685, "5678 までお願いします")

    text = read(ROW, _draw(paint)).texts[-1]
    assert "090-1234-" in text
    assert "\ufffe" not in text


def test_a_form_field_has_its_name_as_hint(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="denwa", tooltip="電話番号", value=MOBILE, x=72, y=600)

    fields = [segment for segment in read(ROW, _draw(paint)).segments if segment.hint == "電話番号"]
    assert [(field.text, field.page, field.part) for field in fields] == [(MOBILE, 1, "page 1")]


def test_notes_and_links_are_read(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        _application(canvas)
        canvas.textAnnotation(f"連絡 {MOBILE}", (72, 600, 90, 620))
        canvas.linkURL("mailto:taro%2Bx@piiscan-demo.jp", (72, 500, 200, 520))
        canvas.linkURL("tel:090-1234-9999", (72, 400, 200, 420))

    texts = read(ROW, _draw(paint)).texts
    assert f"連絡 {MOBILE}" in texts
    assert "taro+x@piiscan-demo.jp" in texts
    assert "090-1234-9999" in texts


def test_properties_and_outline_are_read(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setAuthor("taro@piiscan-demo.jp")
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry(f"様式 {MOBILE}", "a")
        _application(canvas)

    segments = read(ROW, _draw(paint)).segments
    assert ("properties", "Author", "taro@piiscan-demo.jp") in [(one.part, one.hint, one.text) for one in segments]
    assert f"様式 {MOBILE}" in [one.text for one in segments if one.part == "outline"]


def test_a_title_that_is_no_unicode_keeps_nothing_else_from_being_read(read: Read) -> None:
    """pypdfium2 refuses half of a character, and the whole document was an error."""
    data = _draw(_application)
    broken = data.replace(b"/Title (untitled)", b"/Title <FEFFD800>")
    assert broken != data
    segments = read(ROW, broken).segments
    assert ("properties", "Title", "\N{REPLACEMENT CHARACTER}") in [(one.part, one.hint, one.text) for one in segments]
    assert [one.text for one in segments if one.part == "page 1"] == [
        one.text for one in read(ROW, data).segments if one.part == "page 1"
    ]


def test_the_data_of_an_xfa_form_is_read(read: Read) -> None:
    data = write(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA [(datasets) 3 0 R] >> >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        write_stream(f"<xfa:data><tel a='1'>{MOBILE}</tel></xfa:data>".encode()),
        b"<< /Type /Page /Parent 2 0 R >>",
    )
    forms = [(one.hint, one.text) for one in read(ROW, data).segments if one.part == "form"]
    assert forms == [("tel", MOBILE)]


def _attach(name: bytes, content: bytes) -> bytes:
    return write(
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(%b) 3 0 R] >> >> >>" % name,
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Filespec /F (%b) /EF << /F 4 0 R >> >>" % name,
        content,
        b"<< /Type /Page /Parent 2 0 R >>",
    )


def test_attached_files_are_members_that_open_while_the_pdf_is_read() -> None:
    file = write_stream(f"電話 {MOBILE}".encode(), b"/Type /EmbeddedFile")
    opened = [
        (piece.name, piece.open().read().decode())
        for piece in pdf.extract_pdf(io.BytesIO(_attach(b"meibo.txt", file)), "a.pdf")
        if isinstance(piece, Member)
    ]
    assert opened == [("meibo.txt", f"電話 {MOBILE}")]


def test_an_attached_file_that_is_lost_is_damaged() -> None:
    pieces = pdf.extract_pdf(io.BytesIO(_attach(b"meibo.txt", b"null")), "a.pdf")
    member = next(piece for piece in pieces if isinstance(piece, Member))
    with pytest.raises(EOFError):
        member.open()


def test_a_user_password_is_encrypted(read: Read) -> None:
    data = _draw(_application, StandardEncryption("open", "own"))
    assert list(read(ROW, data)) == [Problem(Outcome.ENCRYPTED, "password")]


def test_an_owner_password_alone_does_not_keep_us_out(read: Read) -> None:
    pieces = read(ROW, _draw(_application, StandardEncryption("", "own", canCopy=0)))
    assert any(MOBILE in text for text in pieces.texts)
    assert pieces.reasons == []


def _picture_pdf(pages: int, text: bytes = b"") -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /I 3 0 R >> "
        b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    )
    picture = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return write(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, kids),
        write_stream(b"\x80", picture),
        write_stream(b"q 600 0 0 800 0 0 cm /I Do Q " + text),
        *[page] * pages,
    )


@pytest.mark.parametrize("text", [b"", b"BT /F 9 Tf 20 20 Td (Scan 0001) Tj ET"])
def test_pages_that_are_pictures_are_told(read: Read, text: bytes) -> None:
    assert list(read(ROW, _picture_pdf(2, text)).reasons) == ["no text layer"] * 2


def test_a_blank_page_is_complete(read: Read) -> None:
    assert read(ROW, _draw(lambda canvas: canvas.showPage())).reasons == []


def test_a_truncated_file_is_partial_with_what_is_there(read: Read) -> None:
    data = _draw(_application)
    pieces = read(ROW, data[: data.index(b"xref")])
    assert pieces.reasons == ["pdf"]
    assert any(MOBILE in text for text in pieces.texts)


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n\x00\xff" * 50, b"no pdf"])
def test_rubble_is_partial(read: Read, data: bytes) -> None:
    assert list(read(ROW, data)) == [Problem(Outcome.PARTIAL, "pdf")]


def test_every_truncation_ends(read: Read) -> None:
    data = _draw(_application)
    for size in range(97, len(data) - 8, 97):
        assert read(ROW, data[:size]).reasons[:1] == ["pdf"]


def test_pages_above_the_limit_are_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGES", 2)
    pieces = read(ROW, _picture_pdf(3, b"BT /F 9 Tf (x) Tj ET " * 60))
    assert pieces.reasons[-1] == "pages"
    assert {segment.page for segment in pieces.segments} == {1, 2}


def test_a_stream_that_cannot_seek_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    pieces = list(pdf.extract_pdf(Pipe(_draw(_application)), "a.pdf"))
    assert any(MOBILE in getattr(piece, "text", "") for piece in pieces)


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a"])
def test_the_first_bytes_choose(name: str) -> None:
    assert choose(name, b"%PDF-1.4\n%abc\n") == ROW


def test_compressed_pages_are_read(read: Read) -> None:
    content = zlib.compress(show(b"Please call us at " + MOBILE.encode()))
    assert read(ROW, write_page(content, entries=b"/Filter /FlateDecode")).texts == [f"Please call us at {MOBILE}"]


@pytest.mark.parametrize(("pixels", "dpi"), [(100, 400), (150, 300), (300, 450), (40, 300), (2000, 300)])
def test_a_scan_is_drawn_in_its_own_resolution(pixels: int, dpi: int) -> None:
    stream = io.BytesIO()
    Image.new("L", (pixels, pixels), 9).save(stream, "PDF", resolution=2 * pixels)  # half an inch wide
    drawn = [piece.draw() for piece in pdf.extract_pdf(stream, "a.pdf") if isinstance(piece, Picture)]
    assert [each[0::3] for each in drawn if isinstance(each, Pixels)] == [(round(dpi / 2), dpi)]
