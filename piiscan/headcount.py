"""How many people rows and texts tell of, from what is known of them: the rules of the estimate."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from piiscan.people import Combination, Identities, Subjects
from piiscan.population import OF_PROCESS, sample_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piiscan.hashes import Hashes

    #: The member of a container, and its part.
    Place = tuple[tuple[str, ...], str]
    Rows = Mapping[tuple[str, ...], int]
    Sets = Mapping[str, Hashes]

#: The categories of which a person has one value, the surest first.
_OWN = (
    "my_number", "pension_number", "resident_record_code", "us_ssn", "drivers_licence", "passport", "residence_card",
    "employment_insurance", "care_insurance", "member_id",
)  # fmt: skip
NAME, BIRTH = "person_name", "birth_date"
#: Where somebody can be reached, the most personal first.
_MAIL = "email"  # few share one, and rows repeat it more often than families do
CONTACTS = (_MAIL, "phone", "address")
#: Those that tell people apart, though a household may share one value and a person have two.
_SHARED = (
    NAME, *CONTACTS, "payment_card", "bank_account", "health_insurance", "my_number_card", "vehicle_plate",
)  # fmt: skip
PERSONAL = (*_OWN, *_SHARED, BIRTH)
#: A name with a birth date, and with a contact, tell people apart nearly as surely as a number of one's own.
BOTH, CONTACT = f"{NAME}+{BIRTH}", f"{NAME}+contact"
_TOGETHER = {BOTH: (BIRTH,), CONTACT: CONTACTS}
#: By what people of different files are compared: a few of these, the surest first, else one of those. Namesakes are
#: different people, and a customer's number means something in one company only.
_COMPARED = (*_OWN[:-1], BOTH, "email", "payment_card", "bank_account", "health_insurance", "phone")
_UNSURE = ("address", "my_number_card", "vehicle_plate", CONTACT, NAME, *_OWN[-1:])
_COMPARISONS = 3
#: A number counts people if so many of the rows have it.
_COVERED = 0.9
#: The combinations that are told: the most frequent ones.
_TOLD = 8


class _Count(NamedTuple):
    method: str
    estimate: int
    low: int
    high: int


def estimate(place: Place, role: str, rows: Rows, in_rows: Sets, in_text: Sets) -> Subjects | None:
    """Estimate the people of a part of a file, None if it tells of nobody."""
    table, text = _in_table(rows, in_rows), _in_text(in_text)
    if table is None or (text and text.estimate > table.estimate):
        if text is None:
            return None
        names = tuple(sorted({*map(category_of, (*in_text, *in_rows))} - _TOGETHER.keys()))
        return _subjects(place, text, (Combination(names, text.estimate),))
    whole = sum(rows.values())
    told = [
        Combination(names, max(1, round(number * table.estimate / whole)))
        for names, number in Counter(rows).most_common(_TOLD)
    ]
    return replace(_subjects(place, table, tuple(told)), is_roster=True, role=role)


def _subjects(place: Place, count: _Count, told: tuple[Combination, ...]) -> Subjects:
    return Subjects(*place, count.method, count.estimate, count.low, count.high, told)


def _in_table(rows: Rows, in_rows: Sets) -> _Count | None:
    whole = sum(rows.values())
    if not whole:
        return None
    holds, different = _holds(rows), _different(in_rows)
    low = min(max(different.get(name, 0) for name in PERSONAL), whole)
    for name in (*_OWN, BOTH, CONTACT, _MAIL):
        if holds[name] >= _COVERED * whole:
            people = min(round(different[name] * whole / holds[name]), whole)
            return _Count(f"distinct {name}", people, min(low, people), whole)
    return _Count("rows", whole, low, whole)


def _holds(rows: Rows) -> Counter[str]:
    """Count the rows that have each category, and a name together with something else."""
    holds: Counter[str] = Counter()
    for names, number in rows.items():
        holds.update(dict.fromkeys(names, number))
        for key, others in _TOGETHER.items():
            holds[key] += number * (NAME in names and any(other in names for other in others))
    return holds


def _in_text(in_text: Sets) -> _Count | None:
    """As many as the most frequent kind of data has different values."""
    different = {name: most for name, most in _different(in_text).items() if name in PERSONAL}
    if not different:
        return None
    most = max(different, key=lambda name: different[name])
    high = sum(len(values) for kind, values in in_text.items() if category_of(kind) in different)
    return _Count(f"distinct {most}", different[most], different[most], high)


def _different(values: Sets) -> dict[str, int]:
    """Count the different values of each category: of the kind that has most, for a person may have one of each."""
    most: dict[str, int] = {}
    for kind, hashes in values.items():
        most[category_of(kind)] = max(most.get(category_of(kind), 0), len(hashes))
    return most


def identify(subjects: Subjects, rows: Rows, in_rows: Sets, in_text: Sets, key: str = OF_PROCESS) -> Identities:
    """Give samples of the kinds of data by which these people are best compared with those of other parts.

    `key` names the key of the hashes.
    """
    values = in_rows if subjects.is_roster else in_text
    holds, different = _holds(rows) if subjects.is_roster else Counter(_different(in_text)), _different(values)
    enough = _COVERED * (sum(rows.values()) if subjects.is_roster else subjects.estimate)
    known = [name for name in (*_COMPARED, *_UNSURE) if name in different]
    best = [name for name in known if name in _COMPARED and holds[name] >= enough][:_COMPARISONS]
    if known and not best:
        best = [next((name for name in known if holds[name] >= enough), max(known, key=lambda name: holds[name]))]
    kinds = [max((kind for kind in values if category_of(kind) == name), key=lambda k: len(values[k])) for name in best]
    return Identities(subjects.estimate, tuple(sample_of(kind, values[kind], key) for kind in kinds))


def category_of(kind: str) -> str:
    """Give the category of a kind."""
    return kind.partition(":")[0]
