"""Data subjects: how many people a file holds, and what it tells of each. An estimate, with its method and bounds.

Law and reports of incidents ask for people, not for findings. In a table, a row that holds personal data is a person,
or one for each role that its headers name (roles.py), unless what every person has once says that rows repeat; in
running text, people are as many as the different values of the most frequent kind of data. It sees no values, only
their hashes.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from piiscan.hashes import Store
from piiscan.hashing import Hashing
from piiscan.headcount import estimate, identify
from piiscan.people import Hashed, Identities, People, Share, Subjects
from piiscan.peoplerows import Part, Place, Rows
from piiscan.piece import PATH
from piiscan.population import Population

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Census:
    """Counts the people of one file, with the room for hashes that it shares with other counts."""

    def __init__(self, hashing: Hashing | None = None, store: Store | None = None) -> None:
        self._parts = defaultdict[tuple[Place, str], Part](partial(Part, store or Store()))
        self._hashing = hashing or Hashing(())

    def add(self, place: Place, kind: str, hashes: Iterable[int]) -> None:
        """Take values that lie in running text or in the fields of a form."""
        self._parts[place, ""].in_text[kind].update(hashes)

    def rows(self, place: Place, size: int) -> Rows:
        """Begin a block of a table with so many rows."""
        return Rows(self._parts, place, size)

    def shares(self) -> tuple[Share, ...]:
        """Give what another process needs to count on, beside the hashes."""
        return tuple(Share(*place, role, dict(part.rows)) for (place, role), part in self._parts.items())

    def hashed(self) -> Iterator[Hashed]:
        """Yield the hashes that it needs."""
        for (place, role), part in self._parts.items():
            for sets, in_rows in ((part.in_rows, True), (part.in_text, False)):
                for kind, hashes in sets.items():
                    yield from (Hashed((*place, role), kind, packed, in_rows) for packed in hashes.packed())

    def join(self, shares: Iterable[Share], hashed: Iterable[Hashed] = ()) -> None:
        """Take what other workers know of the same file."""
        for share in shares:
            self._parts[(share.member, share.part), share.role].rows.update(share.rows)
        for place, kind, hashes, in_rows in hashed:
            if place:
                member, name, role = place
                part = self._parts[(member, name), role]
                (part.in_rows if in_rows else part.in_text)[kind].update(array("q", hashes))

    def told(self) -> tuple[Subjects, ...]:
        """Give the estimate of each part that holds people; what the path tells, only where nothing else does."""
        return tuple(subjects for subjects, _ in self._found())

    def identities(self) -> tuple[Identities, ...]:
        """Give what tells who they are, to count nobody twice."""
        kept, name = self._hashing.kept, self._hashing.name
        return tuple(
            identify(subjects, part.rows, kept(part.in_rows), kept(part.in_text), name)
            for subjects, part in self._found()
        )

    def people(self) -> People:
        """Give the people of all parts together."""
        population = Population()
        for subjects, part in self._found():
            people = People(subjects.estimate, subjects.low, subjects.high)
            population.enter(people, [identify(subjects, part.rows, part.in_rows, part.in_text)])
        return population.people()

    def counts(self) -> dict[str, Any]:
        """Give what the report of a file tells of people, by the names of its fields."""
        return {"subjects": self.told(), "people": self.people(), "identities": self.identities()}

    def _found(self) -> list[tuple[Subjects, Part]]:
        found = [
            (subjects, part)
            for (place, role), part in self._parts.items()
            if (subjects := estimate(place, role, part.rows, part.in_rows, part.in_text))
        ]
        return [each for each in found if each[0].part != PATH] or found


def is_personal(flags: Sequence[str]) -> bool:
    """Tell whether a value with such flags is a person's: no organisation's, no example, in no public register."""
    return not {"business", "sample", "public"} & {*flags}
