"""Text in fonts that a PDF names and does not hold is read alike on every machine, whatever fonts that has."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from piiscan import pdffonts
from tests.extractors.test_pdf import ROW

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

FONTS = ("HeiseiMin-W3", "HeiseiKakuGo-W5", "STSong-Light", "MSung-Light", "HYSMyeongJo-Medium")
LINES = (
    "本契約に基づく個人情報の取扱いについては、別紙に定める手順に従うものとし、",
    "担当部署は毎月末までに台帳を更新する。",
    "連絡先 見本 花子 090-1234-5678",
)


def _drawn(font: str, lines: list[str]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.setFont(font, 10)
    for number, line in enumerate(lines):
        canvas.drawString(40, 800 - 14 * number, line)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("font", FONTS)
def test_lines_that_repeat_one_above_are_read(font: str, read: Read) -> None:
    lines = [LINES[number * number % 11 % 3] for number in range(50)]
    pages = [segment.text for segment in read(ROW, _drawn(font, lines)).segments if segment.part == "page 1"]
    assert "".join("".join(pages).split()) == "".join("".join(lines).split())


def test_what_stands_in_takes_room_and_shows_nothing() -> None:
    pdffonts.stand_in()
    with pdfium.PdfDocument(_drawn("HeiseiMin-W3", ["氏名"])) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        left, bottom, right, top = text.get_charbox(0)
        assert (right - left, top - bottom) == (pytest.approx(10, abs=0.5), pytest.approx(10, abs=0.5))
        assert not np.any(page.render().to_numpy() < 255)
        text.close()
        page.close()


def test_other_fonts_are_those_of_the_library() -> None:
    info = pdffonts.stand_in()
    exact = (pdfium.raw.FPDF_BOOL * 1)()
    asked = {
        charset: info.MapFont(info, 400, 0, charset, 0, b"Font", exact) for charset in (0, 2, 128, 129, 134, 136, 204)
    }
    assert asked == {0: None, 2: None, 128: 1, 129: 1, 134: 1, 136: 1, 204: None}
