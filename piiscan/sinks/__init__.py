"""Where a report goes: one row per transport. A sink is a context manager with `write(line)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

SINKS: Mapping[str, str] = {
    "-": "stdout:open_stdout",
    "file": "file:open_file",
}


class Sink(Protocol):
    """What a report is written to."""

    @property
    def files(self) -> frozenset[tuple[int, int]]:
        """The (device, inode) of the files it writes: a scan of the folder they lie in would chase its own tail."""

    def write(self, line: str) -> None:
        """Write one line; `line` carries no line end. Raises OutputError where it cannot be written."""


def open_sink(target: str) -> AbstractContextManager[Sink]:
    """Open standard output for "-", else the file `target`, which appears whole at the end or not at all.

    Raises OutputError at once where the target cannot be written.
    """
    opener = resolve(__name__, SINKS["-" if target == "-" else "file"])
    sink: AbstractContextManager[Sink] = opener(target)
    return sink
