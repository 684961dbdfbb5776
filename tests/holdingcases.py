"""Holdings for tests of policy, made of a path and of what differs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from piiscan.holdings import Exposure, Holding
from piiscan.model import Outcome, Sensitivity
from piiscan.people import NOBODY, People

TODAY = date(2026, 11, 23)


def exactly(count: int) -> People:
    return People(count, count, count)


ONE = exactly(1)


def nanoseconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 3, tzinfo=UTC).timestamp()) * 10**9


def holding(path: str, people: People = ONE, **others: Any) -> Holding:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "file": 1,
        "root": "/srv/share",
        "size": 1000,
        "mtime_ns": nanoseconds(date(2026, 6, 1)),
        "owner": "hanako",
        "exposure": Exposure.GROUP,
        "outcome": Outcome.COMPLETE,
        "roster": NOBODY,
        "totals": {"person_name": people.high},
        "distinct": {"person_name": people.high},
        "categories": frozenset({"person_name"}),
        "classes": {"個人情報": people},
        "sensitivity": Sensitivity.MODERATE,
    }
    return Holding(path=path, people=people, **(fields | others))


def with_my_numbers(path: str, count: int, **others: Any) -> Holding:  # noqa: ANN401 - any field
    figures = {"my_number": count}
    classes = {"特定個人情報": exactly(count), "個人識別符号": exactly(count)}
    fields = {"totals": figures, "distinct": figures, "classes": classes, "sensitivity": Sensitivity.CRITICAL}
    return holding(path, exactly(count), **(fields | others))


def with_cards(path: str, count: int, **others: Any) -> Holding:  # noqa: ANN401 - any field
    figures = {"payment_card": count}
    fields = {"totals": figures, "distinct": figures, "sensitivity": Sensitivity.HIGH}
    return holding(path, exactly(count), **(fields | others))


def with_health(path: str, count: int, **others: Any) -> Holding:  # noqa: ANN401 - any field
    classes = {"要配慮個人情報": exactly(count)}
    return holding(path, exactly(count), **({"classes": classes, "sensitivity": Sensitivity.HIGH} | others))
