"""Decisions entered into a catalog: what a person answered about a file, with what was known of it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.messages import _
from piiscan.results import json_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from piiscan.holdings import Decision, Holding


def enter_decisions(
    connection: sqlite3.Connection, decisions: Iterable[tuple[str, str, Decision]], holdings: Iterable[Holding]
) -> tuple[int, list[str]]:
    """Enter decisions about files, each with its root and path; give how many are news, and what cannot be entered.

    One that says what the last one said is no news. A file that has grown since then is open again (inventory.py).
    """
    files = {(each.root, each.path): each for each in holdings}
    entered, problems = 0, []
    connection.execute("BEGIN IMMEDIATE")
    for root, path, decision in decisions:
        holding = files.get((root, path))
        if holding is None:
            problems.append(_("{path}: no file with findings in the last run").format(path=path))
        elif decision not in holding.decisions:
            connection.execute(
                "INSERT INTO decision (file, part, pattern, action, person, day, until, reason, totals, people)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(holding.file, decision.part, decision.pattern, decision.action.value, decision.person),
                    *(decision.day.isoformat(), decision.until.isoformat() if decision.until else None),
                    *(decision.reason, json_of(holding.totals), holding.people.estimate),
                ),
            )
            entered += 1
    connection.execute("COMMIT")
    return entered, problems
