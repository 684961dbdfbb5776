"""Values in parts along the row of a form, behind their label (電話番号|03|3123|4567), put together.

The whole stands in the first cell behind the label, the others are left blank. A row whose cells do not make such a
value stays as it is, and so does a row in which nothing but the label says that they do: its cells have headers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.erachoices import choose_era
from piiscan.lostzeros import lost_in
from piiscan.splitcells import join_date, join_phone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from piiscan.context import Labels

    Columns = list[Sequence[str]]

#: Forms are small: a table of more cells is a list.
_CELLS = 4096
#: A number that may have lost zeros, and stands in the first cell behind its label that is not blank.
_NUMBER = re.compile(r"[1-9][0-9]{4,10}")
#: What is printed between parts, and stands in a cell of its own.
_BETWEEN = frozenset("年月日-－‐―ー()（）の/.・〒")
_ERA = re.compile(r"[^0-9０-９年月日]{1,24}")
_NAME = re.compile(r"[々〆ヶァ-ヺーぁ-ゖ\u3400-\u9fff\uf900-\ufaffｦ-ﾟA-Za-z]{1,12}")
#: More kanji than a name has.
_KANJI = re.compile(r"[々〆\u3400-\u9fff\uf900-\ufaff]{7,}")
_DATE, _PHONE, _PAIR = 3, 3, 2


def join_forms(columns: Columns, headers: Sequence[str], labels: Labels) -> bool:
    """Put the values in parts together, in lists that take the place of their columns; tell whether there were any."""
    width = len(columns)
    if width <= _PAIR or width * len(columns[0]) > _CELLS:
        return False
    if sum(bool(labels.owners_in(header)) for header in headers) >= _PAIR:
        return False  # a list
    known = {cell: join for cells in columns for cell in {*cells} if (join := _join_of(cell, labels))}
    if not known:
        return False
    changed = False
    for row, cells in enumerate(zip(*columns, strict=True)):
        for at in (at for at, cell in enumerate(cells[:-1]) if cell in known):
            if at + 1 < len(headers) and labels.owners_in(headers[at + 1]):
                continue
            places = _places_behind(cells, at, labels)
            whole = known[cells[at]]([cells[place].strip() for place in places])
            if whole:
                changed = True
                for place in range(places[0], places[-1] + 1):
                    _put(columns, place, row, whole if place == places[0] else "")
    return changed


def restore_forms(columns: Columns, headers: Sequence[str], labels: Labels) -> bool:
    """Give the numbers right behind labels the zeros that they have lost; tell whether there were any."""
    if headers or not columns or len(columns) * len(columns[0]) > _CELLS:
        return False
    changed = False
    for at, cells in enumerate(columns[1:], 1):
        for row in [row for row, cell in enumerate(cells) if _NUMBER.fullmatch(cell)]:
            label = next((left[row] for left in reversed(columns[:at]) if left[row].strip()), "")
            lost = lost_in(label) if label and labels.is_label(label) else None
            whole = lost.restore([cells[row]])[0] if lost else cells[row]
            if whole != cells[row]:
                changed = True
                _put(columns, at, row, whole)
    return changed


def _join_of(cell: str, labels: Labels) -> Callable[[Sequence[str]], str] | None:
    """Tell by a label how the parts behind it are joined."""
    if not cell.strip() or not labels.is_label(cell):
        return None
    owners = labels.owners_in(cell)
    for owner, join in _JOINS.items():
        if owner in owners:
            return join
    return None


def _places_behind(cells: Sequence[str], at: int, labels: Labels) -> list[int]:
    """List the places of the parts behind a label, up to the next one."""
    places = []
    for place in range(at + 1, len(cells)):
        cell = cells[place].strip()
        if cell and cell not in _BETWEEN:
            if labels.is_label(cell):
                break
            places.append(place)
    return places


def _date(parts: Sequence[str]) -> str:
    eras = [part for part in parts if _ERA.fullmatch(part)]
    rest = [part for part in parts if part not in eras]
    if len(rest) != _DATE or [*parts[: len(eras)]] != eras:
        return ""
    listed = "・".join(eras) + rest[0]
    if eras and (chosen := choose_era(listed)) != listed:  # all are printed, and one is marked
        return join_date((chosen, *rest[1:]))
    return join_date((*eras, *rest)) if len(eras) <= 1 else ""


def _phone(parts: Sequence[str]) -> str:
    return join_phone(parts) if len(parts) == _PHONE else ""


def _postal_code(parts: Sequence[str]) -> str:
    is_code = len(parts) == _PAIR and all(part.isdecimal() for part in parts) and [*map(len, parts)] == [3, 4]
    return "-".join(parts) if is_code else ""


def _name(parts: Sequence[str]) -> str:
    if len(parts) != _PAIR or not all(map(_NAME.fullmatch, parts)):
        return ""
    return "" if _KANJI.fullmatch("".join(parts)) else " ".join(parts)  # the names of two


_JOINS: dict[str, Callable[[Sequence[str]], str]] = {
    "birth_date": _date,
    "phone_landline": _phone,
    "phone_mobile": _phone,
    "postal_code": _postal_code,
    "person_name": _name,
}


def _put(columns: Columns, at: int, row: int, text: str) -> None:
    cells = columns[at]
    whole = cells if isinstance(cells, list) else list(cells)
    whole[row] = text
    columns[at] = whole
