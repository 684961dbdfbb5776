"""What to do first: for each file one action with its reason, in the order of risk. Rules are data (policy/*.toml).

Nobody but a person deletes anything: what has to be kept no longer is a candidate, and a hold keeps it from being one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from piiscan.breach import threshold_of
from piiscan.documentdates import document_date
from piiscan.holdings import Action, Advice, Words
from piiscan.model import Sensitivity
from piiscan.owners import Owners, find_below, load_owners
from piiscan.policyfile import load_policy
from piiscan.policyrules import Policy
from piiscan.retention import NEVER, file_day, has_any, retention_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from piiscan.holdings import Decision, Holding
    from piiscan.policyrules import ActionRule, Hold, RetentionRule, Text
    from piiscan.retention import Retention

__all__ = ["Owners", "Policy", "decision_in_force", "judge", "load_owners", "load_policy", "rank"]

_LEAP = 365.25
_LEVELS = {level.name.lower(): level for level in Sensitivity}


class _Judged(NamedTuple):
    action: Action
    basis: Words
    due: date | None = None
    is_estimated: bool = False


def rank(holdings: Iterable[Holding], policy: Policy, owners: Owners, today: date) -> tuple[Advice, ...]:
    """Judge all files, the greatest risk first; of equal ones by their paths."""
    advice = (judge(holding, policy, owners, today) for holding in holdings)
    return tuple(sorted(advice, key=lambda each: (-each.risk, each.holding.root, each.holding.path, each.holding.file)))


def judge(holding: Holding, policy: Policy, owners: Owners, today: date) -> Advice:
    """Recommend one action for a file. Decisions that have ended are left out of the holding that the advice names."""
    in_force = tuple(each for each in holding.decisions if _is_in_force(each, today))
    if len(in_force) != len(holding.decisions):
        holding = replace(holding, decisions=in_force)
    hold = _hold(holding, policy)
    judged = _judge(holding, policy, hold, today)
    return Advice(
        holding,
        judged.action,
        judged.basis,
        _risk(holding, policy, today),
        due=judged.due if judged.due != NEVER else None,
        is_estimated=judged.is_estimated,
        department=owners.department(holding),
        is_held=hold is not None,
    )


def _hold(holding: Holding, policy: Policy) -> Hold | None:
    if not policy.hold:
        return None
    place = find_below(holding.root, holding.path, tuple(each.glob for each in policy.hold))
    return None if place is None else policy.hold[place]


def decision_in_force(holding: Holding, today: date) -> Decision | None:
    """Give the latest decision about the whole file that has not ended."""
    found = (each for each in holding.decisions if not (each.part or each.pattern) and _is_in_force(each, today))
    return max(found, key=lambda each: each.day, default=None)


def _is_in_force(decision: Decision, today: date) -> bool:
    return decision.until is None or today <= decision.until


def _judge(holding: Holding, policy: Policy, hold: Hold | None, today: date) -> _Judged:
    decision = decision_in_force(holding, today)
    if decision and not (hold and decision.action is Action.DELETE):
        basis = policy.texts.decided.words(day=decision.day, person=decision.person, reason=decision.reason)
        return _Judged(decision.action, basis)
    return _proposed(holding, policy, hold, today)


def _proposed(holding: Holding, policy: Policy, hold: Hold | None, today: date) -> _Judged:
    retention = retention_of(holding, policy)
    texts = policy.texts
    if retention and retention.has_ended(today) and not hold:
        return _told(Action.DELETE, retention, texts.ended_estimated if retention.is_estimated else texts.ended)
    advised = _advised(holding, policy, retention, today)
    if advised:
        return advised
    if retention and retention.due <= today and not hold:  # as far as the path tells: it lacks the event
        return _told(Action.CHECK, retention, texts.needs_event)
    if hold:
        return _Judged(Action.KEEP, texts.held.words(reason=hold.reason))
    if retention:
        return _told(Action.KEEP, retention, texts.running_estimated if retention.is_estimated else texts.running)
    return _Judged(Action.KEEP, texts.keep.words())


def _advised(holding: Holding, policy: Policy, retention: Retention | None, today: date) -> _Judged | None:
    """Give what the first rule advises whose conditions all hold."""
    for rule in policy.action:
        if reason := _basis(rule, holding, policy, retention, today):
            return _Judged(Action(rule.action), reason)
    return None


def _told(action: Action, retention: Retention, text: Text) -> _Judged:
    return _Judged(action, _period(text, retention.rule, retention.due), retention.due, retention.is_estimated)


@lru_cache(maxsize=1 << 12)
def _period(text: Text, rule: RetentionRule, due: date) -> Words:
    return text.words(kind=rule.kind.words(), law=rule.law.words(), last=due - timedelta(days=1), due=due)


def _basis(
    rule: ActionRule, holding: Holding, policy: Policy, retention: Retention | None, today: date
) -> Words | None:
    """Give the reason for a rule's action, None where one of its conditions does not hold."""
    if (
        holding.sensitivity < _LEVELS[rule.sensitivity]
        or (rule.operator or policy.operator) != policy.operator
        or (rule.exposures and holding.exposure not in rule.exposures)
        or not has_any(rule.classes, holding.classes)
        or not has_any(rule.patterns, holding.totals)
        or (rule.unless_kept and retention)
    ):
        return None
    if not rule.more_than:
        return rule.basis.words()
    trigger = next(each for each in policy.trigger if each.id == rule.more_than)
    threshold = threshold_of(trigger, policy, today)
    if threshold is None or holding.people.high <= threshold.more_than:
        return None
    return rule.basis.words(more_than=threshold.more_than)


def _risk(holding: Holding, policy: Policy, today: date) -> float:
    weights = policy.risk
    decision = decision_in_force(holding, today)
    named = document_date(holding.path)
    years = max(0.0, (today - (named.day if named else file_day(holding))).days / _LEAP)
    ages = [(each.years, each.weight) for each in weights.age if each.years <= years]
    return (
        max(1, holding.people.estimate)
        * weights.sensitivity.of(holding.sensitivity)
        * weights.exposure.get(holding.exposure, 1.0)
        * max(ages, default=(0, 1.0))[1]
        * min(1.0 + weights.copies.each * (max(1, holding.copies) - 1), weights.copies.most)
        * (weights.decided.get(decision.action, 1.0) if decision else 1.0)
    )
