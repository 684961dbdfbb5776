"""Running Japanese text: the paragraphs of manuals, nothing of their tables, menus and sample programs."""

from __future__ import annotations

import gzip
import html
import random
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_SIZE = 25_000_000
#: A paragraph is prose if it is so long, ends sentences, and is written in kana and kanji for the most part.
SHORTEST, JAPANESE_SHARE = 40, 0.6
_HTML_BLOCK = re.compile(r"<(?:p|dd|li)\b[^>]*>(.*?)(?=</?(?:p|dd|li|pre|table|ul|ol|dl|div|h[1-6])\b)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ROFF_ESCAPE = re.compile(r"\\f(?:\[\w*\]|\(..|.)|\\[,/&|^]|\\s[-+]?[0-9]|\\(?=-)")
_ROFF_REQUEST = re.compile(r"^[.'].*$", re.MULTILINE)
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_BETWEEN_JAPANESE = re.compile(r"(?<=[\u3000-\u30ff\u4e00-\u9fff])\s+(?=[\u3000-\u30ff\u4e00-\u9fff])")


def fill_prose(folder: Path, packages: Path, *, files: int, seed: int = 0) -> None:
    """Write so many files of equal size, every paragraph on a line of its own, in another order each time."""
    paragraphs = [f"{text}\n".encode() for text in collect_paragraphs(packages)]
    chance = random.Random(seed)
    for number in range(files):
        size = 0
        with (folder / f"{number:02}.txt").open("wb") as target:
            while size < FILE_SIZE:
                chance.shuffle(paragraphs)
                for paragraph in paragraphs:
                    size += target.write(paragraph)
                    if size >= FILE_SIZE:
                        break


def collect_paragraphs(packages: Path) -> list[str]:
    """Give every paragraph of prose once, in the order of the files."""
    found: dict[str, None] = {}
    for path in sorted(packages.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found.update(dict.fromkeys(filter(_is_prose, _paragraphs_of(path))))
    return list(found)


def _is_prose(text: str) -> bool:
    return len(text) >= SHORTEST and "。" in text and len(_JAPANESE.findall(text)) >= JAPANESE_SHARE * len(text)


def _paragraphs_of(path: Path) -> Iterator[str]:
    if path.suffix == ".html":
        text = path.read_text(encoding="utf-8", errors="ignore")
        blocks = [html.unescape(_TAG.sub("", block)) for block in _HTML_BLOCK.findall(text)]
    elif path.suffix == ".gz" and "/man/" in str(path):
        text = gzip.decompress(path.read_bytes()).decode("utf-8", errors="ignore")
        blocks = _ROFF_REQUEST.sub("\n", _ROFF_ESCAPE.sub("", text)).split("\n\n")
    else:
        return
    for block in blocks:
        yield _BETWEEN_JAPANESE.sub("", " ".join(block.split()))
