"""Header rows: which rows of a table name its columns, and what they call them together.

A header may have two rows: the upper one names groups of columns (電話番号), each over blank cells that the lower one
fills (市外局番, 市内局番, 番号). Then a column is called by both, the name of its group first.

A form has no header: labels stand in front of values in each of its rows. It may stand above a list that has one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from piiscan.dialect import find_header, may_be_label, names_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Rows = Sequence[Sequence[str]]

#: A row with so many cells that only labels hold, and as many as other cells, is a header wherever it stands.
_NAMES = 2
#: What stands in front of a form's row. Stricter than a word in a header: 青葉株式会社 and コードA begin rows of lists.
_FRONT = re.compile(
    r".*(?:氏名|[姓名]|名前|番号|電話|携帯|ＴＥＬ|住所|アドレス|メール|生年月日|誕生日|性別|年齢|備考|会社名|勤務先|部署"
    r"|所属|役職|職業|カナ|フリガナ|ふりがな|続柄|国籍|血液型|本籍|口座|名義人?|〒|[勤就送振緊絡業込付先め]先|既往歴|パスワード|担当者?|代表者|世帯主|保護者|申[請込]者"
    r"|(?<![A-Za-z])(?i:tel|fax|e?-?mail|(?:first|last|user)?name|phone|address|(?:birth)?date|[a-z]+_id))"
    r"[0-9０-９①-⑳]?[\s:：*＊※]*(?:[（(].*[)）])?\s*"
)
#: What counts columns, and what stands for it where labels are looked for; from December to January there are as many.
_COUNT = re.compile(r"(?:第|令和|平成|[RH])?([0-9０-９]{1,2}|20[0-9]{2})(年度?|月分?|日|回目?|期|週目?|限|点)?")
_A_LABEL, _DECEMBER = "計", 11
#: What tells one label of a kind from the next (電話1, 電話2).
_COUNTED = re.compile(r"[0-9０-９①-⑳\W_]+")


class Heading(NamedTuple):
    """The last row of a header, and what it calls the columns."""

    last: int
    names: tuple[str, ...]


def find_heading(rows: Rows, first: int) -> Heading | None:
    """Find the header among the `first` of `rows`, with the second row that it may have."""
    plain = [_without_series(row) for row in rows[:first]]
    at = find_header([*plain, *rows[first:]], first)
    if at is None:
        at = next((index for index, row in enumerate(plain) if is_heading(row)), None)
    return None if at is None else heading_at(rows, _below_form(plain, at))


def find_list_heading(rows: Rows, first: int) -> Heading | None:
    """Find the header of a list as `find_heading` does; a form has none, whatever its first row looks like."""
    heading = find_heading(rows, first)
    return None if heading is None or _is_form(rows, heading.last) else heading


def _below_form(rows: Rows, at: int) -> int:
    """Give the row of a list's header that stands below rows of a form, the first of which is `at`; or else that."""
    first = _labels_in(rows[at])
    if first.count(True) * 2 > len(first):
        return at
    is_led = True
    for index, row in enumerate(rows[at + 1 :], at + 1):
        found = _labels_in(row)
        is_led = is_led and found[:1] != [False]
        if found[:1] == [True] and found.count(True) * 2 > len(found) >= _NAMES and all(map(may_be_label, row)):
            if found.count(True) >= _NAMES and (is_led or len(found) > len(first)):
                return index
        elif found and not may_be_label(_front(row)):
            break  # a row of a list
    return at


def _without_series(row: Sequence[str]) -> Sequence[str]:
    """Blank the numbers that count columns behind two labels at least (8月, 9月, 10月), which are labels as well."""
    if sum(map(names_field, row)) < _NAMES:
        return row
    counts = [(int(match[1]), match[2]) if (match := _COUNT.fullmatch(cell)) else None for cell in row]
    known = {at for at, count in enumerate(counts) if count and count[1] == "年度"}
    for at, (count, other) in enumerate(pairwise(counts)):
        if count and other and count[1] == other[1] and abs(count[0] - other[0]) in {1, _DECEMBER}:
            known |= {at, at + 1}
    return [_A_LABEL if at in known else cell for at, cell in enumerate(row)] if known else row


def _labels_in(row: Sequence[str]) -> list[bool]:
    """Tell of each cell that is not blank whether it holds a label."""
    return [names_field(cell) or is_front(cell) for cell in row if cell.strip()]


def _is_form(rows: Rows, last: int) -> bool:
    """Tell whether labels stand in front of most rows below what looks like a header, and in that, but not all over."""
    fronts = [(row, cell) for row in rows[last + 1 :] if (cell := _front(row))]
    labels = [(row, cell) for row, cell in fronts if is_front(cell)]
    is_most = len(labels) * 2 >= len(fronts)
    # Words that nobody knows as labels look like them all the same; the first column of a list does not.
    is_some = len(labels) >= _NAMES and len(labels) * 3 >= len(fronts) and all(may_be_label(cell) for _, cell in fronts)
    if not labels or not (is_most or is_some) or all(_labels_in(rows[last])):
        return False
    at = labels[0][0].index(labels[0][1])
    first = rows[last][at] if at < len(rows[last]) else ""
    return is_front(first) and len({_COUNTED.sub("", cell) for cell in (first, *(cell for _, cell in labels))}) > 1


def _front(row: Sequence[str]) -> str:
    """Give the first cell of a row that is not blank."""
    return next((cell for cell in row if cell.strip()), "")


def is_front(cell: str) -> bool:
    """Tell whether a cell may begin a row of a form: it ends in a word that only labels use."""
    return may_be_label(cell) and bool(_FRONT.fullmatch(cell))


def heading_at(rows: Rows, at: int) -> Heading:
    """Read the header of which row `at` is one, the lower or the upper."""
    names = tuple(cell.strip() for cell in rows[at])
    if at + 1 < len(rows) and (both := join_names(names, rows[at + 1])):
        return Heading(at + 1, both)
    if at and sum(map(bool, map(str.strip, rows[at - 1]))) >= _NAMES and (both := join_names(rows[at - 1], names)):
        return Heading(at, both)
    return Heading(at, names)


def is_heading(row: Sequence[str], is_known: Callable[[str], bool] = names_field) -> bool:
    """Tell by a row alone whether it names columns: half of its cells hold words that only labels use."""
    filled = [cell for cell in row if cell.strip()]
    known = sum(map(is_known, filled))
    return known >= _NAMES and known * 2 >= len(filled) and all(map(may_be_label, filled))


def join_names(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Name columns by two rows, or give nothing where the lower one does not part groups of the upper one."""
    upper, lower = [cell.strip() for cell in upper], [cell.strip() for cell in lower]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    if not all(map(may_be_label, (*upper, *lower))):
        return ()
    names: list[str] = []
    group, parts = "", 0
    for at, (above, below) in enumerate(zip(upper, lower, strict=True)):
        is_group = bool(above) and at + 1 < width and not upper[at + 1] and bool(lower[at + 1])
        if above and below and not is_group and not names_field(below):
            return ()
        group = above or (group if below else "")
        parts += bool(below and not above and (group or names_field(below)))
        if above and not below:
            names.append(above)
            group = ""  # as high as both rows, and no name of a group
            continue
        names.append(f"{group} {below}".strip())
    return tuple(names) if parts else ()
