"""A draft of the ledger of personal information (個人情報管理台帳): a row for each folder and legal class.

What a scan cannot know (purpose, retention, who answers for it) is left to be filled in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from piiscan.holdingcells import changed_on, estimates, folder_of, kind_name, people_columns, three
from piiscan.holdings import Exposure
from piiscan.sheets import Column, Heading, Sheet
from piiscan.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from piiscan.holdings import Advice, Overview
    from piiscan.model import Sensitivity
    from piiscan.overviewwords import Phrases
    from piiscan.sheets import Cell

#: From narrow to wide; what is not known may be wide.
_WIDTH = (Exposure.OWNER, Exposure.GROUP, Exposure.UNKNOWN, Exposure.EVERYONE)
_NAMES = 5


@dataclass(slots=True)
class _Entry:
    """What lies in one folder of one legal class."""

    root: str
    folder: str
    legal_class: str
    tally: Tally = field(default_factory=Tally)
    sensitivity: Sensitivity | None = None
    exposure: Exposure = Exposure.OWNER
    changed: date | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)
    owners: Counter[str] = field(default_factory=Counter)
    suffixes: Counter[str] = field(default_factory=Counter)


def iter_sheets(overview: Overview, told: Phrases) -> Iterator[Sheet]:
    """Yield what the draft is, and the draft."""
    _ = told.words.gettext
    yield Sheet(_("About"), (Column("", 100),), _about(told), is_list=False)
    yield Sheet(_("Ledger draft"), _columns(told), _rows(overview, told))


def _about(told: Phrases) -> Iterator[Sequence[Cell]]:
    _ = told.words.gettext
    yield (Heading(_("Draft of the ledger of personal information")),)
    yield (estimates(told),)
    yield (_("One row for each folder and legal class. Shaded columns are to be filled in."),)
    yield (_("Files with the same content are counted once; somebody who is in several files may be counted twice."),)
    yield (_("What was not read is not in here."),)


def _columns(told: Phrases) -> tuple[Column, ...]:
    _ = told.words.gettext
    return (
        Column(_("No."), 6),
        Column(_("name of the information"), 24, is_asked=True),
        Column(_("legal class"), 22),
        Column(_("items found"), 48),
        *people_columns(told),
        Column(_("sensitivity"), 9),
        Column(_("department"), 16),
        Column(_("folder"), 56),
        Column(_("storage"), 26),
        Column(_("readable by"), 12),
        Column(_("owner"), 18),
        Column(_("last change"), 12),
        Column(_("purpose of use"), 28, is_asked=True),
        Column(_("how it is obtained"), 20, is_asked=True),
        Column(_("retention"), 16, is_asked=True),
        Column(_("disposal"), 16, is_asked=True),
        Column(_("entrusted or provided to"), 22, is_asked=True),
        Column(_("who answers for it"), 18, is_asked=True),
    )


def _rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    entries: dict[tuple[str, str, str], _Entry] = {}
    for advice in overview.advice:
        holding = advice.holding
        for legal_class in holding.classes or ("",):
            key = holding.root, folder_of(holding), legal_class
            _add(entries.setdefault(key, _Entry(*key)), advice, overview)
    order = sorted(entries.values(), key=lambda each: (-(each.sensitivity or 0), -each.tally.people.high, each.folder))
    for number, entry in enumerate(order, 1):
        yield (
            number,
            None,
            told.legal_class(entry.legal_class) or told.words.gettext("none"),
            _most(Counter({kind_name(name, overview, told): count for name, count in entry.kinds.items()}), None),
            *three(entry.tally.people),
            told.levels[entry.sensitivity] if entry.sensitivity else None,
            _most(entry.departments),
            "/".join(filter(None, (entry.root.rstrip("/"), entry.folder))),
            f"{told.files(entry.tally.files)} ({_most(entry.suffixes)})",
            told.exposures[entry.exposure],
            _most(entry.owners),
            entry.changed,
        )


def _add(entry: _Entry, advice: Advice, overview: Overview) -> None:
    """Count a file in."""
    holding = advice.holding
    entry.tally.add(holding, holding.classes.get(entry.legal_class, holding.people))
    entry.sensitivity = max(entry.sensitivity or holding.sensitivity, holding.sensitivity)
    entry.exposure = max(entry.exposure, holding.exposure, key=_WIDTH.index)
    changed = changed_on(holding, overview.run.began.tzinfo)
    entry.changed = max(filter(None, (entry.changed, changed)), default=None)
    entry.kinds.update(holding.totals)
    entry.departments[advice.department] += 1
    entry.owners[holding.owner] += 1
    entry.suffixes[PurePosixPath(holding.path).suffix.lower().removeprefix(".")] += 1


def _most(counted: Counter[str], limit: int | None = _NAMES) -> str:
    """Name the most frequent; that there are more is told."""
    names = [name for name, _count in sorted(counted.items(), key=lambda item: (-item[1], item[0])) if name]
    return ", ".join(names[:limit]) + (", …" if len(names) > len(names[:limit]) else "")
