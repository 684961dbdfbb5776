"""A cap on reading holds within a tenth, with one worker and with two; timed, so not among the tests of every run."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from piiscan.config import RunConfig, ScanConfig
from piiscan.model import Summary
from piiscan.pace import Pace
from piiscan.run import run

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000
CAP = 20 * MEGABYTE
#: Bytes of a file, too few to be shared by several workers; files of a short and of a long run, which differ by 160 MB.
SIZE, SHORT, LONG = 4 * MEGABYTE, 10, 50


def seconds(config: RunConfig) -> tuple[float, int]:
    begun = time.monotonic()
    *_, summary = run(config)
    assert isinstance(summary, Summary)
    assert summary.complete
    return time.monotonic() - begun, summary.bytes_read


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_cap_of_20_mb_a_second_holds_within_a_tenth(jobs: int, tmp_path: Path) -> None:
    line = b"the minutes of the meeting are kept in the archive of the office\n"
    content = (line * (SIZE // len(line) + 1))[:SIZE]
    scan = ScanConfig(key=bytes(32), run_key=bytes(32), pace=Pace(bytes=CAP / jobs))
    taken = []
    for count in (1, SHORT, LONG):  # the first compiles the automata, if nobody did
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.txt").write_bytes(content)
        taken.append(seconds(replace(RunConfig(scan, (str(folder),)), jobs=jobs)))
    _, (short, few), (long, many) = taken
    rate = (many - few) / (long - short)
    assert rate == pytest.approx(CAP, rel=0.1), f"{rate / MEGABYTE:.1f} MB/s"
