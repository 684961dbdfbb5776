"""Write docs/accuracy.md from the figures of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bench.accuracy.floors import BARS
from bench.accuracy.identifiers import IDENTIFIERS
from bench.accuracy.score import Tally, is_counted, total
from bench.page import section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.accuracy.score import Score, Share

PAGE = Path(__file__).parents[2] / "docs/accuracy.md"
_LISTED = 25
_INTRODUCTION = """\
# Accuracy

Written by `scripts/accuracy`. The corpus is drawn anew by whoever runs it (`--seed`): each identifier in every notation
and setting that people use, in every encoding and container, with decoys between. It shares no table and no code with
the detector. The real command scans it; a value is found if a finding at medium or above claims exactly that value as
what it is, and any other finding counts as false. Intervals are 95 % (Wilson; a column is one draw). Names,
addresses, attributes and public numbers stand apart and in no average; so does what has no pattern yet. What the
specification does not want to be shown without a label is no value to be found; it is counted below.
"""


def write_page(score: Score) -> None:
    """Write the page."""
    PAGE.write_text(render_page(score), encoding="utf-8")


def render_page(score: Score) -> str:
    """Give the page."""
    sections = [
        _INTRODUCTION,
        section("The bars", _bars(score)),
        section("Identifiers", _identifiers(score, [*score.counted])),
        section("Apart from the averages", _identifiers(score, [n for n, i in IDENTIFIERS.items() if i.apart])),
        section("Without a pattern yet", _missing(score)),
        section("Notations", _dimension(score, "notation")),
        section("Settings", _dimension(score, "setting")),
        section("Encodings", _paired(score, "encoding")),
        section("Containers", _paired(score, "container")),
        section("Decoys", _shares("decoy", "taken for something", score.decoys)),
        section("Bare, by specification not shown", _shares("identifier", "shown all the same", score.bare)),
        section("Places", _shares("container", "at the very place", score.placed)),
        section("The regex anybody would write", _peer(score)),
        section("What is missed most", _worst(score)),
        section("False claims", _false(score)),
        section("What it was measured on", _setting(score)),
        section("日本語の要約", _japanese(score)),
    ]
    return "\n".join(sections)


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _figures(tally: Tally) -> str:
    low, high = tally.interval
    return (
        f"{tally.total:,} | {_percent(tally.precision)} | {_percent(tally.recall)} | {_percent(tally.f1)} "
        f"| {_percent(low)}–{_percent(high)}"
    )


_HEAD = "values | precision | recall | F1 | 95 % |"


def bars(score: Score) -> list[tuple[str, str, float, float, bool]]:
    """Give each bar: its name in English and Japanese, the figure, the bar, and whether it is held."""
    micro, macro = score.micro.f1, score.macro
    least = min((tally.f1 for tally in score.counted.values()), default=0.0)
    gaps = [-pair.gap for name in ("encoding", "container") for pair in score.tables[name].values()]
    decoys = score.decoy
    bare = score.decoys.get("random 12 digits, bare")
    column = score.decoys.get("random 12 digits, bare, in a column")
    rows = [
        ("micro F1", "マイクロ平均 F1", micro, BARS["micro"], True),
        ("macro F1", "マクロ平均 F1", macro, BARS["macro"], True),
        ("lowest F1 of an identifier", "識別子ごとの F1 の最小値", least, BARS["least"], True),
        ("most that is lost against plain UTF-8", "UTF-8 テキストに対する低下の最大値", max(gaps), BARS["gap"], False),
        ("decoys taken for something", "おとりの誤検出率", rate(decoys), BARS["decoys"], False),
        ("random 12 digits taken for something", "無作為な12桁の誤検出率", rate(bare), BARS["random"], False),
        ("the same in a column", "同上（列）", rate(column), 0.0, False),
    ]
    return [(en, ja, value, bar, value >= bar if is_floor else value <= bar) for en, ja, value, bar, is_floor in rows]


def rate(share: Share | None) -> float:
    """Give a share as a number."""
    return share.some / share.all if share and share.all else 0.0


def _bars(score: Score) -> Iterator[str]:
    yield "| | measured, % | bar, % | |"
    yield "|---|---|---|---|"
    for name, _, value, bar, is_held in bars(score):
        yield f"| {name} | {100 * value:.2f} | {100 * bar:.1f} | {'held' if is_held else '**MISSED**'} |"
    low, high = score.micro.interval
    yield ""
    yield f"Micro F1 lies between {_percent(low)} and {_percent(high)} %. {len(score.missing)} identifiers have no"
    yield "pattern yet, and are in none of these figures except that of the decoys and of false claims."


def _identifiers(score: Score, names: Iterable[str]) -> Iterator[str]:
    yield f"| identifier | {_HEAD}"
    yield "|---|---|---|---|---|---|"
    for name in names:
        if name not in score.missing:
            yield f"| {IDENTIFIERS[name].en} ({IDENTIFIERS[name].ja}) | {_figures(score.identifiers[name])} |"


def _missing(score: Score) -> Iterator[str]:
    if not score.missing:
        yield "None."
    for name in score.missing:
        yield f"* {IDENTIFIERS[name].en} ({IDENTIFIERS[name].ja}): {score.identifiers[name].total:,} values"


def _dimension(score: Score, dimension: str) -> Iterator[str]:
    yield f"| {dimension} | {_HEAD}"
    yield "|---|---|---|---|---|---|"
    for name, pair in score.tables[dimension].items():
        yield f"| {name} | {_figures(pair.own)} |"


def _paired(score: Score, dimension: str) -> Iterator[str]:
    yield "The same documents were written as plain UTF-8 text (txt, csv) too; the last column tells how far the F1 is"
    yield "from theirs (of encodings: in txt, csv and tsv files, where all else is alike)."
    yield ""
    yield f"| {dimension} | {_HEAD} from plain |"
    yield "|---|---|---|---|---|---|---|"
    for name, pair in score.tables[dimension].items():
        yield f"| {name} | {_figures(pair.own)} | {100 * pair.gap:+.2f} |"


def _shares(what: str, verb: str, rows: dict[str, Share]) -> Iterator[str]:
    yield f"| {what} | {verb} | of | % |"
    yield "|---|---|---|---|"
    for name, share in rows.items():
        yield f"| {name} | {share.some:,} | {share.all:,} | {_percent(rate(share))} |"


def _peer(score: Score) -> Iterator[str]:
    peer = score.peer_everywhere
    yield "Plain regexes with neither labels nor check digits (`bench/accuracy/peer.py`), in the txt, csv and tsv files"
    yield "in UTF-8, beside piiscan in the same files. Over the whole corpus, of which they read what decodes as UTF-8,"
    yield f"their micro F1 is {_percent(peer.f1)} %, precision {_percent(peer.precision)} %,"
    yield f"recall {_percent(peer.recall)} %; that of piiscan is {_percent(score.micro.f1)} %. One regex serves all"
    yield "telephones; its false claims stand at the mobile ones."
    yield ""
    yield "| identifier | values | regex: precision | recall | F1 | piiscan: F1 |"
    yield "|---|---|---|---|---|---|"
    mine = [name for name in score.peer if name in IDENTIFIERS and is_counted(name, score.missing)]
    for name in IDENTIFIERS:
        if name in mine:
            theirs, own = score.peer[name], score.ours_beside_peer.get(name, Tally())
            yield (
                f"| {IDENTIFIERS[name].en} | {theirs.total:,} | {_percent(theirs.precision)} "
                f"| {_percent(theirs.recall)} | {_percent(theirs.f1)} | {_percent(own.f1)} |"
            )
    whole = total(score.peer[name] for name in mine)
    own = total(score.ours_beside_peer.get(name, Tally()) for name in mine)
    yield (
        f"| **all** | {whole.total:,} | {_percent(whole.precision)} | {_percent(whole.recall)} | {_percent(whole.f1)} "
        f"| {_percent(own.f1)} |"
    )


def _worst(score: Score) -> Iterator[str]:
    yield "| identifier | notation | setting | missed | of |"
    yield "|---|---|---|---|---|"
    for name, missed, whole in score.worst[:_LISTED]:
        yield f"| {name} | {missed:,} | {whole:,} |"


def _false(score: Score) -> Iterator[str]:
    yield "| pattern | claims a | notation | setting | times |"
    yield "|---|---|---|---|---|"
    for name, count in score.false[:_LISTED]:
        yield f"| {name}{'' if name.count('|') > 1 else ' | |'} | {count:,} |"


def _setting(score: Score) -> Iterator[str]:
    yield f"* seed {score.seed}, size {score.size:g}: {score.files:,} files, {score.values:,} values and decoys"
    yield f"* {score.where}; {score.seconds:.0f} s"
    yield f"* files not read wholly: {len(score.unread)}"
    if score.differing is not None:
        yield f"* claims that only one of both engines makes: {score.differing}"


def _japanese(score: Score) -> Iterator[str]:
    yield "識別子・表記・見出しの位置・文字コード・ファイル形式を組み合わせた合成データを種から生成し、"
    yield "実際のコマンドで検査した結果です。"
    yield "確度「中」以上の検出が値とちょうど一致したものを正解とします。"
    yield "氏名・住所・属性と公開番号は平均に含めません。"
    yield ""
    yield "| | 測定値 (%) | 目標 (%) | |"
    yield "|---|---|---|---|"
    for _, name, value, bar, is_held in bars(score):
        yield f"| {name} | {100 * value:.2f} | {100 * bar:.1f} | {'達成' if is_held else '**未達**'} |"
    yield ""
    yield "| 識別子 | 件数 | 適合率 | 再現率 | F1 | 95 % 区間 |"
    yield "|---|---|---|---|---|---|"
    for name, tally in score.counted.items():
        yield f"| {IDENTIFIERS[name].ja} | {_figures(tally)} |"
    if score.missing:
        yield ""
        yield f"未対応: {'、'.join(IDENTIFIERS[name].ja for name in score.missing)}"
