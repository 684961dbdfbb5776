"""A draft of the register of personal information files (個人情報ファイル簿) of public bodies: a row for each list.

A file counts where people stand in its tables; how many of them make it one that has to be registered is for law and
ordinance to say, so that all are here, the largest first.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from piiscan.holdingcells import changed_on, estimates, full_path, kind_name, people_columns, three
from piiscan.sheets import Column, Heading, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.holdings import Advice, Overview
    from piiscan.overviewwords import Phrases
    from piiscan.sheets import Cell

_SPECIAL_CARE = "要配慮個人情報"


def iter_sheets(overview: Overview, told: Phrases) -> Iterator[Sheet]:
    """Yield what the draft is, and the draft."""
    _ = told.words.gettext
    yield Sheet(_("About"), (Column("", 100),), _about(overview, told), is_list=False)
    yield Sheet(_("File register draft"), _columns(told), _rows(overview, told))


def _about(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    _ = told.words.gettext
    yield (Heading(_("Draft of the register of personal information files (APPI article 75)")),)
    yield (estimates(told),)
    if overview.operator != "public":
        yield (_("This run was judged for a private business: only public bodies keep such a register."),)
    yield (_("Shaded columns are to be filled in. One row for each file with people in tables; copies are left out."),)
    yield (
        _("Law and ordinance say from how many people on a file is registered, and which are exempt (staff, for one)."),
    )
    yield (_("What was not read is not in here."),)


def _columns(told: Phrases) -> tuple[Column, ...]:
    _ = told.words.gettext
    return (
        Column(_("No."), 6),
        Column(_("name of the file"), 30, is_asked=True),
        Column(_("name of the public body"), 20, is_asked=True),
        Column(_("organisation in charge of the affairs"), 20, is_asked=True),
        Column(_("purpose of use"), 28, is_asked=True),
        Column(_("items recorded"), 40),
        Column(_("whose data is recorded"), 20, is_asked=True),
        Column(_("how it is collected"), 20, is_asked=True),
        Column(_("special care-required information"), 16),
        Column(_("regularly provided to"), 20, is_asked=True),
        Column(_("organisation that takes requests for disclosure"), 24, is_asked=True),
        Column(_("special procedure for correction by another law"), 20, is_asked=True),
        Column(_("kind of file"), 24),
        Column(_("manual files beside it"), 14, is_asked=True),
        *people_columns(told),
        Column(_("file"), 60),
        Column(_("last change"), 12),
        Column(_("remarks"), 24, is_asked=True),
    )


def _rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    _ = told.words.gettext
    for number, advice in enumerate(_lists(overview), 1):
        holding = advice.holding
        found = _SPECIAL_CARE in holding.classes
        yield (
            number,
            PurePosixPath(holding.path).stem,
            None,
            advice.department,
            None,
            ", ".join(kind_name(name, overview, told) for name in sorted(holding.totals)),
            None,
            None,
            _("found") if found else _("not found; to be checked"),
            None,
            None,
            None,
            _("computer-processed (article 60, paragraph 2, item 1)"),
            None,
            *three(holding.roster),
            full_path(holding),
            changed_on(holding, overview.run.began.tzinfo),
        )


def _lists(overview: Overview) -> Iterator[Advice]:
    """Yield the files with people in tables, the most people first, each content once."""
    seen: set[str] = set()
    for advice in sorted(overview.advice, key=lambda each: (-each.holding.roster.high, each.holding.path)):
        content = advice.holding.content
        if advice.holding.roster.high and content not in seen:
            seen.update(filter(None, (content,)))
            yield advice
