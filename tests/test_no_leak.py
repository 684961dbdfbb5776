"""Nothing leaks: canary values of every kind are planted, and no output of any sort may carry one of them."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import traceback
from contextlib import redirect_stderr
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from piiscan.detect import Detector
from piiscan.pathmask import mask_paths
from piiscan.pattern import read_pattern
from piiscan.reports import REPORTS, View, render
from piiscan.run import run
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path

#: One value of each kind, in the spelling in which it is planted.
CANARIES = {
    "my_number": "2749-1836-5047",
    "basic_pension_number": "4172-693058",
    "phone_mobile": "090-7316-4825",
    "phone_landline": "03-6258-9471",
    "payment_card": "4539 1488 0343 6467",
    "email": "tarou.kanariya@kanariya-shouji.co.jp",
    "address": "東京都新宿区西新宿九丁目87番65号",
}
TEXT = f"""\
個人番号：{CANARIES["my_number"]}
基礎年金番号：{CANARIES["basic_pension_number"]}
携帯電話：{CANARIES["phone_mobile"]} 電話番号 {CANARIES["phone_landline"]}
カード番号：{CANARIES["payment_card"]}
メール：{CANARIES["email"]}
住所：{CANARIES["address"]}
"""
#: What must appear nowhere: digits (however they are separated), and the parts of words that masks hide.
DIGITS = [re.sub(r"\D", "", CANARIES[name]) for name in list(CANARIES)[:5]]
WORDS = ["tarou", "kanariya@", "西新宿九丁目", "87番65号"]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def leaks(output: str) -> list[str]:
    """Name the canaries of which an output shows more than a mask may."""
    # only what may stand inside a number is dropped: elapsed times and fingerprints must not run together into one
    digits = re.sub(r"[0-9a-f]{32}|[-‐–−() .・/]", "", output.translate(NARROW))
    shown = [number for number in DIGITS if number[:-4] in digits]
    return shown + [word for word in WORDS if word in output]


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    rows = "\n".join(",".join(CANARIES[name] for name in CANARIES) for _ in range(3))
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "wide.txt").write_text(TEXT.translate(FULL_WIDTH), encoding="cp932")
    (folder / "table.csv").write_text(",".join(CANARIES) + "\n" + rows + "\n", encoding="utf-8")
    (folder / "broken.txt").write_bytes(TEXT.encode() + b"\xff\xfe\xff")
    (folder / "long.txt").write_text(TEXT.replace("\n", " ") * 150, encoding="utf-8")
    return folder


@pytest.fixture
def faults(share: Path) -> Path:
    for number, order in enumerate(("raise-with-pii", "leave-with-pii", "print-pii", "ok")):
        (share / f"{number}.mock").write_text(f"{order} {TEXT}", encoding="utf-8")
    return share


def test_the_search_for_leaks_finds_one() -> None:
    assert len(leaks(TEXT)) == len(DIGITS) + len(WORDS)
    assert leaks(TEXT.translate(FULL_WIDTH))
    assert not leaks("*******-5047 ***-****-4825 t***@kanariya-shouji.co.jp 東京都新宿区***")


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("report", REPORTS)
def test_no_report_shows_a_value(share: Path, report: str, explain: bool) -> None:
    records = list(run(config_for(share)))
    output = "\n".join(render(report, records, View(explain=explain)))
    assert all(name in output for name in ("my_number", "phone_mobile", "payment_card", "email", "address"))
    assert leaks(output) == []
    assert leaks(repr(records)) == []


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_leaks_when_extractors_fail(faults: Path, report: str, capfd: pytest.CaptureFixture[str]) -> None:
    records = list(run(config_for(faults)))
    assert leaks("\n".join(render(report, records, View(explain=True)))) == []
    assert leaks(repr(records)) == []
    seen = capfd.readouterr()
    assert leaks(seen.out + seen.err) == []


@pytest.mark.parametrize(
    ("options", "language"),
    [
        (["--format", "jsonl"], "en"),
        (["--explain"], "ja"),
        (["--explain-dropped"], "en"),
        (["--explain-dropped"], "ja"),
        (["--explain-dropped", "--format", "jsonl"], "en"),
        (["--max-locations", "0"], "ja"),
    ],
)
def test_no_process_shows_a_value(share: Path, tmp_path: Path, options: list[str], language: str) -> None:
    (share / f"連絡先 {CANARIES['phone_mobile']}.txt").write_text("", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "piiscan", "scan", str(share), "--paths", "masked", *options],
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "LANGUAGE": language},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1
    assert leaks(result.stdout.decode()) == []
    assert result.stderr == b""


def test_the_key_is_never_shown(share: Path) -> None:
    config = config_for(share)
    secret = b"canary-canary-canary-canary-cana"
    config = replace(config, scan=replace(config.scan, key=secret, run_key=secret))
    output = repr(config) + "\n".join(render("jsonl", run(config), View()))
    assert "canary" not in output
    assert secret.hex() not in output


def test_a_value_in_a_path_is_masked_in_every_record(share: Path) -> None:
    (share / f"{CANARIES['phone_mobile']}.txt").write_text(TEXT, encoding="utf-8")
    config = config_for(share)
    records = mask_paths(run(config), Detector(config.scan).mask_text)
    assert leaks("\n".join(render("jsonl", records, View()))) == []


def test_an_exception_in_detection_says_nothing(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug's exception may quote the value; what the command prints of it is the type and the line."""
    from piiscan import __main__ as process  # noqa: PLC0415 - replaced below

    def fail(_arguments: list[str]) -> int:
        raise ValueError(TEXT)

    monkeypatch.setattr(process, "_run", fail)
    monkeypatch.setattr(sys, "argv", ["piiscan", "scan", str(share)])
    errors = io.StringIO()
    with redirect_stderr(errors):
        assert process.main() == 2
    assert errors.getvalue().startswith("piiscan: internal error: ValueError at ")
    assert leaks(errors.getvalue()) == []


def test_a_document_given_as_a_pattern_is_not_quoted(share: Path) -> None:
    """A person may mistake the file; the message about it goes to logs."""
    with pytest.raises(Exception, match=r"text\.txt") as error:
        read_pattern((share / "text.txt").read_text(encoding="utf-8"), "text.txt")
    assert leaks("".join(traceback.format_exception_only(error.value))) == []
