"""The drill of a leak: triggers flip exactly at their thresholds, judged by the upper bound."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest

from piiscan.breach import duties, triggers
from piiscan.people import NOBODY, People
from piiscan.policy import load_policy
from tests.holdingcases import TODAY, exactly, holding, with_cards, with_health, with_my_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.holdings import Holding, Trigger
    from piiscan.policyrules import Policy

PRIVATE = load_policy()
PUBLIC = msgspec.structs.replace(PRIVATE, operator="public")


def _judged(
    holdings: Iterable[Holding] = (), people: People = NOBODY, policy: Policy = PRIVATE, today: date = TODAY
) -> dict[str, Trigger]:
    return {each.id: each for each in triggers(holdings, people, policy, today)}


def _met(*arguments: object, **others: object) -> set[str]:
    return {name for name, each in _judged(*arguments, **others).items() if each.is_met}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("people", "policy", "is_met"),
    [
        (exactly(1000), PRIVATE, False),
        (exactly(1001), PRIVATE, True),
        (People(990, 980, 1000), PRIVATE, False),
        (People(1000, 980, 1030), PRIVATE, True),  # the upper bound decides
        (exactly(100), PUBLIC, False),
        (exactly(101), PUBLIC, True),
        (People(90, 80, 101), PUBLIC, True),
        (exactly(101), PRIVATE, False),
    ],
)
def test_people_are_too_many_from_the_threshold_on(people: People, policy: Policy, is_met: bool) -> None:
    found = _judged([holding("名簿.csv", people)], people, policy)["people"]
    assert (found.is_met, found.people) == (is_met, people)
    assert found.threshold == (1000 if policy is PRIVATE else 100)


def test_people_in_many_files_are_those_that_the_caller_counted() -> None:
    files = [holding(f"{number}.csv", exactly(600)) for number in range(3)]
    assert _met(files, exactly(600)) == set()
    assert _met(files, exactly(1800)) == {"people"}


@pytest.mark.parametrize("policy", [PRIVATE, PUBLIC])
def test_my_numbers_are_too_many_from_101_on(policy: Policy) -> None:
    assert "my_number" not in _met([with_my_numbers("a.csv", 100)], exactly(100), policy)
    assert "my_number" in _met([with_my_numbers("a.csv", 101)], exactly(101), policy)
    several = [with_my_numbers("a.csv", 60), with_my_numbers("b.csv", 41)]
    assert "my_number" in _met(several, exactly(101), policy)


def test_copies_hold_the_same_people() -> None:
    copies = [with_my_numbers(f"{name}.csv", 60, content="c1", copies=2) for name in "ab"]
    assert _met(copies, exactly(60)) == set()
    assert _judged(copies, exactly(60))["my_number"].people == exactly(60)


def test_one_health_record_is_enough() -> None:
    assert _met([holding("a.csv"), with_health("b.csv", 1)], exactly(2)) == {"special_care"}
    barely = with_health("b.csv", 1, classes={"要配慮個人情報": NOBODY})  # found, but nobody could be counted
    assert _met([barely], NOBODY) == {"special_care"}
    assert _met([holding("a.csv", classes={"機微情報": exactly(5)})], exactly(5)) == set()


@pytest.mark.parametrize("pattern", ["payment_card", "password"])
def test_one_card_number_is_enough(pattern: str) -> None:
    assert _met([with_cards("a.csv", 1, totals={pattern: 1}, distinct={pattern: 1})], exactly(1)) == {"property"}


@pytest.mark.parametrize("pattern", ["phone_mobile", "email", "address", "bank_account", "card_security_code"])
def test_what_alone_costs_nobody_money_is_no_trigger(pattern: str) -> None:
    assert _met([holding("a.csv", totals={pattern: 9}, distinct={pattern: 9})], exactly(9)) == set()


def test_nothing_found_meets_nothing() -> None:
    assert _met() == set()
    assert _met(policy=PUBLIC) == set()


def test_a_purpose_is_asked_and_never_computed() -> None:
    files = [with_my_numbers("a.csv", 5000), with_health("b.csv", 5000), with_cards("c.csv", 5000)]
    for policy in (PRIVATE, PUBLIC):
        found = _judged(files, exactly(15000), policy)
        asked = {name for name, each in found.items() if each.question}
        assert asked >= {"intent", "my_number_intent", "my_number_public", "my_number_systems"}
        assert ("ordinance" in asked) == (policy is PUBLIC)
        assert not any(each.is_met for each in found.values() if each.question)
        assert {name for name, each in found.items() if each.is_met} == {
            "special_care", "property", "people", "my_number"
        }  # fmt: skip


def test_the_law_named_is_that_of_the_operator() -> None:
    assert _judged()["people"].law.ja == "個人情報保護法26条・規則7条4号"
    assert _judged(policy=PUBLIC)["people"].law.ja == "個人情報保護法68条・規則43条4号"
    assert (_judged()["people"].title.ja, _judged()["people"].title.en) == ("1,000人超", "More than 1,000 people")


def test_thresholds_hold_from_their_day_on() -> None:
    assert _judged(today=date(2022, 3, 31)) == {}
    assert "people" in _judged(today=date(2022, 4, 1))
    assert "ordinance" not in _judged(policy=PUBLIC, today=date(2023, 3, 31))
    assert "ordinance" in _judged(policy=PUBLIC, today=date(2023, 4, 1))
    rules = list(PRIVATE.trigger)
    place = next(at for at, rule in enumerate(rules) if rule.id == "people")
    later = msgspec.structs.replace(rules[place].threshold[0], since=date(2027, 4, 1), more_than=500)
    rules[place] = msgspec.structs.replace(rules[place], threshold=(later, *rules[place].threshold))
    changed = msgspec.structs.replace(PRIVATE, trigger=tuple(rules))
    assert _judged(people=exactly(501), policy=changed, today=date(2027, 3, 31))["people"].is_met is False
    after = _judged(people=exactly(501), policy=changed, today=date(2027, 4, 1))["people"]
    assert (after.is_met, after.threshold, after.title.ja) == (True, 500, "500人超")


def test_rosters_are_told_from_scattered_text() -> None:
    files = [holding("a.csv", exactly(900), roster=exactly(900)), holding("b.txt", exactly(300))]
    found = _judged(files, exactly(1200))["people"]
    assert (found.people, found.in_tables) == (exactly(1200), exactly(900))


def test_duties_tell_what_is_due_and_when() -> None:
    found = triggers([with_my_numbers("a.csv", 101)], exactly(101), PRIVATE, TODAY)
    private, my_number = duties(PRIVATE, found, TODAY, date(2026, 11, 23))
    assert (private.id, private.is_met) == ("report_private", False)
    assert (my_number.id, my_number.is_met) == ("report_my_number", True)
    # the day on which it becomes known is the first
    assert [str(each.due) for each in my_number.deadlines] == ["2026-11-27", "2026-12-22", "2027-01-21"]
    assert my_number.deadlines[0].title.ja == "速報：速やかに（おおむね3〜5日以内）"
    assert len(private.items) == 9
    assert {each.id for each in private.asks} == {"intent"}
    public = duties(PUBLIC, triggers([], NOBODY, PUBLIC, TODAY), TODAY)
    assert [each.id for each in public] == ["report_public", "report_my_number"]
    assert all(each.due is None for duty in public for each in duty.deadlines)
    assert not any(duty.is_met for duty in public)
    assert duties(PRIVATE, found, date(2022, 3, 31)) == ()
