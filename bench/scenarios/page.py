"""Write docs/scenarios.md from the figures of the shares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bench.page import section
from bench.scenarios.table import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.scenarios.measure import Result

PAGE = Path(__file__).parents[2] / "docs/scenarios.md"
_INTRODUCTION = """\
# Scenarios

Written by `scripts/scenarios`. Eight shares as they have leaked in Japan, with invented people (`--seed`), in the
formats and encodings of offices; the real command scans each. Totals and, in brackets, different values (counted in
each file, then added) have to be exact, except names, which may be 5 % off. People are estimates: within 5 % in tables,
20 % in mail, and the bounds have to hold; those of the share are counted once, however many files tell of them. A
combination is what is known together of so many people, file by file; it has to be as near as people. What has no
pattern yet is told, and counts for nothing.
"""
_WORDS = {True: "held", False: "**MISSED**", None: "no pattern yet"}
_JAPANESE = {True: "達成", False: "**未達**", None: "未対応"}


def write_page(results: Sequence[Result], seed: int) -> None:
    """Write the page."""
    PAGE.write_text(render_page(results, seed), encoding="utf-8")


def render_page(results: Sequence[Result], seed: int) -> str:
    """Give the page."""
    sections = [
        _INTRODUCTION,
        section("All of them", _overview(results)),
        *(section(_title(result), _figures(result)) for result in results),
        section("What it was measured on", [f"* seed {seed}"]),
        section("日本語の要約", _japanese(results)),
    ]
    return "\n".join(sections)


def _title(result: Result) -> str:
    title = SCENARIOS[result.name].en
    return f"{title[0].upper()}{title[1:]}"


def _in_share(result: Result) -> tuple[str, str]:
    row = next(row for row in result.rows if row.what == "people in the share")
    return row.made, row.found


def _table(head: str, rows: Iterable[str]) -> Iterator[str]:
    yield head
    yield "|" + "---|" * (head.count("|") - 1)
    yield from rows


def _overview(results: Sequence[Result]) -> Iterator[str]:
    rows = []
    for result in results:
        held = sum(row.is_held is True for row in result.rows)
        checked = sum(row.is_held is not None for row in result.rows)
        made, found = _in_share(result)
        rows.append(
            f"| {SCENARIOS[result.name].en} | {made} | {found} | {held} of {checked} | {_WORDS[not result.missed]} |"
        )
    return _table("| share | people | found | figures held | |", rows)


def _figures(result: Result) -> Iterator[str]:
    rows = (f"| {row.what} | {row.made} | {row.found} | {_WORDS[row.is_held]} |" for row in result.rows)
    return _table("| | made | found | |", rows)


def _japanese(results: Sequence[Result]) -> Iterator[str]:
    yield "日本で実際に起きた漏えいに似せた8つの共有フォルダーを架空の人物で作り、実際のコマンドで検査した結果です。"
    yield "件数は完全一致、人数は表で5 %以内、メールで20 %以内を目標とします。"
    yield ""
    rows = []
    for result in results:
        made, found = _in_share(result)
        rows.append(f"| {SCENARIOS[result.name].ja} | {made} | {found} | {_JAPANESE[not result.missed]} |")
    yield from _table("| 共有フォルダー | 実際の人数 | 推定（下限–上限） | |", rows)
    names = sorted({row.what for result in results for row in result.rows if row.is_held is None})
    if names:
        yield ""
        yield f"未対応: {'、'.join(names)}"
