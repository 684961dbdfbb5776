"""What a catalog saves: a share that has not changed, one of which little has, and the report on many files.

`python -m bench.catalog` prints a table. A share that has not changed is measured against `find`, which looks at
each file as we do, in turn; the report is measured for its time and memory.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from typing import TYPE_CHECKING

from bench.command import Command, memory_of, seconds_of
from bench.corpora import ROOT
from bench.peers import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Of the files of a share, one in so many holds personal data: as in the sample report of issue 7.
SPARSE, HALF = 15, 2
#: The bars of issue 7: times `find`, seconds, megabytes.
UNCHANGED, REPORT_SECONDS, REPORT_MEMORY = 4.0, 20.0, 500.0
_IN_FOLDER = 500


def tree(name: str, files: int, one_in: int) -> Path:
    """Make a folder of small files, of which one in so many holds somebody's telephone number."""
    folder = ROOT / "catalog" / f"{name}-{files}"
    if folder.exists():
        return folder
    for number in range(files):
        place = folder / f"部門{number // _IN_FOLDER:04}"
        if number % _IN_FOLDER == 0:
            place.mkdir(parents=True)
        is_found = number % one_in == 0
        text = (
            f"担当の携帯電話 090-{number // 10000 + 1000:04}-{number % 10000:04}\n" if is_found else "本日は晴天なり\n"
        )
        (place / f"{number % _IN_FOLDER:03}.txt").write_text(text, encoding="utf-8")
    return folder


def scan(folder: Path, *options: str) -> Command:
    """Scan a folder into its catalog."""
    catalog, report = folder.with_suffix(".catalog"), folder.with_suffix(".jsonl")
    words = ("scan", str(folder), "--quiet", "--catalog", str(catalog), "--format", "jsonl", "--output", str(report))
    return Command(
        (sys.executable, "-m", "piiscan", *words, *options), environment=environment(), good=frozenset({0, 1})
    )


def read_again(folder: Path) -> int:
    """Tell how many files the last scan has read."""
    lines = folder.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if (record := json.loads(line))["record"] == "file" and record["bytes"])


def measure_unchanged(files: int, runs: int) -> Iterator[str]:
    """Measure a share of which nothing has changed, and one of which a hundredth has."""
    folder = tree("sparse", files, SPARSE)
    seconds_of(scan(folder))
    find = Command(("find", str(folder), "-printf", "%s %T@\n"))
    pairs = [(seconds_of(find), seconds_of(scan(folder))) for _ in range(runs)]
    theirs, ours = (statistics.median(each) for each in zip(*pairs, strict=True))
    yield _row(f"{files:,} unchanged files, against find", f"{ours:.2f} s : {theirs:.2f} s", ours / theirs, UNCHANGED)
    changed = [path for number, path in enumerate(sorted(folder.rglob("*.txt"))) if number % 100 == 0]
    for path in changed:
        path.write_text(path.read_text(encoding="utf-8") + "追記\n", encoding="utf-8")
    taken = seconds_of(scan(folder))
    yield f"| 1 % of them changed | {taken:.2f} s | {read_again(folder):,} files read, {len(changed):,} changed | |"


def measure_report(files: int) -> Iterator[str]:
    """Measure the report on a share of which half holds something."""
    folder = tree("half", files, HALF)
    seconds_of(scan(folder))
    for form in ("html", "xlsx", "human", "json"):
        target = folder.with_suffix(f".report.{form}")
        words = ("report", str(folder.with_suffix(".catalog")), "--format", form, "--output", str(target))
        command = Command((sys.executable, "-m", "piiscan", *words), environment=environment())
        taken, memory = seconds_of(command), memory_of(command).largest
        size = target.stat().st_size / 1e6
        yield (
            _row(f"report on {files // HALF:,} files with findings: {form}", f"{size:.1f} MB", taken, REPORT_SECONDS)
        )
        yield _row("its memory, MB", "", memory, REPORT_MEMORY)


def _row(work: str, figures: str, value: float, bar: float) -> str:
    return f"| {work} | {figures} | {value:.2f} | <= {bar:g}: {'held' if value <= bar else 'MISSED'} |"


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    for rows in (measure_unchanged(chosen.files, chosen.runs), measure_report(chosen.files)):
        for row in rows:
            print(row, flush=True)


if __name__ == "__main__":
    main()
