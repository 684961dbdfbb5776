"""The findings report put together: what the catalog knows as of a run, judged by policy."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from piiscan.breach import triggers
from piiscan.holdingfigures import class_figures, departments, folder_figures
from piiscan.holdings import Overview
from piiscan.model import Outcome
from piiscan.policy import rank

if TYPE_CHECKING:
    from datetime import date

    from piiscan.inventory import Inventory
    from piiscan.policy import Owners, Policy


def survey(now: Inventory, before: Inventory | None, policy: Policy, owners: Owners, today: date) -> Overview:
    """Give the report of one run; `before` is the run that it is compared with, if there is one."""
    holdings, earlier = now.holdings(), before.holdings() if before else None
    people = now.people()
    advice = rank(holdings, policy, owners, today)
    was = Counter(map(owners.department, earlier)) if earlier is not None else None
    outcomes = now.outcomes()
    return Overview(
        run=now.run,
        operator=policy.operator,
        today=today,
        read=sum(number for (outcome, _reason), number in outcomes.items() if outcome is Outcome.COMPLETE),
        with_findings=len(holdings),
        people=people,
        unread=tuple(now.unread()),
        classes=class_figures(holdings, policy, earlier),
        advice=advice,
        departments=departments(advice, was),
        folders=folder_figures(holdings, people),
        triggers=triggers(holdings, people, policy, today),
        before=before.run if before else None,
        titles=now.titles,
    )
