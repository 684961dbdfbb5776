"""What is measured: each work with its peers, and the bars that issue 4 set, as one literal table each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.peers import calamine, cat, ripgrep, scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.command import Command

REFERENCE = "--engine reference"


@dataclass(frozen=True, slots=True)
class Peer:
    """Another way to do the work, and the most of its time that we may take as a ratio; None: only to compare."""

    name: str
    command: Callable[[Path], Command]
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A corpus, how we scan it, and what that is measured against; named in both languages of the house."""

    corpus: str
    en: str
    ja: str
    ours: Callable[[Path], Command]
    peers: tuple[Peer, ...]


def _rg(workers: int = 1, bar: float | None = None) -> Peer:
    return Peer(f"rg -o -b -j{workers}", ripgrep(f"-j{workers}"), bar)


def _pcre2(workers: int = 1, bar: float | None = None) -> Peer:
    return Peer(f"rg -P -o -b -j{workers}", ripgrep("-P", f"-j{workers}"), bar)


def _reference(bar: float | None = None) -> Peer:
    return Peer(REFERENCE, scan("--engine", "reference"), bar)


_CAT = Peer("cat", cat)
_ALL = ("--max-locations", "100000000")
#: Where no number of workers is told, there is one. The reference engine matches all patterns everywhere, a tenth of a
#: megabyte a second: it is measured on small tables only, and compared as sets in the tests.
WORKS = {
    "prose": Work("prose", "prose 200 MB", "文章 200 MB", scan(), (_rg(bar=1.2), _pcre2(bar=0.15), _CAT)),
    "prose-1g": Work(
        "prose-1g", "prose 1 GB, two workers", "文章 1 GB、並列 2", scan(workers=2), (_rg(2, bar=1.5), _CAT)
    ),
    "code": Work(
        "code",
        "source code 200 MB as it lies",
        "ソースコード 200 MB(元のファイルのまま)",
        scan(),
        (_rg(bar=2.0), _pcre2(), _CAT),
    ),
    "code-joined": Work(
        "code-joined",
        "source code 200 MB in 8 files",
        "ソースコード 200 MB(8 ファイル)",
        scan(),
        (_rg(bar=2.0), _pcre2(), _CAT),
    ),
    "mixed": Work("mixed", "mixed 200 MB", "混在 200 MB", scan(), (_rg(), _pcre2(bar=0.5), _CAT)),
    "dense": Work(
        "dense",
        "dense CSV, 500,000 rows, 100 locations a pattern",
        "個人情報の多い CSV 50 万行、検出位置は各 100 件まで",
        scan(),
        (_rg(), _pcre2(bar=1.2), _CAT),
    ),
    "dense-2": Work(
        "dense", "the same, two workers", "同じ CSV、並列 2", scan(workers=2), (_rg(2), _pcre2(2, bar=1.2))
    ),
    "mixed-2": Work(
        "mixed", "mixed 200 MB, two workers", "混在 200 MB、並列 2", scan(workers=2), (_pcre2(2, bar=0.5),)
    ),
    "dense-all": Work(
        "dense",
        "the same, every location written",
        "同じ CSV、検出位置をすべて出力",
        scan(*_ALL),
        (_rg(), _pcre2(bar=4.0)),
    ),
    "dense-few": Work(
        "dense-few",
        "the first 25,000 rows of the same",
        "同じ CSV の先頭 2 万 5 千行",
        scan(),
        (_reference(bar=0.15), _CAT),
    ),
    "dense-cp932": Work("dense-cp932", "these in CP932", "その CSV(CP932)", scan(), (_reference(bar=0.15), _CAT)),
    "log": Work("log", "logs 60 MB", "ログ 60 MB", scan(), (_rg(), _pcre2(), _CAT)),
    "documentation": Work(
        "documentation", "documentation 120 MB, mostly HTML", "文書 120 MB(主に HTML)", scan(), (_rg(), _pcre2(), _CAT)
    ),
    "workbook": Work(
        "workbook",
        "xlsx of two million cells",
        "xlsx 200 万セル",
        scan(),
        (Peer("calamine alone", calamine, bar=1.5),),
    ),
}
