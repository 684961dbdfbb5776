"""Eight shares as they have leaked, in small: every figure must hold that any pattern there is could find."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.scenarios import page
from bench.scenarios.check import WORDS, Row, compare
from bench.scenarios.measure import Result, known_patterns, measure
from bench.scenarios.runner import Told
from bench.scenarios.table import SCENARIOS
from bench.scenarios.truth import CATEGORIES, Truth
from piiscan import pattern
from piiscan.config import ScanConfig

if TYPE_CHECKING:
    from pathlib import Path

SEED = 7
#: What is made and has no pattern that could find it, beside names as long as they have none.
WITHOUT_PATTERN = {"user_handle", "name_in_address"}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_share_is_told_as_it_is(name: str, tmp_path: Path) -> None:
    result = measure(tmp_path / name, name, SEED, is_small=True, jobs=1)
    assert result.missed == ()
    unchecked = {row.what for row in result.rows if row.is_held is None}
    assert unchecked <= WITHOUT_PATTERN | {"people in export/handles.csv"} | (WORDS.keys() - known_patterns())
    assert len(result.rows) - len(unchecked) > len(unchecked)


def test_categories_are_those_of_the_patterns() -> None:
    patterns = pattern.known_patterns(ScanConfig(key=bytes(32), run_key=bytes(32)))
    known = CATEGORIES.keys() & patterns.keys()
    assert CATEGORIES.keys() - known <= WORDS.keys()
    assert {name: CATEGORIES[name] for name in known} == {name: patterns[name].category for name in known}
    assert known_patterns() == patterns.keys()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_seed_makes_the_same_truth(name: str, tmp_path: Path) -> None:
    scenario = SCENARIOS[name]
    first, second, other = (
        scenario.write(tmp_path / f"{seed}{place}", 30, Random(seed))  # noqa: S311 - made-up data
        for place, seed in enumerate((1, 1, 2))
    )
    assert first == second != other
    made = {str(path.relative_to(tmp_path / "10")) for path in (tmp_path / "10").rglob("*") if path.is_file()}
    assert made == set(first.files)


def _told(total: int, distinct: int, people: int, **changes: object) -> Told:
    bounds = {"estimate": people, "low": people, "high": people}
    combination = {"categories": ["phone"], "people": people}
    record = {
        "outcome": "complete",
        "counts": {"phone_mobile": {"total": total, "distinct": distinct}},
        "business": {},
        "subjects": [{**bounds, "roster": True, "combinations": [combination]}],
        **changes,
    }
    return Told({"a.csv": record}, {"complete": True, "totals": {"phone_mobile": total}, "people": bounds})


def _missed(told: Told) -> set[str]:
    truth = Truth()
    for number in range(100):
        truth.files["a.csv"].enter(f"p{number}", phone_mobile=f"090-{number}")
    return {row.what for row in compare(truth, told, {"phone_mobile"}, 0.05) if row.is_held is False}


def test_what_is_not_as_it_was_made_is_missed() -> None:
    assert _missed(_told(100, 100, 100)) == set()
    assert _missed(_told(99, 99, 100)) == {"phone_mobile"}
    assert _missed(_told(100, 98, 100)) == {"phone_mobile"}
    assert _missed(_told(100, 100, 90)) == {"people in a.csv", "people in the share", "phone"}
    assert _missed(_told(100, 100, 100, outcome="partial")) == {"files read"}
    false = _told(100, 100, 100)
    false.summary["totals"]["payment_card"] = 1
    assert _missed(false) == {"anything else"}


def test_the_page_tells_every_figure() -> None:
    rows = (Row("people in the share", "5", "4 (4–5)", is_held=False), Row("workplace", "5 (5)", "0 (0)", is_held=None))
    results = [Result(name, 5, rows) for name in SCENARIOS]
    text = page.render_page(results, 1)
    assert [name for name, each in SCENARIOS.items() if each.ja not in text] == []
    assert text.count("| **MISSED** |") == 2 * len(SCENARIOS)
    assert "未対応: workplace" in text
