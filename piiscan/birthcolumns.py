"""Columns of dates of birth that no header calls so: days of more than one generation, beside people."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from piiscan.candidate import settle
from piiscan.era import read_date
from piiscan.namecolumns import share_of_names, tell_instead
from piiscan.text import fold
from piiscan.validators import validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from piiscan.candidate import Candidate
    from piiscan.context import Labels
    from piiscan.piece import Table

#: The header that such a column is read under, and what its dates say of themselves instead.
HEADER, _EVIDENCE = "生年月日", "beside:person_name"
#: So many filled cells are looked at; so many different days, and such a share of the cells, make a column of dates.
_LOOKED_AT, _LEAST, _SHARE = 64, 5, 0.9
#: Births spread over so many years, and the last is so many years ago: days of hiring go on until today.
_SPREAD, _AGO = 30, 10
#: What a header says that is no more than a place: anything of days or years in it is of other days.
_OF_DAYS = re.compile("[日時期年月歴史]|date|time|day|year|month|period", re.IGNORECASE)
_WHOLE_YEAR = re.compile(
    r"[^0-9\n]*[0-9]{1,4}[^0-9\n]+[0-9]{1,2}[^0-9\n]+[0-9]{1,2}日?生?|[12][0-9]{7}|[MTSHRmtshr][0-9]{6}"
)
_PEOPLE = frozenset({"person_name", "sex", "age"})
_SEXES = frozenset({"男", "女", "男性", "女性"})


def is_of_births(header: str, cells: Iterable[str]) -> bool:
    """Tell whether a column's first cells are days on which people of different ages may have been born."""
    if _OF_DAYS.search(header):
        return False
    filled = list(islice(filter(None, map(str.strip, cells)), _LOOKED_AT))
    if len(filled) < _LEAST or not all(map(_WHOLE_YEAR.fullmatch, map(_folded, filled[:_LEAST]))):
        return False
    days = [day for cell in filled if (day := _born(_folded(cell)))]
    if len({*days}) < _LEAST or len(days) < _SHARE * len(filled):
        return False
    return max(days).year - min(days).year >= _SPREAD and max(days).year + _AGO <= date.today().year  # noqa: DTZ011


def _folded(cell: str) -> str:
    return fold(cell).text


def _born(cell: str) -> date | None:
    """Give the day that a cell holds, if somebody alive may have been born on it."""
    if not _WHOLE_YEAR.fullmatch(cell) or validator("birth_date")(cell) is not Verdict.VALID:
        return None
    return next((each.day for each in read_date(cell) if each.is_exact), None)


def is_of_people(table: Table, labels: Labels) -> bool:
    """Tell whether some column holds names, sexes or ages: by its header, or by its cells."""
    if any(_PEOPLE & labels.owners_in(header) for header in table.headers):
        return True
    headers: Sequence[str] = table.headers or ("",) * len(table.columns)
    return any(map(_has_people, headers, table.columns))


def _has_people(header: str, cells: Sequence[str]) -> bool:
    filled = {cell for cell in map(str.strip, cells[:_LOOKED_AT]) if cell}
    return (bool(filled) and filled <= _SEXES) or share_of_names(header, cells) > 0


def tell_births(candidates: Sequence[Candidate]) -> None:
    """Let the evidence be the people beside, and settle anew what it weighs."""
    tell_instead(candidates, HEADER, _EVIDENCE)
    for each in candidates:
        settle(each)
