"""What findings of some patterns are, and how many people those of one legal class in a file concern."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from piiscan.model import Sensitivity
from piiscan.people import NOBODY, People

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

#: Categories of which everybody has one value of his own: different values are people.
_OWN = frozenset({"my_number", "resident_record_code", "pension_number", "drivers_licence", "passport"})


class PatternFacts(NamedTuple):
    """What the catalog says of a pattern."""

    category: str
    sensitivity: int
    classes: tuple[str, ...]


class Kinds(NamedTuple):
    """What findings of a set of patterns are: by legal class, with the categories and the patterns of each."""

    patterns: frozenset[str]
    categories: frozenset[str]
    classes: Mapping[str, tuple[frozenset[str], tuple[str, ...]]]
    sensitivity: Sensitivity


class Part(NamedTuple):
    """The data subjects of a part of a file, and of how many of them which categories are known together."""

    people: People
    is_roster: bool
    known: tuple[tuple[frozenset[str], int], ...]


def kinds_of(patterns: Mapping[str, PatternFacts]) -> Kinds:
    """Tell what findings of some patterns are."""
    classes = sorted({each for pattern in patterns.values() for each in pattern.classes})
    owners = {each: tuple(name for name in patterns if each in patterns[name].classes) for each in classes}
    return Kinds(
        patterns=frozenset(patterns),
        categories=frozenset(pattern.category for pattern in patterns.values()),
        classes={each: (frozenset(patterns[name].category for name in owners[each]), owners[each]) for each in classes},
        sensitivity=Sensitivity(max((pattern.sensitivity for pattern in patterns.values()), default=1)),
    )


def concerned(categories: Collection[str], distinct: Collection[int], parts: Iterable[Part]) -> People:
    """Tell how many people patterns of some categories concern, of which there are so many different values each."""
    most = sum(distinct)
    if _OWN.issuperset(categories):
        return People(max(distinct), max(distinct), most)
    estimate = low = high = 0
    for part in parts:
        if share := sum(people for names, people in part.known if not names.isdisjoint(categories)):
            whole = part.people.estimate or 1
            estimate += share
            low += share * part.people.low // whole
            high += -(-share * part.people.high // whole)
    return People(estimate, low, high) if estimate else People(1, 1, max(most, 1))


def in_rosters(parts: Iterable[Part]) -> People:
    """Add up the people of tables."""
    rosters = [part.people for part in parts if part.is_roster]
    return People(*map(sum, zip(*rosters, strict=True))) if rosters else NOBODY


def has_grown(before: Mapping[str, int], people_before: int, totals: Mapping[str, int], people: int) -> bool:
    """Tell whether a file holds more than it did: then a decision about it no longer stands."""
    return people > people_before or any(total > before.get(name, 0) for name, total in totals.items())
