"""A program in the place of Tesseract: it says what it is told to say, and writes down what it was given."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from piiscan import tesseract

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
_PROGRAM = """#!{python}
import os, sys, time
here = os.path.dirname(sys.argv[0])
if "--list-langs" in sys.argv:
    print("List of available languages (4):\\n" + {languages!r})
    sys.exit()
given = sys.stdin.buffer.read()
with open(os.path.join(here, "given"), "ab") as file:
    told = (sys.argv[1:], given[:20], len(given), os.getpid(), sorted(os.environ), os.getcwd())
    file.write(repr(told).encode() + b"\\n")
time.sleep({seconds})
sys.stdout.write({table!r})
sys.exit({code})
"""


def row(line: int, box: tuple[int, int, int, int], text: str, sure: float = 95.0) -> str:
    """Give the row of a word: the number of its line; left, top, width and height; its text."""
    return "\t".join(map(str, (5, 1, 1, 1, line, 1, *box, sure, text)))


def install(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: list[str],
    *,
    languages: str = "eng\njpn\njpn_vert\nosd",
    seconds: float = 0,
    code: int = 0,
) -> Path:
    """Put the program into a folder and the folder before all others; give the file of what it was given."""
    folder.mkdir(exist_ok=True)
    program = folder / "tesseract"
    table = "\n".join([_HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t800\t600\t-1\t", *rows, ""])
    text = _PROGRAM.format(python=sys.executable, languages=languages, seconds=seconds, table=table, code=code)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    tesseract.program.cache_clear()
    return folder / "given"
