"""The date that a document carries in its path: R5年度, 令和5年, H30_, 2019年分, FY2020, 2018-03.

Of a date the last day is told that it can mean, and of several the latest: what is kept too long is found later, what
is thrown away too early never. Dates of the file's own name come before those of its folders, the nearest first.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from piiscan.era import read_date
from piiscan.text import DASHES, ONE_TO_ONE

if TYPE_CHECKING:
    from collections.abc import Iterator

Year = Literal["calendar", "fiscal"]

_KANJI = "[〇一二三四五六七八九十]{1,3}"
_NUMBER = f"(?:[0-9]{{1,2}}|{_KANJI})"
_ERA = "令和|平成|昭和|㋿|㍻|㍼|(?<![0-9A-Z])[RHS]|(?<![一-鿿])[令平昭](?=[0-9元])"
_YEAR = rf"(?P<era>{_ERA})[ ._]?(?P<count>元|[0-9]{{1,2}}|{_KANJI})|(?<![0-9])(?P<west>(?:19[5-9]|20[0-4])[0-9])"
_CLOCK = "(?:[_-]?[0-2][0-9][0-5][0-9](?:[0-5][0-9])?)?"
_REST = rf"""
      (?P<fiscal>年?度|[ ]?FY)
    | (?P<calendar>年分)
    | 年[ _]?(?P<m1>{_NUMBER})月(?:[ _]?(?P<d1>{_NUMBER})日|[-~〜～](?P<to>{_NUMBER})月|(?P<open>[~〜～]|から))?
    | [-~〜～・、](?P<until>[0-9]{{1,2}})年(?:(?P<fiscal2>度)|(?P<calendar2>分))?
    | (?P<sep>[-.])(?P<m2>[0-9]{{1,2}})(?:(?P=sep)(?P<d2>[0-9]{{1,2}}))?(?![0-9])
    | [_ ](?P<m3>[01][0-9])(?:[_ ](?P<d3>[0-3][0-9]))?(?![0-9])
    | (?P<m4>[01][0-9])(?P<d4>[0-3][0-9]){_CLOCK}(?![0-9])
    | (?P<m5>[01][0-9])(?![0-9])
    | (?P<named>年)(?![0-9])
    | (?![0-9A-Z号円番条]|人(?![事材員権])|名(?![簿前])|件(?!名))
"""
_START = re.compile("[㋿㍻㍼令平昭RHS12]")
_DATE = re.compile(rf"(?:{_YEAR})(?:{_REST})", re.VERBOSE)
_HINT = re.compile("[0-9０-９年元]")
_FISCAL = re.compile(r"(?<![A-Z])FY[ _-]?(20[0-9]{2}|[0-9]{2})(?![0-9])")
_DASH = re.compile(rf"(?<=[0-9])[{DASHES}](?=[0-9])")
_LETTERS = set("RHS令平昭")
_SHORT = {"R": 1, "H": 2}  # digits that make a lone letter with a number a year: R5, H30; S3 and H2 are other things
_SPAN = 20  # years that one name joins at most
_LAST = date(2100, 1, 1)


class DocumentDate(NamedTuple):
    """The last day that a document's date can mean, and the part of the path in which it stands ("" for none)."""

    day: date
    part: str = ""


class _Found(NamedTuple):
    day: date
    kind: str  # of the time that is named: fiscal, calendar, a mere year, or a day


def document_date(path: str, year: Year = "fiscal") -> DocumentDate | None:
    """Give the date in the nearest part of a path; `year` tells how a mere year (H30, 2018) is meant.

    >>> str(document_date("人事/R5年度/名簿.xlsx").day), str(document_date("H30_扶養控除.xlsx", "calendar").day)
    ('2024-03-31', '2018-12-31')
    >>> document_date("人事/S3/名簿.xlsx")
    """
    part, found = _nearest(path)
    return DocumentDate(max(_last_day(each, year) for each in found), part) if found else None


@lru_cache(maxsize=16)  # the same path is asked about again at once, with years meant otherwise
def _nearest(path: str) -> tuple[str, tuple[_Found, ...]]:
    for part in reversed(path.replace("\\", "/").split("/")):
        if found := _read_part(part):
            return part, tuple(each for each in found if each.kind in {"calendar", "fiscal"}) or found
    return "", ()


