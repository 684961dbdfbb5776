"""The two readers of PDF disagree: files where one of them alone misses the number, and both together do not."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from piiscan.model import Outcome
from piiscan.pdfopinion import SecondOpinion
from piiscan.pdfpage import read_text
from piiscan.piece import Problem
from tests.extractors.raw_pdf import bitmap_font, japanese_font, show, write_page

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "pdf:extract_pdf"
MOBILE = "090-1234-5678"
LINE = f"電話番号 {MOBILE} 連絡先"
GLYPHS = "zero nine zero hyphen one two three four hyphen five six seven eight"
CALL = f"Please call {MOBILE}".encode()
ONLY_PDFMINER = {
    "UTF-8 codes": write_page(show(LINE.encode()), japanese_font("UniJIS-UTF8-H")),
    "codes of 1978, Shift JIS": write_page(show(LINE.encode("cp932")), japanese_font("78ms-RKSJ-H")),
    "codes of 1978, EUC": write_page(show(LINE.encode("euc-jp")), japanese_font("78-EUC-H")),
    "bitmap font": write_page(show(bytes(range(1, 14))), bitmap_font(GLYPHS)),
    "ligature": write_page(show(bytes(range(1, 12))), bitmap_font(f"zero_nine_zero {GLYPHS[15:]}")),
}
ONLY_PDFIUM = {
    "codes of a phone's font": write_page(show(LINE.encode("utf-16-be")), japanese_font("UniJISPro-UCS2-HW-V")),
    "page without type": write_page(show(CALL), kind=b""),
    "filter that does nothing": write_page(show(CALL), entries=b"/Filter /Crypt"),
}
NEITHER = write_page(show(bytes(range(1, 14))), bitmap_font(" ".join(f"g{number}" for number in range(13))))


def _pdfium(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    text = read_text(pdf[0]).text
    pdf.close()
    return text


def _pdfminer(data: bytes) -> str:
    return SecondOpinion(io.BytesIO(data)).read(1) or ""


@pytest.mark.parametrize("data", ONLY_PDFMINER.values(), ids=ONLY_PDFMINER)
def test_what_pdfium_misses_is_found(read: Read, data: bytes) -> None:
    assert MOBILE not in _pdfium(data)
    assert MOBILE in _pdfminer(data)
    pieces = read(ROW, data)
    assert [MOBILE in segment.text for segment in pieces.segments][-1]
    assert pieces.segments[-1].page == 1
    assert pieces.reasons == []


@pytest.mark.parametrize("data", ONLY_PDFIUM.values(), ids=ONLY_PDFIUM)
def test_what_pdfminer_misses_is_found(read: Read, data: bytes) -> None:
    assert MOBILE in _pdfium(data)
    assert MOBILE not in _pdfminer(data)
    assert [MOBILE in text for text in read(ROW, data).texts] == [True]


def test_glyphs_that_neither_knows_are_told(read: Read) -> None:
    assert read(ROW, NEITHER).reasons == ["glyphs"]


def test_what_both_read_is_given_once(read: Read) -> None:
    assert read(ROW, write_page(show(b"03-1234-5678"))).texts == ["03-1234-5678"]


def test_a_page_that_pdfminer_cannot_read_does_not_end_it() -> None:
    opinion = SecondOpinion(io.BytesIO(b"%PDF-1.4\nno objects"))
    assert [opinion.read(1), opinion.read(2)] == [None, None]


@pytest.mark.parametrize("font", [b"5 0 R", japanese_font("78-EUC-H").replace(b"/DW 1000", b"/W [1 999999999 5]")])
def test_fonts_that_never_end_are_left(font: bytes) -> None:
    assert SecondOpinion(io.BytesIO(write_page(show(CALL), font))).read(1) == ""


def test_no_document_text_is_logged(read: Read, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for data in (*ONLY_PDFMINER.values(), *ONLY_PDFIUM.values(), NEITHER):
        read(ROW, data)
    assert caplog.records == []


def test_a_file_that_only_pdfminer_opens_is_read_in_part(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise pypdfium2.PdfiumError("no", err_code=3)

    monkeypatch.setattr("piiscan.extractors.pdf._open", refuse)
    pieces = read(ROW, write_page(show(CALL)))
    assert pieces.reasons == ["pdf"]
    assert pieces.texts == [CALL.decode()]
    assert Problem(Outcome.PARTIAL, "pdf") in pieces


def test_vertical_text_beside_horizontal_text_is_read_in_columns(read: Read) -> None:
    columns = (
        b"BT /F 12 Tf 1 0 0 1 %d 760 Tm <%b> Tj ET " % (500 - 20 * number, text.encode("utf-16-be").hex().encode())
        for number, text in enumerate(("長い見出しの Heading of a page", "電話番号", "０９０－１２３４－５６７８"))
    )
    text = read(ROW, write_page(b"".join(columns), japanese_font("UniJIS-UCS2-V"))).texts[-1]
    # in which order, and with which dash, depends on the fonts of the machine
    assert {"電話番号", "０９０－１２３４－５６７８"} <= {*text.replace("−", "－").split("\n")}
