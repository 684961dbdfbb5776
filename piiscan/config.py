"""Configuration is a value: two frozen records, one for a worker and one for the run around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.model import Confidence, Sensitivity
from piiscan.pace import ANY_PACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piiscan.acknowledge import Acknowledgement
    from piiscan.hours import Hours
    from piiscan.pace import Pace

MEGABYTE = 1_000_000

#: So many times a file may be read, at a pace that was asked for: by its extractor, again for a digest, and in part.
READINGS = 3

#: How seldom our processes look for garbage: rows and findings are none, and there are many of them.
COLLECT = (50_000, 20, 100)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold inside, all its levels together: bytes after decompression, members, levels, pictures.

    It may grow to `ratio` times its size on disk, or to `floor` bytes, whichever is more, and never above `bytes`.
    """

    bytes: int = 4_000 * MEGABYTE
    floor: int = 100 * MEGABYTE
    ratio: int = 200
    members: int = 100_000
    depth: int = 8
    pictures: int = 100


@dataclass(frozen=True, slots=True)
class ScanConfig:
    """Everything a worker needs to scan files; pickled once per worker.

    `patterns` are the ids to use (empty: those that are on by default), `pattern_files` the user's own pattern files or
    folders beside the shipped ones. `key` (32 bytes) keys lasting fingerprints; `run_key` (32 bytes) those of numbers
    for which the law forbids a lasting conversion, and is thrown away with the run. `max_file_size` is in bytes, None
    for no limit. `engine` is "auto", or "reference" to match every pattern everywhere. `reveal` shows values instead of
    masks, `show_samples` reports what is otherwise only counted: test and example values, and registrations that
    anybody may look up. `explain_dropped` tells why candidates are no findings, for which everything is searched as by
    the reference engine. `is_kept` says that a catalog keeps what is found: people are told apart by hashes that later
    runs can make again, and the content of files with findings gets a digest, both keyed. `ocr` says when pictures are
    looked at by Tesseract: "off", "auto" (where there is no other text, if it is installed) or "force" (all of them).
    `passwords` are tried on what is locked. `extractors` adds or replaces rows of the extractor table. `pace` is what
    this one worker may read in a second.
    """

    key: bytes = field(repr=False)
    run_key: bytes = field(repr=False)
    patterns: tuple[str, ...] = ()
    pattern_files: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.MEDIUM
    max_locations: int = 100
    max_file_size: int | None = None
    reveal: bool = False
    engine: str = "auto"
    show_samples: bool = False
    explain_dropped: bool = False
    is_kept: bool = False
    ocr: str = "off"
    limits: Limits = Limits()
    passwords: tuple[str, ...] = field(default=(), repr=False)
    pace: Pace = ANY_PACE
    # A mapping has no hash, and a worker keeps its detector by configuration; equality still sees the rows.
    extractors: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RunConfig:
    """A run over many files. `paths` are the roots, `files` single paths read from `--files-from`.

    A file may take `timeout` seconds plus one second for each `bytes_per_second`; a worker may fill `memory` bytes.
    `exclude` holds gitignore-style patterns relative to the root. `fail_on` is the sensitivity from which a
    finding sets exit code 1 (None: never). `outputs` are the (device, inode) of files that this very run writes.
    What `acknowledge` says of unread files keeps them from making the run incomplete. The run ends early when its
    `window` closes; workers that are `nice` let all others go first. Snapshots of a file server are left out.
    """

    scan: ScanConfig
    paths: tuple[str, ...]
    files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    jobs: int = 1
    timeout: float = 60.0
    bytes_per_second: float = MEGABYTE
    memory: int = 2_000 * MEGABYTE
    one_file_system: bool = True
    fail_on: Sensitivity | None = Sensitivity.LOW
    outputs: frozenset[tuple[int, int]] = frozenset()
    acknowledge: tuple[Acknowledgement, ...] = ()
    window: Hours | None = None
    nice: bool = False
    include_snapshots: bool = False

    def time_limit(self, size: int) -> float:
        """Give the seconds that the scan of a file of `size` bytes may take."""
        waits = READINGS * size / self.scan.pace.bytes if self.scan.pace.bytes else 0.0
        return self.timeout + size / self.bytes_per_second + waits
