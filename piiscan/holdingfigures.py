"""Figures of many files for the first screen: by legal class, by department and by folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.breach import people_of_patterns
from piiscan.holdings import ClassFigures, DepartmentFigures, FolderFigures
from piiscan.model import Sensitivity
from piiscan.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from piiscan.holdings import Advice, Holding
    from piiscan.people import People
    from piiscan.policyrules import Policy

#: The groups of the first screen: a file is in the first one that it belongs to.
MY_NUMBER, SPECIAL_CARE, PROPERTY, OTHERS = "特定個人情報", "要配慮個人情報", "財産的被害のおそれ", "その他"
GROUPS = (MY_NUMBER, SPECIAL_CARE, PROPERTY, OTHERS)


def group_of(holding: Holding, policy: Policy) -> tuple[str, People]:
    """Tell the group of a file, and its people who are concerned."""
    name = group_name(holding.classes, holding.totals, policy)
    if name in {MY_NUMBER, SPECIAL_CARE}:
        return name, holding.classes[name]
    if name == PROPERTY:
        return name, people_of_patterns(holding, _property_patterns(policy))
    return name, holding.people


def group_name(classes: Container[str], patterns: Container[str], policy: Policy) -> str:
    """Name the group of a file that holds data of some legal classes and patterns."""
    for name in (MY_NUMBER, SPECIAL_CARE):
        if name in classes:
            return name
    return PROPERTY if any(each in patterns for each in _property_patterns(policy)) else OTHERS


def _property_patterns(policy: Policy) -> list[str]:
    return [each for rule in policy.trigger if rule.counts == "patterns" for each in rule.patterns]


def class_figures(
    holdings: Iterable[Holding], policy: Policy, before: Mapping[str, int] | None = None
) -> tuple[ClassFigures, ...]:
    """Count files by group, each file once; a person may be in several. `before` are those of the run before."""
    tallies = {name: Tally() for name in GROUPS}
    for holding in holdings:
        name, people = group_of(holding, policy)
        tallies[name].add(holding, people)
    return tuple(
        ClassFigures(name, tally.files, tally.people, None if before is None else before.get(name, 0))
        for name, tally in tallies.items()
    )


def departments(advice: Iterable[Advice], before: Mapping[str, int] | None = None) -> tuple[DepartmentFigures, ...]:
    """Count files by department ("" where nobody said), most people first; `before` are files of the run before."""
    tallies: dict[str, Tally] = {}
    undecided: Counter[str] = Counter()
    for each in advice:
        tallies.setdefault(each.department, Tally()).add(each.holding, each.holding.people)
        undecided[each.department] += each.decision is None
    names = tallies.keys() | (before or {}).keys()
    found = (
        DepartmentFigures(
            name,
            tallies[name].files if name in tallies else 0,
            tallies.get(name, Tally()).people,
            undecided[name],
            None if before is None else before.get(name, 0),
        )
        for name in names
    )
    return tuple(sorted(found, key=lambda each: (-each.people.estimate, -each.files, each.name)))


@dataclass(slots=True)
class _Folder:
    tally: Tally = field(default_factory=Tally)
    sensitivity: Sensitivity = Sensitivity.LOW


def folder_figures(holdings: Iterable[Holding], people: People | None = None) -> tuple[FolderFigures, ...]:
    """Count each folder with all below it, by path. `people` are those of all files, each counted once.

    With several roots, each is a folder of its own.
    """
    files = tuple(holdings)
    has_roots = len({each.root for each in files}) > 1
    folders: dict[str, _Folder] = {"": _Folder()}
    for holding in files:
        for path in _iter_folders(holding.path, holding.root if has_roots else ""):
            folder = folders.setdefault(path, _Folder())
            folder.tally.add(holding, holding.people)
            folder.sensitivity = max(folder.sensitivity, holding.sensitivity)
    return tuple(
        FolderFigures(path, each.tally.files, people if people and not path else each.tally.people, each.sensitivity)
        for path, each in sorted(folders.items())
    )


def _iter_folders(path: str, root: str) -> Iterator[str]:
    """Yield the folders above a file, from the whole down; a root stands for one folder."""
    yield ""
    if root:
        yield root
    parts = path.split("/")[:-1]
    for count in range(1, len(parts) + 1):
        yield "/".join(([root] if root else []) + parts[:count])
