"""Where the time of a scan goes: python -m bench.profile CORPUS [MEGABYTES]. One process, as a worker works."""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpora import build
from piiscan.config import RunConfig, ScanConfig
from piiscan.model import FileRef
from piiscan.scan import scan_file
from piiscan.walk import iter_files

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTES = 10
FUNCTIONS = 12
_PACKAGE = Path(__file__).parents[1]


def profile_of(corpus: str, megabytes: int = MEGABYTES) -> str:
    """Scan so much of a corpus, its first files or the head of one, and give a table of what took longest by itself."""
    scan = ScanConfig(key=bytes(32), run_key=bytes(32))
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        # The first one, which does not count, loads what a worker has loaded before its first file.
        names = [str(_PACKAGE / "README.md"), *_some(build(corpus), Path(folder), megabytes * 1_000_000)]
        for ref in iter_files(RunConfig(scan, (), tuple(names))):
            if isinstance(ref, FileRef):
                if ref.source != names[0]:
                    profile.enable()
                deque(scan_file(ref, scan), maxlen=0)
                profile.disable()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(own for _calls, _all, own, _with, _callers in stats.values())
    ranked = sorted(stats.items(), key=lambda item: -item[1][2])[:FUNCTIONS]
    rows = [f"{own / total:6.1%} {calls:>12,}  {_name(*key)}" for key, (_, calls, own, _with, _callers) in ranked]
    return "\n".join([" share        calls  function", *rows])


def _some(corpus: Path, folder: Path, size: int) -> Iterator[str]:
    """Yield files until there is enough; of a larger one its head, unless nothing can read a head alone."""
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        if path.stat().st_size > size and path.suffix != ".xlsx":
            head = folder / path.name
            with path.open("rb") as stream:
                head.write_bytes(b"".join(stream.readlines(size)))
            path = head  # noqa: PLW2901 - the head stands for the file
        yield str(path)
        size -= path.stat().st_size
        if size <= 0:
            return


def _name(file: str, line: int, function: str) -> str:
    if file == "~":
        return function.partition(" at 0x")[0]  # where an object lies says nothing
    path = Path(file)
    shown = path.relative_to(_PACKAGE) if path.is_relative_to(_PACKAGE) and ".venv" not in path.parts else path.name
    return f"{shown}:{line} {function}"


if __name__ == "__main__":
    print(profile_of(sys.argv[1], *map(int, sys.argv[2:])))
