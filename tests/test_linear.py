"""Cost is linear in the input: doubling it at most multiplies the time by 2.6."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.piece import Segment
from piiscan.selftest import MAX_GROWTH

if TYPE_CHECKING:
    from collections.abc import Callable

DETECTOR = Detector(ScanConfig(key=b"k" * 32, run_key=b"r" * 32))


def seconds(text: str) -> float:
    start = time.process_time()
    DETECTOR.collector().collect(Segment(text))
    return time.process_time() - start


LINES: dict[str, Callable[[int], str]] = {
    "telephone numbers": lambda count: (
        "電話" + "".join(f"090-1234-{at % 10000:04}、電話番号 03-1{at % 1000:03}-9999 " for at in range(count))
    ),
    "labels": lambda count: "個人番号 " * count * 4,
    "addresses": lambda count: "東京都新宿区西新宿二丁目8番1号 " * count,
    "zero width": lambda count: "090\u200b-1234-5678 " * count * 2,
}


@pytest.mark.parametrize("kind", LINES)
def test_one_long_line_costs_as_much_as_it_is_long(kind: str) -> None:
    line = LINES[kind]
    count = 10_000 if kind == "telephone numbers" else 3_000
    once, twice = line(count), line(2 * count)
    tries = (seconds(twice) / seconds(once) for _ in range(3))
    growth = next((each for each in tries if each <= MAX_GROWTH), MAX_GROWTH + 1)
    assert growth <= MAX_GROWTH, f"{len(twice):,} characters take over {MAX_GROWTH} times as long as {len(once):,}"
