"""Columns of names that no header calls so: nearly all of their first cells are in the lists of names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from piiscan.context import weigh
from piiscan.text import fold
from piiscan.validators import validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.candidate import Candidate

#: The header that such a column is read under.
HEADER = "氏名"
#: So many filled cells are looked at; so many different names, and such a share, make a column of names.
_LOOKED_AT, _LEAST, _SHARE = 64, 5, 0.9
_LONGEST = 16
_NO_NAME = re.compile("[0-9０-９@:/_]")
#: Headers of what is called like people: companies, places, goods.
_NOT_PEOPLE = re.compile(
    "社|店|品|駅|地|町|市|区|県|部|課|校|会|団体|法人|組織|件|題|科目|項目|タイトル|ファイル"
    "|path|file|company|city|product|title|dept|office|shop|place|store|school|station|brand",
    re.IGNORECASE,
)
#: Under a header of names, one run of katakana is no name where fewer of the different first cells can be one.
_SHARE_OF_WORDS = 0.4
_NAMES = frozenset({Verdict.LISTED, Verdict.SAMPLE})


def share_of_names(header: str, cells: Iterable[str]) -> float:
    """Give the share of a column's first cells that are listed names; 0.0 if too few are to make it one of names."""
    if _NOT_PEOPLE.search(header):
        return 0.0
    filled = list(islice(filter(None, map(str.strip, cells)), _LOOKED_AT))
    if len(filled) < _LEAST or any(len(cell) > _LONGEST or _NO_NAME.search(cell) for cell in filled[:_LEAST]):
        return 0.0
    counts = Counter(filled)
    judge, strangers = validator("person_name"), set[str]()
    left = len(filled)
    for cell in counts if len(counts) >= _LEAST else ():
        if len(cell) > _LONGEST or judge(fold(cell).text) not in _NAMES:
            strangers.add(cell)
            left -= counts[cell]
            if left < _SHARE * len(filled):  # most columns are told by their first cells
                return 0.0
    return left / len(filled) if len(counts) - len(strangers) >= _LEAST else 0.0


def doubt_words(candidates: Iterable[Candidate], cells: Iterable[str]) -> None:
    """Let a run of katakana be no name in a column of other things: of settings (名前: アイコン, サイズ), or goods.

    Many a word can be split into the readings of a surname and of a given name.
    """
    names = (each for each in candidates if each.pattern.id == "person_name" and each.shape == "word")
    words = [each for each in names if any(word.startswith("header:") for word in each.evidence)]
    if not words:
        return
    different = {*islice(filter(None, map(str.strip, cells)), _LOOKED_AT)}
    judge = validator("person_name")
    possible = sum(len(cell) <= _LONGEST and judge(fold(cell).text) is not Verdict.INVALID for cell in different)
    if possible < _SHARE_OF_WORDS * len(different):
        for each in words:
            each.evidence.append("negative:column")
            each.score = weigh(each.pattern.shape[each.shape], each.evidence)


def tell_instead(candidates: Iterable[Candidate], header: str, told: str) -> None:
    """Let the evidence of a column be `told`, not the header that it was read under."""
    for each in candidates:
        each.evidence[:] = [told if word == f"header:{header}" else word for word in each.evidence]
