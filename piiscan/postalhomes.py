"""Whether a postal code and an address belong together: side by side in text, and in two columns of a table.

A code stands for one municipality, by Japan Post's list. Where the two agree the address is surer; where they differ
one of them is wrong, and the code does not support the address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan.data import checksum, has_town, home_of, load_bits, town_number
from piiscan.text import fold
from piiscan.variants import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from piiscan.context import Labels
    from piiscan.piece import Table

#: What evidence says.
AGREES, DIFFERS = "agrees:postal_code", "differs:postal_code"
_ADDRESSES = frozenset({"address", "address_town"})
_CODE = re.compile("([0-9]{3})-?([0-9]{4})$")
_DISTRICT, _WARD = re.compile(".+?郡(?=.+[町村])"), re.compile("(.+市)(.+区)")
_PREFECTURE = re.compile("(?:京都|.{2,3}?)[都道府県]")
_REACH, _LONGEST_TOWN = 20, 14
#: So many rows of two columns are looked at, and so many tell; such a share of them has to agree, or to differ.
_ROWS, _LEAST, _SHARE = 64, 5, 0.8


@lru_cache(maxsize=1024)
def _names_of(home: str) -> tuple[str, tuple[str, ...]]:
    """Give the prefecture of a municipality and the ways to write its name."""
    prefecture, name = plainly(home).split("\t")
    ward = _WARD.fullmatch(name)
    return prefecture, (name, _DISTRICT.sub("", name), *(ward.groups() if ward else ()))


def compare(code: str, address: str) -> str:
    """Tell by a word of evidence whether a folded code and address agree; "" where that cannot be told.

    >>> compare("100-0005", "東京都千代田区丸の内1-2-3"), compare("100-0005", "大阪市北区中之島1-2-3")
    ('agrees:postal_code', 'differs:postal_code')
    >>> compare("160-0023", "西新宿2-8-1"), compare("100-0005", "西新宿2-8-1"), compare("000-0000", "西新宿2-8-1")
    ('agrees:postal_code', 'differs:postal_code', '')
    >>> compare("460-0008", "栄3-1-1"), compare("100-0005", "栄3-1-1")
    ('agrees:postal_code', 'differs:postal_code')
    """
    match = _CODE.search(code)
    if not match or not _is_in_use(int(match[1] + match[2])):
        return ""
    home = home_of(match[1] + match[2])
    prefecture, names = _names_of(home)
    text = plainly(address.replace(" ", "")[:_REACH])
    written = _PREFECTURE.match(text)
    if written and written[0].endswith(prefecture[-1]) and not written[0].endswith(prefecture):
        return DIFFERS
    return AGREES if any(name in text for name in names) or _begins_in(text, home) else DIFFERS


def _is_in_use(code: int) -> bool:
    return bool(load_bits("postal_codes.bin")[code >> 3] >> (code & 7) & 1)


def _begins_in(text: str, home: str) -> bool:
    """Tell whether an address that leaves its municipality out begins with a town of it."""
    value = checksum(plainly(home).replace("\t", ""))
    for size, char in enumerate(text[:_LONGEST_TOWN], 1):
        value = checksum(char, value)
        if (size > 1 or text[1:2].isdecimal()) and has_town(town_number("", value)):
            return True
    return False


def compare_columns(table: Table, labels: Labels) -> dict[int, str]:
    """Tell of columns of addresses whether they agree with the nearest column of postal codes."""
    owners = [labels.owners_in(header) for header in table.headers[: len(table.columns)]]
    homes = [at for at, names in enumerate(owners) if not _ADDRESSES.isdisjoint(names)]
    codes = [at for at, names in enumerate(owners) if "postal_code" in names and at not in homes]
    told = {}
    for at in homes if codes else ():
        nearest = min(codes, key=lambda code: abs(code - at))
        if word := _share(table.columns[nearest], table.columns[at]):
            told[at] = word
    return told


def _share(codes: Sequence[str], addresses: Sequence[str]) -> str:
    pairs: Iterable[tuple[str, str]] = zip(codes[:_ROWS], addresses[:_ROWS], strict=True)
    words = [compare(fold(code.strip()).text, fold(address).text) for code, address in pairs if code and address]
    known = [word for word in words if word]
    agreeing = known.count(AGREES) / len(known) if len(known) >= _LEAST else 0.5
    if agreeing >= _SHARE:
        return f"{AGREES} {agreeing:.0%}"
    return f"{DIFFERS} {1 - agreeing:.0%}" if agreeing <= 1 - _SHARE else ""
