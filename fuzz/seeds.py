"""What the fuzzer begins with: files of the demonstration share and of the tests, by the extractor that reads them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.extractors import choose

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parent.parent
_LARGEST = 100_000
_TEXT = "氏名,電話番号\n試験 太郎,090-9999-0001\n".encode()


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("名簿.csv", _TEXT)
    return stream.getvalue()


def _tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("a.csv")
        entry.size = len(_TEXT)
        archive.addfile(entry, io.BytesIO(_TEXT))
    return stream.getvalue()


def _sqlite() -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE person (name TEXT, phone TEXT)")
        database.execute("INSERT INTO person VALUES ('試験', '090-9999-0001')")
        database.commit()
        return database.serialize()


@cache
def _files() -> tuple[tuple[str, Path], ...]:
    """Give the files that may be seeds, each with the row that reads it: to tell takes longer than to fuzz a little."""
    paths = (path for folder in ("fixtures", "tests/data") for path in sorted((_ROOT / folder).rglob("*")))
    small = (path for path in paths if path.is_file() and path.stat().st_size <= _LARGEST)
    return tuple((str(choose(path.name, path.read_bytes()[:65536])), path) for path in small)


def iter_seeds(row: str) -> Iterator[bytes]:
    """Yield contents that the extractor of a row reads; for the detector ("") texts."""
    made = (gzip.compress(_TEXT), bz2.compress(_TEXT), lzma.compress(_TEXT), _zip(), _tar(), _sqlite(), _TEXT)
    for content in made:
        if choose("x", content) == (row or "text:extract_text"):
            yield content
    for chosen, path in _files():
        if chosen == row or (not row and path.suffix in {".txt", ".csv"}):
            yield path.read_bytes()
