"""How long the text of a large PDF takes to extract, against pdftotext (the process, as nobody calls it otherwise).

Usage: python -m bench.pdf [RUNS]. Prints the ratio for a Japanese font that is known by name and for an embedded font
with a table of its characters, and exits 1 where the bar is missed or a planted value is not in both texts.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.ratio import compare, print_ratios
from piiscan.extractors.pdf import extract_pdf
from piiscan.piece import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.ratio import Ratio

BAR = 3.5
PAGES, LINES, EVERY = 300, 40, 8
PLANTED = re.compile(r"0[789]0-\d{4}-\d{4}")
_JAPANESE = (
    (
        "本契約に基づく個人情報の取扱いについては、",
        "別紙に定める手順に従うものとし、",
        "担当部署は毎月末までに台帳を更新する。",
    ),
    ("氏名 見本 花子", "携帯電話 ", "住所 東京都千代田区千代田1-1"),
)
_ROMAN = (
    (
        "Personal information under this contract ",
        "is handled as told in annex B, and ",
        "its list is renewed monthly.",
    ),
    ("Name Hanako Mihon", "Mobile ", "Address 1-1 Chiyoda, Chiyoda-ku, Tokyo"),
)


def lines_of(chooser: random.Random, prose: tuple[str, ...], fields: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of one page: prose, and every so often a label with a number."""
    for number in range(LINES):
        if number % EVERY:
            yield "".join(chooser.sample(prose, 2))
        else:
            mobile = f"0{chooser.choice('789')}0-{chooser.randrange(10**4):04}-{chooser.randrange(10**4):04}"
            yield f"{fields[0]}  {fields[1]}{mobile}  {fields[2]}"


def draw(path: Path, font: str, texts: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    """Write the document."""
    chooser = random.Random(path.name)
    canvas = Canvas(str(path), invariant=True)
    for _ in range(PAGES):
        canvas.setFont(font, 9)
        for number, line in enumerate(lines_of(chooser, *texts)):
            canvas.drawString(60, 780 - 18 * number, line)
        canvas.showPage()
    canvas.save()


def ours(path: Path) -> str:
    """Extract in this process, as a worker does, without looking for anything."""
    with path.open("rb") as stream:
        return "\n".join(piece.text for piece in extract_pdf(stream, path.name) if isinstance(piece, Segment))


def theirs(path: Path) -> str:
    """Extract with poppler's tool."""
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()


def measure(runs: int = 5) -> Iterator[Ratio]:
    """Measure both documents; ends the program where a planted value is not in both texts."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    with tempfile.TemporaryDirectory() as folder:
        for name, font, texts in (("Japanese", "HeiseiMin-W3", _JAPANESE), ("embedded", "Vera", _ROMAN)):
            path = Path(folder) / f"{name}.pdf"
            draw(path, font, texts)
            counts = [len(PLANTED.findall(extract(path))) for extract in (ours, theirs)]
            if counts != [PAGES * LINES // EVERY] * 2:
                sys.exit(
                    f"PDF, {name}: of {PAGES * LINES // EVERY} planted values {counts[0]} and {counts[1]} were read"
                )
            yield compare(f"PDF, {name} font, against pdftotext", BAR, partial(ours, path), partial(theirs, path), runs)


if __name__ == "__main__":
    sys.exit(print_ratios(measure))
