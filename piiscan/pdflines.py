"""The lines of text that pdfium reads on a page, each with its pieces where gaps or the cells of tables part them."""

from __future__ import annotations

import ctypes
import re
from itertools import compress, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from piiscan.pagerows import Fragment
from piiscan.pagetable import size_of, width_of
from piiscan.pdfcalls import char_box, char_index, char_origin, is_generated

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from piiscan.ruledgrids import Grid

#: How far the base lines of a line's first and last character may be apart, and from which gap on pieces may be cells.
_LEVEL, _GAP = 2.0, 6.0
_WORD = re.compile(r"[^ ]+")
#: The first spaces of each line tell whether a page has gaps, and so many of them that it may have a table.
_FIRST = re.compile(r"(?m)^[^ \r\n]+( )(?=[^\r\n])(?:[^ \r\n]*( ))?")
_ROWS = 2
#: Of so many lines each is looked at for gaps, of more every third; the size of a letter that is a line of its own.
_FEW, _STEP, _SIZE = 12, 3, 10.0


class Line(NamedTuple):
    """A line as pdfium joins it; what gaps part in it, or its words, where it runs through the grid of a table."""

    whole: Fragment
    pieces: Sequence[Fragment]
    words: Sequence[Fragment] = ()

    def iter_pieces(self, taken: Container[int] = ()) -> Iterator[Fragment]:
        """Yield the pieces, of a line with words those that are left when some are taken."""
        if not self.words:
            yield from self.pieces if len(self.pieces) > 1 else (_widen(self.whole),)
            return
        run: list[Fragment] = []
        for at, word in enumerate(self.words):
            if at in taken or (run and not 0 <= word.left - run[-1].right < _GAP) or _is_lower(run, word):
                yield from _join(run)
                run = []
            if at not in taken:
                run.append(word)
        yield from _join(run)


def iter_lines(
    sheet: ctypes.c_void_p, raw: str, grids: Sequence[Grid], lost: Iterable[Fragment] = ()
) -> Iterator[Line]:
    """Yield the lines of a page's text, with pieces that pdfium has lost where they belong."""
    reader = _Reader(sheet, raw)
    waiting = list(lost)
    start = 0
    for line in raw.splitlines(keepends=True):
        if text := line.strip():
            first = start + line.index(text)
            found = reader.read(text, first, grids, within=waiting)
            if waiting and (own := [piece for piece in waiting if _is_within(piece, found.whole)]):
                waiting = [piece for piece in waiting if piece not in own]
                found = _complete(found, own)
            yield found
        start += len(line)
    yield from (Line(piece, (piece,), (piece,)) for piece in waiting)


def _is_within(piece: Fragment, line: Fragment) -> bool:
    return line.is_level and abs(piece.base - line.base) <= _LEVEL and line.left < piece.left < line.right


def _complete(line: Line, lost: Iterable[Fragment]) -> Line:
    words = sorted([*line.words, *lost], key=lambda word: word.left)
    return Line(line.whole._replace(text=" ".join(word.text for word in words)), line.pieces, words)


def _widen(line: Fragment) -> Fragment:
    """Give a line up to its right edge, as far as its letters tell; a line is told to end where its last one begins."""
    size = size_of(line._replace(text=line.text[:-1])) if len(line.text) > 1 else _SIZE
    return line._replace(right=line.right + size * width_of(line.text[-1]))


def _is_lower(run: Sequence[Fragment], word: Fragment) -> bool:
    return bool(run) and abs(run[-1].base - word.base) > _LEVEL


def _join(run: Sequence[Fragment]) -> Iterator[Fragment]:
    if run:
        yield Fragment(" ".join(each.text for each in run), run[0].left, run[-1].right, run[0].base)


