"""Whole processes: how long one takes from start to exit, and how much memory it and its children need at most."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds between two looks at a process and its children.
LOOK = 0.05
_USAGE = 2


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, the file that its standard output goes to, and the exit codes of a run that did its work."""

    words: tuple[str, ...]
    output: Path = Path("/dev/null")
    environment: Mapping[str, str] = field(default_factory=dict)
    good: frozenset[int] = frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: the most that one process held, and the most that all held at one time, shared pages counted once."""

    largest: float
    together: float


class RefusedError(Exception):
    """The command does not know an option: what it was asked for is not built yet."""


def seconds_of(command: Command) -> float:
    """Run the command and give its time; raises RefusedError, and ends the program where the work was not done."""
    with command.output.open("wb") as output:
        start = time.perf_counter()
        result = subprocess.run(
            command.words, stdout=output, stderr=subprocess.PIPE, env=dict(command.environment) or None, check=False
        )
        taken = time.perf_counter() - start
    _check(command, result.returncode, result.stderr)
    return taken


def _check(command: Command, code: int, said: bytes) -> None:
    if code in command.good:
        return
    text = said.decode(errors="replace")
    if code == _USAGE and "No such option" in text:
        raise RefusedError(text)
    sys.exit(f"exit code {code}: {' '.join(command.words)[:300]}\n{text[:1000]}")


def memory_of(command: Command) -> Memory:
    """Run the command, looking at it all the time, which is why nobody takes its time meanwhile."""
    largest = together = 0.0
    with (
        command.output.open("wb") as output,
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command.words, stdout=output, stderr=said, env=dict(command.environment) or None) as process,
    ):
        while process.poll() is None:
            family = _family(process.pid)
            largest = max([largest, *(_field(f"{each}/status", "VmHWM:") for each in family)])
            together = max(together, sum(_field(f"{each}/smaps_rollup", "Pss:") for each in family))
            time.sleep(LOOK)
        said.seek(0)
        _check(command, process.returncode, said.read())
    return Memory(largest / 1000, together / 1000)


def _family(root: int) -> list[int]:
    """List a process and everything that descends from it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it is gone
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    family = [root]
    for process in family:
        family += children.get(process, [])
    return family


def _field(name: str, label: str) -> float:
    """Read kilobytes from a file of /proc; nothing of a process that is gone."""
    try:
        lines = Path("/proc", name).read_text(errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith(label)), 0.0)
