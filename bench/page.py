"""Write docs/performance.md from what was measured; its layout depends only on the tables of works and growths."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpora import CORPORA
from bench.growth import CONSTANT_MEMORY, DOUBLED_TIME, GROWTHS, faults_of
from bench.speed import SLOW, VERY_SLOW
from bench.works import WORKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.results import Curve, Figure, Measured, Results
    from bench.works import Peer

PAGE = Path(__file__).parents[1] / "docs/performance.md"
NOT_MEASURED = "not measured"
#: The measures that have modules of their own.
FIGURES = ("startup", "docx", "xlsx", "pdf")
_BY_HAND = re.compile(r"<!-- by hand -->\n.*?<!-- end -->\n", re.DOTALL)
_NOTHING_BY_HAND = "<!-- by hand -->\n<!-- end -->\n"
#: What bench.formats writes.
_FORMATS = re.compile(r"<!-- formats -->\n.*?<!-- end formats -->\n", re.DOTALL)
_NO_FORMATS = "<!-- formats -->\n<!-- end formats -->\n"
_INTRODUCTION = f"""\
# Performance

Written by `scripts/bench`; only the part between "by hand" and "end" is anybody's own words. Machines differ and are
noisy: what counts are the ratios. Each work is one run, in which we and all peers take turns; whole processes are
timed, start-up, reading, detection and writing of the report (JSON lines in a file) included, and medians are compared.
A command that takes {SLOW} s is run twice, one that takes {VERY_SLOW} s once; otherwise a first run, which warms the
caches, is not counted. Where no number of workers is told, there is one.

ripgrep looks for the shapes that `piiscan patterns export --ripgrep` gives for the same patterns. With `-P` (PCRE2) it
honours what must not stand around a value, as we do, so that this is the like-for-like peer; without, it does less and
reports more. It knows no check digits, lists, labels or formats in either case.
"""


def write_page(results: Results) -> None:
    """Write the page; what was written by hand stays."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    by_hand, formats = _BY_HAND.search(old), _FORMATS.search(old)
    page = render_page(results, by_hand[0] if by_hand else _NOTHING_BY_HAND, formats[0] if formats else _NO_FORMATS)
    PAGE.write_text(page, encoding="utf-8")


def render_page(results: Results, by_hand: str = _NOTHING_BY_HAND, formats: str = _NO_FORMATS) -> str:
    """Give the page."""
    sections = [
        _INTRODUCTION,
        section("The bars", _bars(results)),
        section("All ratios", _ratios(results)),
        section("Throughput and memory", _throughput(results)),
        section("Start-up and documents", _figures(results)),
        section("Formats", [formats.rstrip("\n")]),
        section("Growth", _growth(results)),
        "## What is missed, and why\n\n" + "\n".join([*_missed(results), ""]) + by_hand,
        section("What it was measured on", _setting(results)),
        section("日本語の要約", _japanese(results)),
    ]
    return "\n".join(sections)


def section(title: str, lines: Iterable[str]) -> str:
    """Give a part of a page under its heading."""
    return "\n".join([f"## {title}", "", *lines, ""])


