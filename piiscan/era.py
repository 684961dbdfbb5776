"""Dates as Japan writes them: western or by era, in digits or kanji, with the days on which eras began and ended."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Era(NamedTuple):
    names: tuple[str, ...]
    codes: tuple[str, ...]
    first: date
    last: date

    @property
    def zero(self) -> int:
        """The western year before the era's first."""
        return self.first.year - 1


#: Names, then the codes of medical claims and of the pension service. Two eras share the day on which one ended.
_ERAS = (
    _Era(("明治", "明", "M", "㍾"), ("1",), date(1868, 10, 23), date(1912, 7, 30)),
    _Era(("大正", "大", "T", "㍽"), ("2", "3"), date(1912, 7, 30), date(1926, 12, 25)),
    _Era(("昭和", "昭", "S", "㍼"), ("3", "5"), date(1926, 12, 25), date(1989, 1, 7)),
    _Era(("平成", "平", "H", "㍻"), ("4", "7"), date(1989, 1, 8), date(2019, 4, 30)),
    _Era(("令和", "令", "R", "㋿"), ("5", "9"), date(2019, 5, 1), date.max),
)
_BY_NAME = {name: era for era in _ERAS for name in era.names}
_NAMES = "|".join(sorted(_BY_NAME, key=lambda name: (-len(name), name)))
_DIGITS = {**{digit: int(digit) for digit in "0123456789"}, "零": 0}
_DIGITS |= {char: value for value, char in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"壱": 1, "弐": 2, "参": 3}
_TENS = "十拾"
_NUMBER = f"[{''.join(_DIGITS)}{_TENS}]"
_PARTED = re.compile(
    rf"(?:({_NAMES})[.・]?)?(元|{_NUMBER}{{1,4}})[-./年]({_NUMBER}{{1,3}})[-./月]({_NUMBER}{{1,3}})日?", re.IGNORECASE
)
_COMPACT = re.compile(rf"({_NAMES}|)((?<=[^0-9])[0-9]{{2}}|[0-9]{{4}})([0-9]{{2}})([0-9]{{2}})", re.IGNORECASE)
_CODED = re.compile(r"([1-57-9])([0-9]{2})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SHORT_YEAR, _LONG_YEAR = 2, 4


class Reading(NamedTuple):
    """A day that a text can mean. `is_exact` unless its era had not begun or was over, or the century is missing."""

    day: date
    is_exact: bool


@lru_cache(maxsize=4096)
def read_date(text: str) -> tuple[Reading, ...]:
    """Give the days that exist and that folded text can mean, exact ones first; nothing if it is no date.

    >>> [str(each.day) for each in read_date("昭和五十五年三月四日")], read_date("平成元年1月7日")[0].is_exact
    (['1980-03-04'], False)
    >>> [str(each.day) for each in read_date("3550304")], read_date("2001-02-29")
    (['1980-03-04', '1966-03-04'], ())
    """
    readings = (_reading(*parts) for parts in _iter_parts(re.sub("[ 生]", "", text)))
    return tuple(sorted(filter(None, readings), key=lambda each: not each.is_exact))


def _iter_parts(text: str) -> Iterator[tuple[_Era | None, str, str, str]]:
    if match := _PARTED.fullmatch(text) or _COMPACT.fullmatch(text):
        name, year, month, day = match.groups()
        yield _BY_NAME[name.upper()] if name else None, year, month, day
    if match := _CODED.fullmatch(text):
        code, year, month, day = match.groups()
        yield from ((era, year, month, day) for era in _ERAS if code in era.codes)
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = match.groups()
        yield from ((None, year, first, second), (None, year, second, first))


def _reading(era: _Era | None, year: str, month: str, day: str) -> Reading | None:
    number = 1 if year == "元" else _number(year)
    if number is None or (era is None and len(year) not in {_SHORT_YEAR, _LONG_YEAR}):
        return None
    western = number + era.zero if era else number if len(year) == _LONG_YEAR else number + 1900
    try:
        found = date(western, _number(month) or 0, _number(day) or 0)
    except ValueError:
        return None
    return Reading(found, era.first <= found <= era.last if era else len(year) == _LONG_YEAR)


def _number(text: str) -> int | None:
    """Read digits one by one, or kanji with tens.

    >>> _number("五十五"), _number("一九八〇"), _number("十"), _number("二十")
    (55, 1980, 10, 20)
    """
    tens, ten, ones = text.partition(text[-2:].strip("".join(_DIGITS))[:1] or "十")
    if not ten:
        return int("".join(str(_DIGITS[char]) for char in text)) if not set(text) & set(_TENS) else None
    if len(tens) > 1 or len(ones) > 1 or set(tens + ones) & set(_TENS):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
