"""The demo share: made by its script, every planted value found, no decoy shown, the records as they were agreed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fixtures import make_fixtures
from piiscan.config import RunConfig, ScanConfig
from piiscan.model import FileReport
from piiscan.pattern import load_patterns
from piiscan.redact import CANONICAL
from piiscan.reports import View, render
from piiscan.run import run
from piiscan.text import fold

if TYPE_CHECKING:
    from piiscan.model import Record

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLDEN = FIXTURES / "expected.jsonl"
SCAN = ScanConfig(key=b"k" * 32, run_key=b"r" * 32)
CONFIG = RunConfig(SCAN, (str(FIXTURES / "share"),), jobs=2)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """What a run over the share gives."""
    return list(run(CONFIG))


def test_the_share_is_what_its_script_makes() -> None:
    files = {
        str(path.relative_to(FIXTURES / "share")): path.read_bytes()
        for path in (FIXTURES / "share").rglob("*")
        if path.is_file()
    }
    assert files == make_fixtures.build().files


def test_every_planted_value_is_found_and_no_decoy() -> None:
    patterns = load_patterns(SCAN)

    def canonical(pattern: str, value: str) -> str:
        return CANONICAL[patterns[pattern].canonical](fold(value).text)

    planted = Counter(
        (path, pattern, canonical(pattern, value)) for path, pattern, value in make_fixtures.build().planted
    )
    found = Counter(
        (each.ref.path, finding.pattern, canonical(finding.pattern, finding.mask))
        for each in run(replace(CONFIG, scan=replace(SCAN, reveal=True, max_locations=10_000)))
        if isinstance(each, FileReport)
        for finding in each.findings
    )
    assert found - planted == Counter()
    assert planted - found == Counter()


def stable(line: str) -> dict[str, Any]:
    """Drop what differs from run to run and from machine to machine."""
    record: dict[str, Any] = json.loads(line)
    for key in ("id", "time", "host", "versions", "scope", "elapsed"):
        record.pop(key, None)
    return record


def test_records_are_as_agreed(records: list[Record], is_golden_updated: bool) -> None:
    lines = map(stable, render("jsonl", records, View()))
    agreed = sorted(lines, key=lambda each: json.dumps(each, sort_keys=True))
    text = "".join(json.dumps(each, ensure_ascii=False, sort_keys=True) + "\n" for each in agreed)
    if is_golden_updated:
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["complete", "partial", "unsupported", "skipped"])
def test_the_share_shows_every_common_outcome(records: list[Record], word: str) -> None:
    assert word in {each.outcome.value for each in records if isinstance(each, FileReport)}
