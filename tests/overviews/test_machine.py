"""csv and json: what programs and spreadsheets read back is what was there."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from piiscan.overviews import render_overview
from piiscan.overviews.csv import FORMULA, Row
from piiscan.reports import View
from tests.synthetic_overview import HOSTILE, make_overview

if TYPE_CHECKING:
    from piiscan.holdings import Overview

SCHEMA = json.loads(
    (Path(__file__).parent.parent.parent / "docs/schema/piiscan-overview-1.schema.json").read_text(encoding="utf-8")
)
NAMES = (*HOSTILE, "'=1.csv", "引用\"符,',.csv")


def _text(name: str, overview: Overview, language: str = "en") -> str:
    return "".join(f"{piece}\n" for piece in render_overview(name, overview, View(language)))


def _rows(overview: Overview) -> list[dict[str, str]]:
    text = _text("csv", overview)
    assert text.startswith("\ufeff")
    return [*csv.DictReader(io.StringIO(text[1:]), strict=True)]


def _document(overview: Overview) -> Any:  # noqa: ANN401 - JSON
    return json.loads(_text("json", overview))


def test_csv_gives_every_file_back() -> None:
    overview = make_overview(200, 0, names=NAMES)
    rows = _rows(overview)
    assert len(rows) == 200
    for rank, (row, advice) in enumerate(zip(rows, overview.advice, strict=True), 1):
        holding = advice.holding
        assert tuple(row) == Row._fields
        assert row["rank"] == str(rank)
        there = bytes.fromhex(row["path_bytes"]).decode(errors="surrogateescape") or row["path"]
        assert there == holding.path
        assert (int(row["people_low"]), int(row["people_high"])) == (holding.people.low, holding.people.high)
        assert row["action"] == advice.action
        assert row["due"] == (str(advice.due) if advice.due else "")
        assert dict(each.split("=") for each in row["values"].split(";")) == {
            pattern: str(count) for pattern, count in holding.distinct.items()
        }


def test_no_cell_is_a_formula_or_more_than_a_line() -> None:
    overview = make_overview(60, 0, names=NAMES)
    attacked = tuple(
        replace(
            each,
            holding=replace(each.holding, path=each.holding.path.rpartition("/")[2], root="=x", owner="@y"),
            department="+z",
        )
        for each in overview.advice
    )
    text = _text("csv", replace(overview, advice=attacked))
    assert len(text.splitlines()) == 61
    for row in _rows(replace(overview, advice=attacked)):
        assert not [cell for cell in row.values() if cell.startswith(FORMULA)]
        assert (row["root"], row["owner"], row["department"]) == ("'=x", "'@y", "'+z")


def test_csv_is_the_same_in_every_language() -> None:
    assert _text("csv", make_overview(), "ja") == _text("csv", make_overview(), "en")
    assert _text("json", make_overview(), "ja") == _text("json", make_overview(), "en")


@pytest.mark.parametrize(
    "overview",
    [
        make_overview(40, 20, names=NAMES),
        replace(make_overview(0, 0), before=None),
        replace(make_overview(1, 1), folders=(), titles={}),
    ],
    ids=["hostile", "empty", "one"],
)
def test_json_follows_its_schema(overview: Overview) -> None:
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(_document(overview))]
    assert errors == []


def test_the_schema_refuses_what_is_not_published() -> None:
    document = _document(make_overview(2, 1))
    validator = Draft202012Validator(SCHEMA)
    assert not validator.is_valid({**document, "value": 1})
    assert not validator.is_valid({key: document[key] for key in document if key != "run"})
    document["advice"][0]["mask"] = "***"
    assert not validator.is_valid(document)


def test_json_gives_every_file_back() -> None:
    overview = make_overview(50, 30, names=NAMES)
    document = _document(overview)
    for kind, paths in (
        ("advice", [each.holding.path for each in overview.advice]),
        ("unread", [each.path for each in overview.unread]),
    ):
        there = [
            bytes.fromhex(item.get("path_bytes", "")).decode(errors="surrogateescape") or item["path"]
            for item in document[kind]
        ]
        assert there == paths
    assert [each["met"] for each in document["triggers"]] == [each.is_met for each in overview.triggers]
    assert document["people"]["high"] == overview.people.high


def test_json_has_a_line_for_every_file_and_no_odd_character() -> None:
    lines = _text("json", make_overview(50, 30, names=NAMES)).splitlines()
    assert sum('"risk":' in line for line in lines) == 50
    assert all(line.isprintable() for line in lines)
