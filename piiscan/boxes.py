"""Numbers written with one digit in each cell, along a row or down a column: read as the number that they are.

The number stands in the first of its cells, the others are left blank. Along a row no label need stand beside it, for a
check may say what it is; where each column has a name of its own (the answers Q1 to Q16), and down a column, one must.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.text import BOXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.context import Labels

    Columns = list[Sequence[str]]

_DIGIT = "[0-9０-９]"
_ERA = "(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHR])"
#: Blank cells, printed hyphens and the words of a date may stand between digits, each in a cell.
_BETWEEN = r"\t(?:[-－‐―ー年月日 \u3000]?\t){0,2}"
_RUN = re.compile(
    rf"(?<![^\t])(?:{_ERA}{_BETWEEN}{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{5}}|{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{{BOXES - 1},}})"
    r"(?![^\t])"
)
_OWN_NAMES = 2
#: More digits than the longest number has: they are several numbers with blank cells between.
_LONGEST = 16
#: Down a column is looked in tables of at most so many rows: a form has few, a column of figures many.
_ROWS = 1000
#: The patterns whose values are written in boxes.
NUMBERS = frozenset({
    "my_number", "basic_pension_number", "pension_certificate_number", "payment_card", "drivers_licence",
    "phone_landline",
    "phone_mobile", "phone_ip", "postal_code", "bank_account", "employment_insurance_number", "care_insurance_number",
    "health_insurer_number", "late_elderly_insured_number", "resident_record_code", "corporate_number", "birth_date",
    "yucho_symbol_number", "public_expense_payer_number", "public_expense_recipient_number",
})  # fmt: skip


def join_boxes(columns: Columns, headers: Sequence[str], labels: Labels) -> bool:
    """Put the numbers in boxes together, in lists that take the place of their columns; tell whether there were any."""
    return _join_along(columns, headers, labels) | _join_down(columns, headers, labels)


def _join_along(columns: Columns, headers: Sequence[str], labels: Labels) -> bool:
    changed = False
    for first, last in _narrow(columns):
        # what was not seen to be a header may be one all the same (Q10)
        above = headers or [cells[0] if len(cells[0]) > 1 else "" for cells in columns]
        names = [*above[first:last], *[""] * (last - max(first, len(above)))]
        for row, cells in enumerate(zip(*columns[first:last], strict=True)):
            text = "\t".join(cells)
            if len(text) >= 2 * BOXES - 1 and "\t" in text:
                for start, count, number in list(_runs(text)):
                    is_told = _is_told(names[start : start + count], labels)
                    if is_told or (not headers and _is_led(columns, row, first + start, labels)):
                        _put(columns, row, first + start, count, number)
                        changed = True
    return changed


def _narrow(columns: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Give the ranges of columns that hold cells of one character or none, if they are as many as a number needs."""
    width = len(columns)
    narrow: dict[int, bool] = {}

    def is_narrow(at: int) -> bool:
        if at not in narrow:
            narrow[at] = "" in columns[at] or min(map(len, columns[at]), default=2) <= 1  # few are of one character
        return narrow[at]

    found: list[tuple[int, int]] = []
    for at in range(BOXES - 1, width, BOXES):  # one of so many columns in a row is looked at, and its neighbours
        if (found and at < found[-1][1]) or not is_narrow(at):
            continue
        first = last = at
        while first and is_narrow(first - 1):
            first -= 1
        while last < width and is_narrow(last):
            last += 1
        if last - first >= BOXES:
            found.append((first, last))
    return found


def _runs(text: str) -> list[tuple[int, int, str]]:
    """List the runs of digits in a row of cells: first cell, number of cells, and the digits."""
    found = []
    for match in _RUN.finditer(text):
        start = match.start()
        whole = match[0]
        pieces = [(0, whole)]
        if sum(map(str.isdecimal, whole)) > _LONGEST:
            pieces = [(each.start(), each[0]) for each in re.finditer(rf"{_DIGIT}(?:\t{_DIGIT})*", whole)]
        for offset, piece in pieces:
            number = re.sub(r"[^0-9０-９明治大正昭和平成令MTSHR]", "", piece)
            if sum(map(str.isdecimal, number)) >= BOXES - 1:
                found.append((text.count("\t", 0, start + offset), piece.count("\t") + 1, number))
    return found


def _is_told(names: Sequence[str], labels: Labels) -> bool:
    """Tell whether the headers above boxes let them be one number."""
    stems = {re.sub(r"[0-9０-９\W_]+|桁目?", "", name) for name in names if name}
    if sum(map(bool, names)) < _OWN_NAMES:
        return True
    return len(stems) == 1 and bool(labels.owners_in(names[0]) & NUMBERS)


def _is_led(columns: Columns, row: int, at: int, labels: Labels) -> bool:
    """Tell whether the label of a number stands in front of its boxes."""
    left = next((cells[row] for cells in reversed(columns[:at]) if cells[row].strip()), "")
    return labels.is_label(left) and bool(labels.owners_in(left) & NUMBERS)


def _join_down(columns: Columns, headers: Sequence[str], labels: Labels) -> bool:
    if not columns or not BOXES <= len(columns[0]) <= _ROWS:
        return False
    changed = False
    for at, cells in enumerate(columns):
        if 1 not in map(len, cells[BOXES - 1 :: BOXES]):  # one of so many rows is within any number
            continue
        text = "".join(cell if len(cell) == 1 and cell.isdecimal() else "\t" for cell in cells)
        for match in re.finditer(rf"[^\t]{{{BOXES},{_LONGEST}}}", text):
            row, end = match.span()
            if text[end : end + 1] not in {"", "\t"} or text[row - 1 : row] not in {"", "\t"}:
                continue
            if labels.owners_in(_label_of(columns, headers, at, row)) & NUMBERS:
                whole = list(columns[at])
                whole[row:end] = [match[0], *[""] * (end - row - 1)]
                columns[at] = whole
                changed = True
    return changed


def _label_of(columns: Columns, headers: Sequence[str], at: int, row: int) -> str:
    """Give what stands above the first digit of a column, or to its left."""
    above = columns[at][row - 1] if row else headers[at] if at < len(headers) else ""
    left = next((cells[row] for cells in reversed(columns[:at]) if cells[row].strip()), "")
    return f"{left} {above}"


def _put(columns: Columns, row: int, first: int, count: int, number: str) -> None:
    for at in range(first, first + count):
        cells = columns[at]
        whole = cells if isinstance(cells, list) else list(cells)
        whole[row] = number if at == first else ""
        columns[at] = whole
