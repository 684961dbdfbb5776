"""The findings report put together: what the catalog knows as of a run, judged by policy, of all or of a department."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from piiscan.breach import triggers
from piiscan.holdingfigures import class_figures, departments, folder_figures
from piiscan.holdings import Overview
from piiscan.policy import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from piiscan.holdings import Holding
    from piiscan.inventory import Inventory
    from piiscan.policy import Owners, Policy


class Judgement(NamedTuple):
    """By what a catalog is judged."""

    policy: Policy
    owners: Owners
    today: date


def survey(now: Inventory, before: Inventory | None, by: Judgement) -> Overview:
    """Give the report of one run; `before` is the run that it is compared with, if there is one."""
    return _overview(now, before, now.holdings(), before.holdings() if before else None, by, None)


def iter_surveys(now: Inventory, before: Inventory | None, by: Judgement) -> Iterator[tuple[str, Overview]]:
    """Yield the report of each department that has files with findings or unread ones, by name ("" for nobody's)."""
    holdings, earlier = now.holdings(), before.holdings() if before else None
    names = {by.owners.department(each) for each in holdings}
    names |= {by.owners.of(each.root, each.path) for each in now.unread()}
    for name in sorted(names):
        own = [each for each in holdings if by.owners.department(each) == name]
        was = None if earlier is None else [each for each in earlier if by.owners.department(each) == name]
        yield name, _overview(now, before, own, was, by, name)


def _overview(
    now: Inventory,
    before: Inventory | None,
    holdings: Sequence[Holding],
    earlier: Sequence[Holding] | None,
    by: Judgement,
    department: str | None,
) -> Overview:
    policy, owners, today = by

    def is_ours(root: str, path: str) -> bool:
        return department is None or owners.of(root, path) == department

    people = now.people(is_ours)
    advice = rank(holdings, policy, owners, today)
    was = Counter(map(owners.department, earlier)) if earlier is not None else None
    return Overview(
        run=now.run,
        operator=policy.operator,
        today=today,
        read=sum(is_ours(*each) for each in now.read()),
        with_findings=len(holdings),
        people=people,
        unread=tuple(each for each in now.unread() if is_ours(each.root, each.path)),
        classes=class_figures(holdings, policy, earlier),
        advice=advice,
        departments=departments(advice, was),
        folders=folder_figures(holdings, people),
        triggers=triggers(holdings, people, policy, today),
        before=before.run if before else None,
        titles=now.titles,
    )
