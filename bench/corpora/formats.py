"""The same texts in every format that can be written here: half of the files hold somebody's telephone numbers."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import sqlite3
import zipfile
from base64 import encodebytes
from contextlib import closing
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from bench.corpora.prose import collect_paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Make = Callable[[list[str]], bytes]

#: Bytes of text (UTF-8) in a file, and files of a format; one paragraph in so many names a number.
SIZE, FILES, EVERY = 1_000_000, 24, 100
#: The office documents that are measured together.
OFFICE = ("docx", "xlsx", "pptx")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _zip(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def _docx(texts: list[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in texts)
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return _zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)])


def _xlsx(texts: list[str]) -> bytes:
    cells = ((number, escape(text)) for number, text in enumerate(texts, 1))
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><v>{at}</v></c><c r="B{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for at, text in cells
    )
    sheet = f'<worksheet xmlns="{_S}"><sheetData>{rows}</sheetData></worksheet>'
    sheets = '<sheets><sheet name="記録" sheetId="1" r:id="r1"/></sheets>'
    book = f'<workbook xmlns="{_S}" xmlns:r="{_R}">{sheets}</workbook>'
    target = f'<Relationship Id="r1" Type="{_R}/worksheet" Target="worksheets/sheet1.xml"/>'
    relations = f'<Relationships xmlns="{_RELATIONS}">{target}</Relationships>'
    return _zip(
        [
            ("[Content_Types].xml", "<Types/>"),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/worksheets/sheet1.xml", sheet),
        ]
    )


def _pptx(texts: list[str]) -> bytes:
    def slide(some: list[str]) -> str:
        body = "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in some)
        shape = f"<p:sp><p:txBody>{body}</p:txBody></p:sp>"
        return f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}"><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>'

    parts = [("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", f'<p:presentation xmlns:p="{_P}"/>')]
    slides = (slide(texts[at : at + 20]) for at in range(0, len(texts), 20))
    return _zip([*parts, *((f"ppt/slides/slide{number}.xml", each) for number, each in enumerate(slides, 1))])


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


#: How texts are written in each format, by suffix.
MAKERS: dict[str, Make] = {
    "txt": _text,
    "cp932.txt": partial(_text, encoding="cp932"),
    "csv": lambda texts: _text(["番号,記事", *(f'{number},"{text}"' for number, text in enumerate(texts))]),
    "json": lambda texts: json.dumps([{"番号": n, "記事": text} for n, text in enumerate(texts)]).encode(),
    "html": lambda texts: _text(["<html><body>", *(f"<p>{escape(text)}</p>" for text in texts)]),
    "xml": lambda texts: _text(["<notes>", *(f"<note>{escape(text)}</note>" for text in texts), "</notes>"]),
    "sql": lambda texts: _text(["INSERT INTO n VALUES", *(f"({n}, '{text}')," for n, text in enumerate(texts)), ";"]),
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "eml": _mail,
    "sqlite": _sqlite,
    "zip": lambda texts: _zip([("記録.txt", _text(texts))]),
    "txt.gz": lambda texts: gzip.compress(_text(texts), 6),
    "txt.bz2": lambda texts: bz2.compress(_text(texts)),
    "txt.xz": lambda texts: lzma.compress(_text(texts), preset=2),
}


def fill_formats(folder: Path, packages: Path) -> None:
    """Write a folder for each format, the same texts in all."""
    paragraphs = [text.replace("'", "").replace('"', "") for text in collect_paragraphs(packages)]
    chance = random.Random(8)
    for number in range(FILES):
        texts = _draw(paragraphs, chance, has_numbers=number % 2 == 0)
        for form, make in MAKERS.items():
            target = folder / form / f"{number:03}.{form}"
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(make(texts))


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
