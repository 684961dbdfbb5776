"""The findings report put together: what the catalog knows as of a run, judged by policy, of all or of a department."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from piiscan.breach import triggers
from piiscan.holdingfigures import class_figures, departments, folder_figures, group_name
from piiscan.holdings import Overview
from piiscan.policy import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from piiscan.acknowledge import Accounts
    from piiscan.holdings import Holding, UnreadFile
    from piiscan.inventory import Inventory
    from piiscan.policy import Owners, Policy


class Judgement(NamedTuple):
    """By what a catalog is judged."""

    policy: Policy
    owners: Owners
    today: date
    accounts: Accounts | None = None


def survey(now: Inventory, before: Inventory | None, by: Judgement) -> Overview:
    """Give the report of one run; `before` is the run that it is compared with, if there is one."""
    return _overview(now, before, now.holdings(), by, None)


def iter_surveys(now: Inventory, before: Inventory | None, by: Judgement) -> Iterator[tuple[str, Overview]]:
    """Yield the report of each department that has files with findings or unread ones, by name ("" for nobody's)."""
    holdings = now.holdings()
    names = {by.owners.department(each) for each in holdings}
    names |= {by.owners.of(each.root, each.path) for each in now.unread()}
    for name in sorted(names):
        own = [each for each in holdings if by.owners.department(each) == name]
        yield name, _overview(now, before, own, by, name)


def _told(file: UnreadFile, accounts: Accounts | None) -> UnreadFile:
    """Give an unread file together with what the user has said of it."""
    told = accounts.find(file.root, file.path, file.outcome, file.reason) if accounts else None
    return replace(file, acknowledged=told) if told else file


def _overview(
    now: Inventory,
    before: Inventory | None,
    holdings: Sequence[Holding],
    by: Judgement,
    department: str | None,
) -> Overview:
    policy, owners, today, accounts = by

    def is_ours(root: str, path: str) -> bool:
        return department is None or owners.of(root, path) == department

    people = now.people(is_ours)
    unread = tuple(_told(each, accounts) for each in now.unread() if is_ours(each.root, each.path))
    advice = rank(holdings, policy, owners, today)
    groups, folders = Counter[str](), Counter[str]()
    for root, path, found in before.found() if before else ():
        if is_ours(root, path):
            groups[group_name(found.classes, found.patterns, policy)] += 1
            folders[owners.of(root, path)] += 1
    return Overview(
        run=now.run,
        operator=policy.operator,
        today=today,
        read=sum(is_ours(*each) for each in now.read()),
        with_findings=len(holdings),
        people=people,
        unread=unread,
        acknowledged=sum(bool(each.acknowledged and each.acknowledged.holds) for each in unread),
        classes=class_figures(holdings, policy, groups if before else None),
        advice=advice,
        departments=departments(advice, folders if before else None),
        folders=folder_figures(holdings, people),
        triggers=triggers(holdings, people, policy, today),
        before=before.run if before else None,
        titles=now.titles,
    )
