"""The fonts that a PDF names and does not hold, as pdfium gets them from us: the same on every machine.

pdfium looks for them among the system's. Where there is none for Japanese, such text has no height to it, and a line
that repeats one close above is left out; where there is one, it is opened anew for every page, which takes ten times as
long as all else. So whatever is installed, kanji get a font of 632 bytes that says how much room each takes, and shows
nothing (scripts/compile_font.py); all other text gets the fonts that pdfium brings along.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

#: What pdfium calls the characters of Japanese, Korean (two), simplified and traditional Chinese (fpdf_sysfontinfo.h).
_EASTERN = frozenset({128, 129, 130, 134, 136})
_NAME = b"piiscan\0"
_HANDLE = 1


@cache
def stand_in() -> Any:  # noqa: ANN401 - a structure of pdfium's
    """Let pdfium use no font of the system. Gives what it keeps a pointer to, for as long as the process lives."""
    font = (Path(__file__).parent / "data" / "kanji.ttf").read_bytes()

    def give(content: bytes, buffer: Any, size: int) -> int:  # noqa: ANN401 - a pointer of C
        if buffer and size >= len(content):
            ctypes.memmove(buffer, content, len(content))
        return len(content)

    answers = {
        "Release": lambda _: None,
        "EnumFonts": lambda *_: None,
        "MapFont": lambda _this, _weight, _italic, charset, *_: _HANDLE if charset in _EASTERN else None,
        "GetFont": lambda *_: None,
        # all of it is table 0; it is no collection, and nobody asks for other tables
        "GetFontData": lambda _this, _font, table, buffer, size: 0 if table else give(font, buffer, size),
        "GetFaceName": lambda _this, _font, buffer, size: give(_NAME, buffer, size),
        "GetFontCharset": lambda *_: min(_EASTERN),
        "DeleteFont": lambda *_: None,
    }
    info = pdfium.FPDF_SYSFONTINFO(version=1)
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    for name, answer in answers.items():
        setattr(info, name, kinds[name](answer))  # which the structure keeps alive
    pdfium.FPDF_SetSystemFontInfo(info)
    return info
