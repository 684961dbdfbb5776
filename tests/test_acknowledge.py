"""Unread files that the user has accounted for: they are told and counted, and no longer make a run incomplete."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from piiscan.acknowledge import Accounts, Acknowledgement, read_acknowledgements
from piiscan.cli.scan import exit_code
from piiscan.config_file import load_config_file
from piiscan.errors import ConfigError
from piiscan.gaps import Acknowledged
from piiscan.model import FileReport, Outcome, Summary
from piiscan.reports import View, render
from piiscan.run import run
from tests.mock_extractor import config_for
from tests.test_cli import PIISCAN, _environment

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 29)
OLD = Acknowledgement("旧資料/", "原本は紙", date(2027, 3, 31))
CONFIG = """
[[acknowledge]]
path = "旧資料/**/*.doc"
reason = "原本は紙\\u001b[31m"
until = 2999-03-31

[[acknowledge]]
path = "*.zip"
reason = "暗号化"
until = 2020-01-01
outcome = "encrypted"
"""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / "旧資料").mkdir(parents=True)
    (folder / "旧資料/稟議.bin").write_bytes(bytes(range(256)) * 8)
    (folder / "旧資料/電話.txt").write_text("携帯電話：090-2345-6789\n", encoding="utf-8")
    (folder / "読める.txt").write_text("次回は来週です。\n", encoding="utf-8")
    return folder


def scanned(folder: Path, *acknowledgements: Acknowledgement) -> tuple[list[FileReport], Summary, str]:
    config = replace(config_for(folder), acknowledge=acknowledgements)
    _info, *reports, summary = records = list(run(config))
    assert isinstance(summary, Summary)
    files = [each for each in reports if isinstance(each, FileReport)]
    return files, summary, "\n".join(render("human", records, View()))


def test_an_acknowledged_file_is_counted_and_told_and_hides_no_finding(share: Path) -> None:
    (share / "旧資料/電話.txt").unlink()
    _, summary, text = scanned(share)
    assert (summary.unread, summary.gaps.acknowledged, summary.complete, exit_code(summary)) == (1, 0, False, 3)
    files, summary, text = scanned(share, replace_until(OLD, 1))
    assert (summary.unread, summary.gaps.acknowledged, summary.complete, exit_code(summary)) == (1, 1, True, 0)
    assert [each.acknowledged.reason for each in files if each.acknowledged] == ["原本は紙"]
    assert "nothing was found" not in text
    assert "Complete but for 1 acknowledged file" in text
    assert "acknowledged until" in text
    (share / "旧資料/電話.txt").write_text("携帯電話：090-2345-6789\n", encoding="utf-8")
    _, summary, _ = scanned(share, replace_until(OLD, 1))
    assert exit_code(summary) == 1


def replace_until(acknowledgement: Acknowledgement, days: int) -> Acknowledgement:
    today = date.today()  # noqa: DTZ011 - the day that a run goes by
    return acknowledgement._replace(until=today + timedelta(days=days))


def test_one_that_has_expired_counts_again_and_is_told(share: Path) -> None:
    assert scanned(share, replace_until(OLD, 0))[1].complete
    _, summary, text = scanned(share, replace_until(OLD, -1))
    assert (summary.gaps.acknowledged, summary.gaps.expired, summary.complete) == (0, 1, False)
    assert "their day is over" in text


def test_outcome_cause_and_path_all_have_to_fit() -> None:
    narrow = OLD._replace(outcome="encrypted", cause="password")
    accounts = Accounts([narrow], TODAY)
    told = Acknowledged("原本は紙", "2027-03-31", holds=True)
    assert accounts.find("/srv", "旧資料/a.zip", Outcome.ENCRYPTED, "password") == told
    assert accounts.find("/srv", "旧資料/a.zip", Outcome.CRASH, "password") is None
    assert accounts.find("/srv", "旧資料/a.zip", Outcome.ENCRYPTED, "") is None
    assert accounts.find("/srv", "資料/a.zip", Outcome.ENCRYPTED, "password") is None
    assert accounts.find("/srv/旧資料", "a.zip", Outcome.ENCRYPTED, "password") == told
    assert Accounts([OLD], TODAY).find("", "旧資料/a.png", Outcome.SKIPPED, "media") is None


def test_of_several_the_one_that_holds_longest_counts() -> None:
    over = OLD._replace(until=date(2020, 1, 1), reason="前回")
    told = Accounts([over, OLD], TODAY).find("", "旧資料/a", Outcome.ERROR, "EIO")
    assert told == Acknowledged("原本は紙", "2027-03-31", holds=True)


@pytest.mark.parametrize(
    "text",
    [
        'acknowledge = "all"',
        '[[acknowledge]]\npath = "*"\nreason = "x"',
        '[[acknowledge]]\npath = "*"\nuntil = 2027-03-31',
        '[[acknowledge]]\npath = "*"\nreason = " "\nuntil = 2027-03-31',
        '[[acknowledge]]\npath = "!*"\nreason = "x"\nuntil = 2027-03-31',
        '[[acknowledge]]\npath = "*"\nreason = "x"\nuntil = "2027-03-31"',
        '[[acknowledge]]\npath = "*"\nreason = "x"\nuntil = 2027-03-31T00:00:00',
        '[[acknowledge]]\npath = "*"\nreason = "x"\nuntil = 2027-03-31\noutcome = "read"',
        '[[acknowledge]]\npath = "*"\nreason = "x"\nuntil = 2027-03-31\nwho = "me"',
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.toml:1: acknowledge"):
        load_config_file(path)


def test_the_users_file_is_read_and_every_report_says_the_number(share: Path, tmp_path: Path) -> None:
    (share / "旧資料/電話.txt").unlink()
    (share / "旧資料/稟議.bin").rename(share / "旧資料/稟議.doc")
    home = tmp_path / "config/piiscan"
    home.mkdir(parents=True)
    (home / "config.toml").write_text(CONFIG, encoding="utf-8")

    def piiscan(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PIISCAN, *arguments],
            env=_environment(tmp_path / "config"),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    result = piiscan("scan", str(share), "--format", "jsonl")
    assert result.returncode == 0, result.stderr
    summary = json.loads(result.stdout.splitlines()[-1])
    assert (summary["unread"], summary["acknowledged"], summary["complete"]) == (1, 1, True)
    result = piiscan("scan", str(share))
    assert "Complete but for 1 acknowledged file" in result.stdout
    assert "\x1b" not in result.stdout
    assert "原本は紙\\x1b[31m" in result.stdout


def test_tables_are_read_in_their_order() -> None:
    tables = [{"path": "a", "reason": "b", "until": TODAY}, {"path": "c", "reason": "d", "until": TODAY, "cause": "e"}]
    found = read_acknowledgements(tables, "x")
    assert found == (Acknowledgement("a", "b", TODAY), Acknowledgement("c", "d", TODAY, cause="e"))
