"""The same texts in every format that can be written here: half of the files hold somebody's telephone numbers."""

from __future__ import annotations

import bz2
import gzip
import itertools
import json
import lzma
import random
import sqlite3
from base64 import encodebytes
from contextlib import closing
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from bench.corpora.binaries import BINARIES
from bench.corpora.letters import LETTERS
from bench.corpora.office import OFFICE, fill_zip, make_openpyxl
from bench.corpora.prose import collect_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.corpora.office import Make

#: Bytes of text (UTF-8) in a file, and files of a format; one paragraph in so many names a number.
SIZE, FILES, EVERY = 1_000_000, 24, 100
#: Office documents that are scanned as one share, so that starting weighs no more than it does among thousands.
OFFICE_FILES = 240


def _mail(texts: list[str]) -> bytes:
    head = b"From: a@example.com\r\nSubject: report\r\nContent-Type: text/plain; charset=utf-8\r\n"
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes(_text(texts))


def _sqlite(texts: list[str]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        database.executemany("INSERT INTO note (text) VALUES (?)", ((text,) for text in texts))
        database.commit()
        return database.serialize()


def _text(texts: list[str], encoding: str = "utf-8") -> bytes:
    return "\n".join([*texts, ""]).encode(encoding, "replace")


def _csv(texts: list[str], encoding: str = "utf-8") -> bytes:
    return _text(["番号,記事", *(f'{number},"{text}"' for number, text in enumerate(texts))], encoding)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


#: How texts are written in each format, by suffix.
MAKERS: dict[str, Make] = {
    "txt": _text,
    "cp932.txt": partial(_text, encoding="cp932"),
    "euc-jp.txt": partial(_text, encoding="euc-jp"),
    "iso-2022-jp.txt": partial(_text, encoding="iso-2022-jp"),
    "utf-16.txt": partial(_text, encoding="utf-16"),
    "log": lambda texts: _text([f"2026-11-30 12:34:{number % 60:02} INFO {text}" for number, text in enumerate(texts)]),
    "csv": _csv,
    "cp932.csv": partial(_csv, encoding="cp932"),
    "jsonl": lambda texts: _text([f'{{"番号": {n}, "記事": {_quoted(text)}}}' for n, text in enumerate(texts)]),
    "json": lambda texts: json.dumps([{"番号": n, "記事": text} for n, text in enumerate(texts)]).encode(),
    "html": lambda texts: _text(["<html><body>", *(f"<p>{escape(text)}</p>" for text in texts)]),
    "xml": lambda texts: _text(["<notes>", *(f"<note>{escape(text)}</note>" for text in texts), "</notes>"]),
    "sql": lambda texts: _text(["INSERT INTO n VALUES", *(f"({n}, '{text}')," for n, text in enumerate(texts)), ";"]),
    "yaml": lambda texts: _text([f"- 番号: {n}\n  記事: {_quoted(text)}" for n, text in enumerate(texts)]),
    "toml": lambda texts: _text([f"[[notes]]\n番号 = {n}\n記事 = {_quoted(text)}" for n, text in enumerate(texts)]),
    "ini": lambda texts: _text(["[notes]", *(f"記事{number} = {text}" for number, text in enumerate(texts))]),
    **OFFICE,
    "openpyxl.xlsx": make_openpyxl,
    "eml": _mail,
    **LETTERS,
    "sqlite": _sqlite,
    "zip": lambda texts: fill_zip([("記録.txt", _text(texts))]),
    "txt.gz": lambda texts: gzip.compress(_text(texts), 6),
    "txt.bz2": lambda texts: bz2.compress(_text(texts)),
    "txt.xz": lambda texts: lzma.compress(_text(texts), preset=2),
    **BINARIES,
}


def fill_formats(folder: Path, packages: Path) -> None:
    """Write a folder for each format, the same texts in all."""
    for number, texts in enumerate(_iter_texts(packages, FILES)):
        for form, make in MAKERS.items():
            target = folder / form / f"{number:03}.{form}"
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(make(texts))


def fill_office(folder: Path, packages: Path) -> None:
    """Write many office documents into one folder, the formats by turns."""
    makers = itertools.cycle(OFFICE.items())
    for number, (texts, (form, make)) in enumerate(zip(_iter_texts(packages, OFFICE_FILES), makers, strict=False)):
        (folder / f"{number:03}.{form}").write_bytes(make(texts))


def _iter_texts(packages: Path, files: int) -> Iterator[list[str]]:
    """Yield the paragraphs of each file; those of every second one name telephone numbers."""
    paragraphs = [text.replace("'", "").replace('"', "") for text in collect_paragraphs(packages)]
    chance = random.Random(8)
    for number in range(files):
        yield _draw(paragraphs, chance, has_numbers=number % 2 == 0)


def _draw(paragraphs: list[str], chance: random.Random, *, has_numbers: bool) -> list[str]:
    texts: list[str] = []
    size = 0
    while size < SIZE:
        text = chance.choice(paragraphs)
        if has_numbers and len(texts) % EVERY == 0:
            text += f" 連絡先 電話 090-{chance.randrange(1000, 9999)}-{chance.randrange(1000, 9999)}"
        texts.append(text)
        size += len(text.encode())
    return texts
