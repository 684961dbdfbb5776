"""The corpus: documents drawn by a seed, each written once as what it is and once more as plain UTF-8 text."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bench.accuracy import records
from bench.accuracy.compose import write_form, write_table, write_text
from bench.accuracy.containers import FORMS, GROUPED, PAIRS, ROSTERS, TABLES, TEXTS, WRITERS, is_encodable
from bench.accuracy.forms import write_grouped, write_pairs, write_roster
from bench.accuracy.settings import combinations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bench.accuracy.compose import Document, Entry
    from bench.accuracy.settings import Combination

#: The most lines of a text (a page of a PDF holds so many), rows of a table, rows of a form.
LINES, ROWS, FIELDS = 34, 8, 14
#: What holds each kind of document, and how often it is written in each encoding for a size of 1.
KINDS = {
    "text": (TEXTS, 5),
    "table": (TABLES, 3),
    "form": (FORMS, 4),
    "pairs": (PAIRS, 4),
    "grouped": (GROUPED, 4),
    "roster": (ROSTERS, 2),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the corpus and what it holds. `plain` is its path as plain text, "" for that copy itself.

    `header` counts the rows of its header.
    """

    path: str
    container: str
    encoding: str
    entries: tuple[Entry, ...]
    plain: str = ""
    header: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What a document is written as."""

    kind: str
    container: str
    encoding: str


def _targets(table: Mapping[str, tuple[str, ...]], kind: str, times: int) -> list[Target]:
    """Give each container the same share, whether it knows one encoding or six."""
    most = max(map(len, table.values()))
    rounds = most * times
    return [
        Target(kind, container, encodings[number % len(encodings)])
        for container, encodings in table.items()
        for number in range(rounds)
    ]


#: An identifier with fewer combinations is drawn as if it had so many.
_LEAST = 24


def _balanced(cards: list[Combination]) -> list[Combination]:
    """Repeat the combinations of identifiers that have few."""
    counts = Counter(card.name for card in cards)
    return [card for card in cards for _ in range(max(1, _LEAST // counts[card.name]))]


class _Decks:
    """All combinations, shuffled, again and again."""

    def __init__(self, chance: random.Random) -> None:
        self.text = self._endless(combinations(is_table=False), chance)
        self.memo = self._endless(
            [each for each in combinations(is_table=False) if each.setting != "line above"], chance
        )
        tables = combinations(is_table=True)
        self.table = self._endless([each for each in tables if each.setting != "left cell"], chance)
        self.form = self._endless([each for each in tables if each.setting == "left cell"], chance)
        self.head = self._endless([each for each in tables if each.setting == "header"], chance)
        self.workplace = self._endless([each for each in tables if each.name == "workplace"], chance)

    @staticmethod
    def _endless(cards: list[Combination], chance: random.Random) -> Iterator[Combination]:
        cards = _balanced(cards)
        while True:
            chance.shuffle(cards)
            yield from cards


def build(folder: Path, seed: int, size: float) -> list[Written]:
    """Fill a folder and give what lies in it."""
    folder.mkdir(parents=True, exist_ok=True)
    targets = []
    for kind, (table, share) in KINDS.items():
        targets += _targets(table, kind, max(1, round(share * size)))
    decks = _Decks(random.Random(f"decks {seed}"))
    files: list[Written] = []
    for number, target in enumerate(targets):
        chance = random.Random(f"{seed} {number}")
        document = _compose(target, decks, chance)
        files += _write(folder, number, target, document)
    files += [
        _record(folder, *each) for each in records.build(random.Random(f"records {seed}"), max(1, round(2 * size)))
    ]
    return files


def _compose(target: Target, decks: _Decks, chance: random.Random) -> Document:
    fits = partial(is_encodable, container=target.container, encoding=target.encoding)
    if target.kind == "text":
        return write_text(decks.text, chance, fits, LINES)
    if target.kind == "form":
        return write_form(decks.form, chance, fits, FIELDS)
    if target.kind == "pairs":
        return write_pairs(decks.form, chance, fits, FIELDS)
    if target.kind == "grouped":
        return write_grouped(decks.head, chance, fits, ROWS)
    if target.kind == "roster":
        return write_roster(decks.head, decks.workplace, chance, fits, ROWS)
    return write_table(decks.table, decks.memo, chance, fits, ROWS)


def _write(folder: Path, number: int, target: Target, document: Document) -> Iterator[Written]:
    plain = "txt" if target.kind == "text" else "csv"
    entries, heads = tuple(document.entries), len(document.heads)
    is_plain = (target.container, target.encoding) == (plain, "UTF-8")
    path = f"{number:05}.{target.container}"
    copy = "" if is_plain else f"{number:05}-plain.{plain}"
    (folder / path).write_bytes(WRITERS[target.container](document, target.encoding))
    yield Written(path, target.container, target.encoding, entries, copy or path, heads)
    if copy:
        (folder / copy).write_bytes(WRITERS[plain](document, "UTF-8"))
        yield Written(copy, plain, "UTF-8", entries, "", heads)


def _record(folder: Path, path: str, content: bytes, entries: tuple[Entry, ...]) -> Written:
    (folder / path).write_bytes(content)
    return Written(path, path.rpartition(".")[2], "CP932", entries, path)
