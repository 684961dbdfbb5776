"""A findings workbook that people have filled in, read back: what they decided, and what of it cannot be understood."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from piiscan.era import read_date
from piiscan.errors import PiiscanError
from piiscan.gauge import Gauge, cell_name
from piiscan.holdingcells import kept_path
from piiscan.holdings import Action, Decision
from piiscan.messages import LANGUAGES, _
from piiscan.overviewwords import phrases
from piiscan.package import Package, open_package
from piiscan.printable import printable
from piiscan.text import fold
from piiscan.workbook import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet

#: Columns of the sheet What to do, by the keys in its hidden first row: who a row is about, and what was decided.
_IDENTITY = ("file", "root", "path")
_ASKED = ("decision", "person", "day", "until", "reason")
_NO_PATH = '"'  # not what keep_path writes
_ZERO_DAY = date(1899, 12, 30)
_DAYS = range(1, 2_958_466)
#: A year with four digits, as people write days; read_date knows eras beside it.
_WRITTEN_DAY = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?")


class Reviewed(NamedTuple):
    """What was decided about a file; `file` is its id in the catalog that the workbook was written from."""

    root: str
    path: str
    file: int
    decision: Decision


class Review(NamedTuple):
    """All that was decided, and each row that cannot be understood, as one line that names its cell."""

    decisions: list[Reviewed]
    problems: list[str]


class _CellError(Exception):
    """A cell that cannot be understood: the key of its column, and why."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def read_decisions(path: Path, today: date) -> Review:
    """Read the decisions out of a findings workbook; rows that nobody filled in are no decisions.

    `today` bounds the day on which something was decided. Raises PiiscanError where the file is no such workbook.
    """
    review, known = Review([], []), dict[int, Decision]()
    for name, sheet, keys in _find_sheets(path):
        for number, row in _iter_rows(sheet):
            cells = {key: row[place] for key, place in keys.items() if place < len(row)}
            try:
                reviewed = _read(cells, today)
                _compare(reviewed, known)
            except _CellError as problem:
                place = cell_name(number, keys[problem.key] + 1)
                review.problems.append(f"{printable(name)}!{place}: {problem}")
            else:
                review.decisions.extend(filter(None, (reviewed,)))
    return review


def _find_sheets(path: Path) -> list[tuple[str, CalamineSheet, Mapping[str, int]]]:
    """Find the sheets whose first row holds our keys, whatever people have called them or moved in them."""
    try:
        _check(path)
        book = CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise _refusal(path, _("{file}: not an Excel workbook that can be read")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what the library does at bad content is no Exception
            raise
        raise _refusal(path, _("{file}: not an Excel workbook that can be read")) from None
    found = [(name, sheet, _keys(sheet)) for name, sheet in sheets]
    found = [each for each in found if each[2].keys() >= {*_IDENTITY, *_ASKED}]
    if not found:
        raise _refusal(path, _("{file}: no sheet of a findings workbook of piiscan, or its hidden first row is gone"))
    return found


def _check(path: Path) -> None:
    """Refuse what would fill the memory of whoever reads it: the library keeps every sheet as a rectangle."""
    with path.open("rb") as stream:
        package = open_package(stream)
        if not isinstance(package, Package):
            raise ValueError  # noqa: TRY004 - damaged or made to harm, as a value
        names = [entry.filename for entry in package.list_entries() if entry.filename.startswith("xl/worksheets/")]
        probes = [measure(package, name, Gauge()) for name in names if name.endswith(".xml")]
        if any(probe.problem for probe in probes):
            raise ValueError
        if any(probe.is_sparse for probe in probes):
            raise _refusal(path, _("{file}: a sheet has cells far away from all others"))


def _refusal(path: Path, message: str) -> PiiscanError:
    return PiiscanError(message.format(file=printable(str(path))))


def _keys(sheet: CalamineSheet) -> Mapping[str, int]:
    head = next(_iter_rows(sheet, first=1), (0, ()))[1]
    return {str(key): place for place, key in enumerate(head)}


def _iter_rows(sheet: CalamineSheet, first: int = 3) -> Iterator[tuple[int, Sequence[object]]]:
    """Yield the rows of a sheet with their numbers, from the row `first` on, from the column A on."""
    start = sheet.start
    if start is None:
        return
    left = [""] * start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number >= first:
            yield number, [*left, *row]


def _read(cells: Mapping[str, object], today: date) -> Reviewed | None:
    """Read one row; None where nobody has filled it in."""
    if not any(_text(cells.get(key)) for key in _ASKED):
        return None
    decision = _decision(cells, today)
    try:
        path = kept_path(str(cells.get("path") or _NO_PATH))
        return Reviewed(kept_path(str(cells.get("root", ""))), path, _number(cells.get("file")), decision)
    except ValueError:
        raise _CellError("file", _("the hidden columns of this row are damaged: which file is it?")) from None


def _compare(reviewed: Reviewed | None, known: dict[int, Decision]) -> None:
    """Refuse a second row about a file that says something else."""
    if reviewed and known.setdefault(reviewed.file, reviewed.decision) != reviewed.decision:
        raise _CellError("decision", _("the same file is decided differently in a row above"))


def _number(cell: object) -> int:
    """Give the id of a file; raises ValueError where it is none."""
    if not isinstance(cell, float) or not cell.is_integer() or cell < 0:
        raise ValueError
    return int(cell)


def _decision(cells: Mapping[str, object], today: date) -> Decision:
    word = _folded(cells.get("decision"))
    action = _actions().get(word.casefold())
    if not action:
        raise _CellError("decision", _("choose one of the decisions in the list") if word else _("no decision chosen"))
    person, reason = _text(cells.get("person")), _text(cells.get("reason"))
    if not person:
        raise _CellError("person", _("who decided this?"))
    day = _day(cells, "day")
    if day is None:
        raise _CellError("day", _("when was this decided?"))
    if day > today:
        raise _CellError("day", _("this day is still to come"))
    until = _day(cells, "until")
    if until is not None and until < day:
        raise _CellError("until", _("this ends before it was decided"))
    if not reason:
        raise _CellError("reason", _("why was this decided?"))
    return Decision(action, person, day, reason, until)


def _actions() -> Mapping[str, Action]:
    """Give what may be decided by its word in each language, and by its own."""
    allowed = [action for action in Action if action is not Action.CHECK]
    return {
        word.casefold(): action
        for action in allowed
        for word in (action.value, *(phrases(language).actions[action] for language in LANGUAGES))
    }


def _day(cells: Mapping[str, object], key: str) -> date | None:
    """Read a day, which Excel keeps as a day or as a number, and people write in many ways."""
    cell = cells.get(key)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float) and int(cell) in _DAYS:
        return _ZERO_DAY + timedelta(int(cell))
    text = _folded(cell)
    if not text:
        return None
    written = _WRITTEN_DAY.fullmatch(text)
    try:
        if written:
            return date(*map(int, written.groups()))
    except ValueError:
        raise _CellError(key, _("this is no day: write it as 2026-11-23")) from None
    days = [reading.day for reading in read_date(text) if reading.is_exact]
    if len(days) != 1 or written:
        raise _CellError(key, _("this is no day: write it as 2026-11-23"))
    return days[0]


def _text(cell: object) -> str:
    """Give a cell as one printable line, whatever was typed into it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return printable(" ".join(str("" if cell is None else cell).split()))


def _folded(cell: object) -> str:
    return fold(_text(cell)).text
