"""The accuracy corpus: drawn by its seed alone, judged rightly; and the floors that every change must hold."""

from __future__ import annotations

import csv
import doctest
import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.accuracy import arithmetic, notations, numbers, page
from bench.accuracy import judge as judge_module
from bench.accuracy import score as score_module
from bench.accuracy.compose import Entry
from bench.accuracy.corpus import Written, build
from bench.accuracy.floors import DECOY_FLOOR, FLOORS, fallen, surely_missed
from bench.accuracy.identifiers import IDENTIFIERS
from bench.accuracy.judge import judge
from bench.accuracy.measure import measure
from bench.accuracy.runner import Claim, known_patterns
from bench.accuracy.score import Score, Tally, tally
from bench.accuracy.values import VALUES

if TYPE_CHECKING:
    from types import ModuleType

SEED, SIZE = 5, 0.5
NUMBER = "090-1357-8642"


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    return measure(tmp_path_factory.mktemp("accuracy"), SEED, SIZE)


def test_no_identifier_falls_below_its_floor(score: Score) -> None:
    assert fallen(score) == []
    assert score.unread == ()


def test_decoys_are_left_alone(score: Score) -> None:
    claimed = {name: each.some for name, each in score.decoys.items() if each.some}
    assert score.decoy.some <= DECOY_FLOOR * score.decoy.all, claimed


def test_places_are_right(score: Score) -> None:
    assert {name: each.all - each.some for name, each in score.placed.items()} == dict.fromkeys(score.placed, 0)


def test_floors_are_of_what_exists() -> None:
    known = known_patterns()
    with_pattern = {name for name, identifier in IDENTIFIERS.items() if identifier.exists(known)}
    assert set(FLOORS) <= with_pattern


def test_the_page_names_every_identifier(score: Score) -> None:
    text = page.render_page(score)
    assert [name for name, each in IDENTIFIERS.items() if each.en not in text or each.ja not in text] == []
    assert text == page.render_page(score)
    assert text.count("| held |") + text.count("| **MISSED** |") == len(page.bars(score))


def test_the_same_seed_draws_the_same_corpus(tmp_path: Path) -> None:
    first, second = (build(tmp_path / name, 3, 0.1) for name in "ab")
    assert first == second
    assert all((tmp_path / "a" / each.path).read_bytes() == (tmp_path / "b" / each.path).read_bytes() for each in first)
    assert build(tmp_path / "c", 4, 0.1) != first


def test_values_stand_where_the_truth_says(tmp_path: Path) -> None:
    for file in build(tmp_path, 3, 0.1):
        if file.container not in {"txt", "csv"} or file.encoding != "UTF-8":
            continue
        text = (tmp_path / file.path).read_text(encoding="utf-8")
        is_table = file.container == "csv"
        rows = list(csv.reader(text.splitlines())) if is_table else [[line] for line in text.split("\n")]
        for entry in file.entries:
            cell = rows[entry.row + file.header * is_table][entry.column]
            if entry.name != "special_care":
                assert cell.startswith(entry.whole.split("\n")[0], entry.start), entry


@pytest.mark.parametrize("name", VALUES)
def test_every_identifier_has_a_row_and_labels(name: str) -> None:
    assert IDENTIFIERS[name].labels
    assert IDENTIFIERS[name].keys
    for draw in VALUES[name].values():
        value = draw(Random(1))  # noqa: S311 - made-up data
        assert value.core in value.text


@pytest.mark.parametrize("module", [arithmetic, judge_module, notations, numbers, score_module])
def test_examples_in_the_code_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_arithmetic_agrees_with_the_published_numbers() -> None:
    vectors = json.loads((Path(__file__).parent / "data/vectors.json").read_text(encoding="utf-8"))
    for value in vectors["my_number"]["valid"][:9] + vectors["resident_record_code"]["valid"][:8]:
        assert arithmetic.resident(value[:-1]) == value
    for value in vectors["drivers_licence"]["valid"][:10]:
        assert arithmetic.licence(value[:10]) == value[:11]
    for value in vectors["corporate_number"]["valid"][:7]:
        assert arithmetic.corporate(value[1:]) == value
    for value in vectors["yucho_symbol_number"]["valid"][:5]:
        symbol, number = value.split("-")
        assert arithmetic.savings(symbol[1:3], number) == symbol
    for value in vectors["parcel_tracking_7DR"]["valid"]:
        assert arithmetic.is_parcel(value)


def _judged(*claims: tuple[str, str, int], **changes: str) -> tuple[list[bool], list[str]]:
    truth = Entry("truth", "phone_mobile", "hyphen", "colon", NUMBER, NUMBER, row=0, start=3)
    decoy = Entry("decoy", "order", "decoy", "bare", "314159265352", "314159265352", row=1)
    file = Written("a.txt", changes.get("container", "txt"), "UTF-8", (truth, decoy), "a.txt")
    judged, mistakes = judge(
        [file],
        [Claim("a.txt", pattern, value, line, 4, None) for pattern, value, line in claims],
        lambda name, pattern: IDENTIFIERS[name].accepts(pattern),
    )
    return [row.is_found for row in judged], [each.claim.pattern for each in mistakes]


def test_a_value_is_found_by_its_own_pattern_only() -> None:
    assert _judged(("phone_mobile", "０９０ー１３５７ー８６４２", 1)) == ([True, False], [])
    assert _judged(("phone_landline", NUMBER, 1)) == ([False, False], ["phone_landline"])
    assert _judged(("phone_mobile", "090-1357-864", 1)) == ([False, False], ["phone_mobile"])
    assert _judged() == ([False, False], [])


def test_what_is_claimed_twice_counts_once_and_a_decoy_is_a_mistake() -> None:
    assert _judged(("phone_mobile", NUMBER, 1), ("phone_mobile", NUMBER, 1)) == ([True, False], [])
    assert _judged(("my_number", "314159265352", 2)) == ([False, True], ["my_number"])
    assert _judged(("email", "x@y.jp", 9)) == ([False, False], ["email"])


def test_false_claims_count_against_what_is_claimed() -> None:
    file = Written("a.txt", "txt", "UTF-8", (), "a.txt")
    judged, mistakes = judge([file], [Claim("a.txt", "email", "x@y.jp", 1, 1, None)], lambda *_: True)
    assert tally(judged, mistakes) == {"email": Tally(false=1)}


def test_a_bar_is_missed_for_certain_only_outside_of_the_interval() -> None:
    score = Score(1, 1, "abc", identifiers={name: Tally(100, 0, 0, 100) for name in IDENTIFIERS})
    assert surely_missed(score) == []
    score.identifiers["email"] = Tally(9, 1, 0, 10)
    assert surely_missed(score) == []
    score.identifiers["email"] = Tally(50, 50, 0, 100)
    assert [each.partition(":")[0] for each in surely_missed(score)] == ["email"]