class _Reader:
    def __init__(self, sheet: ctypes.c_void_p, raw: str) -> None:
        self._sheet = sheet
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._places = [ctypes.byref(number) for number in self._numbers]
        last = len(raw) - 1
        self._is_shifted = last >= 0 and char_index(sheet, last) != last
        self._gaps = set(self._find_gaps(raw))

    def read(self, text: str, first: int, grids: Sequence[Grid], within: Sequence[Fragment]) -> Line:
        end = first + len(text) - 1
        left, base = self._origin(first)
        last, level = self._origin(end)
        # Text that runs up or down the page, or across a line end that pdfium has joined, has no one base line.
        is_level = abs(level - base) <= _LEVEL and last >= left
        whole = Fragment(text, left, last, base, is_level)
        if not is_level and abs(last - left) <= _LEVEL:
            return Line(whole, (whole,))  # turned, as its words would be read from below
        words: Sequence[Fragment] = ()
        is_in_grid = grids and any(grid.is_level_with(min(base, level), max(base, level)) for grid in grids)
        if is_in_grid or (within and any(_is_within(piece, whole) for piece in within)):
            words = [self._word(match[0], first + match.start()) for match in _WORD.finditer(text)]
        cuts = [at for at in self._gaps_in(text, first) if self._parts(first + at)] if self._gaps and not words else []
        if cuts:
            borders = pairwise([-1, *cuts, len(text)])
            pieces = ((text[start + 1 : stop].rstrip(" "), first + start + 1) for start, stop in borders)
            return Line(whole, [self._piece(*piece) for piece in pieces if piece[0]])
        return Line(whole, (whole,), words)

    def _find_gaps(self, raw: str) -> list[int]:
        """List the spaces that may part cells, if there seem to be any.

        Mostly pdfium itself has put them there: words have spaces of their own, and cells have none, but Word ends each
        of them with a blank.
        """
        firsts = list(_FIRST.finditer(raw))
        some = firsts[::_STEP] if len(firsts) > _FEW else firsts  # a table has as many rows
        if self._generated([at for match in some for at in (match.start(1), match.start(2)) if at >= 0]):
            return self._generated([match.start() for match in re.finditer(" ", raw)])
        if any(map(self._is_wide, some)) and sum(map(self._is_wide, firsts)) >= _ROWS:
            return [match.start() for match in re.finditer(" ", raw)]
        return []

    def _is_wide(self, space: re.Match[str]) -> bool:
        return self._parts(space.start(1))

    def _generated(self, spaces: list[int]) -> list[int]:
        indices = map(self._index, spaces) if self._is_shifted else spaces
        return list(compress(spaces, map((1).__eq__, map(is_generated, repeat(self._sheet), indices))))

    def _gaps_in(self, text: str, first: int) -> Iterator[int]:
        at = text.find(" ")
        while at >= 0:
            if first + at in self._gaps:
                yield at
            at = text.find(" ", at + 1)

    def _parts(self, space: int) -> bool:
        """Tell whether a gap parts cells: by its width, or as the next cell stands in another row."""
        left, base = self._origin(space + 1)
        before, level = self._origin(space - 1)
        return left < before or abs(level - base) > _LEVEL or left - self._right(space - 1) >= _GAP

    def _word(self, text: str, first: int) -> Fragment:
        left, base = self._origin(first)
        return Fragment(text, left, max(left, self._right(first + len(text) - 1)), base)

    def _piece(self, text: str, first: int) -> Fragment:
        left, base = self._origin(first)
        last = first + len(text) - 1
        level = self._origin(last)[1]
        return Fragment(text, left, max(left, self._right(last)), base, abs(level - base) <= _LEVEL)

    def _index(self, place: int) -> int:
        return int(char_index(self._sheet, place)) if self._is_shifted else place

    def _origin(self, place: int) -> tuple[float, float]:
        x, y = self._numbers[:2]
        x.value = y.value = 0.0  # what stays where there is no such character
        char_origin(self._sheet, self._index(place), *self._places[:2])
        return x.value, y.value

    def _right(self, place: int) -> float:
        right = self._numbers[1]
        right.value = 0.0
        char_box(self._sheet, self._index(place), *self._places)
        return right.value
