"""Zeros that are lost where a number was typed or stored as a number: restored where a header says what it is.

What a spreadsheet has written as 1.23E+11 cannot be restored; that it is lost is all that can be told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from piiscan.validators import validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_FLOAT = re.compile(r"(?m)^[1-9]\.[0-9]+[Ee]\+?[01][0-9]$")


def has_lost_digits(text: str) -> bool:
    """Tell whether a line is a number of which only the first digits are left.

    >>> has_lost_digits("1.23E+11"), has_lost_digits("1.5")
    (True, False)
    """
    return ("E+" in text or "e+" in text) and _FLOAT.search(text) is not None


class Lost(NamedTuple):
    """Which columns hold numbers that begin with zeros, and how one that was typed as a number gets them back."""

    label: re.Pattern[str]
    cell: re.Pattern[str]
    widths: Mapping[int, int]  # what it is long with its zeros, by what it is long without
    check: str = ""  # the validator that has to find the check digit right, if there is one

    def restore(self, cells: Sequence[str]) -> Sequence[str]:
        """Give the cells of a column with their zeros; the same sequence where none is lost."""
        lengths = {*map(len, cells)}
        if lengths.isdisjoint(self.widths):
            return cells
        if self.check:
            return [self._checked(cell) for cell in cells]
        width_of, matches = self.widths.get, self.cell.fullmatch
        text = "\n" + "\n".join(cells)
        if "\n0" not in text and text.isascii() and text.replace("\n", "").isdecimal():  # plain numbers, all of them
            if len(widths := {width_of(length, 0) for length in lengths}) == 1:
                return [*map(str.zfill, cells, repeat(*widths))]
            return [cell.zfill(width_of(len(cell), 0)) for cell in cells]
        if not re.search(rf"\n{self.cell.pattern}(?![^\n])", text):
            return cells
        return [cell.zfill(width_of(len(cell), 0)) if matches(cell) else cell for cell in cells]

    def _checked(self, cell: str) -> str:
        whole = cell.zfill(self.widths.get(len(cell), 0)) if self.cell.fullmatch(cell) else cell
        return whole if validator(self.check)(whole) is Verdict.CHECKED else cell


#: Telephone and pension numbers lose one zero; postal codes, of seven digits, one or two; so do My Numbers, but the
#: check digit has to say that nothing else is missing.
_LOST = (
    Lost(
        re.compile(r"電話|携帯|ファック?ス|ＴＥＬ|ＦＡＸ|TEL|FAX|phone|mobile", re.IGNORECASE),
        re.compile(r"[1-9][0-9]{8,9}"),
        {9: 10, 10: 11},
    ),
    Lost(
        re.compile(r"郵便|〒|\bzip|post(?:al)?[ _-]?code", re.IGNORECASE),
        re.compile(r"[1-9][0-9]{4,5}"),
        {5: 7, 6: 7},
    ),
    Lost(
        re.compile(r"個人番号|マイナンバー|my[ _-]?number", re.IGNORECASE),
        re.compile(r"[1-9][0-9]{9,10}"),
        {10: 12, 11: 12},
        check="my_number",
    ),
    Lost(re.compile(r"基礎年金番号|pension[ _-]?(?:no|num)", re.IGNORECASE), re.compile(r"[1-9][0-9]{8}"), {9: 10}),
)


@lru_cache(maxsize=1024)
def lost_in(label: str) -> Lost | None:
    """Give what numbers under a label lose, None if they lose nothing."""
    return next((lost for lost in _LOST if lost.label.search(label)), None)
