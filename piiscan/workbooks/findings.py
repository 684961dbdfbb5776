"""The findings report as a workbook: what to do, with columns to decide in, and all that an auditor asks for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from piiscan.holdingcells import (
    changed_on,
    class_names,
    estimates,
    full_path,
    keep_path,
    kind_names,
    people_columns,
    three,
)
from piiscan.holdings import Action
from piiscan.model import Outcome
from piiscan.overviewwords import iter_facts, period, scope
from piiscan.runrecord import record_rows
from piiscan.sheets import Column, Heading, Sheet
from piiscan.wording import acknowledged_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.holdings import Advice, Overview
    from piiscan.overviewwords import Phrases
    from piiscan.sheets import Cell

#: What may be decided, in the order of the drop-down.
DECIDED = (Action.KEEP, Action.DELETE, Action.MOVE, Action.FALSE_ALARM)
_WIDE = 48


def iter_sheets(overview: Overview, told: Phrases) -> Iterator[Sheet]:
    """Yield the sheets in the order in which they are read."""
    _ = told.words.gettext
    text = (Column("", 34), Column("", 22), *(Column("", 14) for _place in range(5)))
    yield Sheet(_("Overview"), text, _overview_rows(overview, told), is_list=False)
    yield Sheet(_("What to do"), _advice_columns(told), _advice_rows(overview, told))
    yield Sheet(_("Not read"), _unread_columns(told), _unread_rows(overview, told))
    yield Sheet(_("Departments"), _department_columns(told), _department_rows(overview, told))
    yield Sheet(_("Breach triggers"), _trigger_columns(told), _trigger_rows(overview, told))
    yield Sheet(_("Run record"), (Column("", 34), Column("", 90)), record_rows(overview, told), is_list=False)


def _overview_rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    _ = told.words.gettext
    yield (Heading(_("piiscan findings report")),)
    yield _("Scope"), scope(overview.run)
    yield _("Time"), period(told, overview.run)
    yield from iter_facts(told, overview)
    yield (estimates(told),)
    yield ()
    yield (Heading(_("What could not be read")),)
    yield _("Files not read, or not wholly"), len(overview.unread)
    yield _("of these not accounted for"), len(overview.unread) - overview.acknowledged
    if pages := sum(each.pages.unread for each in overview.unread):
        yield _("their pages that were not read, as far as they are known"), pages
    yield from told.causes(overview.unread)
    yield ()
    yield (Heading(_("What was found")),)
    yield _("Files read"), overview.read
    yield _("Files with findings"), overview.with_findings
    people = [column.title for column in people_columns(told)]
    yield "", _("files"), *people, _("since the previous run")
    yield _("All"), overview.with_findings, *three(overview.people)
    for each in overview.classes:
        change = told.change(each.files, each.before)
        yield told.legal_class(each.legal_class), each.files, *three(each.people), change
    yield (_("Somebody may be counted in several of these classes."),)
    yield ()
    yield (Heading(_("What is recommended")),)
    yield "", _("files"), _("no answer yet")
    recommended = Counter(each.action for each in overview.advice)
    unanswered = Counter(each.action for each in overview.advice if not each.decision)
    for action in (action for action in Action if recommended[action]):
        yield told.actions[action], recommended[action], unanswered[action]


def _advice_columns(told: Phrases) -> tuple[Column, ...]:
    _ = told.words.gettext
    return (
        Column(_("No."), 6, "number"),
        Column(_("recommended"), 14, "action"),
        Column(_("basis"), 36, "basis"),
        Column(_("file"), 60, "shown"),
        Column(_("department"), 14, "department"),
        *people_columns(told),
        Column(_("sensitivity"), 9, "sensitivity"),
        Column(_("legal class"), 28, "classes"),
        Column(_("what was found (different values)"), _WIDE, "kinds"),
        Column(_("readable by"), 11, "exposure"),
        Column(_("owner"), 12, "owner"),
        Column(_("last change"), 12, "changed"),
        Column(_("due"), 12, "due"),
        Column(_("copies"), 7, "copies"),
        Column(_("notes"), 30, "notes"),
        Column(_("decision"), 14, "decision", tuple(told.actions[action] for action in DECIDED), is_asked=True),
        Column(_("decided by"), 14, "person", is_asked=True),
        Column(_("decided on"), 12, "day", is_asked=True, is_day=True),
        Column(_("until"), 12, "until", is_asked=True, is_day=True),
        Column(_("reason"), 40, "reason", is_asked=True),
        Column("id", 8, "file", is_hidden=True),
        Column("root", 20, "root", is_hidden=True),
        Column("path", 20, "path", is_hidden=True),
    )


def _advice_rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    zone = overview.run.began.tzinfo
    for number, advice in enumerate(overview.advice, 1):
        holding, decision = advice.holding, advice.decision
        yield (
            number,
            told.actions[advice.action],
            told.of(advice.basis),
            full_path(holding),
            advice.department,
            *three(holding.people),
            told.levels[holding.sensitivity],
            class_names(holding, told),
            kind_names(holding, overview, told),
            told.exposures[holding.exposure],
            holding.owner,
            changed_on(holding, zone),
            advice.due,
            holding.copies,
            _notes(advice, told),
            told.actions[decision.action] if decision else None,
            decision.person if decision else None,
            decision.day if decision else None,
            decision.until if decision else None,
            decision.reason if decision else None,
            holding.file,
            keep_path(holding.root),
            keep_path(holding.path),
        )


def _notes(advice: Advice, told: Phrases) -> str:
    """Say what else has to be known before somebody decides."""
    _ = told.words.gettext
    outcome = advice.holding.outcome
    notes = [_("legal hold: not to be deleted")] if advice.is_held else []
    if advice.is_estimated:
        notes.append(_("by the file's date only"))
    if outcome not in {Outcome.COMPLETE, Outcome.UNCHANGED}:
        notes.append(told.outcomes[outcome])
    parts = sum(bool(each.part or each.pattern) for each in advice.holding.decisions)
    if parts:
        message = told.words.ngettext("{count} decision about a part", "{count} decisions about parts", parts)
        notes.append(message.format(count=parts))
    return "; ".join(notes)


def _unread_columns(told: Phrases) -> tuple[Column, ...]:
    _ = told.words.gettext
    return (
        Column(_("file"), 70),
        Column(_("cause"), 30),
        Column(_("outcome"), 22),
        Column(_("bytes"), 14),
        Column(_("owner"), 14),
        Column("root", 20),
    )


def _unread_rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    for each in overview.unread:
        kept = acknowledged_in_words(told.words.gettext, each.acknowledged)
        cause = told.cause(each.outcome, each.reason) + kept
        yield each.path, cause, told.outcomes[each.outcome], each.size, each.owner, each.root


def _department_columns(told: Phrases) -> tuple[Column, ...]:
    _ = told.words.gettext
    change = Column(_("since the previous run"), 14)
    return (
        Column(_("department"), 30),
        Column(_("files"), 10),
        *people_columns(told),
        Column(_("no answer yet"), 10),
        change,
    )


def _department_rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    nobody = told.words.gettext("(nobody named)")
    for each in overview.departments:
        change = told.change(each.files, each.before)
        yield each.name or nobody, each.files, *three(each.people), each.undecided, change


def _trigger_columns(told: Phrases) -> tuple[Column, ...]:
    _ = told.words.gettext
    judged = (Column(_("threshold (more than)"), 11), Column(_("if all of it leaked"), 34), Column(_("law"), 40))
    asked = Column(_("to be judged by a person"), 60)
    return Column(_("condition"), 44), *people_columns(told), Column(_("in tables, at most"), 12), *judged, asked


def _trigger_rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    """Yield what a leak of everything would be; of a condition that nothing here can tell, the question stands."""
    _ = told.words.gettext
    for each in overview.triggers:
        law = told.of(each.law)
        if each.question:
            yield told.of(each.title), *[None] * 5, _("not known"), law, told.of(each.question)
        else:
            applies = _("to be reported") if each.is_met else _("not to be reported by figures alone")
            yield told.of(each.title), *three(each.people), each.in_tables.high, each.threshold, applies, law
