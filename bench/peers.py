"""What we run, and what it is measured against, as whole processes over the files of a corpus."""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bench.command import Command, seconds_of
from bench.corpora import ROOT
from piiscan.charset import SEARCHABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Longer than any scan of a corpus: a file that is given up would make us look fast.
_TIMEOUT = "100000"
_FIND = "find"


@cache
def environment() -> Mapping[str, str]:
    """Give settings, keys and caches of our own, so that nobody's configuration counts and caches are warm."""
    # an installed program has its bytecode, whatever is set where it is developed
    foreign = ("PIISCAN_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    home = ROOT / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {**kept, "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home), "LANGUAGE": "en"}


def report_of(name: str) -> Path:
    """Give the file that a command's output goes to."""
    folder = ROOT / "output"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.out"


def scan(*options: str, workers: int = 1) -> Callable[[Path], Command]:
    """Scan with so many workers and more options; the report is JSON lines in a file."""

    def command(folder: Path) -> Command:
        report = report_of("-".join(["piiscan", str(workers), *options]).replace("/", "-"))
        words = (
            *(sys.executable, "-m", "piiscan", "scan", str(folder), "--quiet", "--timeout", _TIMEOUT),
            *("--format", "jsonl", "--output", str(report), "--jobs", str(workers), *options),
        )
        return Command(words, environment=environment(), good=frozenset({0, 1, 3}))

    return command


@cache
def warm_caches() -> None:
    """Let the automata of every encoding be compiled and stored: a machine does that once, and it takes a minute."""
    folder = ROOT / "warm"
    folder.mkdir(parents=True, exist_ok=True)
    for encoding in SEARCHABLE:
        (folder / f"{encoding}.txt").write_bytes(("本日は晴天なり。\n" * 20_000).encode(encoding))
    seconds_of(scan()(folder))


def summary_of(command: Command) -> Mapping[str, object]:
    """Give the summary of the last scan by a command."""
    return next(_records(command, b"summary"))


def counts_of(command: Command) -> dict[str, object]:
    """Give the exact totals and distinct values of every file in the last scan by a command."""
    return {str(record["path"]): record["counts"] for record in _records(command, b"file")}


def _records(command: Command, kind: bytes) -> Iterator[Mapping[str, object]]:
    # Findings are millions of lines, which nobody has to parse.
    mark = b'"record":"' + kind + b'"'
    with Path(command.words[command.words.index("--output") + 1]).open("rb") as stream:
        yield from (json.loads(line) for line in stream if mark in line[:40])


def ripgrep(*flags: str, patterns: tuple[str, ...] = ()) -> Callable[[Path], Command]:
    """Search for what `piiscan patterns export --ripgrep` gives; the findings with their offsets go to a file."""

    def command(folder: Path) -> Command:
        shapes = _shapes(patterns, pcre2="-P" in flags)
        words = ("rg", "--no-config", "--no-ignore", "--hidden", "-o", "-b", *flags, "-f", str(shapes), str(folder))
        return Command(words, report_of("".join(["rg", *flags])))

    return command


@cache
def _shapes(patterns: tuple[str, ...], *, pcre2: bool) -> Path:
    shapes = report_of("-".join(["shapes", "pcre2" if pcre2 else "rust", *patterns]))
    chosen = [word for name in patterns for word in ("--pattern", name)]
    words = (sys.executable, "-m", "piiscan", "patterns", "export", "--ripgrep", *["--pcre2"][: int(pcre2)], *chosen)
    seconds_of(Command(words, shapes, environment(), frozenset({0})))
    return shapes


def cat(folder: Path) -> Command:
    """Read all files and do nothing with them."""
    return Command((_FIND, str(folder), "-type", "f", "-exec", "cat", "{}", "+"))


def calamine(folder: Path) -> Command:
    """Read every cell of the one workbook of a corpus by the library that we read it with."""
    return Command((sys.executable, "-m", "bench.calamine_alone", str(next(folder.glob("*.xlsx")))))
