"""Pictures read as people read them, within one budget for a file: what the settings ask for, what is installed.

Where nobody looks, a picture means what its extractor says: a picture file is passed over, a scanned page is not read.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from piiscan.model import Outcome
from piiscan.piece import Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.piece import Leaf, Picture, Pixels
    from piiscan.tesseract import Word

#: Seconds that one picture may take. A page takes two to five.
SECONDS = 40.0
#: Below so much certainty (0 to 100), over all characters of a picture, its text is not taken for read.
_SURE = 50
#: Below so much, it may be vertical text, or lie on its side.
_LIKELY = 80
#: The part of a file that was read so, which is also the word of evidence.
OCR = "ocr"
_TOO_MANY = Problem(Outcome.PARTIAL, "ocr pages")


class Eye:
    """Looks at the pictures of one file, at most so many of them."""

    def __init__(self, mode: str, pictures: int) -> None:
        self._mode, self._left = mode, pictures
        self._seconds = 0.0

    def take_time(self) -> float:
        """Give the seconds that pictures took since somebody asked before."""
        seconds, self._seconds = self._seconds, 0.0
        return seconds

    def look(self, picture: Picture) -> Iterator[Leaf]:
        """Yield the text of a picture, or what it means that nobody reads it."""
        if not self._wants(picture):
            yield from [picture.problem] if picture.problem else ()
            return
        if not self._left:
            yield _TOO_MANY
            return
        self._left -= 1
        started = time.monotonic()
        try:
            yield from _read(picture)
        finally:
            self._seconds += time.monotonic() - started

    def _wants(self, picture: Picture) -> bool:
        if self._mode == "off" or (self._mode == "auto" and picture.is_minor):
            return False
        from piiscan import tesseract  # noqa: PLC0415 - most files hold no picture

        return tesseract.program() is not None


def _read(picture: Picture) -> Iterator[Leaf]:
    from piiscan import tesseract  # noqa: PLC0415 - as above
    from piiscan.ocrlines import lines_of  # noqa: PLC0415

    pixels = picture.draw()
    if isinstance(pixels, Problem):
        yield pixels
        return
    try:
        words = _words(pixels)
    except tesseract.FailedError as failed:
        yield Problem(Outcome.PARTIAL, str(failed))
        return
    if text := lines_of(words):
        yield Segment(text, part=OCR, page=picture.page, doubt=OCR)
    if _sureness(words) < _SURE and picture.problem:
        yield picture.problem  # a photo of a wood, or handwriting: as if nobody had looked


def _words(pixels: Pixels) -> list[Word]:
    """Read lines, or columns where that reads more, or either on a page that lies on its side or on its head."""
    from piiscan import retouch, tesseract  # noqa: PLC0415 - as above

    pixels = retouch.without_lines(pixels)
    words = tesseract.read(pixels, SECONDS)
    if _sureness(words) >= _LIKELY:
        return words
    if degrees := tesseract.turn_of(pixels, SECONDS):
        pixels = retouch.turned(pixels, degrees)
        words = max(words, tesseract.read(pixels, SECONDS), key=_surely)
    if _sureness(words) < _LIKELY:
        with suppress(tesseract.FailedError):
            words = max(words, tesseract.read(pixels, SECONDS, is_upright=True), key=_surely)
    return words


def _surely(words: Sequence[Word]) -> int:
    """Count the characters that were surely read."""
    return sum(len(word.text) for word in words if word.sure >= _LIKELY)


def _sureness(words: Sequence[Word]) -> float:
    """Give how sure the program is of a character in the mean; wholly, if there is none."""
    characters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / characters if characters else 100.0
