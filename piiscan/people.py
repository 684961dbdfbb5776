"""The words for data subjects: frozen, of the standard library only and without any value, like those of model.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class People(NamedTuple):
    """About how many people: an estimate, at least `low`, at most `high`."""

    estimate: int = 0
    low: int = 0
    high: int = 0


NOBODY = People()


@dataclass(frozen=True, slots=True)
class Combination:
    """Categories that are known together, and of how many people."""

    categories: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Subjects:
    """How many data subjects a part of a file holds: an estimate, at least `low`, at most `high`, and how it was made.

    `method` is "rows" or "distinct CATEGORY". `combinations` tells what is known of them, the most frequent first; in a
    roster for each row, in scattered text for all together. `role` is who they are where the rows of a table tell of
    several people: a word of ours, such as "guardian", or "" for those whom the row is about.
    """

    member: tuple[str, ...]
    part: str
    method: str
    estimate: int
    low: int
    high: int
    combinations: tuple[Combination, ...]
    is_roster: bool = False
    role: str = ""


class Sample(NamedTuple):
    """Values of one kind: how many different there are, and the smallest of their hashes (8 bytes each)."""

    kind: str
    distinct: int
    hashes: bytes


class Identities(NamedTuple):
    """About how many people a part holds; what tells whether other parts and files hold the same, the surest first."""

    estimate: int
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What a worker knows of one part of a file that it shares: the number of rows by their categories."""

    member: tuple[str, ...]
    part: str
    role: str
    rows: Mapping[tuple[str, ...], int]


class Hashed(NamedTuple):
    """Hashes (8 bytes each) of different values that a worker knows of a file it shares: some of a set of them.

    `place` is that of a Share (member, part, role), None for what is counted of a pattern in all of the file; `kind`
    names what they are, a pattern there. `in_rows` tells values in rows from those in running text.
    """

    place: tuple[tuple[str, ...], str, str] | None
    kind: str
    hashes: bytes
    in_rows: bool = False
