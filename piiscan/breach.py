"""If it leaked: which triggers of the law are met, judged by the most people there may be, and what is due then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from piiscan.holdings import Trigger
from piiscan.people import NOBODY, People
from piiscan.tallies import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from piiscan.holdings import Holding, Words
    from piiscan.policyrules import DutyRule, Policy, Threshold, TriggerRule


class Deadline(NamedTuple):
    """What is due, and the last day for it, None where the day on which the leak became known is not told."""

    title: Words
    due: date | None


@dataclass(frozen=True, slots=True)
class Duty:
    """What a law asks for after a leak. `is_met` if a trigger is; `asks` are those that a person has to judge."""

    id: str
    law: Words
    authority: Words
    is_met: bool
    asks: tuple[Trigger, ...]
    deadlines: tuple[Deadline, ...]
    notice: Words
    items: tuple[Words, ...]
    remarks: tuple[Words, ...]


def threshold_of(rule: TriggerRule, policy: Policy, today: date) -> Threshold | None:
    """Give the figure in force for the operator, None where there is none (yet)."""
    found = (each for each in rule.threshold if each.operator == policy.operator and each.since <= today)
    return max(found, key=lambda each: each.since, default=None)


def triggers(holdings: Iterable[Holding], people: People, policy: Policy, today: date) -> tuple[Trigger, ...]:
    """Judge what happens if all of the files leak; `people` are those of all of them, each counted once."""
    files = tuple(holdings)
    found = ((rule, threshold_of(rule, policy, today)) for rule in policy.trigger)
    return tuple(_trigger(rule, threshold, files, people) for rule, threshold in found if threshold)


def _trigger(rule: TriggerRule, threshold: Threshold, files: Sequence[Holding], people: People) -> Trigger:
    counted = _counted(rule, files, people)
    in_tables = together((each, each.roster) for each in files) if rule.counts == "people" else NOBODY
    return Trigger(
        rule.id,
        rule.title.words(more_than=threshold.more_than),
        threshold.law.words(),
        counted,
        threshold.more_than,
        is_met=counted.high > threshold.more_than,
        question=rule.question.words() if rule.question else None,
        in_tables=in_tables,
    )


def _counted(rule: TriggerRule, files: Sequence[Holding], people: People) -> People:
    if rule.counts == "people":
        return people
    if rule.counts == "classes":
        return together((each, people_of_classes(each, rule.classes)) for each in files)
    if rule.counts == "patterns":
        return together((each, people_of_patterns(each, rule.patterns)) for each in files)
    return NOBODY


def people_of_classes(holding: Holding, classes: Iterable[str]) -> People:
    """Give the people of a file whose data are of one of the classes; with such data, at least one may be."""
    found = [holding.classes[each] for each in classes if each in holding.classes]
    if not found:
        return NOBODY
    high = max(1, sum(each.high for each in found))
    return People(max(each.estimate for each in found), max(each.low for each in found), high)


def people_of_patterns(holding: Holding, patterns: Iterable[str]) -> People:
    """Give the people of a file with such values: at most one for each different value."""
    found = [max(1, holding.distinct.get(each, 0)) for each in patterns if holding.totals.get(each)]
    return People(max(found), 1, sum(found)) if found else NOBODY


def duties(policy: Policy, found: Sequence[Trigger], today: date, known: date | None = None) -> tuple[Duty, ...]:
    """Give what the laws in force ask for; `known` is the day on which the leak became known."""
    rules = [rule for rule in policy.duty if rule.operator in {None, policy.operator} and rule.since <= today]
    return tuple(_duty(rule, policy, found, known) for rule in rules)


def _duty(rule: DutyRule, policy: Policy, found: Sequence[Trigger], known: date | None) -> Duty:
    own = [each for each in found if each.id in rule.triggers]

    def due(days: int) -> date | None:
        """Give the last of so many days; that on which it becomes known is the first."""
        return known + timedelta(days=max(days, 1) - 1) if known else None

    first, last = rule.first_days
    texts = policy.texts
    deadlines = (
        Deadline(texts.first_report.words(**{"from": first, "to": last}), due(last)),
        Deadline(texts.final_report.words(to=rule.final_days), due(rule.final_days)),
        Deadline(texts.intent_report.words(to=rule.intent_days), due(rule.intent_days)),
    )
    return Duty(
        rule.id,
        rule.law.words(),
        rule.authority.words(),
        is_met=any(each.is_met for each in own),
        asks=tuple(each for each in own if each.question),
        deadlines=deadlines,
        notice=rule.notice.words(),
        items=tuple(item.words() for item in rule.items),
        remarks=tuple(remark.words() for remark in rule.remarks),
    )
