"""What Tesseract reads, as lines of text: words joined as they are printed, labels in one row with their values.

It parts Japanese words wherever its dictionary does, and numbers wherever they look apart. So the boxes say where a
space is: nobody prints one between two Japanese characters that stand as close as all others.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from piiscan.pagerows import Fragment, join_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from piiscan.tesseract import Word

#: From which gap on there is a space between two Latin letters or digits, between others, and from which on two words
#: are cells, in heights of a line.
_LATIN, _SPACE, _CELL = 0.3, 0.6, 1.5
#: How much more of a gap there is between two words of a column, whose flat characters leave their squares empty.
_UP = 0.7
#: What leaves the rest of its square empty.
_STOPS = frozenset("、。，．・")
#: How high a line is, in the points that rows are joined by.
_POINTS = 10.0
#: A line of so many words and more that is so many times as high as it is wide is a column.
_COLUMN_WORDS, _UPRIGHT = 2, 1.5


def lines_of(words: Iterable[Word]) -> str:
    """Give the text of a page, a line a row; a column of vertical text is a line too."""
    lines = [list(line) for _, line in groupby(words, key=attrgetter("line"))]
    heights = [word.height for line in lines if not _is_column(line) for word in line]
    unit = _POINTS / max(median(heights), 1) if heights else 1.0
    return join_rows(fragment for line in lines for fragment in _fragments(line, unit))


def _is_column(line: Sequence[Word]) -> bool:
    height = max(word.top + word.height for word in line) - min(word.top for word in line)
    width = max(word.left + word.width for word in line) - min(word.left for word in line)
    return len(line) >= _COLUMN_WORDS and height > _UPRIGHT * width


def _fragments(line: Sequence[Word], unit: float) -> Iterable[Fragment]:
    """Join the words of a line to what stands together in it; `unit` is points a pixel."""
    if _is_column(line):
        size = median(word.width for word in line)
        gaps = [after.top - before.top - before.height for before, after in pairwise(line)]
        text = line[0].text
        for word, gap in zip(line[1:], gaps, strict=True):
            text = _joined(text, word.text, gap / size - _UP)
        return [Fragment(text, 0, 0, 0, is_level=False)]
    size = max(word.height for word in line)
    # Boxes hug their characters, so that a line's bottom is that of its lowest ones: its middle is steadier.
    base = -median(word.top + word.height / 2 for word in line) * unit
    whole: list[Fragment] = []
    for index, word in enumerate(line):
        gap = word.left - line[index - 1].left - line[index - 1].width if index else 0
        left, right = word.left * unit, (word.left + word.width) * unit
        if whole and gap < _CELL * size:
            whole[-1] = whole[-1]._replace(text=_joined(whole[-1].text, word.text, gap / size), right=right)
        else:
            whole.append(Fragment(word.text, left, right, base))
    return whole


def _joined(before: str, after: str, gap: float) -> str:
    is_latin = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() and after[:1].isalnum()
    is_apart = gap > (_LATIN if is_latin else _SPACE) and before[-1:] not in _STOPS
    return before + " " * is_apart + after
