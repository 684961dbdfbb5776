"""Documentation is tested: whatever a person can type or read about stands in it, and its generated parts are fresh."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from piiscan.cli.commands import app
from piiscan.cli.report import BOOKS
from piiscan.config import RunConfig, ScanConfig
from piiscan.extractors import EXTRACTORS
from piiscan.extractors.signatures import SIGNATURES, TEXT_SIGNATURES, UNREAD_SUFFIXES
from piiscan.formats import FORMATS
from piiscan.formats.containers import LOCKED
from piiscan.formats.unread import UNREAD
from piiscan.model import Outcome
from piiscan.overviews import OVERVIEWS
from piiscan.pattern import known_patterns, load_patterns
from piiscan.piece import Problem
from piiscan.reports import REPORTS, View, render
from piiscan.run import run
from piiscan.settings import READERS

ROOT = Path(__file__).parent.parent
CLI = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "docs/schema/piiscan-1.schema.json").read_text(encoding="utf-8"))


def test_generated_parts_are_fresh() -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "scripts/write_docs.py"), "--check"],
        env={**os.environ, "LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stdout, result.returncode) == ("", 0)


@pytest.mark.parametrize("option", READERS)
def test_every_option_is_in_the_documentation(option: str) -> None:
    assert f"`--{option.replace('_', '-')}`" in CLI


@pytest.mark.parametrize(
    "command",
    [
        *(
            "scan PATH...",
            "estimate PATH...",
            "report CATALOG",
            "breach CATALOG",
            "coverage CATALOG|RESULT.jsonl",
            "diff CATALOG [OLD] [NEW]",
        ),
        *("review import CATALOG FILE.xlsx", "hook", "patterns list", "patterns show ID", "patterns test [PATH]"),
        "patterns export --ripgrep",
    ],
)
def test_every_command_is_in_the_documentation(command: str) -> None:
    assert f"## `piiscan {command}`" in CLI


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_is_in_the_documentation(report: str) -> None:
    assert f"* `{report}` " in CLI


@pytest.mark.parametrize("form", [*OVERVIEWS, *BOOKS])
def test_every_format_of_the_findings_report_is_in_the_documentation(form: str) -> None:
    assert re.search(rf"^\* .*`{form}`|^  `{form}`|, `{form}` ", CLI, re.MULTILINE)


def test_every_command_is_in_one_of_the_lists_above() -> None:
    names = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    assert names == {"scan", "report", "breach", "coverage", "diff", "estimate", "review", "hook", "patterns"}


def test_every_pattern_is_on_its_page() -> None:
    page = (ROOT / "docs/patterns.md").read_text(encoding="utf-8")
    patterns = known_patterns(ScanConfig(key=bytes(32), run_key=bytes(32)))
    assert re.findall(r"^## `(\w+)`", page, re.MULTILINE) == [*patterns]


def test_every_format_is_on_its_page() -> None:
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    rows = {*EXTRACTORS.values(), *(row for *_, row in (*SIGNATURES, *TEXT_SIGNATURES) if isinstance(row, str))}
    assert {kind.row for kind in FORMATS} == rows | {LOCKED}
    assert re.findall(r"^\| `(\w+)` \| (?:`\.|first)", page, re.MULTILINE) == [
        kind.row.partition(":extract_")[2] for kind in FORMATS
    ]
    assert all(all(words) for kind in FORMATS for words in (kind.reads, kind.places))


def test_every_reason_not_to_read_a_format_is_told() -> None:
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    problems = {found for *_, found in (*SIGNATURES, *TEXT_SIGNATURES, *UNREAD_SUFFIXES.items())}
    assert {problem.reason for problem in problems if isinstance(problem, Problem)} <= set(UNREAD)
    assert sorted(re.findall(r"^\| `(?:unsupported|skipped|encrypted)` \| `(\w+)`", page, re.MULTILINE)) == sorted(
        UNREAD
    )


def test_the_schema_knows_every_outcome_and_category() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["file"]["properties"]["outcome"]["enum"] == [outcome.value for outcome in Outcome]
    patterns = known_patterns(ScanConfig(key=bytes(32), run_key=bytes(32)))
    categories = {pattern.category for pattern in patterns.values()}
    assert categories <= set(definitions["finding"]["properties"]["category"]["enum"])


def test_both_readmes_tell_the_same() -> None:
    english, japanese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
    assert english.count("\n## ") == japanese.count("\n## ")
    code = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
    assert code.findall(english) == code.findall(japanese)


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.ja.md",
        "CONTRIBUTING.md",
        "docs/cli.md",
        "docs/formats.md",
        "docs/performance.md",
        "docs/accuracy.md",
        "docs/scenarios.md",
        "docs/policy.md",
    ],
)
def test_links_within_the_repository_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.ja.md", "ja")])
def test_the_sample_in_the_readme_is_real(page: str, language: str) -> None:
    scan = ScanConfig(key=bytes(32), run_key=bytes(32))
    titles = {name: pattern.title.in_language(language) for name, pattern in load_patterns(scan).items()}
    records = run(RunConfig(scan, (str(ROOT / "fixtures/share"),)))
    real = {*render("human", records, View(language, titles=titles))}
    sample = re.findall(r"^```text\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]
    assert len(sample.splitlines()) > 10
    assert [line for line in sample.splitlines() if line not in real] == []
