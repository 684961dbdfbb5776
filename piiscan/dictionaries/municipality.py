"""Municipalities of Japan: where an address begins, and whether its prefecture and municipality belong together.

The list is Japan Post's. Names are found in the forms in which people write them: with the district (郡) or without,
a designated city with its ward or without, ケ and ヶ alike, spaces between the parts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from piiscan.data import load_lines
from piiscan.verdict import Verdict

_DISTRICT = re.compile(r"(.+?郡)(.+[町村])")
_WARD = re.compile(r"(.+市)(.+区)")
_KE = str.maketrans("ヶ", "ケ")
_ANCHOR = re.compile(r"[市区町村]")
_IDEOGRAPH = re.compile(r"[一-鿿]")
_LONGEST_PREFECTURE = 4
_SHORTEST_NAME = 2


@lru_cache(maxsize=1)
def _prefectures_of() -> dict[str, frozenset[str]]:
    """Map every written form of a municipality to the prefectures that have one of that name."""
    found: dict[str, set[str]] = {}
    for line in load_lines("municipalities.txt"):
        prefecture, name = line.translate(_KE).split("\t")
        district, ward = _DISTRICT.fullmatch(name), _WARD.fullmatch(name)
        forms = [name, *([district[2]] if district else []), *([ward[1]] if ward else [])]
        for form in forms:
            found.setdefault(form, set()).add(prefecture)
    return {name: frozenset(prefectures) for name, prefectures in found.items()}


@lru_cache(maxsize=1)
def _prefectures() -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*_prefectures_of().values())))


@lru_cache(maxsize=1)
def _longest_name() -> int:
    return max(map(len, _prefectures_of()))


def _name_before(text: str, end: int) -> str | None:
    """Give the longest municipality whose name ends at `end`, one space between its parts allowed."""
    for size in range(min(_longest_name(), end), 1, -1):
        if text[end - size : end] in _prefectures_of():
            return text[end - size : end]
    return None


def extend(text: str, start: int, end: int) -> tuple[int, Verdict] | None:
    """Extend an address to the left: `text[start]` is the 市, 区, 町 or 村 that the regex is anchored on.

    Gives where the prefecture or, without one, the municipality begins, and LISTED with the right prefecture, VALID
    without one, DOUBTFUL if the prefecture is another or several have a municipality of that name; None if there is
    none of that name at all.
    """
    text = text[:end].translate(_KE)
    later = max(text.rfind(prefecture, start, end) for prefecture in _prefectures())
    if later >= 0 and (anchor := _ANCHOR.search(text, later)):
        start = anchor.start()  # the "area" holds a whole second address: the first was only a mention
    name = _name_before(text, start + 1)
    if name is None:
        return None
    begin = start + 1 - len(name)
    homes = _prefectures_of()[name]
    before = text[max(0, begin - _LONGEST_PREFECTURE - 1) : begin]
    prefecture = next((known for known in _prefectures() if before.rstrip(" ").endswith(known)), None)
    if prefecture is not None:
        right = Verdict.LISTED if prefecture in homes else Verdict.DOUBTFUL
        return text.rindex(prefecture, 0, begin), right
    if len(name) == _SHORTEST_NAME and _IDEOGRAPH.match(before[-1:]):
        return None  # 津市 at the end of a word that only happens to end so
    return begin, Verdict.VALID if len(homes) == 1 else Verdict.DOUBTFUL
