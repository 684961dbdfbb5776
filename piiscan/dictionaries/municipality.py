"""Municipalities of Japan: where an address begins, and whether its prefecture and municipality belong together.

The list is Japan Post's. Names are found in the forms in which people write them: with the district (郡) or without,
a designated city with its ward or without, ケ and ヶ alike, spaces between the parts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan.data import load_lines
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

_DISTRICT = re.compile(r"(.+?郡)(.+[町村])")
_WARD = re.compile(r"(.+市)(.+区)")
_KE = str.maketrans("ヶ", "ケ")
_ANCHOR = re.compile(r"[市区町村]")
_IDEOGRAPH = re.compile(r"[一-鿿]")
#: A prefecture, a space and the longest name of a municipality fit into so many characters before the anchor.
_REACH = 20
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
def _prefecture() -> re.Pattern[str]:
    return re.compile("|".join(sorted(frozenset().union(*_prefectures_of().values()))))


@lru_cache(maxsize=1)
def _longest_name() -> int:
    return max(map(len, _prefectures_of()))


def _name_before(text: str, end: int) -> str | None:
    """Give the longest municipality whose name ends at `end`."""
    for size in range(min(_longest_name(), end), 1, -1):
        if text[end - size : end] in _prefectures_of():
            return text[end - size : end]
    return None


def iter_names() -> Iterable[str]:
    """Give every form of every name, with ケ for ヶ."""
    return _prefectures_of().keys()


def extend(text: str, start: int, end: int) -> tuple[int, Verdict] | None:
    """Extend an address to the left: `text[start]` is the 市, 区, 町 or 村 that the regex is anchored on.

    Gives where the prefecture or, without one, the municipality begins, and LISTED with the right prefecture, VALID
    without one, DOUBTFUL if the prefecture is another or several have a municipality of that name; None if there is
    none of that name at all.
    """
    first = max(0, start - _REACH)
    nearby = text[first:end].translate(_KE)
    anchor = start - first
    for mention in _prefecture().finditer(nearby, anchor):
        # the "area" holds a whole second address: the first was only a mention
        later = _ANCHOR.search(nearby, mention.end())
        anchor = later.start() if later else anchor
    name = _name_before(nearby, anchor + 1)
    if name is None:
        return None
    begin = anchor + 1 - len(name)
    homes = _prefectures_of()[name]
    before = nearby[:begin].rstrip(" ")
    prefecture = next((each for each in _prefecture().finditer(before) if each.end() == len(before)), None)
    if prefecture is not None:
        return first + prefecture.start(), Verdict.LISTED if prefecture[0] in homes else Verdict.DOUBTFUL
    if len(name) == _SHORTEST_NAME and _IDEOGRAPH.match(nearby[begin - 1 : begin]):
        return None  # 津市 at the end of a word that only happens to end so
    return first + begin, Verdict.VALID if len(homes) == 1 else Verdict.DOUBTFUL
