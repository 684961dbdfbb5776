"""Decisions about files as they stand: until the day they name, and until the file holds more than it did."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from piiscan.concerned import has_grown
from piiscan.holdings import Action, Decision

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


class Answer(NamedTuple):
    """A decision, and what the file held when it was made."""

    decision: Decision
    totals: Mapping[str, int]
    people: int


class Answers:
    """The last decision about each file, part and pattern in a catalog that an Inventory has turned to a run.

    A file that is gone leaves its decisions to the one with the same content: it was moved.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_file: defaultdict[int, dict[tuple[str, str], Answer]] = defaultdict(dict)
        self._moved: defaultdict[str, dict[tuple[str, str], Answer]] = defaultdict(dict)
        for (
            file,
            part,
            pattern,
            action,
            person,
            day,
            until,
            reason,
            totals,
            people,
            content,
            is_there,
        ) in connection.execute(
            "SELECT file, part, pattern, action, person, day, until, reason, totals, people,"
            " (SELECT content FROM result WHERE result.file = decision.file ORDER BY id DESC LIMIT 1),"
            " EXISTS (SELECT 1 FROM held WHERE held.file = decision.file) FROM decision ORDER BY id"
        ):
            ends = date.fromisoformat(until) if until else None
            decision = Decision(Action(action), person, date.fromisoformat(day), reason, ends, part, pattern)
            answer = Answer(decision, json.loads(totals), people)
            self._by_file[file][part, pattern] = answer
            if content and not is_there:
                self._moved[content][part, pattern] = answer

    def standing(self, file: int, content: str, totals: Mapping[str, int], people: int) -> tuple[Decision, ...]:
        """Give the decisions about a file of such a content that still stand, as it holds so much now."""
        answers = self._by_file.get(file) or self._moved.get(content) or {}
        return tuple(
            each.decision for each in answers.values() if not has_grown(each.totals, each.people, totals, people)
        )
