"""Forms of several values a row, headers of two rows, lists of people: what is neither one label nor one header."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bench.accuracy.compose import Document, draw_column, entry_of, set_columns
from bench.accuracy.identifiers import IDENTIFIERS
from bench.accuracy.lists import DEPARTMENTS, EMPLOYER_HEADERS, GROUPS
from bench.accuracy.settings import Combination, draw
from bench.accuracy.values import VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from bench.accuracy.compose import Column

_COLUMNS = 6


def write_pairs(deck: Iterator[Combination], chance: Random, fits: Callable[[str], bool], most: int) -> Document:
    """Write a form of two labels and two values a row, or of one label and the values of several people."""
    people = chance.choice((0, 0, 2, 3))
    document = Document([], is_text=False)
    name = Combination("person_name", "space", "")
    if people:
        _add(document, name, chance, fits, people)
    else:
        _add(document, name, chance, fits)
        document.rows[0] += ["部署", chance.choice(DEPARTMENTS)]
    for combination in deck:
        if people:
            _add(document, combination, chance, fits, people)
        else:
            _add(document, combination, chance, fits)
        if len(document.rows) >= most:
            break
    width = max(map(len, document.rows))
    for row in document.rows:
        row.extend([""] * (width - len(row)))
    return document


def _add(
    document: Document, combination: Combination, chance: Random, fits: Callable[[str], bool], people: int = 0
) -> None:
    """Write a label and its values in a row of their own, or in one that has room."""
    values = [draw(combination, chance, fits) for _ in range(people or 1)]
    found = [value for value in values if value and value.is_single]
    if len(found) < len(values):
        return
    label = chance.choice(IDENTIFIERS[combination.name].labels)
    has_room = not people and document.rows and len(document.rows[-1]) == 2  # noqa: PLR2004 - one label and one value
    row = document.rows[-1] if has_room else []
    if not has_room:
        document.rows.append(row)
    row.append(label)
    setting = replace(combination, setting="left cell, people" if people else "left cell, pairs")
    for value in found:
        entry = entry_of(setting, value, label + value.text, value.text)
        document.entries.append(replace(entry, row=len(document.rows) - 1, column=len(row)))
        row.append(value.text)


def write_grouped(deck: Iterator[Combination], chance: Random, fits: Callable[[str], bool], most: int) -> Document:
    """Write a list whose header has two rows: groups of two columns, and columns whose name is as high as both."""
    found: list[Column] = []
    used: set[str] = set()
    groups: list[str] = []
    names = chance.sample(GROUPS, len(GROUPS))
    while len(found) < _COLUMNS:
        is_group = chance.random() < 0.5  # noqa: PLR2004
        setting = "header, two rows" if is_group else "header, merged"
        columns = [_headed(deck, setting, used, chance, fits, most) for _ in range(1 + is_group)]
        groups += [names.pop(), ""] if is_group else [columns[0][0]]
        found += columns if is_group else [("", *columns[0][1:])]
    if "" not in groups:  # it would be a header of one row
        return write_grouped(deck, chance, fits, most)
    numbers: Column = ("", [str(row) for row in range(1, most + 1)], [])
    return set_columns([numbers, *found], ("No", *groups))


def write_roster(
    deck: Iterator[Combination],
    workplaces: Iterator[Combination],
    chance: Random,
    fits: Callable[[str], bool],
    most: int,
) -> Document:
    """Write a list of people, with where they work under a header that says so beside names only."""
    used: set[str] = {"氏名"}
    name = replace(Combination("person_name", "space", ""), setting="header")
    columns: list[Column] = [("氏名", *draw_column(name, chance, fits, most))]
    columns += [_headed(deck, "header", used, chance, fits, most) for _ in range(2)]
    for combination in workplaces:
        cells, entries = draw_column(replace(combination, setting="header, beside names"), chance, fits, most)
        if cells:
            columns.append((chance.choice(EMPLOYER_HEADERS), cells, entries))
            break
    chance.shuffle(columns)
    return set_columns([("No", [str(row) for row in range(1, most + 1)], []), *columns])


def _headed(
    deck: Iterator[Combination],
    setting: str,
    used: set[str],
    chance: Random,
    fits: Callable[[str], bool],
    most: int,
) -> Column:
    """Draw a column with a header of its own."""
    for combination in deck:
        header = chance.choice(IDENTIFIERS[combination.name].labels)
        if header not in used and combination.name in VALUES:
            cells, entries = draw_column(replace(combination, setting=setting), chance, fits, most)
            if cells:
                used.add(header)
                return header, cells, entries
    raise AssertionError  # the deck never ends
