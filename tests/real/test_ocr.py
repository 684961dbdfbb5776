"""Tesseract itself: what is drawn on a picture or a scanned page is found, with its place."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, ImageFont

from piiscan import tesseract
from piiscan.config import ScanConfig
from piiscan.model import Confidence, FileRef, FileReport, Outcome, Part
from piiscan.scan import merge, scan_file

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = next(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
FORM = (
    ("氏名", "田中 次郎"),
    ("個人番号", "8213 4756 9021"),
    ("電話番号", "090-3123-4567"),
    ("住所", "東京都千代田区丸の内1-2-3"),
    ("メールアドレス", "jiro.tanaka@kaisha-vec.co.jp"),
)
#: What the form holds beside the My Number. Of the name, 郎 is read as 朗, and of a coarse address 千 as 生.
FOUND = {
    "phone_mobile": "090-3123-4567",
    "address": "東京都千代田区丸の内1-2-3",
    "email": "jiro.tanaka@kaisha-vec.co.jp",
}
CONFIG = ScanConfig(key=bytes(32), run_key=bytes(32), reveal=True, ocr="auto")


def _my_number(digits: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    return digits + str(0 if total % 11 <= 1 else 11 - total % 11)


NUMBER = _my_number("82134756902")


def drawn(rows: Sequence[tuple[str, str]], dpi: int, *, is_ruled: bool = True) -> Image.Image:
    scale = dpi / 72
    page = Image.new("L", (int(595 * scale), int(500 * scale)), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), int(11 * scale))
    for at, (label, value) in enumerate(rows):
        top = (60 + at * 32) * scale
        if is_ruled:
            pen.rectangle([60 * scale, top - 8 * scale, 530 * scale, top + 24 * scale], outline=0, width=2)
            pen.line([180 * scale, top - 8 * scale, 180 * scale, top + 24 * scale], fill=0, width=2)
        pen.text((70 * scale, top), label, font=font, fill=0)
        pen.text((190 * scale, top), value, font=font, fill=0)
    return page


def form() -> list[tuple[str, str]]:
    number = f"{NUMBER[:4]} {NUMBER[4:8]} {NUMBER[8:]}"
    return [(label, number if label == "個人番号" else value) for label, value in FORM]


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def scanned(folder: Path, name: str, content: bytes) -> FileReport:
    path = folder / name
    path.write_bytes(content)
    *parts, report = scan_file(FileRef(name, str(path)), CONFIG)
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def test_the_program_has_its_languages() -> None:
    found = tesseract.program()
    assert found is not None
    assert found[1] == tesseract.LANGUAGES


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize(("kind", "page"), [("PNG", None), ("JPEG", None), ("TIFF", 1), ("PDF", 1)])
def test_the_values_of_a_form_are_found(tmp_path: Path, kind: str, page: int | None, dpi: int) -> None:
    options = {"resolution": dpi} if kind == "PDF" else {"dpi": (dpi, dpi)}
    report = scanned(tmp_path, f"a.{kind.lower()}", saved(drawn(form(), dpi), kind, **options))
    assert (report.outcome, report.reason) == (Outcome.COMPLETE, "")
    found = {each.pattern: each for each in report.findings}
    sure = {name: value for name, value in FOUND.items() if dpi == 300 or name != "address"}
    assert {name: found[name].mask for name in sure} == sure
    assert found["my_number"].mask.replace(" ", "") == NUMBER
    assert found["person_name"].mask[:2] == "田中"
    for each in report.findings:
        assert (each.location.part, each.location.page) == ("ocr", page)
        assert each.confidence is Confidence.MEDIUM
        assert "ocr" in each.evidence


def test_vertical_text_is_read(tmp_path: Path) -> None:
    scale = 300 / 72
    page = Image.new("L", (int(300 * scale), int(420 * scale)), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), int(14 * scale))
    columns = (
        "拝啓時下ますますご清祥のこととお慶び申し上げます",
        "平素は格別のご高配を賜り厚く御礼申し上げます",
        "東京都千代田区丸の内一丁目二番三号",
        "今後ともよろしくお願い申し上げます",
    )
    for at, column in enumerate(columns):
        for row, char in enumerate(column):
            pen.text(((240 - at * 40) * scale, (20 + row * 15) * scale), char, font=font, fill=0)
    report = scanned(tmp_path, "a.png", saved(page, "PNG"))
    assert [each.pattern for each in report.findings] == ["address"]
    assert report.findings[0].mask.replace(" ", "") == "東京都千代田区丸の内一丁目二番三号"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_turned(tmp_path: Path, degrees: int) -> None:
    more = [(f"備考{at}", "毎年十二月までに所属長を経て総務部へ提出してください") for at in range(6)]
    page = drawn([*form(), *more], 300).rotate(degrees, expand=True)
    report = scanned(tmp_path, "a.png", saved(page, "PNG", dpi=(300, 300)))
    assert {"phone_mobile", "my_number"} <= {each.pattern for each in report.findings}


def test_a_screen_is_read(tmp_path: Path) -> None:
    report = scanned(tmp_path, "a.png", saved(drawn(form(), 96, is_ruled=False), "PNG"))
    assert {"phone_mobile", "my_number"} <= {each.pattern for each in report.findings}


def test_a_page_whose_text_says_other_things_is_looked_at_by_force(tmp_path: Path) -> None:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - this test alone draws so
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 500))
    canvas.drawImage(ImageReader(drawn(form(), 200)), 0, 0, 595, 500)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, 20, "a stamp that is long enough for a text layer of its own, page 1 of 1, received")
    canvas.save()
    path = tmp_path / "a.pdf"
    path.write_bytes(stream.getvalue())
    numbers = {}
    for mode in ("auto", "force"):
        *parts, report = scan_file(FileRef("a.pdf", str(path)), replace(CONFIG, ocr=mode))
        assert isinstance(report, FileReport)
        numbers[mode] = len(merge([part for part in parts if isinstance(part, Part)], report).findings)
    assert numbers["auto"] == 0
    assert numbers["force"] >= 3
