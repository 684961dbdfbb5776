"""What stands in a share: each value with its person, by file; and the combinations of kinds that follow from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

#: The category of each pattern whose values are made; what has no row has no pattern in anybody's plan.
CATEGORIES = {
    "address": "address",
    "basic_pension_number": "pension_number",
    "birth_date": "birth_date",
    "email": "email",
    "member_number": "member_id",
    "payment_card": "payment_card",
    "person_name": "person_name",
    "phone_landline": "phone",
    "phone_mobile": "phone",
    "postal_code": "postal_code",
    "relationship": "attribute",
    "sex": "attribute",
    "us_ssn": "us_ssn",
    "workplace": "attribute",
}
#: Kinds that tell of nobody by themselves.
ATTRIBUTES = frozenset({"attribute", "postal_code"})


@dataclass(slots=True)
class FileTruth:
    """The values of one file by pattern, and what it tells of each person."""

    totals: Counter[str] = field(default_factory=Counter)
    values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    people: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    scattered: set[str] = field(default_factory=set)  # people of whom running text tells, and no table

    def enter(self, who: str, **values: str) -> None:
        """Note the values of a person by their patterns; one that is empty stands nowhere."""
        for pattern, value in values.items():
            if value:
                self.totals[pattern] += 1
                self.values[pattern].add("".join(value.split()))  # whatever space a name has in it, it is one
                self.people[who].add(pattern)

    def known(self, patterns: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give the categories of each person of whom these patterns tell anything."""
        told = {}
        for who, mine in self.people.items():
            names = {CATEGORIES[each] for each in mine if each in patterns and each in CATEGORIES}
            if names - ATTRIBUTES:
                told[who] = tuple(sorted(names))
        return told


@dataclass(slots=True)
class Truth:
    """All files of a share by path."""

    files: defaultdict[str, FileTruth] = field(default_factory=lambda: defaultdict(FileTruth))

    def totals(self) -> Counter[str]:
        """Give the number of values by pattern."""
        return sum((each.totals for each in self.files.values()), Counter())

    def people(self, patterns: Collection[str]) -> int:
        """Count the different people of the whole share."""
        return len({who for each in self.files.values() for who in each.known(patterns)})

    def combinations(self, patterns: Collection[str]) -> Counter[tuple[str, ...]]:
        """Count people by what is known of them, file by file, as far as tables tell."""
        return Counter(
            names
            for each in self.files.values()
            for who, names in each.known(patterns).items()
            if who not in each.scattered
        )
