"""Whole runs as people start them, watched from outside: what they say, how large they grow, what they leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PULSE = 0.05


class Ran(NamedTuple):
    """What came of a run: exit code, output, errors, seconds, and of its processes the largest, in megabytes."""

    code: int
    out: bytes
    errors: bytes
    seconds: float
    memory: float

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records of a report in JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def files(self) -> dict[str, tuple[str, str]]:
        """Outcome and reason of each path."""
        return {each["path"]: (each["outcome"], each["reason"]) for each in self.records if each["record"] == "file"}

    @property
    def found(self) -> list[str]:
        """The path of each finding."""
        return [each["path"] for each in self.records if each["record"] == "finding"]


def ran(
    *arguments: object,
    within: float = 600,
    environ: Mapping[str, str] | None = None,
    look: Callable[[list[int]], None] = lambda _workers: None,
    wrapper: tuple[str, ...] = (),
    folder: Path | None = None,
) -> Ran:
    """Run the command with these arguments in a folder; `look` is called with the processes below it again and again.

    Raises subprocess.TimeoutExpired if it has not ended `within` so many seconds.
    """
    settings = {"XDG_CONFIG_HOME": str(Path(tempfile.gettempdir()) / "piiscan faults")}  # not the person's own
    command = [*wrapper, sys.executable, "-m", "piiscan", *map(str, arguments)]
    started = time.monotonic()
    peaks = [0.0]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **settings, **(environ or {})},
    ) as run:

        def watch() -> None:
            while run.poll() is None:
                processes = below(run.pid)
                peaks.extend(map(_peak, [run.pid, *processes]))
                look(processes)
                time.sleep(_PULSE)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            out, errors = run.communicate(timeout=within)
        finally:
            run.kill()
            watcher.join()
    return Ran(run.returncode, out, errors, time.monotonic() - started, max(peaks))


def told_of(folder: Path, *options: object, within: float = 600) -> Ran:
    """Scan a folder; the run has to end in time, without a word on its errors and without a value."""
    told = ran("scan", folder, "--format", "jsonl", "--quiet", *options, within=within)
    assert (told.code in {0, 1, 3}, told.errors) == (True, b"")
    assert b"9876-5432" not in told.out
    return told


def children(process: int) -> list[int]:
    """Give the processes that one has started and that live."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def below(process: int) -> list[int]:
    """Give all that live below one."""
    found = children(process)
    return [*found, *(each for child in found for each in below(child))]


def is_worker(process: int) -> bool:
    """Tell whether one of them is a worker: it leads a session of its own, and so does the server that it is from."""
    try:
        parent = int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        return os.getsid(process) == process and os.getsid(parent) == parent
    except OSError:
        return False


def _peak(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)
