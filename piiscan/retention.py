"""Whether a document has to be kept any longer: by policy's rules, from the document's own date in its path."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from piiscan.documentdates import DocumentDate, document_date
from piiscan.globs import find_matching

if TYPE_CHECKING:
    from collections.abc import Container

    from piiscan.holdings import Holding
    from piiscan.policyrules import Policy, RetentionRule

_JAPAN = timedelta(hours=9)  # the later of the days in which a time lies
#: Of a document without any date.
NEVER = date(9999, 12, 31)
_CLOCKLESS = date(1985, 1, 1)  # what programs write that know no time: 1970-01-01, 1980-01-01


class Retention(NamedTuple):
    """The rule for a document, the first day of its period and the first one after it.

    `is_estimated` where only the file's clock told the date. `needs_event` where the law counts from something
    (leaving, end of treatment) of which the path tells nothing: the period may then end later.
    """

    rule: RetentionRule
    since: date
    due: date
    is_estimated: bool
    needs_event: bool

    def has_ended(self, today: date) -> bool:
        """Tell whether the document need not be kept any more."""
        return self.due <= today and not self.needs_event


def retention_of(holding: Holding, policy: Policy) -> Retention | None:
    """Give the retention of a file: of the rules that fit, the one that ends last; None where no rule fits."""
    places = find_matching(holding.path, tuple(rule.globs for rule in policy.retention))
    rules = [rule for rule in map(policy.retention.__getitem__, places) if _fits(holding, rule)]
    rules = [rule for rule in rules if not rule.general] or rules
    found = (_retention(holding, rule) for rule in rules)
    return max(found, key=lambda each: (each.needs_event, each.due), default=None)


def _fits(holding: Holding, rule: RetentionRule) -> bool:
    return has_any(rule.classes, holding.classes) and has_any(rule.categories, holding.categories)


def has_any(wanted: tuple[str, ...], there: Container[str]) -> bool:
    """Tell whether one of what is wanted is there; nothing wanted is always there."""
    for each in wanted:  # a loop, for it is asked a million times
        if each in there:
            return True
    return not wanted


def _retention(holding: Holding, rule: RetentionRule) -> Retention:
    found = document_date(holding.path, rule.year)
    document = found or DocumentDate(file_day(holding))
    since = _start(document.day, rule)
    return Retention(
        rule,
        since,
        add_months(since, 12 * rule.years),
        is_estimated=found is None,
        needs_event=bool(rule.event) and not any(word in document.part for word in rule.event),
    )


def _start(day: date, rule: RetentionRule) -> date:
    if rule.following:
        month, first = map(int, rule.following.split("-"))
        start = date(min(day.year + 1, NEVER.year), month, first)
    else:
        start = min(day, NEVER - timedelta(days=1)) + timedelta(days=1)
    return add_months(start, rule.delay_months)


def add_months(day: date, months: int) -> date:
    """Give the same day so many months later, or the first of the next month where there is no such day.

    >>> str(add_months(date(2020, 2, 29), 12)), str(add_months(date(2017, 1, 11), 84))
    ('2021-03-01', '2024-01-11')
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > NEVER.year:
        return NEVER
    if day.day > monthrange(year, month + 1)[1]:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, day.day)


def file_day(holding: Holding) -> date:
    """Give the day on which a file was last changed, the last of all days where its clock tells none."""
    try:
        day = (datetime.fromtimestamp(holding.mtime_ns / 1e9, UTC) + _JAPAN).date()
    except (OverflowError, ValueError, OSError):
        return NEVER
    return day if day > _CLOCKLESS else NEVER
