"""Tesseract, the one program that is ever run on what a file holds: pixels go in, words and their boxes come out.

It is given pixels that our own process has decoded, never the file, on its standard input; nothing is written, and
nothing of the file is on its command line. It belongs to the worker's process group and dies with it.
"""

from __future__ import annotations

import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from piiscan.piece import Pixels

#: The languages that are used where they are installed; nothing is read without the first.
LANGUAGES = ("jpn", "eng", "jpn_vert")
#: The one that knows only columns: with it, a page of lines takes nearly twice the time.
_UPRIGHT = "jpn_vert"
#: The one that takes columns for its own letters.
_LATIN = "eng"
#: The way of looking that takes up all text there is, in whatever order.
_SCATTERED = "11"
#: Seconds that the program may take to tell its languages.
_SOON = 10
#: The columns of a row of its table.
_COLUMNS, _WORD = 12, "5"
_ROTATE = re.compile(rb"^Rotate: (90|180|270)$", re.MULTILINE)


class Word(NamedTuple):
    """A word with its box in pixels, counted from above, and how sure the program is of it (0 to 100).

    `line` are the numbers of its block, paragraph and line.
    """

    text: str
    left: int
    top: int
    width: int
    height: int
    sure: float
    line: tuple[str, ...]


class FailedError(Exception):
    """The program has not read the picture; the reason is the message."""


@cache
def program() -> tuple[str, tuple[str, ...]] | None:
    """Give the program's absolute path and the languages it has of ours; None without it, or without Japanese."""
    found = shutil.which("tesseract")
    if not found or not Path(found).is_absolute():  # what lies in the current folder is no program of ours
        return None
    try:
        told = _run([found, "--list-langs"], b"", _SOON).decode("utf-8", "replace").split()
    except FailedError:
        return None
    languages = tuple(name for name in LANGUAGES if name in told)
    return (found, languages) if LANGUAGES[0] in languages else None


def identity() -> tuple[object, ...]:
    """Give what tells one installation from another: the program's path, size and date, and its languages."""
    found = program()
    if found is None:
        return ()
    status = Path(found[0]).stat()
    return (*found, status.st_size, status.st_mtime_ns)


def read(pixels: Pixels, seconds: float, *, is_upright: bool = False) -> list[Word]:
    """Read the words of a picture, in their order; those of vertical text where it `is_upright`.

    Raises FailedError where the program or the language is missing, fails or is slow.
    """
    found = program()
    if found is None:
        raise FailedError("ocr")
    unused = _LATIN if is_upright else _UPRIGHT
    path, languages = found[0], [name for name in found[1] if name != unused]
    if is_upright and _UPRIGHT not in languages:
        raise FailedError("ocr")
    command = [path, "stdin", "stdout", "-l", "+".join(languages)]
    # The usual way looks for paragraphs, and passes over what stands in the boxes of a form.
    command += [] if is_upright else ["--psm", _SCATTERED]
    command += ["--dpi", str(pixels.dpi)] if pixels.dpi else []
    table = _run([*command, "tsv"], _picture(pixels), seconds).decode("utf-8", "replace")
    return list(filter(None, map(_word, table.split("\n"))))


def turn_of(pixels: Pixels, seconds: float) -> int:
    """Tell by how many degrees a picture has to be turned clockwise so that its head is up; 0 where nobody can tell."""
    found = program()
    if found is None:
        return 0
    try:
        told = _run([found[0], "stdin", "stdout", "--psm", "0", "-l", "osd"], _picture(pixels), seconds)
    except FailedError:
        return 0
    turn = _ROTATE.search(told)
    return int(turn[1]) if turn else 0


def _picture(pixels: Pixels) -> bytes:
    return b"P5 %d %d 255\n%b" % (pixels.width, pixels.height, pixels.data)


def _word(row: str) -> Word | None:
    cells = row.rstrip("\r").split("\t", _COLUMNS - 1)
    if len(cells) < _COLUMNS or cells[0] != _WORD or not cells[-1].strip():
        return None
    left, top, width, height = map(int, cells[6:10])
    return Word(cells[-1].strip(), left, top, width, height, float(cells[10]), tuple(cells[1:5]))


def _run(command: list[str], given: bytes, seconds: float) -> bytes:
    import subprocess  # noqa: PLC0415 - loaded with the first picture; the command is ours to the last word

    own = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603 - an absolute path, no shell
            command,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={**own, "LC_ALL": "C", "OMP_THREAD_LIMIT": "1"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FailedError("ocr time") from None
    except OSError:
        raise FailedError("ocr") from None
    if ended.returncode:
        raise FailedError("ocr")
    return ended.stdout