def _last_day(found: _Found, year: Year) -> date:
    kind = year if found.kind == "year" else found.kind
    if kind == "calendar":
        return date(found.day.year, 12, 31)
    return date(found.day.year + 1, 3, 31) if kind == "fiscal" else found.day


@lru_cache(maxsize=1 << 14)
def _read_part(part: str) -> tuple[_Found, ...]:
    if not _HINT.search(part):
        return ()
    text = _DASH.sub("-", part.translate(ONE_TO_ONE)).upper()
    return tuple(each for each in _iter_dates(text) if each.day < _LAST)


def _iter_dates(text: str) -> Iterator[_Found]:
    for fiscal in _FISCAL.finditer(text):
        yield _Found(date(int(fiscal[1][-2:]) + 2000, 4, 1), "fiscal")
    end = 0
    for start in (each.start() for each in _START.finditer(text)):
        match = _DATE.match(text, start) if start >= end else None
        if match is None:
            continue
        end = match.end()
        before = text[max(0, start - 3) : start]
        if not before.endswith(("FY", "第", "NO.")) and (found := _read_match(match)):
            yield found


def _read_match(match: re.Match[str]) -> _Found | None:
    first = _day(match, "1", "1")
    if first is None:
        return None
    if kind := _kind(match):
        return _Found(first.replace(year=_last_year(match, first.year, match["until"])), kind)
    month, day = _month_and_day(match)
    if month is None:
        return _Found(first, "year") if _is_year(match) else None
    last = _day(match, month, day) if day else _month_end(_day(match, match["to"] or month, "1"))
    if last is None and match["sep"] and _is_year(match):
        return _Found(first.replace(year=_last_year(match, first.year, month)), "year")  # 2018-19 are years
    return _Found(last, "day") if last and (day or match["m1"] or _is_year(match)) else None


def _kind(match: re.Match[str]) -> str:
    """Tell what kind of year is named, "" where it is a day or nothing says it; an open span lasts for its year."""
    if match["fiscal"] or match["fiscal2"]:
        return "fiscal"
    if match["calendar"] or match["calendar2"]:
        return "calendar"
    return "year" if match["until"] or match["open"] else ""


def _last_year(match: re.Match[str], first: int, until: str | None) -> int:
    """Give the last year of a span (R4-6年度, 2018-19), the first one where what follows is no later year."""
    if not until:
        return first
    count = match["count"]
    base = first // 100 * 100 if match["west"] else first - (int(count) if count.isascii() else first)
    last = base + int(until)
    return last if first < last <= first + _SPAN else first


def _month_and_day(match: re.Match[str]) -> tuple[str | None, str | None]:
    if match["era"] and match["m3"] and not match["d3"]:
        return None, None  # H30_03 may be the third file
    ways = (("m1", "d1"), ("m2", "d2"), ("m3", "d3"), ("m4", "d4"), ("m5", ""))
    return next(((match[m], match[d] if d else None) for m, d in ways if match[m]), (None, None))


def _is_year(match: re.Match[str]) -> bool:
    """Tell whether what is left without a month names a year."""
    era = match["era"] or ""
    if era not in _LETTERS or match["named"]:
        return True
    return era in _SHORT and (match["count"] == "元" or len(match["count"]) >= _SHORT[era])


def _is_dated(match: re.Match[str]) -> bool:
    """Tell whether a month without a day belongs to a year, and is no tail of a number (S5001)."""
    return bool(match["m1"] or _is_year(match))


def _day(match: re.Match[str], month: str, day: str) -> date | None:
    if (match["count"] or "").strip("0") == "" and not match["west"]:
        return None
    if match["west"]:
        text = f"{match['west']}年{month}月{day}日"
    else:
        text = f"{match['era']}{match['count']}年{month}月{day}日"
    readings = read_date(text)
    return readings[0].day if readings else None


def _month_end(first: date | None) -> date | None:
    return first and first.replace(day=calendar.monthrange(first.year, first.month)[1])
