"""What the catalog knows of the files of a run, as values that policy judges and reports show. Nothing of a document.

A number of people is an estimate with bounds; what the law counts is judged by the upper one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from piiscan.pages import NO_PAGES, Pages
from piiscan.people import NOBODY, People

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from piiscan.gaps import Acknowledged
    from piiscan.model import Outcome, Sensitivity


class Exposure(StrEnum):
    """Who can read a file, as far as the system says."""

    EVERYONE = "everyone"
    GROUP = "group"
    OWNER = "owner"
    UNKNOWN = "unknown"  # never taken for narrow


class Action(StrEnum):
    """What is recommended for a file, or was decided about it; nobody but a person deletes anything."""

    DELETE = "delete"
    MOVE = "move"
    CHECK = "check"
    KEEP = "keep"
    FALSE_ALARM = "false_alarm"  # decided only


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a file, or about one part or pattern of it ("" for all); it may end on a day."""

    action: Action
    person: str
    day: date
    reason: str
    until: date | None = None
    part: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """A file that holds personal information.

    `path` is relative to `root`, `mtime_ns` in nanoseconds since 1970. `totals` and `distinct` count findings by
    pattern, those of organisations left out; `categories` and `classes` (legal classes, in Japanese as the law names
    them) say whose they are, `classes` with the people concerned. `roster` are the people in tables. `content` is the
    keyed digest of the file's bytes: the same where the content is the same ("" where it is not known), `copies` the
    number of files of the run with that content, this one too.
    """

    file: int
    root: str
    path: str
    size: int
    mtime_ns: int
    owner: str
    exposure: Exposure
    outcome: Outcome
    people: People
    roster: People
    totals: Mapping[str, int]
    distinct: Mapping[str, int]
    categories: frozenset[str]
    classes: Mapping[str, People]
    sensitivity: Sensitivity
    content: str = ""
    copies: int = 1
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A path of which something was not read, and why: outcome and reason as the scan gives them.

    `acknowledged` is what the user's configuration says of it, `pages` are those that are known.
    """

    root: str
    path: str
    size: int
    outcome: Outcome
    reason: str
    owner: str = ""
    acknowledged: Acknowledged | None = None
    pages: Pages = NO_PAGES


class Words(NamedTuple):
    """A sentence in both languages of the house."""

    en: str
    ja: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do with a holding first: one action, its reason, and how urgent it is (`risk`, larger is worse).

    `due` is the day from which it holds; `is_estimated` says that the day comes from the file's clock only.
    `department` is whose the folder is, "" where nobody said. `is_held` tells of a legal hold: nothing may be deleted.
    """

    holding: Holding
    action: Action
    basis: Words
    risk: float
    due: date | None = None
    is_estimated: bool = False
    department: str = ""
    is_held: bool = False

    @property
    def decision(self) -> Decision | None:
        """The decision about the whole file, if there is one."""
        return next((each for each in self.holding.decisions if not (each.part or each.pattern)), None)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One condition under which a leak has to be reported: whether it is met, by how many people, and the law.

    It is met if more people than `threshold` may be concerned. With a `question`, only a person can tell, and it is
    never met here. `in_tables` are those of the people who stand in tables.
    """

    id: str
    title: Words
    law: Words
    people: People
    threshold: int
    is_met: bool
    question: Words | None = None
    in_tables: People = NOBODY


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Files and people of one legal class; a person may be in several. `before` are the files of the run before."""

    legal_class: str
    files: int
    people: People
    before: int | None = None


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """Files and people of one department, and files without a decision. `before` are the files of the run before."""

    name: str
    files: int
    people: People
    undecided: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class FolderFigures:
    """A folder ("" for the root) with all below it: files with findings, people, the worst sensitivity."""

    path: str
    files: int
    people: People
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class RunFigures:
    """One run: when, by whom, over what, with which versions, and how complete it was."""

    id: int
    began: datetime
    ended: datetime | None
    account: str
    host: str
    roots: tuple[str, ...]
    versions: Mapping[str, str]
    data: Mapping[str, str]
    scope: Mapping[str, object]
    outcomes: Mapping[str, int]
    enumerated: int
    is_complete: bool
    interrupted: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The findings report as values, in the order in which it is read.

    `read` are the files that were read, `with_findings` those of them that hold something. `advice` is complete and
    in the order of risk; `unread` in that of paths, `acknowledged` the number of them that somebody has accounted for.
    `titles` are the names of the patterns in both languages by id.
    """

    run: RunFigures
    operator: str  # "private" or "public"
    today: date
    read: int
    with_findings: int
    people: People = NOBODY
    unread: tuple[UnreadFile, ...] = ()
    acknowledged: int = 0
    classes: tuple[ClassFigures, ...] = ()
    advice: tuple[Advice, ...] = ()
    departments: tuple[DepartmentFigures, ...] = ()
    folders: tuple[FolderFigures, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    before: RunFigures | None = None
    titles: Mapping[str, Words] = field(default_factory=dict)
