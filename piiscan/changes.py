"""What changed between two runs of one catalog: what is new, gone, grown, shrunk, and what only moved."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from piiscan.people import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.holdings import Holding
    from piiscan.people import People


class How(StrEnum):
    """How a file with findings changed."""

    NEW = "new"
    GROWN = "grown"
    MOVED = "moved"
    SHRUNK = "shrunk"
    GONE = "gone"


class Change(NamedTuple):
    """A file with findings that is not what it was; `before` is the path it had, where it moved.

    The totals are of findings, of all patterns together.
    """

    how: How
    path: str
    before: str
    people_before: People
    people: People
    findings_before: int
    findings: int


def changes(before: Iterable[Holding], after: Iterable[Holding]) -> list[Change]:
    """Compare the files that held something in two runs; the same content under another name is a move."""
    old, new = {each.file: each for each in before}, {each.file: each for each in after}
    found = [change for file in old.keys() & new.keys() if (change := _compared(old[file], new[file]))]
    lost: defaultdict[str, list[Holding]] = defaultdict(list)
    for file in sorted(old.keys() - new.keys(), key=lambda file: old[file].path):
        lost[old[file].content].append(old[file])
    for file in sorted(new.keys() - old.keys(), key=lambda file: new[file].path):
        now = new[file]
        if now.content and lost[now.content]:
            found.append(_change(How.MOVED, lost[now.content].pop(0), now))
        else:
            found.append(_change(How.NEW, None, now))
    found += (_change(How.GONE, each, None) for each in _all(lost.values()))
    order = list(How)
    return sorted(found, key=lambda change: (order.index(change.how), -change.people.estimate, change.path))


def _all(groups: Iterable[list[Holding]]) -> Iterator[Holding]:
    for group in groups:
        yield from group


def _compared(before: Holding, now: Holding) -> Change | None:
    names = before.totals.keys() | now.totals.keys()
    if now.people.estimate > before.people.estimate or any(
        now.totals.get(name, 0) > before.totals.get(name, 0) for name in names
    ):
        return _change(How.GROWN, before, now)
    if now.people.estimate < before.people.estimate or now.totals != before.totals:
        return _change(How.SHRUNK, before, now)
    return None


def _change(how: How, before: Holding | None, now: Holding | None) -> Change:
    return Change(
        how=how,
        path=now.path if now else before.path if before else "",
        before=before.path if before and how is How.MOVED else "",
        people_before=before.people if before else NOBODY,
        people=now.people if now else NOBODY,
        findings_before=sum(before.totals.values()) if before else 0,
        findings=sum(now.totals.values()) if now else 0,
    )
