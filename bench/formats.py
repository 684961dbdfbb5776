"""How much of each format is scanned in a second: python -m bench.formats [RUNS] writes its part of the page.

Every format holds the same texts, a megabyte in each file, half of the files with telephone numbers. One worker scans,
whole processes are timed, start-up and JSON lines included; a gigabyte is one of text, not of the file.
"""

from __future__ import annotations

import re
import statistics
import sys
from typing import TYPE_CHECKING

from bench.command import memory_of, seconds_of
from bench.corpora import build, size_of
from bench.corpora.formats import FILES, MAKERS, OFFICE_FILES, SIZE
from bench.corpora.office import OFFICE
from bench.page import PAGE
from bench.peers import scan, summary_of, warm_caches
from bench.results import where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Seconds that a gigabyte of text in office documents may take one worker.
BAR = 40.0
RUNS = 3
_BLOCK = re.compile(r"(<!-- formats -->\n).*?(?=<!-- end formats -->)", re.DOTALL)


def rows(runs: int) -> Iterator[str]:
    """Measure, and yield the lines of the table."""
    folder = build("formats")
    warm_caches()
    what = f"{FILES} files of {SIZE / 1e6:.0f} MB of text each, the same in every format"
    yield f"One worker, {what}; medians of {runs} runs, {where()}."
    yield ""
    yield "| format | files/s | MB/s | s/GB of text | findings | largest process, MB |"
    yield "|---|---|---|---|---|---|"
    for form in MAKERS:
        yield _row(form, folder / form, runs)[0]
    kinds = ", ".join(OFFICE)
    line, office = _row(f"{OFFICE_FILES} of {kinds}", build("office"), runs)
    yield line
    verdict = "held" if office <= BAR else f"**MISSED**, {office / BAR:.1f} times the bar"
    yield ""
    yield f"Office documents ({kinds}) as one share: {office:.1f} s/GB of text and worker, ≤ {BAR:.0f}: {verdict}."


def _row(form: str, folder: Path, runs: int) -> tuple[str, float]:
    command = scan()(folder)
    taken = statistics.median(seconds_of(command) for _ in range(runs))
    files, size = size_of(folder)
    totals = summary_of(command)["totals"]
    found = sum(totals.values()) if isinstance(totals, dict) else 0
    gigabyte = taken / (files * SIZE / 1e9)
    figures = f"{files / taken:.1f} | {size / 1e6 / taken:.1f} | {gigabyte:.1f} | {found:,}"
    print(f"{form}: {taken:.2f} s", file=sys.stderr, flush=True)
    return f"| {form} | {figures} | {memory_of(command).largest:.0f} |", gigabyte


def main() -> None:
    """Measure, and put the table into the page."""
    lines = "\n".join(["", *rows(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS), ""])
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_BLOCK.sub(lambda found: f"{found[1]}{lines}\n", page), encoding="utf-8")


if __name__ == "__main__":
    main()
