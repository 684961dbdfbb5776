"""Documents before they are files: lines or cells, and exactly what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bench.accuracy import decoys
from bench.accuracy.identifiers import IDENTIFIERS
from bench.accuracy.lists import BARE_BEFORE, DEPARTMENTS, FILLER
from bench.accuracy.settings import draw, place, role_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    from bench.accuracy.notations import Written
    from bench.accuracy.settings import Combination

    #: The header of a column, its cells, and what stands in each of them.
    Column = tuple[str, list[str], list["Entry | None"]]

_BARE_HEADERS = ("値", "列3", "データ", "col2", "内容")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a document. `role` is "truth", "bare" (by the specification not to be shown) or "decoy".

    A finding is right from `core` to `whole`; `row`, `column` and `start` (of `whole`) count from 0.
    """

    role: str
    name: str
    notation: str
    setting: str
    core: str
    whole: str
    row: int = 0
    column: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """Lines of text (one cell a row), or a table under a header or none.

    `groups` is the upper row of a header of two: a name stands over its own cell and the blank ones behind it, or takes
    the place of a blank one below.
    """

    rows: list[list[str]]
    header: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    is_text: bool = True
    entries: list[Entry] = field(default_factory=list)

    @property
    def heads(self) -> list[list[str]]:
        """The rows of the header."""
        return [[*row] for row in (self.groups, self.header) if row]


def entry_of(combination: Combination, value: Written, text: str, shown: str) -> Entry:
    """Describe a placed value; a term of special care is found wherever its field is."""
    is_field = combination.name == "special_care"
    return Entry(
        role=role_of(value, combination.setting),
        name=combination.name,
        notation=value.notation,
        setting=combination.setting,
        core="" if is_field else value.core,
        whole=text if is_field else shown if combination.setting == "query" else value.text,
    )


def write_text(deck: Iterator[Combination], chance: Random, fits: Callable[[str], bool], most: int) -> Document:
    """Write lines: `most` at the most, values between filler and decoys."""
    document = Document([])
    while len(document.rows) < most - 4:
        if chance.random() < 0.2:  # noqa: PLR2004
            _decoy_line(document, chance, fits)
        elif chance.random() < 0.25:  # noqa: PLR2004
            document.rows.append([chance.choice(FILLER)])
        else:
            combination = next(deck)
            if value := draw(combination, chance, fits):
                text, shown = place(combination, value, chance)
                if fits(text):
                    _append(document, text, shown, entry_of(combination, value, text, shown))
    return document


def _append(document: Document, text: str, shown: str, entry: Entry) -> None:
    start = text.index(shown)
    head = text[:start]
    document.entries.append(
        replace(entry, row=len(document.rows) + head.count("\n"), start=len(head.rpartition("\n")[2]))
    )
    document.rows.extend([line] for line in text.split("\n"))


def _decoy_line(document: Document, chance: Random, fits: Callable[[str], bool]) -> None:
    name = chance.choice([*decoys.DECOYS, *decoys.MORE])
    label, value = decoys.draw(name, chance)
    text = label + chance.choice(("：", ": ", " ")) + value.text if label else chance.choice(BARE_BEFORE) + value.text
    if fits(text):
        setting = "labelled" if label else "bare"
        _append(document, text, value.text, Entry("decoy", name, "decoy", setting, value.text, value.text))


def write_form(deck: Iterator[Combination], chance: Random, fits: Callable[[str], bool], most: int) -> Document:
    """Write a form: a label in the left cell, its value in the right one."""
    document = Document([], is_text=False)
    for combination in deck:
        value = draw(combination, chance, fits)
        if value is None or not value.is_single:
            continue
        label = chance.choice(IDENTIFIERS[combination.name].labels)
        setting = replace(combination, setting="left cell")
        entry = entry_of(setting, value, label + value.text, value.text)
        document.entries.append(replace(entry, row=len(document.rows), column=1))
        document.rows.append([label, value.text])
        if len(document.rows) >= most:
            break
    return document


def write_table(
    deck: Iterator[Combination], memos: Iterator[Combination], chance: Random, fits: Callable[[str], bool], most: int
) -> Document:
    """Write a table: a running number, columns of values, a column of decoys, a column of remarks."""
    columns: list[Column] = [
        (header, *draw_column(combination, chance, fits, most)) for header, combination in _headed(deck, chance)
    ]
    name = chance.choice([*decoys.COLUMNS])
    values = [decoys.draw(name, chance)[1].text for _ in range(most)]
    entries: list[Entry | None] = [
        Entry("decoy", f"{name}, in a column", "decoy", "column", value, value) for value in values
    ]
    free = [header for header in decoys.COLUMNS[name] if header not in {taken for taken, _, _ in columns}]
    columns.append(((free or ["コード"])[0] if len(free) < 2 else chance.choice(free), values, entries))  # noqa: PLR2004
    texts, remarks = [], []
    for _ in range(most):
        text, remark = _remark(memos, chance, fits)
        texts.append(text)
        remarks.append(remark)
    columns = [(header, cells, entries) for header, cells, entries in columns if cells]
    chance.shuffle(columns)
    numbers = [str(row) for row in range(1, most + 1)]
    parts = [chance.choice(DEPARTMENTS) for _ in range(most)]
    whole: list[Column] = [("No", numbers, []), *columns, ("部署", parts, []), ("備考", texts, remarks)]
    return set_columns(whole)


def set_columns(columns: Sequence[Column], groups: tuple[str, ...] = ()) -> Document:
    """Set columns side by side; blank names above stand for those of the row of groups."""
    document = Document([], tuple(header for header, _, _ in columns), groups, is_text=False)
    document.rows.extend(map(list, zip(*(cells for _, cells, _ in columns), strict=True)))
    for column, (_, cells, found) in enumerate(columns):
        for row, entry in enumerate(found):
            if entry is not None:
                start = max(0, cells[row].find(entry.whole))
                document.entries.append(replace(entry, row=row, column=column, start=start))
    return document


def _headed(deck: Iterator[Combination], chance: Random) -> Iterator[tuple[str, Combination]]:
    used: set[str] = set()
    while len(used) < 4:  # noqa: PLR2004 - more columns of values would stand in few real files
        combination = next(deck)
        identifier = IDENTIFIERS[combination.name]
        words = {"header": identifier.labels, "header, key": identifier.keys}.get(combination.setting, _BARE_HEADERS)
        if (header := chance.choice(words)) not in used:
            used.add(header)
            yield header, combination


def draw_column(
    combination: Combination, chance: Random, fits: Callable[[str], bool], most: int
) -> tuple[list[str], list[Entry | None]]:
    """Draw the cells of a column; none where no cell can hold such values."""
    cells: list[str] = []
    entries: list[Entry | None] = []
    while len(cells) < most:
        value = draw(combination, chance, fits)
        if value is None or not value.is_single:
            return [], []
        cells.append(value.text)
        entries.append(entry_of(combination, value, value.text, value.text))
    return cells, entries


def _remark(memos: Iterator[Combination], chance: Random, fits: Callable[[str], bool]) -> tuple[str, Entry | None]:
    if chance.random() < 0.5:  # noqa: PLR2004
        return chance.choice(FILLER), None
    for combination in memos:
        value = draw(combination, chance, fits)
        if value is None or not value.is_single or combination.setting == "line above":
            continue
        text, shown = place(combination, value, chance)
        if fits(text):
            entry = entry_of(combination, value, text, shown)
            return text, entry
    raise AssertionError  # the deck never ends