def _number(value: float) -> str:
    """Write a figure so that it can be read: three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004


def _ratio_of(measured: Measured | None, peer: Peer) -> float | None:
    sample = measured.peers.get(peer.name) if measured else None
    return measured.ours.median / sample.median if measured and sample else None


def _verdict(ratio: float | None, bar: float | None) -> str:
    if ratio is None:
        return NOT_MEASURED
    return "" if bar is None else "held" if ratio <= bar else f"**MISSED**, {ratio / bar:.1f} times the bar"


def _rows(results: Results, *, barred: bool) -> Iterator[str]:
    for name, work in WORKS.items():
        measured = results.works.get(name)
        for peer in work.peers:
            if barred and peer.bar is None:
                continue
            ratio = _ratio_of(measured, peer)
            sample = measured.peers.get(peer.name) if measured else None
            ours = f"{_number(measured.ours.median)} s × {len(measured.ours.seconds)}" if measured else "–"
            theirs = f"{_number(sample.median)} s × {len(sample.seconds)}" if sample else "–"
            bar = "–" if peer.bar is None else f"≤ {peer.bar}"
            shown = "–" if ratio is None else f"{ratio:.2f}"
            yield f"| {work.en} | `{peer.name}` | {ours} | {theirs} | {shown} | {bar} | {_verdict(ratio, peer.bar)} |"


_RATIO_HEAD = ("| work | against | piiscan | peer | ratio | bar | |", "|---|---|---|---|---|---|---|")


def _bars(results: Results) -> Iterator[str]:
    yield from _RATIO_HEAD
    yield from _rows(results, barred=True)
    yield ""
    yield f"Doubling an input may take {DOUBLED_TIME} times as long; from the smallest input to the largest the memory"
    yield f"may grow {CONSTANT_MEMORY} times: see [growth](#growth). Three small files are at"
    yield "[start-up](#start-up-and-documents)."


def _ratios(results: Results) -> Iterator[str]:
    yield from _RATIO_HEAD
    yield from _rows(results, barred=False)


def _throughput(results: Results) -> Iterator[str]:
    yield "Memory is in megabytes: the most that one process held, and all together with shared pages counted once."
    yield "`reference` tells whether the reference engine has the same totals and distinct values in every file."
    yield ""
    yield "| work | files | MB | MB/s | findings | all read | reference | largest process | all | code and day |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for name, work in WORKS.items():
        measured = results.works.get(name)
        if measured is None:
            yield f"| {work.en} | {NOT_MEASURED} ||||||||"
            continue
        size = measured.size / 1e6
        yield (
            f"| {work.en} | {measured.files:,} | {_number(size)} | {_number(size / measured.ours.median)} "
            f"| {measured.findings:,} | {_yes(measured.complete)} | {_yes(measured.as_reference)} "
            f"| {_number(measured.largest)} "
            f"| {_number(measured.together)} | {measured.where} |"
        )


def _yes(answer: bool | None) -> str:
    return "–" if answer is None else "yes" if answer else "**no**"


def _figures(results: Results) -> Iterator[str]:
    yield "| work | piiscan | peer | ratio | bar | | code and day |"
    yield "|---|---|---|---|---|---|---|"
    for figure in _all_figures(results):
        ours, value = f"{_number(figure.ours * 1000)} ms", figure.ours / (figure.theirs or 1)
        if figure.theirs is None:
            theirs, ratio, bar = "–", "–", f"{_number(figure.bar * 1000)} ms"
        else:
            theirs, ratio, bar = f"{_number(figure.theirs * 1000)} ms", f"{value:.2f}", str(figure.bar)
        verdict = _verdict(value, figure.bar)
        yield f"| {figure.name} | {ours} | {theirs} | {ratio} | ≤ {bar} | {verdict} | {figure.where} |"


def _all_figures(results: Results) -> Iterator[Figure]:
    for name in FIGURES:
        yield from results.figures.get(name, ())


def _growth(results: Results) -> Iterator[str]:
    for name, growth in GROWTHS.items():
        curve = results.curves.get(name)
        yield f"### {growth.title[0].upper()}{growth.title[1:]}"
        yield ""
        if curve is None or not curve.points:
            yield f"{NOT_MEASURED[0].upper()}{NOT_MEASURED[1:]}."
        else:
            yield from _curve(curve, growth.unit, growth.peer)
            measured = f"Measured at {curve.where}."
            if growth.is_doubling:
                faults = faults_of(name, curve)
                measured = (f"**MISSED**: {', '.join(faults)}. " if faults else "Held. ") + measured
            yield ""
            yield measured
        yield ""


def _curve(curve: Curve, unit: str, peer: str) -> Iterator[str]:
    yield f"| {unit} | seconds | × the one before | largest process, MB | all, MB |" + (f" `{peer}` |" if peer else "")
    yield "|---|---|---|---|---|" + ("---|" if peer else "")
    before = None
    for point in curve.points:
        factor = f"{point.seconds / before:.2f}" if before else "–"
        beside = "" if not peer else " – |" if point.peer is None else f" {_number(point.peer)} |"
        yield (
            f"| {point.amount:,.0f} | {_number(point.seconds)} | {factor} | {_number(point.largest)} "
            f"| {_number(point.together)} |{beside}"
        )
        before = point.seconds


def _missed(results: Results) -> Iterator[str]:
    for name, work in WORKS.items():
        measured = results.works.get(name)
        for peer in work.peers:
            ratio = _ratio_of(measured, peer)
            if peer.bar is not None and ratio is not None and ratio > peer.bar:
                yield f"* {work.en}: {ratio:.2f} times `{peer.name}` instead of {peer.bar}."
    for figure in _all_figures(results):
        value, unit = figure.ours / (figure.theirs or 1), " s" if figure.theirs is None else ""
        if value > figure.bar:
            yield f"* {figure.name}: {_number(value)}{unit} instead of {figure.bar}{unit}."
    for name, growth in GROWTHS.items():
        if name in results.curves and (faults := faults_of(name, results.curves[name])):
            yield f"* {growth.title}, doubled: {', '.join(faults)}."
    for name, work in WORKS.items():
        measured = results.works.get(name)
        if measured and measured.profile:
            yield from ("", f"Own time in {work.en}, in one process:", "", "```text", measured.profile, "```")


def _setting(results: Results) -> Iterator[str]:
    for name, value in results.machine.items():
        yield f"* {name}: {value}"
    yield ""
    yield "| corpus | what it is |"
    yield "|---|---|"
    for name, corpus in CORPORA.items():
        yield f"| `{name}` | {corpus.what} |"


def _japanese(results: Results) -> Iterator[str]:
    yield "同じ処理を他のツールと交互に実行し、起動から終了までの時間(中央値)の比を示します。"
    yield "piiscan の時間には、検査数字・一覧・見出しの判定とレポートの出力を含みます。"
    yield ""
    yield "| 処理 | 比較対象 | 比 | 目標 | |"
    yield "|---|---|---|---|---|"
    for name, work in WORKS.items():
        measured = results.works.get(name)
        for peer in work.peers:
            if peer.bar is None:
                continue
            ratio = _ratio_of(measured, peer)
            shown = "–" if ratio is None else f"{ratio:.2f}"
            verdict = "未測定" if ratio is None else "達成" if ratio <= peer.bar else "**未達**"
            yield f"| {work.ja} | `{peer.name}` | {shown} | {peer.bar} 以下 | {verdict} |"
