"""Data subjects: how many people a file holds, and what it tells of each. An estimate, with its method and bounds.

Law and reports of incidents ask for people, not for findings. In a table, a row that holds personal data is a person,
unless a number that every person has once says that rows repeat; in running text, people are as many as the different
values of the most frequent kind of data. It sees no values, only their hashes.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.people import Combination, Share, Subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from piiscan.pattern import Pattern

#: Where data lies: the member of a container, and its part.
Place = tuple[tuple[str, ...], str]

#: The categories of which a person has one value, the surest first.
_OWN = (
    "my_number", "pension_number", "resident_record_code", "us_ssn", "drivers_licence", "passport", "residence_card",
    "employment_insurance", "care_insurance", "member_id",
)  # fmt: skip
#: Those that tell people apart, though a household may share one value and a person have two.
_SHARED = (
    "name", "email", "phone", "address", "payment_card", "bank_account", "health_insurance", "my_number_card",
    "vehicle_plate",
)  # fmt: skip
_NAME, _BIRTH = "name", "birth_date"
_BOTH = f"{_NAME}+{_BIRTH}"
#: A number counts people if so many of the rows have it.
_COVERED = 0.9
#: The combinations that are told: the most frequent ones.
_TOLD = 8
#: The part that the path of a file is.
_PATH = "path"


@dataclass(slots=True)
class _Part:
    """What one part holds: rows by their categories, and hashes of different values by kind (`phone:phone_mobile`)."""

    rows: Counter[tuple[str, ...]] = field(default_factory=Counter)
    in_rows: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    in_text: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


class Rows:
    """The rows of one block of a table, filled column by column."""

    def __init__(self, part: _Part, size: int) -> None:
        self._part = part
        self._names: list[str] = []
        self._masks = [0] * size
        self._values: dict[str, dict[int, int]] = {_NAME: {}, _BIRTH: {}}

    def add(self, kind: str, rows: Sequence[int], hashes: Sequence[int]) -> None:
        """Take the values of a kind, with the row of each."""
        category = _category(kind)
        if category not in self._names:
            self._names.append(category)
        bit, masks = 1 << self._names.index(category), self._masks
        for row in rows:
            masks[row] |= bit
        self._part.in_rows[kind].update(hashes)
        if category in self._values:
            self._values[category].update(zip(rows, hashes, strict=True))

    def end(self) -> None:
        """Take the rows as they are now."""
        for mask, number in Counter(self._masks).items():
            if mask:
                names = (name for at, name in enumerate(self._names) if mask >> at & 1)
                self._part.rows[tuple(sorted(names))] += number
        births = self._values[_BIRTH]
        both = ((name, births[row]) for row, name in self._values[_NAME].items() if row in births)
        self._part.in_rows[_BOTH].update(map(hash, both))


class Census:
    """Counts the people of one file."""

    def __init__(self) -> None:
        self._parts: defaultdict[Place, _Part] = defaultdict(_Part)

    def add(self, place: Place, kind: str, hashes: Iterable[int]) -> None:
        """Take values that lie in running text or in the fields of a form."""
        self._parts[place].in_text[kind].update(hashes)

    def rows(self, place: Place, size: int) -> Rows:
        """Begin a block of a table with so many rows."""
        return Rows(self._parts[place], size)

    def shares(self) -> tuple[Share, ...]:
        """Give what another process needs to count on."""
        return tuple(
            Share(*place, dict(part.rows), _packed(part.in_rows), _packed(part.in_text))
            for place, part in self._parts.items()
        )

    def join(self, shares: Iterable[Share]) -> None:
        """Take what other workers know of the same file."""
        for share in shares:
            part = self._parts[share.member, share.part]
            part.rows.update(share.rows)
            for mine, theirs in ((part.in_rows, share.in_rows), (part.in_text, share.in_text)):
                for name, packed in theirs.items():
                    mine[name].update(array("q", packed))

    def told(self) -> tuple[Subjects, ...]:
        """Give the estimate of each part that holds people; what the path tells, only where nothing else does."""
        parts = (_estimate(place, part) for place, part in self._parts.items())
        found = [each for each in parts if each is not None]
        return tuple([each for each in found if each.part != _PATH] or found)


def _estimate(place: Place, part: _Part) -> Subjects | None:
    table, text = _in_table(part), _in_text(part)
    if table is None or (text and text[1] > table[1]):
        if text is None:
            return None
        method, estimate, low, high = text
        names = tuple(sorted({*map(_category, (*part.in_text, *part.in_rows))} - {_BOTH}))
        return Subjects(*place, method, estimate, low, high, (Combination(names, estimate),))
    method, estimate, low, high = table
    told = [Combination(names, number) for names, number in part.rows.most_common(_TOLD)]
    return Subjects(*place, method, estimate, low, high, tuple(told), is_roster=True)


def _in_table(part: _Part) -> tuple[str, int, int, int] | None:
    """Estimate the people of a table: method, estimate, at least, at most."""
    holds: Counter[str] = Counter()
    rows = 0
    for names, number in part.rows.items():
        if any(name in _OWN or name in _SHARED for name in names):
            rows += number
            holds.update(dict.fromkeys(names, number))
            holds[_BOTH] += number * ({_NAME, _BIRTH} <= {*names})
    if not rows:
        return None
    different = _different(part.in_rows)
    low = min(max(different.get(name, 0) for name in (*_OWN, *_SHARED)), rows)
    for name in (*_OWN, _BOTH):
        if holds[name] >= _COVERED * rows:
            estimate = min(round(different[name] * rows / holds[name]), rows)
            return f"distinct {name}", estimate, min(low, estimate), rows
    return "rows", rows, low, rows


def _in_text(part: _Part) -> tuple[str, int, int, int] | None:
    """Estimate the people of running text: as many as the most frequent kind of data has different values."""
    different = {name: most for name, most in _different(part.in_text).items() if name in (*_OWN, *_SHARED)}
    if not different:
        return None
    most = max(different, key=lambda name: different[name])
    high = sum(len(values) for kind, values in part.in_text.items() if _category(kind) in different)
    return f"distinct {most}", different[most], different[most], high


def _different(values: Mapping[str, set[int]]) -> dict[str, int]:
    """Count the different values of each category: of the kind that has most, for a person may have one of each."""
    most: dict[str, int] = {}
    for kind, hashes in values.items():
        most[_category(kind)] = max(most.get(_category(kind), 0), len(hashes))
    return most


def kind_of(pattern: Pattern) -> str:
    """Name what the values of a pattern are."""
    return f"{pattern.category}:{pattern.id}"


def _category(kind: str) -> str:
    return kind.partition(":")[0]


def in_all(subjects: Iterable[Subjects]) -> tuple[int, int, int]:
    """Give the people of all parts of a file: the estimate, at least, at most. Parts may tell of the same people."""
    told = list(subjects)
    return (
        sum(each.estimate for each in told),
        max((each.low for each in told), default=0),
        sum(each.high for each in told),
    )


def is_personal(flags: Sequence[str]) -> bool:
    """Tell whether a value with such flags is a person's: no organisation's, no example, in no public register."""
    return not {"business", "sample", "public"} & {*flags}


def _packed(values: Mapping[str, set[int]]) -> dict[str, bytes]:
    return {name: array("q", some).tobytes() for name, some in values.items()}
