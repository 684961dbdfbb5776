"""Values spread over columns (市外局番|市内局番|番号, 年|月|日, 〒 3|4, 市区町村|番地), made whole by their headers.

The whole stands in the first of the cells, the others are left blank: so a value is one finding, at its first cell. A
row whose cells do not make such a value stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from piiscan.addresscolumns import address_at
from piiscan.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from piiscan.context import Labels

#: How many digits the parts of a number have, by the pattern that its label speaks for.
_WIDTHS = {
    "payment_card": (4, 4, 4, 4),
    "my_number": (4, 4, 4),
    "employment_insurance_number": (4, 6, 1),
    "basic_pension_number": (4, 6),
    "postal_code": (3, 4),
}
_PHONES = ("phone_landline", "phone_mobile", "phone_ip")
_AREA, _EXCHANGE = (
    re.compile(r"市外局?番?$|area[ _]?code$", re.IGNORECASE),
    re.compile(r"局番?$|市内$|exchange$", re.IGNORECASE),
)
_PARTS = re.compile(r"[\s_(\[-]*(?:[上下前後中左右]?[0-9]桁|[上下前後中左右]|[1-9]|[①-⑨])?[)\]]*$")
_END = r"[)\]]*$"
_YEAR, _MONTH = (
    re.compile(rf"(?:年|生年|year|yyyy|yy){_END}", re.IGNORECASE),
    re.compile(rf"(?:月|month|mm){_END}", re.IGNORECASE),
)
_DAY = re.compile(rf"(?:日|day|dd){_END}", re.IGNORECASE)
_ERA = re.compile(rf"(?:元号|年号|和暦|gengo|era){_END}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,4}")
_ERA_NAME = re.compile(r"明治|大正|昭和|平成|令和|[明大昭平令MTSHR㍾㍽㍼㍻㋿]", re.IGNORECASE)
_IP_PREFIXES = ("70", "80", "90", "50")
_TELEPHONE, _MOBILE = 10, 11


class Split(NamedTuple):
    """Columns from `first` on whose cells `join` puts together; "" where they make no value. `hint` labels it."""

    first: int
    size: int
    join: Callable[[Sequence[str]], str]
    hint: str


@lru_cache(maxsize=256)
def find_splits(headers: tuple[str, ...], labels: Labels) -> tuple[Split, ...]:
    """Find the columns that hold parts of values, by their headers."""
    found: list[Split] = []
    folded = [fold(header).text for header in headers]
    at = 0
    while at < len(headers):
        split = (
            _date_at(folded, at, labels)
            or _phone_at(folded, at)
            or _number_at(folded, at, labels)
            or _address_at(folded, at, labels)
        )
        if split:
            found.append(split)
        at += split.size if split else 1
    return tuple(found)


def _date_at(headers: Sequence[str], at: int, labels: Labels) -> Split | None:
    first = at + bool(_ERA.search(headers[at]) or (at + 1 < len(headers) and _is_bare_label(headers, at, labels)))
    kinds = headers[first : first + 3]
    if len(kinds) < 3 or not all(  # noqa: PLR2004 - a date
        kind.search(header) for kind, header in zip((_YEAR, _MONTH, _DAY), kinds, strict=True)
    ):
        return None
    hint = next((name for name in headers[at : first + 3] if "birth_date" in labels.owners_in(name)), "")
    return Split(at, first + 3 - at, join_date, hint) if hint else None


def _is_bare_label(headers: Sequence[str], at: int, labels: Labels) -> bool:
    """Tell whether a column has the date's label itself, and the next one the year: its cells are eras."""
    return (
        "birth_date" in labels.owners_in(headers[at])
        and not _YEAR.search(headers[at])
        and bool(_YEAR.search(headers[at + 1]))
    )


def _phone_at(headers: Sequence[str], at: int) -> Split | None:
    if at + 2 < len(headers) and _AREA.search(headers[at]) and _EXCHANGE.search(headers[at + 1]):
        return Split(at, 3, join_phone, "電話番号")
    return None


def _number_at(headers: Sequence[str], at: int, labels: Labels) -> Split | None:
    owners = labels.owners_in(headers[at])
    stem = _PARTS.sub("", headers[at])
    for owner in owners and (*_WIDTHS, *_PHONES):
        count = len(_WIDTHS.get(owner, (0, 0, 0)))
        others = headers[at + 1 : at + count]
        if owner not in owners or len(others) + 1 < count:
            continue
        if all(not other for other in others) or all(_PARTS.sub("", other) == stem for other in others):
            return Split(at, count, join_phone if owner in _PHONES else _joiner(owner), headers[at])
    return None


def _address_at(headers: Sequence[str], at: int, labels: Labels) -> Split | None:
    found = address_at(headers, at)
    if not found:
        return None
    size, join = found
    hint = next((name for name in headers[at : at + size] if "address" in labels.owners_in(name)), "住所")
    return Split(at, size, join, hint)


@lru_cache(maxsize=16)
def _joiner(owner: str) -> Callable[[Sequence[str]], str]:
    widths = _WIDTHS[owner]

    def join(cells: Sequence[str]) -> str:
        """Join parts of a number, the zeros restored that a number typed as one has lost."""
        if not all(cell.isdecimal() and len(cell) <= width for cell, width in zip(cells, widths, strict=True)):
            return ""
        return "-".join(map(str.zfill, cells, widths))

    return join


def join_phone(cells: Sequence[str]) -> str:
    """Join area code, exchange and number of a telephone, or give "" for what is none.

    >>> join_phone(("3", "1234", "12")), join_phone(("90", "1234", "5678")), join_phone(("03", "12345678", ""))
    ('03-1234-0012', '090-1234-5678', '')
    """
    area, exchange, line = (cell.strip().strip("()") for cell in cells)
    if not (area.isdecimal() and exchange.isdecimal() and line.isdecimal() and len(line) <= 4):  # noqa: PLR2004
        return ""
    area, line = area if area.startswith("0") else f"0{area}", line.zfill(4)
    if area[1:] in _IP_PREFIXES:
        exchange = exchange.zfill(4)
    size = len(area) + len(exchange) + len(line)
    return f"{area}-{exchange}-{line}" if size == (_MOBILE if area[1:] in _IP_PREFIXES else _TELEPHONE) else ""


def join_date(cells: Sequence[str]) -> str:
    """Join year, month and day, an era before them or not; give "" for what is none.

    >>> join_date(("昭和", "55", "3", "4")), join_date(("1980", "03", "04")), join_date(("S55", "3", "4"))
    ('昭和55年3月4日', '1980/03/04', 'S55年3月4日')
    """
    *head, month, day = (cell.strip().rstrip("年月日") for cell in cells)
    era = _ERA_NAME.match(fold("".join(head)).text)
    year = "".join(head)[era.end() :] if era else "".join(head)
    if not (_NUMBER.fullmatch(month) and _NUMBER.fullmatch(day) and (year == "元" or _NUMBER.fullmatch(year))):
        return ""
    if era and era[0]:
        return f"{era[0]}{year}年{month}月{day}日"
    return f"{year}/{month}/{day}" if len(head) == 1 or not head[0] else _coded(head[0], head[1], month, day)


def _coded(code: str, year: str, month: str, day: str) -> str:
    """Write a date of which the era is a digit, as claims and the pension service do."""
    return f"{code}{year:0>2}{month:0>2}{day:0>2}" if len(code) == 1 else ""
