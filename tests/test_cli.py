"""The command as people start it: whole processes, because exit codes and signals belong to a process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PIISCAN = [sys.executable, "-m", "piiscan"]


def _environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIISCAN_", "LC_", "LANG"))}
    return {**kept, "XDG_CONFIG_HOME": str(home), **more}


def _piiscan(home: Path, *arguments: str, stdin: bytes = b"", **environ: str) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        [*PIISCAN, *arguments], input=stdin, capture_output=True, env=_environment(home, **environ), check=False
    )
    assert b"Traceback" not in result.stderr
    return subprocess.CompletedProcess(
        result.args, result.returncode, result.stdout.decode(), result.stderr.decode(errors="surrogateescape")
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "電話.txt").write_text("携帯電話：090-2345-6789\n", encoding="utf-8")
    (folder / "議事録.txt").write_text("次回は来週です。\n", encoding="utf-8")
    return folder


def _records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def _without_fingerprints(text: str) -> str:
    """Take out what is random under a new key: one in a thousand has any four digits in it."""
    return re.sub(r'"[0-9a-f]{32}"', '""', text)


def test_findings_exit_1_and_are_masked(home: Path, share: Path) -> None:
    result = _piiscan(home, "scan", str(share), "--format", "jsonl")
    assert result.returncode == 1
    records = _records(result.stdout)
    assert [record["record"] for record in records].count("file") == 2
    finding = next(record for record in records if record["record"] == "finding")
    assert finding["mask"] == "***-****-6789"
    assert "2345" not in _without_fingerprints(result.stdout) + result.stderr


def test_clean_and_complete_exits_0(home: Path, share: Path) -> None:
    (share / "電話.txt").unlink()
    result = _piiscan(home, "scan", str(share))
    assert result.returncode == 0
    assert "nothing was found" in result.stdout


def test_a_threshold_that_is_not_reached_exits_0(home: Path, share: Path) -> None:
    assert _piiscan(home, "scan", str(share), "--fail-on", "critical").returncode == 0
    assert _piiscan(home, "scan", str(share), "--fail-on", "never").returncode == 0


def test_unread_files_exit_3(home: Path, share: Path) -> None:
    result = _piiscan(home, "scan", str(share), "--fail-on", "never", "--max-file-size", "10")
    assert result.returncode == 3
    assert "NOT complete" in result.stdout


MISTAKES = {
    "no path": (["scan"], "nothing to scan"),
    "missing path": (["scan", "{share}", "{share}/none"], "no such file or folder: {share}/none"),
    "unknown option": (["scan", "{share}", "--jbos", "2"], "--jbos"),
    "bad value": (["scan", "{share}", "--jobs", "0"], "--jobs: not a whole number of at least 1"),
    "unknown pattern": (["scan", "{share}", "--pattern", "phone_mobil"], 'did you mean "phone_mobile"?'),
    "unknown command": (["scna", "{share}"], "scna"),
    "no pattern of that id": (["patterns", "show", "my_numbre"], 'did you mean "my_number"?'),
    "no tool to export for": (["patterns", "export"], "--ripgrep"),
    "no pattern of that id to export": (
        ["patterns", "export", "--ripgrep", "--pattern", "phone"],
        'unknown pattern "phone"',
    ),
    "no such list": (["scan", "--files-from", "{share}/none"], "cannot read {share}/none"),
    "no such configuration": (["scan", "{share}", "--config", "{share}/none"], "cannot read {share}/none"),
    "no such pattern file": (["scan", "{share}", "--pattern-file", "{share}/none.toml"], "{share}/none.toml"),
    "reveal without a terminal": (["scan", "{share}", "--reveal"], "--reveal needs a terminal"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_clear_line_and_exit_2(home: Path, share: Path, mistake: str) -> None:
    arguments, message = MISTAKES[mistake]
    result = _piiscan(home, *(word.format(share=share) for word in arguments))
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("piiscan: error: ")
    assert message.format(share=share) in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_wrong_key_in_the_users_own_file_is_told_with_its_place(home: Path, share: Path) -> None:
    (home / "piiscan").mkdir()
    (home / "piiscan" / "config.toml").write_text("jbos = 2\n", encoding="utf-8")
    result = _piiscan(home, "scan", str(share))
    assert result.returncode == 2
    assert f'{home}/piiscan/config.toml:1: unknown key "jbos" (did you mean "jobs"?)' in result.stderr
    assert _piiscan(home, "--help").returncode == 0


def test_nothing_in_the_scanned_tree_configures_the_scan(home: Path, share: Path) -> None:
    for name in ("config.toml", "piiscan.toml", "pyproject.toml"):
        (share / name).write_text('exclude = ["*"]\n[tool.piiscan]\nexclude = ["*"]\n', encoding="utf-8")
    result = subprocess.run(
        [*PIISCAN, "scan", "."], cwd=share, env=_environment(home), capture_output=True, check=False
    )
    assert result.returncode == 1


def test_a_bad_pattern_file_is_one_clear_line(home: Path, share: Path, tmp_path: Path) -> None:
    bad = tmp_path / "mine.toml"
    bad.write_text('id = "mine"\ncolour = 1\n', encoding="utf-8")
    for arguments in (["scan", str(share), "--pattern-file", str(bad)], ["patterns", "test", str(bad)]):
        result = _piiscan(home, *arguments)
        assert result.returncode == 2
        assert result.stderr.startswith(f"piiscan: error: {bad}")
        assert result.stderr.count("\n") == 1


def test_a_report_goes_to_a_private_file(home: Path, share: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    result = _piiscan(home, "scan", str(share), "--format", "jsonl", "--output", str(report))
    assert (result.returncode, result.stdout) == (1, "")
    assert report.stat().st_mode & 0o777 == 0o600
    assert _records(report.read_text(encoding="utf-8"))[-1]["record"] == "summary"


def test_a_report_that_cannot_be_written_exits_4_before_the_scan(home: Path, share: Path) -> None:
    result = _piiscan(home, "scan", str(share), "--output", str(share))
    assert result.returncode == 4
    assert result.stderr == f"piiscan: error: cannot write {share}: it is not a plain file\n"


def test_a_full_disk_exits_4(home: Path, share: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*PIISCAN, "scan", str(share)], env=_environment(home), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 4
    assert result.stderr.decode() == "piiscan: error: cannot write to standard output: No space left on device\n"


def test_a_reader_that_goes_away_is_no_fault(home: Path, share: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [*PIISCAN, "scan", str(share)], env=_environment(home), stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.parametrize("is_redirected", [False, True])
def test_a_report_inside_the_scanned_folder_is_not_scanned(home: Path, share: Path, *, is_redirected: bool) -> None:
    for number in range(200):  # the report must grow beyond any buffer while the scan goes on
        (share / f"{number}.txt").write_text("携帯電話：090-2345-6789\n" * 20, encoding="utf-8")
    report = share / "report.jsonl"
    with (Path(os.devnull) if not is_redirected else report).open("wb") as stdout:
        options = [] if is_redirected else ["--output", str(report)]
        command = [*PIISCAN, "scan", str(share), "--format", "jsonl", *options]
        result = subprocess.run(command, env=_environment(home), stdout=stdout, check=False)
    records = _records(report.read_text(encoding="utf-8"))
    assert result.returncode == 1
    assert records[-1]["complete"] is True
    assert [record["reason"] for record in records if record.get("outcome") == "skipped"] == ["output"]


def test_reveal_into_a_file_warns_and_shows(home: Path, share: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    result = _piiscan(home, "scan", str(share), "--format", "jsonl", "--reveal", "--output", str(report))
    assert result.returncode == 1
    assert "personal information itself" in result.stderr
    assert "090-2345-6789" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("separator", ["\n", "\0"])
def test_files_are_listed_on_standard_input(home: Path, share: Path, separator: str) -> None:
    names = separator.join(str(share / name) for name in ("電話.txt", "議事録.txt", "消えた.txt"))
    result = _piiscan(home, "scan", "--files-from", "-", "--format", "jsonl", stdin=names.encode())
    files = [record for record in _records(result.stdout) if record["record"] == "file"]
    assert result.returncode == 1
    assert sorted(str(file["outcome"]) for file in files) == ["complete", "complete", "error"]


def test_masked_paths_hide_a_number_in_a_name(home: Path, share: Path) -> None:
    (share / "電話.txt").rename(share / "携帯 090-2345-6789.txt")
    assert "2345" in _piiscan(home, "scan", str(share), "--format", "jsonl").stdout
    for format_ in ("human", "jsonl"):
        masked = _piiscan(home, "scan", str(share), "--paths", "masked", "--format", format_).stdout
        assert "2345" not in _without_fingerprints(masked)


def test_fingerprints_agree_between_runs_with_one_key_only(home: Path, share: Path, tmp_path: Path) -> None:
    def fingerprint(folder: Path) -> object:
        records = _records(_piiscan(folder, "scan", str(share), "--format", "jsonl").stdout)
        return next(record["fingerprint"] for record in records if record["record"] == "finding")

    other = tmp_path / "other"
    other.mkdir()
    assert fingerprint(home) == fingerprint(home) != fingerprint(other)


def test_a_key_for_one_run_only_is_told(share: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = _piiscan(tmp_path / "file", "scan", str(share))
    assert result.returncode == 1
    assert result.stderr.startswith("piiscan: no fingerprint key can be kept")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_within_2_seconds_with_a_summary(
    home: Path, share: Path, sent: signal.Signals, code: int
) -> None:
    for number in range(3000):
        (share / f"{number}.txt").write_text("携帯電話：090-2345-6789\n" * 400, encoding="utf-8")
    with subprocess.Popen(
        [*PIISCAN, "scan", str(share), "--format", "jsonl"],
        env=_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.readline()
        process.send_signal(sent)
        asked = time.monotonic()
        output, errors = process.communicate(timeout=30)
        took = time.monotonic() - asked
    assert process.returncode == code
    assert errors == b""
    summary = json.loads(output.splitlines()[-1])
    assert (summary["record"], summary["interrupted"], summary["complete"]) == ("summary", sent.name, False)
    assert took < 2


def test_messages_follow_the_language_and_keys_do_not(home: Path, share: Path) -> None:
    assert "オプション" in _piiscan(home, "scan", "--help", LANG="ja_JP.UTF-8").stdout
    assert "携帯電話" in _piiscan(home, "scan", str(share), LANG="ja_JP.UTF-8").stdout
    assert "見つかりません" in _piiscan(home, "scan", str(share / "none"), LANG="ja_JP.UTF-8").stderr
    english = _piiscan(home, "scan", str(share), "--format", "jsonl", LANG="ja_JP.UTF-8").stdout
    assert '"record":"summary"' in english


def test_output_is_utf8_even_in_an_ascii_locale(home: Path, share: Path) -> None:
    result = _piiscan(home, "scan", str(share), LC_ALL="C", LANGUAGE="ja")
    assert result.returncode == 1
    assert "電話.txt" in result.stdout


def test_patterns_are_listed_and_shown(home: Path) -> None:
    listed = _piiscan(home, "patterns", "list")
    assert listed.returncode == 0
    assert "my_number" in [line.split()[0] for line in listed.stdout.splitlines()]
    shown = _piiscan(home, "patterns", "show", "my_number", LANG="ja_JP.UTF-8")
    assert "特定個人情報" in shown.stdout


def test_patterns_are_exported_one_a_line(home: Path) -> None:
    result = _piiscan(home, "patterns", "export", "--ripgrep", "--pattern", "email", "--pattern", "postal_code")
    email, postal_code = result.stdout.splitlines()
    assert "@" in email
    assert postal_code.startswith("[0-9０-９]{3}")
    assert len(_piiscan(home, "patterns", "export", "--ripgrep", "--pcre2").stdout.splitlines()) > 2


def test_a_good_pattern_of_ones_own_proves_itself(home: Path, tmp_path: Path) -> None:
    shipped = (Path(__file__).parent.parent / "patterns" / "my_number.toml").read_text(encoding="utf-8")
    assert 'id = "my_number"' in shipped
    mine = tmp_path / "mine.toml"
    mine.write_text(
        shipped.replace('id = "my_number"', 'id = "mine"').replace("rank = 80", "rank = 81"), encoding="utf-8"
    )
    good = _piiscan(home, "patterns", "test", str(mine))
    assert (good.returncode, good.stdout) == (0, "patterns tested: 1, failed: 0\n")
    unmarked = mine.read_text(encoding="utf-8").replace("mynumber=⟦31", "mynumber=31⟦")
    mine.write_text(unmarked, encoding="utf-8")
    bad = _piiscan(home, "patterns", "test", str(mine))
    assert bad.returncode == 2
    assert bad.stdout.startswith("mine: example ")


@pytest.mark.parametrize("arguments", [(), ("patterns",)])
def test_without_a_command_the_commands_are_shown(home: Path, arguments: tuple[str, ...]) -> None:
    result = _piiscan(home, *arguments)
    assert result.returncode == 2
    assert result.stdout.startswith("Usage: ")
    assert result.stderr == ""
