"""What the benchmarks scan: built once from what Debian packages, Python and our generators give, and kept outside git.

A corpus is a folder below `.bench` in the checkout (or below $PIISCAN_BENCH, so that checkouts can share one). A stamp
beside it, the digest of the code that made it and of what it was made from, tells whether it is still the right one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpora.code import fill_code, join_code
from bench.corpora.documentation import fill_documentation
from bench.corpora.doubling import fill_doubling
from bench.corpora.formats import fill_formats, fill_office
from bench.corpora.mixed import fill_mixed
from bench.corpora.packages import fill_packages
from bench.corpora.prose import fill_prose
from bench.corpora.records import FEW_ROWS, fill_dense, fill_json
from bench.corpora.service_log import fill_log
from bench.corpora.sheets import fill_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(os.environ.get("PIISCAN_BENCH") or Path(__file__).parents[2] / ".bench")


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus: what the page says of it, and the function that fills its folder from the folders it needs."""

    what: str
    fill: Callable[..., None]
    needs: tuple[str, ...] = ()


CORPORA = {
    "packages": Corpus("Debian's Japanese documentation packages, unpacked", fill_packages),
    "prose": Corpus(
        "running Japanese text of those packages, UTF-8, 8 files of 25 MB; paragraphs repeat, in shuffled order",
        partial(fill_prose, files=8),
        ("packages",),
    ),
    "prose-1g": Corpus("the same, 40 files, shuffled anew", partial(fill_prose, files=40, seed=1), ("packages",)),
    "documentation": Corpus(
        "those packages' HTML, text and manual pages as they are", fill_documentation, ("packages",)
    ),
    "code": Corpus(
        "Python's standard library and installed packages, as they lie, copied to reach the size", fill_code
    ),
    "code-joined": Corpus("the same sources joined into 8 files", join_code, ("code",)),
    "log": Corpus("a service's log, time stamps on every line, a person in one of 400", fill_log),
    "json": Corpus("orders as an array and as JSON lines, a contact in one of 5", fill_json),
    "dense": Corpus("a CSV of 500,000 rows with 5 items of personal data each, UTF-8", fill_dense),
    "dense-few": Corpus("its first 25,000 rows", partial(fill_dense, rows=FEW_ROWS)),
    "dense-cp932": Corpus("these in CP932", partial(fill_dense, rows=FEW_ROWS, encoding="cp932")),
    "workbook": Corpus("an xlsx of two million cells", fill_workbook),
    "formats": Corpus("the same texts in every format", fill_formats, ("packages",)),
    "office": Corpus("such texts as a share of office documents", fill_office, ("packages",)),
    "mixed": Corpus(
        "40 % prose, 20 documentation, 20 source code, 10 log, 5 JSON, 5 dense CSV",
        fill_mixed,
        ("prose", "documentation", "code", "log", "json", "dense"),
    ),
    "doubling": Corpus(
        "inputs of each kind, every one twice as large as the one before",
        fill_doubling,
        ("prose", "documentation", "log", "json", "dense"),
    ),
}


@cache
def _stamp(name: str) -> str:
    corpus = CORPORA[name]
    fill = corpus.fill
    module = fill.func.__module__ if isinstance(fill, partial) else fill.__module__
    settings = repr(sorted(fill.keywords.items())) if isinstance(fill, partial) else ""
    digest = hashlib.sha256("".join([settings, *map(_stamp, corpus.needs)]).encode())
    for source in (module.rpartition(".")[2], "people"):
        digest.update((Path(__file__).parent / f"{source}.py").read_bytes())
    return digest.hexdigest()


def build(name: str) -> Path:
    """Give the folder of a corpus; builds it, and first what it is made from, where it is missing or outdated."""
    folder, stamp = ROOT / name, ROOT / f"{name}.stamp"
    if folder.is_dir() and stamp.exists() and stamp.read_text() == _stamp(name):
        return folder
    corpus = CORPORA[name]
    sources = [build(need) for need in corpus.needs]
    stamp.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    corpus.fill(folder, *sources)
    stamp.write_text(_stamp(name))
    return folder


def size_of(folder: Path) -> tuple[int, int]:
    """Give how many files a folder holds, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
