"""Where the time of a scan goes: python -m bench.profile CORPUS [MEGABYTES]. One process, as a worker works."""

from __future__ import annotations

import cProfile
import pstats
import sys
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
    """Scan the first files of a corpus, one at least, and give a table of what took longest by itself."""
    scan = ScanConfig(key=bytes(32), run_key=bytes(32))
    refs = [*_some(RunConfig(scan, (str(build(corpus)),)), megabytes * 1_000_000)]
    for ref in _some(RunConfig(scan, (str(_PACKAGE / "README.md"),)), 1):
        list(scan_file(ref, scan))  # loads what a worker has loaded
    profile = cProfile.Profile()
    profile.enable()
    for ref in refs:
        for _record in scan_file(ref, scan):
            pass
    profile.disable()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(own for _calls, _all, own, _with, _callers in stats.values())
    ranked = sorted(stats.items(), key=lambda item: -item[1][2])[:FUNCTIONS]
    rows = [f"{own / total:6.1%} {calls:>12,}  {_name(*key)}" for key, (_, calls, own, _with, _callers) in ranked]
    return "\n".join([" share        calls  function", *rows])


def _some(config: RunConfig, size: int) -> Iterator[FileRef]:
    for item in iter_files(config):
        if isinstance(item, FileRef):
            yield item
            size -= item.size
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
