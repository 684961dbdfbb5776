"""自動車登録番号 (vehicle registration): place, class, kana or letter, up to four digits without a leading zero."""

from __future__ import annotations

import re
from functools import lru_cache

from piiscan.data import load_lines
from piiscan.verdict import Verdict

#: Kana that are not used: お し へ ん. Letters are of vehicles of foreign forces.
_SHAPE = re.compile(
    r"([^0-9 ]{0,4}) {0,2}[0-9][0-9ACFHKLMPXY]{0,2} {0,2}[あ-えか-さす-ふほ-をEHKMTY] {0,2}"
    r"(?:[1-9][0-9] ?- ?[0-9]{2}|[・･.]?[1-9]-[0-9]{2}|[1-9][0-9]{3}|[・･.]{0,3}[1-9][0-9]{0,2})"
)


def vehicle_plate(value: str) -> Verdict:
    """Judge a plate (自動車登録規則13条): its place is one of the list, or it names none.

    >>> [vehicle_plate(place + "300 さ 12-34").name for place in ("品川 ", "渋谷 ", "")]
    ['LISTED', 'INVALID', 'VALID']
    """
    match = _SHAPE.fullmatch(value)
    if match is None or (match[1] and match[1] not in _places()):
        return Verdict.INVALID
    return Verdict.LISTED if match[1] else Verdict.VALID


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(load_lines("plate_places.txt"))
