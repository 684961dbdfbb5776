"""Municipalities and towns of Japan: where an address begins, and whether its parts belong together.

The lists are Japan Post's. Names are found in the forms in which people write them: with the district (郡) or without,
a designated city with its ward, without it or left out, old and new characters alike, spaces between the parts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from piiscan.data import checksum, has_town, load_lines, town_number
from piiscan.variants import plainly
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

_DISTRICT = re.compile(r"(.+?郡)(.+[町村])")
_WARD = re.compile(r"(.+市)(.+区)")
_ANCHOR = re.compile(r"[市区町村]")
_ANCHORS = frozenset("市区町村")
_PREFECTURE_END = re.compile(r"[都道府県]")
_PREFECTURE_LENGTHS = (3, 4)
_IDEOGRAPH = re.compile(r"[一-鿿]")
#: A prefecture, a space and the longest name of a municipality fit into so many characters before the anchor.
_REACH = 20
_SHORTEST_NAME = 2
#: A block, as opposed to a number: it has a name or several parts, or is seen from a street of Kyoto.
_NUMERAL = "0-9〇一二三四五六七八九十百"
_BLOCK = re.compile(rf"丁目|[番条線]地|地割|無番|番外|字|[上下入][るル]|[東西]入|[{_NUMERAL}][-のノ之ー][{_NUMERAL}]")
_DIGIT = re.compile(f"[{_NUMERAL}]")
#: What ends a number that stands alone.
_NUMBER = re.compile(rf"[{_NUMERAL}][番号]?(?![条線町])")
#: What a municipality has that is no town, and what the numbers of its stations mean.
_OFFICE = re.compile(
    "立(?:第|大学|高|中学|小学|図書|病院)|議会|消防署|警察署|税務署|交通局|商工会|代表|選手|大学|学校|図書館|病院|条例|規則|告示"
)
_PLATFORM = re.compile("駅 ?[0-9]|番線|番出口|番乗り場")
_LONGEST_TOWN = 14
_SPELLED_OUT = re.compile("大?字")
#: What may stand behind a town of one character: a numeral, or the sign of a part of it.
_SMALL_PART = re.compile(rf"[{_NUMERAL}イロハニホヘト甲乙丙丁字]|$")
#: In Kyoto a town stands behind the streets that lead to it, and may stand behind a part of them.
_STREETS = re.compile("[^0-9]{2,20}(?:[上下][るル]|[東西南北]入[るル]?)(?:[一二三四五六七八九十]丁目)?")


class _Place(NamedTuple):
    """A municipality of some name: its prefecture, the checksum of both, whether the name is all of its own."""

    prefecture: str
    checksum: int
    is_whole: bool


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[_Place, ...]]:
    """Map every written form of a municipality to those that have one of that name."""
    found: dict[str, set[_Place]] = {}
    for line in load_lines("municipalities.txt"):
        prefecture, name = plainly(line).split("\t")
        district, ward = _DISTRICT.fullmatch(name), _WARD.fullmatch(name)
        place = _Place(prefecture, checksum(prefecture + name), is_whole=True)
        for form in (name, *([district[2]] if district else [])):
            found.setdefault(form, set()).add(place)
        if ward:
            found.setdefault(ward[1], set()).add(place._replace(checksum=checksum(prefecture + ward[1])))
            found.setdefault(ward[2], set()).add(place._replace(is_whole=False))
    return {name: tuple(places) for name, places in found.items()}


@lru_cache(maxsize=1)
def _prefectures() -> frozenset[str]:
    return frozenset(place.prefecture for places in _places().values() for place in places)


@lru_cache(maxsize=1)
def _prefecture() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_prefectures())))


@lru_cache(maxsize=1)
def _longest_name() -> int:
    return max(map(len, _places()))


def _name_at_end(text: str) -> str | None:
    """Give the longest municipality whose name ends a text."""
    for size in range(min(_longest_name(), len(text)), 1, -1):
        if text[-size:] in _places():
            return text[-size:]
    return None


def iter_names() -> Iterable[str]:
    """Give every form of every name, each character that is written in several ways in the first of them."""
    return _places().keys()


def extend(text: str, start: int, end: int) -> tuple[int, int, Verdict] | None:
    """Extend an address to the left: `text[start]` is the 市, 区, 町 or 村 that the regex is anchored on.

    Gives where the prefecture or, without one, the municipality begins, and what to think of it: LISTED with the right
    prefecture or a town that there is, VALID without; DOUBTFUL if the prefecture is another, if several have a
    municipality of that name and none such a town, or if a mere number stands behind what is no town. None if there is
    no municipality of that name at all.
    """
    if _PREFECTURE_END.search(text, start, end):
        # the "area" may hold a whole second address: then the first was only a mention
        for mention in _prefecture().finditer(text, start, end):
            later = _ANCHOR.search(text, mention.end(), end)
            start = later.start() if later else start
    first = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    found = _before(text[first : start + 1])
    if found is None:
        return None
    if text[start + 1 : start + 2] in _ANCHORS and (longer := _before(text[first : start + 2])):
        found, start = longer, start + 1  # 上市町 is no town of 郡上市
    length, verdict, places = found
    start += 1
    has_block = _BLOCK.search(text, start, end) is not None
    digit = _DIGIT.search(text, start, end)
    office = _OFFICE.search(text, start, digit.start() if digit else end)
    if digit and (office or not (has_block and verdict is Verdict.LISTED)):
        is_numbered = has_block or _NUMBER.search(text, start, end)
        if is_numbered and not _PLATFORM.search(text, start, end) and _has_town(text[start:end], places):
            verdict = Verdict.LISTED
        elif office or not has_block:
            verdict = Verdict.DOUBTFUL
    return start - length, end, verdict


@lru_cache(maxsize=65_536)
def _before(text: str) -> tuple[int, Verdict, tuple[_Place, ...]] | None:
    """Give the length of the municipality that ends a text, with its prefecture; what to think of it; which it is."""
    text = plainly(text)
    name = _name_at_end(text)
    if name is None:
        return None
    places = _places()[name]
    before = text[: -len(name)].rstrip(" ")
    prefecture = next((end for size in _PREFECTURE_LENGTHS if (end := before[-size:]) in _prefectures()), None)
    if prefecture is not None:
        homes = tuple(place for place in places if place.prefecture == prefecture)
        is_right = any(place.is_whole for place in homes)
        length = len(text) - len(before) + len(prefecture)
        return length, Verdict.LISTED if is_right else Verdict.DOUBTFUL, homes
    if len(name) == _SHORTEST_NAME and _IDEOGRAPH.match(text[-len(name) - 1 : -len(name)]):
        return None  # 津市 at the end of a word that only happens to end so
    is_clear = len({place.prefecture for place in places if place.is_whole}) == 1
    return len(name), Verdict.VALID if is_clear else Verdict.DOUBTFUL, places


def _has_town(behind: str, places: Iterable[_Place]) -> bool:
    """Tell whether what stands behind the name of a municipality begins with a town of it."""
    streets = _STREETS.match(behind)
    behind = plainly(behind[streets.end() if streets else 0 :].replace(" ", "")[:_LONGEST_TOWN])
    whole = _SPELLED_OUT.sub("", behind, count=1) if _SPELLED_OUT.match(behind) else behind
    for place in places:
        value = place.checksum
        for size, char in enumerate(whole, 1):
            if char.isascii():
                break  # digits are all alike to those who ask
            value = checksum(char, value)
            if has_town(town_number("", value)) and (size > 1 or _SMALL_PART.match(whole, size)):
                return True
    return False
