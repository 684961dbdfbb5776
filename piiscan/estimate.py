"""How long a first scan would take: what the walk meets, by format, and what one worker was measured to read of each.

Nothing is opened: a format is told by the suffix of the name, so a wrong suffix, an archive full of others or a share
of empty files makes the estimate wrong. It says by how much it may be.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from piiscan.coverage import suffix_of
from piiscan.extractors import EXTRACTORS
from piiscan.extractors.signatures import SIGNATURES, UNREAD_SUFFIXES
from piiscan.model import FileRef
from piiscan.walk import iter_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.config import RunConfig
    from piiscan.model import FileReport

MEGABYTE = 1_000_000
#: Suffixes of formats that are known by their first bytes alone, and what reads them.
_BY_BYTES = {
    ".zip": "zip", ".tar": "tar", ".gz": "gzip", ".tgz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".txz": "xz",
    ".7z": "7z", ".lzh": "lzh", ".rar": "rar", ".iso": "iso", ".cab": "cab", ".zst": "zstd", ".lz4": "lz4",
}  # fmt: skip
#: Suffixes of what is passed over for what it is: its first bytes are looked at.
_PASSED = frozenset(
    ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .mp3 .wav .m4a .mp4 .mov .avi .mkv .wmv .ttf .otf .woff .woff2"
    " .exe .dll .so .msi .pyc .class .jar .psd .ico".split()
)
PASSED, NAMED, OTHER = "passed over", "not read", "by content"
assert {row.partition("_")[2] for *_, row in SIGNATURES if isinstance(row, str)} >= set(_BY_BYTES.values())  # noqa: S101


class Speed(NamedTuple):
    """What one worker reads of a format: bytes a second, and seconds for each file besides."""

    rate: float
    file: float


class Speeds(NamedTuple):
    """The measured table: its day, seconds to start, the factor of uncertainty, speeds by extractor."""

    measured: str
    start: float
    factor: float
    read: dict[str, Speed]


@dataclass(slots=True)
class Kind:
    """Files of one suffix, their bytes, and what becomes of them: the extractor, or one of the words above."""

    reader: str
    files: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Estimate:
    """What a scan would meet. `kinds` are by suffix; `left_out` counts paths that the walk itself decides, by reason.

    `low` and `high` are the bounds of the `seconds` that it would take.
    """

    files: int = 0
    bytes: int = 0
    seconds: float = 0.0
    low: float = 0.0
    high: float = 0.0
    kinds: dict[str, Kind] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


@cache
def speeds() -> Speeds:
    """Read the measured table."""
    told: dict[str, Any] = tomllib.loads(Path(__file__).with_name("throughput.toml").read_text(encoding="utf-8"))
    read = {name: Speed(row["mb_s"] * MEGABYTE, row["file_s"]) for name, row in told["read"].items()}
    alike = {name: read[other] for name, other in told["like"].items()}
    return Speeds(f"{told['measured']}", told["start"], told["factor"], {**alike, **read})


def reader_by_name(path: str) -> tuple[str, str]:
    """Give the suffix of a path, and what reads a file that is called so."""
    suffix = suffix_of(path)
    if suffix in EXTRACTORS:
        return suffix, EXTRACTORS[suffix].partition(":extract_")[2]
    if suffix in _BY_BYTES:
        return suffix, _BY_BYTES[suffix]
    if suffix in _PASSED:
        return suffix, PASSED
    return suffix, NAMED if suffix in UNREAD_SUFFIXES else OTHER


def estimate(config: RunConfig) -> Estimate:
    """Walk what a configuration names, and tell how long its scan would take. Opens no file."""
    return add_up(iter_files(config), config)


def add_up(items: Iterable[FileRef | FileReport], config: RunConfig) -> Estimate:
    """Add up what a walk has met."""
    found, table = Estimate(), speeds()
    for item in items:
        if not isinstance(item, FileRef):
            word = item.reason or item.outcome.value
            found.left_out[word] = found.left_out.get(word, 0) + 1
            continue
        suffix, reader = reader_by_name(item.path)
        kind = found.kinds.setdefault(suffix, Kind(reader))
        speed = table.read.get(reader) or table.read["text" if reader == OTHER else "passed"]
        kind.files += 1
        kind.bytes += item.size
        kind.seconds += speed.file + (item.size / speed.rate if reader not in {PASSED, NAMED} else 0)
    found.files = sum(kind.files for kind in found.kinds.values())
    found.bytes = sum(kind.bytes for kind in found.kinds.values())
    work = sum(kind.seconds for kind in found.kinds.values()) / config.jobs
    found.seconds = table.start + max(work, _least(found, config))
    found.low = table.start + max(work / table.factor, _least(found, config))
    found.high = table.start + max(work * table.factor, _least(found, config))
    return found


def _least(found: Estimate, config: RunConfig) -> float:
    """Give the seconds below which no scan can be: those that the caps on reading take."""
    read = sum(kind.bytes for kind in found.kinds.values() if kind.reader not in {PASSED, NAMED})
    pace = config.scan.pace
    by_bytes = read / (pace.bytes * config.jobs) if pace.bytes else 0.0
    return max(by_bytes, found.files / (pace.opens * config.jobs) if pace.opens else 0.0)
