"""How long the text of a Word document takes to read, as a multiple of what python-docx takes for its paragraphs.

Usage: python -m bench.docx [RUNS]. Prints the ratio of the medians beside its bar, and exits 1 where it is missed.
Ours also reads what python-docx does not look at: styles, headers, footers, properties and all other parts.
"""

from __future__ import annotations

import random
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import docx

from bench.ratio import compare, print_ratios
from piiscan.extractors.docx import extract_docx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

    from bench.ratio import Ratio

BAR = 0.15
SECTIONS, SECTIONS_A_TABLE = 500, 3
_WORDS = (
    "本書は 会員の 手続きを 窓口で 確認し 届出の 内容を 台帳に 記録した うえで 担当者が 速やかに 審査し 必要に 応じて"
    " 関係する 部署と 協議し 期限までに 回答する ものとする なお 書類に 不備が ある 場合は 補正を 求め 年度末に 保管の"
    " 状況を 点検し 結果を 委員会へ 報告する ただし 緊急を 要する とき この 限りでない"
).split()


def make_document(path: Path) -> None:
    """Write a document as offices keep them: headings, prose with bold words, and forms; the same one every time."""
    chance = random.Random(500)
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "見本事務所 業務手引"
    section.footer.paragraphs[0].text = "取扱注意 見本事務所 総務課"
    for number in range(1, SECTIONS + 1):
        document.add_heading(f"第{number}条 {_sentence(chance, 3)}", level=1 + number % 3)
        for _ in range(chance.randint(4, 12)):
            paragraph = document.add_paragraph()
            for run in range(chance.randint(2, 6)):
                paragraph.add_run(_sentence(chance, 12)).bold = run % 3 == 1 or None
        if number % SECTIONS_A_TABLE == 0:
            _add_table(document, number)
    document.save(str(path))


def _sentence(chance: random.Random, words: int) -> str:
    return "".join(chance.choices(_WORDS, k=words)) + "。"


def _add_table(document: Document, number: int) -> None:
    table = document.add_table(rows=6, cols=4)
    rows = [("氏名", "部署", "電話番号", "備考")]
    rows += [(f"見本 {row}郎", f"第{number}課", f"03-0000-{number:04d}", "更新済み") for row in range(5)]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def read_theirs(path: Path) -> int:
    """Read the paragraphs of the body and of its tables by python-docx; give the number of characters."""
    return sum(map(len, _iter_theirs(docx.Document(str(path)))))


def _iter_theirs(document: Document) -> Iterator[str]:
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    yield paragraph.text


def read_ours(path: Path) -> int:
    """Read all there is as the scanner does; give the number of pieces."""
    with path.open("rb") as stream:
        return len(list(extract_docx(stream, path.name)))


def measure(runs: int = 9) -> Iterator[Ratio]:
    """Measure the one document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "手引.docx"
        make_document(path)
        yield compare("docx, against python-docx", BAR, partial(read_ours, path), partial(read_theirs, path), runs)


if __name__ == "__main__":
    sys.exit(print_ratios(measure))
