"""Run the real command over a share and read its report, as the machine of a data-protection officer would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.accuracy.runner import iter_records

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Told:
    """What the report says: the record of each file by path, and the summary."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)


def scan(folder: Path, jobs: int) -> Told:
    """Scan a folder as anybody would; places are not wanted."""
    told = Told()
    for record in iter_records(folder, jobs, "--max-locations", "1"):
        if record["record"] == "file":
            told.files[record["path"]] = record
        elif record["record"] == "summary":
            told.summary = record
    return told
