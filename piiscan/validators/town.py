"""町名 (towns): whether an address that leaves its municipality out begins with a town that there is."""

from __future__ import annotations

import re

from piiscan.data import has_town, town_number
from piiscan.variants import plainly
from piiscan.verdict import Verdict

_SPELLED_OUT = re.compile("大?字")
#: What may stand behind the name of a town: its block, or a part of it that is called so.
_BEHIND = re.compile("[0-9〇一二三四五六七八九十百]|大?字")
_LONGEST = 14
#: What stands before a digit, and is a town of one character somewhere, more often means something else.
_SIGNS = frozenset("第県町市都郡日上下丁乙丙イロハニ")


def town(value: str) -> Verdict:
    """Judge an address without its municipality: LISTED if some municipality has a town of that name.

    >>> [town(text).name for text in ("西新宿2-8-1", "大字大塚字前田55番地", "三田二丁目1番", "栄3-1-1", "会議室1-2-3")]
    ['LISTED', 'LISTED', 'LISTED', 'LISTED', 'INVALID']
    """
    text = plainly(value.replace(" ", ""))
    spelled = _SPELLED_OUT.match(text)
    text = text[spelled.end() if spelled else 0 :]
    for behind in _BEHIND.finditer(text, 1, _LONGEST + 1):
        name = text[: behind.start()]
        if len(name) == 1 and (name in _SIGNS or not behind[0].isdecimal()):
            continue
        if has_town(town_number(name), "town_names.bin"):
            return Verdict.LISTED
    return Verdict.INVALID
