"""What only a terminal shows: progress on standard error, colour and revealed values on standard output."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from piiscan.books import Progress
from piiscan.cli.progress import progress_line

if TYPE_CHECKING:
    from pathlib import Path

VALUE = "090-2345-6789"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "連絡先.txt").write_text(f"携帯電話：{VALUE}\n", encoding="utf-8")
    return folder


def _on_terminal(share: Path, *options: str, piped: str = "", **environ: str) -> str:
    """Give what a terminal gets of a scan; `piped` names a stream that does not go to it."""
    ours, theirs = pty.openpty()
    stdout, stderr = (subprocess.DEVNULL if name == piped else theirs for name in ("stdout", "stderr"))
    environment = {**os.environ, "XDG_CONFIG_HOME": str(share.parent), "TERM": "xterm", "LANGUAGE": "en", **environ}
    environment = {name: value for name, value in environment.items() if value}
    command = [sys.executable, "-m", "piiscan", "scan", str(share), *options]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # a terminal that nobody holds any more
            os.close(ours)
    assert process.returncode == 1
    return shown.decode()


def test_a_terminal_shows_progress_and_takes_it_away(share: Path) -> None:
    shown = _on_terminal(share)
    assert "1 of 1 files" in shown
    assert shown.index("1 of 1 files") < shown.index("連絡先.txt")
    assert "1 of 1 files" not in _on_terminal(share, "--quiet")


def test_progress_goes_to_standard_error_only(share: Path) -> None:
    assert "1 of 1 files" in _on_terminal(share, "--format", "jsonl", piped="stdout")
    assert "1 of 1 files" not in _on_terminal(share, piped="stderr")


def test_lines_and_progress_do_not_meet_on_one_terminal(share: Path) -> None:
    shown = _on_terminal(share, "--format", "jsonl")
    assert "1 of 1 files" not in shown
    assert all(line.startswith("{") for line in shown.splitlines())


@pytest.mark.parametrize(
    ("environ", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_is_for_terminals_that_want_it(share: Path, environ: dict[str, str], *, is_coloured: bool) -> None:
    shown = _on_terminal(share, piped="stderr", **{"NO_COLOR": "", **environ})
    assert bool(re.search("\x1b\\[[0-9;]+m", shown)) == is_coloured


def test_reveal_shows_values_on_a_terminal_and_warns(share: Path) -> None:
    shown = _on_terminal(share, "--reveal")
    assert VALUE in shown
    assert "personal information itself" in shown
    assert VALUE not in _on_terminal(share)


def test_the_end_is_foretold_once_the_walk_is_done() -> None:
    walking = Progress(1200, 5_000_000, 7, 1, 20_000, 80_000_000, walked=False, elapsed=10.0)
    assert progress_line(walking) == "1,200 of 20,000+ files · 5.0 MB / 80.0 MB · 7 findings · 1 not read"
    walked = Progress(1200, 5_000_000, 7, 1, 20_000, 80_000_000, walked=True, elapsed=10.0)
    assert progress_line(walked).endswith("1 not read · 2:30 left")
    nothing = Progress(0, 0, 0, 0, 0, 0, walked=True, elapsed=0.0)
    assert "left" not in progress_line(nothing)
