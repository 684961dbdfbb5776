from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from piiscan.digest import digest
from piiscan.model import Confidence, Count, FileRef, FileReport, Outcome, Record, RunInfo, Summary, Tally
from piiscan.pathmask import mask_paths
from piiscan.reports import REPORTS, View, render
from piiscan.wrap import columns

SCHEMA = json.loads(
    (Path(__file__).parent.parent.parent / "docs/schema/piiscan-1.schema.json").read_text(encoding="utf-8")
)
TITLES = {"my_number": "個人番号（マイナンバー）", "phone_mobile": "携帯電話番号", "email": "メールアドレス"}
FINDING_KEYS = (
    "schema record path member part line column cell page pattern category confidence sensitivity legal_class flags "
    "mask fingerprint evidence"
).split()


def _json(records: list[Record]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in render("jsonl", records, View())]


def _human(records: list[Record], **view: Any) -> str:  # noqa: ANN401 - any field of View
    return "\n".join(render("human", records, View(**view)))


def test_every_record_follows_the_published_schema(records: list[Record]) -> None:
    validator = Draft202012Validator(SCHEMA)
    for record in _json(records):
        assert [error.message for error in validator.iter_errors(record)] == []


def test_the_schema_refuses_what_is_not_published(records: list[Record]) -> None:
    validator = Draft202012Validator(SCHEMA)
    for record in _json(records):
        assert not validator.is_valid({**record, "value": "090-1234-5678"})
        assert not validator.is_valid({key: record[key] for key in record if key != "record"})


def test_every_path_has_its_record_and_every_finding_its_keys(records: list[Record]) -> None:
    shown = _json(records)
    assert [record["record"] for record in shown[:2]] == ["run", "file"]
    assert shown[-1]["record"] == "summary"
    assert sum(record["record"] == "file" for record in shown) == shown[-1]["enumerated"] == 11
    assert sum(record["record"] == "dropped" for record in shown) == 5
    findings = [record for record in shown if record["record"] == "finding"]
    assert len(findings) == 7
    assert all([*finding] == FINDING_KEYS for finding in findings)


def test_a_name_that_is_not_utf8_comes_back_from_its_bytes(records: list[Record]) -> None:
    named = [record for record in _json(records) if "path_bytes" in record]
    assert [record["path"] for record in named] == ["壊れ\\xe3\\x81.txt"]
    assert bytes.fromhex(named[0]["path_bytes"]) == "壊れ".encode() + b"\xe3\x81.txt"


@pytest.mark.parametrize("name", REPORTS)
def test_lines_are_one_line_of_utf8_each(records: list[Record], name: str) -> None:
    for line in render(name, records, View(explain=True, titles=TITLES)):
        line.encode()
        assert len(line.splitlines()) <= 1
        assert not re.search("[\x00-\x1f\x7f-\x9f\u200b\u202e]", line)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_human_report_keeps_to_its_width(records: list[Record], language: str, width: int) -> None:
    for line in render("human", records, View(language, width, explain=True, titles=TITLES)):
        assert columns(line) <= width + 1


def test_the_worst_file_and_the_worst_pattern_come_first(records: list[Record]) -> None:
    report = _human(records, titles=TITLES)
    order = ["人事/給与.zip", TITLES["my_number"], TITLES["email"], "営業/顧客.csv", TITLES["phone_mobile"], "Not read"]
    places = [report.index(word) for word in order]
    assert places == sorted(places)


def test_the_sum_lists_the_most_harmful_pattern_first(records: list[Record]) -> None:
    found = _human(records).partition("─\n")[2]
    order = [found.index(words) for words in ("    1 my_number", "1,240 phone_mobile", "    1 email")]
    assert order == sorted(order)


def test_places_counts_and_evidence_are_told(records: list[Record]) -> None:
    report = _human(records, language="ja", explain=True, titles=TITLES)
    for words in (
        "!名簿.xlsx [Sheet1] B12 ********9018",
        "p.3 t***@example.co.jp",
        "12:4 ***-****-5600",
        "check_digit",
    ):
        assert words in report
    assert "1,240 件(値 1,238 種類)" in report
    assert "ほか 1,237 件" in report
    assert "うち 3 件は事業者" in report
    assert "check_digit" not in _human(records, language="ja", titles=TITLES)


def test_what_was_not_read_is_named_with_its_cause(records: list[Record]) -> None:
    report = _human(records)
    assert re.search(r"人事/査定\.xlsx +cannot be opened: no permission", report)
    assert re.search(r"人事/給与\.zip +read in part: characters could not be decoded", report)
    assert re.search(r"壊れ\\xe3\\x81\.txt +scan crashed: signal 11", report)
    assert "ロゴ.png" not in report
    assert "NOT complete: 8 files" in report


def _summary(**changes: Any) -> Summary:  # noqa: ANN401 - any field of Summary
    summary = Summary(1, {"complete": 1}, 0, {}, 0, 0, 0, 10, 0.1, complete=True)
    return replace(summary, **changes)


def test_clean_is_said_only_of_what_was_read() -> None:
    clean = "nothing was found"
    assert clean in _human([_summary()])
    assert clean not in _human([_summary(totals={"email": 1})])
    unread = _human([_summary(complete=False, unread=1)])
    assert clean not in unread
    assert "NOT complete: 1 file was" in unread
    assert "NOT complete: the run was interrupted" in _human([_summary(complete=False, interrupted="SIGINT")])


def test_colour_only_where_it_is_wanted(records: list[Record]) -> None:
    assert "\x1b" not in _human(records)
    coloured = _human(records, colour=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == _human(records)


def test_people_see_a_bounded_report_that_says_so() -> None:
    many: list[Record] = [
        FileReport(FileRef(f"{number:05}.txt", ""), Outcome.COMPLETE, "", Tally({"email": Count(number + 1, 1)}))
        for number in range(1200)
    ]
    many.append(_summary(files_with_findings=1200, totals={"email": 1}))
    report = _human(many)
    assert "01199.txt" in report
    assert "00000.txt" not in report
    assert "200 more files with findings" in report


def test_a_digest_keeps_the_worst_whatever_the_order(records: list[Record]) -> None:
    forward, backward = digest(records, 3), digest(reversed(records), 3)
    assert forward == backward
    assert forward.found[0].path == "人事/給与.zip"
    assert [gap.path for gap in forward.unread] == sorted(gap.path for gap in digest(records, 99).unread)[:3]


def test_masked_paths_hide_names_everywhere(records: list[Record]) -> None:
    hidden = list(mask_paths(records, lambda name: re.sub("[^/]", "*", name)))
    text = "\n".join(render("jsonl", hidden, View()))
    for word in ("顧客", "給与", "名簿", "Sheet1", "srv", "path_bytes"):
        assert word not in text
    assert isinstance(hidden[0], RunInfo)
    assert '"path":"**/******"' in text


def test_words_of_confidence_are_english_for_machines(records: list[Record]) -> None:
    words = {record["confidence"] for record in _json(records) if record["record"] == "finding"}
    assert words <= {level.name.lower() for level in Confidence}
