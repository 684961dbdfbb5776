"""Run the real command over a share and read its report, as the machine of a data-protection officer would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Exit codes of a scan that was done: nothing found, something found, something unread.
_DONE = frozenset({0, 1, 3})


@dataclass(slots=True)
class Told:
    """What the report says: the record of each file by path, and the summary."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)


def scan(folder: Path, jobs: int) -> Told:
    """Scan a folder in a process of its own, with no settings of whoever runs it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIISCAN_")}
    with tempfile.TemporaryDirectory() as home:
        report = Path(home) / "report.jsonl"
        words = [
            *(sys.executable, "-m", "piiscan", "scan", str(folder), "--quiet", "--format", "jsonl"),
            *("--output", str(report), "--jobs", str(jobs), "--max-locations", "1", "--timeout", "600"),
        ]
        environment = {**kept, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home, "LANGUAGE": "en"}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in _DONE:
            raise RuntimeError(done.stderr)
        told = Told()
        with report.open(encoding="utf-8") as stream:
            for record in map(json.loads, stream):
                if record["record"] == "file":
                    told.files[record["path"]] = record
                elif record["record"] == "summary":
                    told.summary = record
    return told
