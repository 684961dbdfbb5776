"""What the fuzzer begins with: a specimen of each format, and files of the demonstration share and of the tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.extractors import choose
from tests.specimens import SPECIMENS
from tests.specimens.plain import SPECIMENS as TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parent.parent
_LARGEST = 100_000
_FIELDS = {"氏名": "試験 太郎", "電話番号": "090-9999-0001", "メール": "taro@piiscan-demo.jp"}


@cache
def _files() -> tuple[tuple[str, Path], ...]:
    """Give the files that may be seeds, each with the row that reads it: to tell takes longer than to fuzz a little."""
    paths = (path for folder in ("fixtures", "tests/data") for path in sorted((_ROOT / folder).rglob("*")))
    small = (path for path in paths if path.is_file() and path.stat().st_size <= _LARGEST)
    return tuple((str(choose(path.name, path.read_bytes()[:65536])), path) for path in small)


def iter_seeds(row: str) -> Iterator[bytes]:
    """Yield contents that the extractor of a row reads; for the detector ("") texts."""
    made = SPECIMENS[row].values() if row else (each for files in TEXTS.values() for each in files.values())
    for build in made:
        yield build(_FIELDS)
    for chosen, path in _files():
        if chosen == row or (not row and path.suffix in {".txt", ".csv"}):
            yield path.read_bytes()
