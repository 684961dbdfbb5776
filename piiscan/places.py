"""Municipalities and towns of Japan by their names: which ends a text, and which town of it begins behind that.

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
    from collections.abc import Iterable, Iterator

_DISTRICT = re.compile(r"(.+?郡)(.+[町村])")
_WARD = re.compile(r"(.+市)(.+区)")
_ANCHOR = re.compile(r"[市区町村]")
_PREFECTURE_LENGTHS = (3, 4)
_IDEOGRAPH = re.compile(r"[一-鿿]")
#: A prefecture, a space and the longest name of a municipality fit into so many characters before the anchor.
REACH = 20
_SHORTEST_NAME = 2
NUMERAL = "0-9〇一二三四五六七八九十百"
_LONGEST_TOWN = 14
_SPELLED_OUT = re.compile("大?字")
#: What may stand behind a town of one character: a numeral, or the sign of a part of it.
_SMALL_PART = re.compile(rf"[{NUMERAL}イロハニホヘト甲乙丙丁字]|$")
_NUMBER = rf"(?:[0-9]{{1,5}}|[{NUMERAL[3:]}]{{1,6}})"
#: What a town may be followed by that is no block; and a block, parts of the town's name before it, up to the end.
_PART_OF_TOWN = re.compile(f"{_NUMBER}丁目$")
_BLOCK_AT_END = re.compile(
    f"(?:大?字[一-鿿ぁ-ゖァ-ヺー々]{{1,10}}|[一-鿿ァ-ヺー々]{{1,8}})?{_NUMBER}(?:(?:丁目|番[地町]?|号|[-ーのノ之]|[条線]|地割){_NUMBER}?){{0,5}}$"
)
#: What an address that leaves its municipality out stands behind.
_LEAD = re.compile("(?:住所|所在地)[: ]{0,2}|(?:〒 ?[0-9]{7}|[0-9]{3}-[0-9]{4}) {0,3}")
#: In Kyoto a town stands behind the streets that lead to it, and may stand behind a part of them.
_STREETS = re.compile("[^0-9]{2,20}(?:[上下][るル]|[東西南北]入[るル]?)(?:[一二三四五六七八九十]丁目)?")


class Place(NamedTuple):
    """A municipality of some name: its prefecture, the checksum of both, whether the name is all of its own."""

    prefecture: str
    checksum: int
    is_whole: bool


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[Place, ...]]:
    """Map every written form of a municipality to those that have one of that name."""
    found: dict[str, set[Place]] = {}
    for line in load_lines("municipalities.txt"):
        prefecture, name = plainly(line).split("\t")
        district, ward = _DISTRICT.fullmatch(name), _WARD.fullmatch(name)
        place = Place(prefecture, checksum(prefecture + name), is_whole=True)
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
def prefecture_names() -> re.Pattern[str]:
    """Match the name of a prefecture."""
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


@lru_cache(maxsize=65_536)
def before(text: str) -> tuple[int, Verdict, tuple[Place, ...]] | None:
    """Give the length of the municipality that ends a text, with its prefecture; what to think of it; which it is."""
    text = plainly(text)
    name = _name_at_end(text)
    if name is None:
        return None
    places = _places()[name]
    lead = text[: -len(name)].rstrip(" ")
    prefecture = next((end for size in _PREFECTURE_LENGTHS if (end := lead[-size:]) in _prefectures()), None)
    if prefecture is not None:
        homes = tuple(place for place in places if place.prefecture == prefecture)
        is_right = any(place.is_whole for place in homes)
        length = len(text) - len(lead) + len(prefecture)
        return length, Verdict.LISTED if is_right else Verdict.DOUBTFUL, homes
    if len(name) == _SHORTEST_NAME and _IDEOGRAPH.match(text[-len(name) - 1 : -len(name)]):
        return None  # 津市 at the end of a word that only happens to end so
    is_clear = len({place.prefecture for place in places if place.is_whole}) == 1
    return len(name), Verdict.VALID if is_clear else Verdict.DOUBTFUL, places


def has_town_in(behind: str, places: Iterable[Place]) -> bool:
    """Tell whether what stands behind the name of a municipality begins with a town of it."""
    whole = _without_streets(behind)[:_LONGEST_TOWN]
    return any(size > 1 or _SMALL_PART.match(whole, size) for size in _town_ends(whole, places))


def ends_in_town(line: str) -> bool:
    """Tell whether a line ends with a town, or a 丁目 of it, behind the name of its municipality.

    >>> ends_in_town("東京都千代田区丸の内"), ends_in_town("大阪市北区梅田二丁目"), ends_in_town("東京都千代田区定員")
    (True, True, False)
    """
    for behind, places in _iter_behind(line):
        whole = _without_streets(_PART_OF_TOWN.sub("", behind))
        if any(whole[size : size + 1] in ("", "字") for size in _town_ends(whole, places)):
            return True
    return False


def ends_in_block(line: str) -> bool:
    """Tell whether a line ends with the block of a town behind the name of its municipality.

    >>> ends_in_block("千代田区丸の内1-2-3"), ends_in_block("千代田区丸の内で1-2"), ends_in_block("千代田区1-2")
    (True, False, False)
    """
    for behind, places in _iter_behind(line):
        whole = _without_streets(behind)
        if any(_BLOCK_AT_END.match(whole, size) for size in _town_ends(whole, places)):
            return True
    return False


def ends_in_short_block(line: str) -> bool:
    """Tell whether a line ends with the block of a town behind a label or a postal code, without its municipality.

    >>> [ends_in_short_block(line) for line in ("住所:西新宿2-8-1", "西新宿2-8-1", "住所:会議室2-8-1")]
    [True, False, False]
    """
    for lead in _LEAD.finditer(line):
        whole = _without_streets(line[lead.end() :])
        for size in range(2, min(_LONGEST_TOWN, len(whole)) + 1):
            if _BLOCK_AT_END.match(whole, size) and has_town(town_number(whole[:size]), "town_names.bin"):
                return True
    return False


def _iter_behind(line: str) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Yield what stands behind each municipality that a line names, and which it is."""
    for anchor in _ANCHOR.finditer(line):
        end = anchor.end()
        if found := before(line[max(end - REACH - 1, 0) : end]):
            yield line[end:], found[2]


def _without_streets(behind: str) -> str:
    """Give what begins with a town's name, written plainly."""
    streets = _STREETS.match(behind)
    whole = plainly(behind[streets.end() if streets else 0 :].replace(" ", ""))
    return _SPELLED_OUT.sub("", whole, count=1) if _SPELLED_OUT.match(whole) else whole


def _town_ends(whole: str, places: Iterable[Place]) -> Iterator[int]:
    """Yield where towns of some municipalities end that a text begins with."""
    for place in places:
        value = place.checksum
        for size, char in enumerate(whole[:_LONGEST_TOWN], 1):
            if char.isascii():
                break  # digits are all alike to those who ask
            value = checksum(char, value)
            if has_town(town_number("", value)):
                yield size
