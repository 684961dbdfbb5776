"""Addresses spread over columns (都道府県|市区町村|町名番地|建物名, 住所1|住所2), and how their cells become one.

Tables of areas have such columns as well: cells are put together only where a block or a number is among them.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: What the columns are called, from the largest part to the smallest; what stands before it is whose address it is.
_PARTS = tuple(
    re.compile(rf"(?:{words})[)\]]*$", re.IGNORECASE)
    for words in (
        "都道府県名?|prefecture|pref|todofuken",
        "市区?町村郡?名?|市区郡?町村名?|市区|(?<![a-z])city|municipality|shikuchoson",
        "町[名域]・?番地等?|町名|町域名?|丁目・?番地|番地|住所|所在地|street|addr(?:ess)?(?:[ _]line)?[ _]?1?",
        "(?:建物|マンション|ビル|アパート)・?名?.{0,8}|部屋番号|方書|building|addr(?:ess)?(?:[ _]line)?[ _]?2",
    )
)
_PREFECTURE, _MUNICIPALITY, _BLOCK, _BUILDING = range(4)
_NUMBERED = re.compile(r"(.*(?:住所|所在地|address|addr))[ _-]?[(\[]?([1-4])[)\]]?$", re.IGNORECASE)
#: A number within a street's block; a mere 丁目 is an area.
_NUMERAL = "[0-9０-９〇一二三四五六七八九十]"
_HAS_BLOCK = re.compile(rf"{_NUMERAL}(?:番|号|[-ー－‐−―ノの](?={_NUMERAL}))|番地|丁目{_NUMERAL}|[0-9０-９]$")
_OWN = re.compile(".{2,3}[都道府県].{1,7}[市区町村]")
_ENDS_IN_NUMBER = re.compile("[0-9０-９]$|番地?$|号$")


class _Part(NamedTuple):
    """Which part of an address a column holds, and whose."""

    kind: int
    whose: str


def address_at(headers: Sequence[str], at: int) -> tuple[int, Callable[[Sequence[str]], str]] | None:
    """Tell how many columns from one on hold the parts of an address, by their folded headers, and what joins them."""
    if size := _numbered_at(headers, at):
        return size, partial(join_address, has_building=False)
    first = _part_of(headers[at])
    if first is None or first.kind > _MUNICIPALITY:
        return None
    kinds = [first.kind]
    for header in headers[at + 1 : at + len(_PARTS)]:
        part = _part_of(header)
        if part is None or part.kind <= kinds[-1] or part.whose != first.whose:
            break
        kinds.append(part.kind)
    if _BLOCK not in kinds:
        return None
    return len(kinds), partial(join_address, has_building=kinds[-1] == _BUILDING)


def _part_of(header: str) -> _Part | None:
    for kind, words in enumerate(_PARTS):
        if found := words.search(header):
            return _Part(kind, header[: found.start()].rstrip(" _-"))
    return None


def _numbered_at(headers: Sequence[str], at: int) -> int:
    first = _NUMBERED.match(headers[at])
    if not first or first[2] != "1":
        return 0
    size = 1
    for header in headers[at + 1 :]:
        other = _NUMBERED.match(header)
        if not other or other[1] != first[1] or other[2] != str(size + 1):
            break
        size += 1
    return size if size > 1 else 0


def join_address(cells: Sequence[str], *, has_building: bool) -> str:
    """Join the parts of an address; "" for one part alone, for several addresses, and for what has no block.

    >>> join_address(("東京都", "千代田区", "丸の内1-2-3", "青葉ビル3F"), has_building=True)
    '東京都千代田区丸の内1-2-3 青葉ビル3F'
    >>> join_address(("東京都千代田区", "丸の内1-2-3", "青葉ビル"), has_building=False)
    '東京都千代田区丸の内1-2-3 青葉ビル'
    >>> join_address(("東京都", "千代田区", "丸の内1丁目"), has_building=False)
    ''
    """
    parts = [cell.strip() for cell in cells]
    building = parts.pop() if has_building else ""
    filled = [part for part in parts if part]
    if len(filled) < 2 or not parts[0] or any(map(_OWN.match, filled[1:])):  # noqa: PLR2004 - there is nothing to join
        return ""
    joined = filled[0]
    for part in filled[1:]:
        joined += f" {part}" if _ENDS_IN_NUMBER.search(joined) else part
    if not _HAS_BLOCK.search(joined):
        return ""
    return f"{joined} {building}".rstrip()
