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
_PREFECTURE_END = re.compile(r"[都道府県]")
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


def _name_at_end(text: str) -> str | None:
    """Give the longest municipality whose name ends a text."""
    for size in range(min(_longest_name(), len(text)), 1, -1):
        if text[-size:] in _prefectures_of():
            return text[-size:]
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
    if _PREFECTURE_END.search(text, start, end):
        # the "area" may hold a whole second address: then the first was only a mention
        for mention in _prefecture().finditer(text, start, end):
            later = _ANCHOR.search(text, mention.end(), end)
            start = later.start() if later else start
    first = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    found = _before(text[first : start + 1])
    return found and (start + 1 - found[0], found[1])


@lru_cache(maxsize=65_536)
def _before(text: str) -> tuple[int, Verdict] | None:
    """Give the length of the municipality that ends a text, with its prefecture, and what to think of it."""
    text = text.translate(_KE)
    name = _name_at_end(text)
    if name is None:
        return None
    homes = _prefectures_of()[name]
    before = text[: -len(name)].rstrip(" ")
    prefecture = next((each for each in _prefecture().finditer(before) if each.end() == len(before)), None)
    if prefecture is not None:
        verdict = Verdict.LISTED if prefecture[0] in homes else Verdict.DOUBTFUL
        return len(text) - prefecture.start(), verdict
    if len(name) == _SHORTEST_NAME and _IDEOGRAPH.match(text[-len(name) - 1 : -len(name)]):
        return None  # 津市 at the end of a word that only happens to end so
    return len(name), Verdict.VALID if len(homes) == 1 else Verdict.DOUBTFUL
