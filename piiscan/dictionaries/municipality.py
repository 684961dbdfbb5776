"""Municipalities and towns of Japan: where an address begins, and whether its parts belong together."""

from __future__ import annotations

import re

from piiscan.places import NUMERAL, REACH, before, has_town_in, iter_names, prefecture_names
from piiscan.verdict import Verdict

__all__ = ["extend", "iter_names"]

_ANCHOR = re.compile(r"[市区町村]")
_ANCHORS = frozenset("市区町村")
_PREFECTURE_END = re.compile(r"[都道府県]")
#: A block, as opposed to a number: it has a name or several parts, or is seen from a street of Kyoto.
_BLOCK = re.compile(rf"丁目|[番条線]地|地割|無番|番外|字|[上下入][るル]|[東西]入|[{NUMERAL}][-のノ之ー][{NUMERAL}]")
_DIGIT = re.compile(f"[{NUMERAL}]")
#: What ends a number that stands alone.
_NUMBER = re.compile(rf"[{NUMERAL}][番号]?(?![条線町])")
#: What a municipality has that is no town, and what the numbers of its stations mean.
_OFFICE = re.compile(
    "立(?:第|大学|高|中学|小学|図書|病院)|議会|消防署|警察署|税務署|交通局|商工会|代表|選手|大学|学校|図書館|病院|条例|規則|告示"
)
_PLATFORM = re.compile("駅 ?[0-9]|番線|番出口|番乗り場")
#: Two numbers right behind a municipality or its ward, as of a match; how far on its opponent's name ends at most.
_SCORE = re.compile(" ?(?:[一-鿿ぁ-ゖァ-ヺー]{1,4}区)? ?[0-9]{1,2}-[0-9]{1,2}(?![-0-9番号丁]) ?")
_OPPONENT = 12


def extend(text: str, start: int, end: int) -> tuple[int, int, Verdict] | None:
    """Extend an address to the left: `text[start]` is the 市, 区, 町 or 村 that the regex is anchored on.

    Gives where the prefecture or, without one, the municipality begins, and what to think of it: LISTED with the right
    prefecture or a town that there is, VALID without; DOUBTFUL if the prefecture is another, if several have a
    municipality of that name and none such a town, or if a mere number stands behind what is no town. None if there is
    no municipality of that name at all.
    """
    if _PREFECTURE_END.search(text, start, end):
        # the "area" may hold a whole second address: then the first was only a mention
        for mention in prefecture_names().finditer(text, start, end):
            later = _ANCHOR.search(text, mention.end(), end)
            start = later.start() if later else start
    first = max(text.rfind("\n", max(0, start - REACH), start) + 1, start - REACH, 0)
    found = before(text[first : start + 1])
    if found is None:
        return None
    if text[start + 1 : start + 2] in _ANCHORS and (longer := before(text[first : start + 2])):
        found, start = longer, start + 1  # 上市町 is no town of 郡上市
    length, verdict, places = found
    start += 1
    if _is_score(text, start, is_sure=verdict is Verdict.LISTED):
        return start - length, end, Verdict.DOUBTFUL
    has_block = _BLOCK.search(text, start, end) is not None
    digit = _DIGIT.search(text, start, end)
    office = _OFFICE.search(text, start, digit.start() if digit else end)
    if digit and (office or not (has_block and verdict is Verdict.LISTED)):
        is_numbered = has_block or _NUMBER.search(text, start, end)
        if is_numbered and not _PLATFORM.search(text, start, end) and has_town_in(text[start:end], places):
            verdict = Verdict.LISTED
        elif office or not has_block:
            verdict = Verdict.DOUBTFUL
    return start - length, end, verdict


def _is_score(text: str, start: int, *, is_sure: bool) -> bool:
    """Tell whether the result of a match stands behind a municipality: its opponent follows, or no prefecture is told.

    A village may have no towns, but a city has.
    """
    score = _SCORE.match(text, start)
    if score is None:
        return False
    if not is_sure and text[start - 1] in "市区":
        return True
    first = score.end()
    ends = (anchor.end() for anchor in _ANCHOR.finditer(text, first, first + _OPPONENT))
    return any((found := before(text[first:end])) and found[0] == end - first for end in ends)
