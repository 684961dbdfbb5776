"""A worker that is a thread of this process: for a few small texts, which take less time than a process to start.

It speaks to the pool as a worker process does, in the same messages, so that all else is the same: its deadline holds
(nobody waits for a thread that hangs), and what was found before it counts. What our own code alone does not read, it
leaves to a process: a library may crash, and would take this process with it.
"""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

from piiscan import wire
from piiscan.model import Outcome
from piiscan.piece import Problem
from piiscan.scan import ElsewhereError, scan_here
from piiscan.worker import ready

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.backlog import Backlog
    from piiscan.config import RunConfig
    from piiscan.model import FileRef

#: So many files, of so many bytes together, are few and small: at the slowest a tenth of a second.
FILES, BYTES = 16, 256_000

_ENDED = Problem(Outcome.CRASH, "exit 1")


class Elsewhere:
    """Message: the file in hand is for a worker process."""


def is_enough(waiting: Backlog, config: RunConfig) -> bool:
    """Tell whether a thread can scan all that waits. Patterns or extractors of others may hang or crash."""
    ours_alone = not config.scan.pattern_files and not config.scan.extractors
    return ours_alone and 0 < len(waiting) <= FILES and waiting.size <= BYTES


class InlineWorker:
    """The thread, as a seat sees it. `sentinel` is its channel: that is closed when it ends."""

    def __init__(self, config: RunConfig) -> None:
        """Start it."""
        self.channel, theirs = socket.socketpair()
        self.sentinel = self.channel.fileno()
        threading.Thread(target=_serve, args=(theirs, config), name="scan", daemon=True).start()

    def end(self, *, at_once: bool) -> Problem:  # noqa: ARG002 - as of a process
        """Let go of it; when it next says something, it ends."""
        self.channel.close()
        return _ENDED


def _serve(channel: socket.socket, config: RunConfig) -> None:
    try:
        with channel:
            answer = ready(config)
            wire.send(channel, answer)
            if not answer.refusal:
                _scan(wire.receive(channel), channel, config)  # and no more: its seat may be wanted for a process
    except (EOFError, OSError):
        return  # nobody wants to know


def _scan(refs: Sequence[FileRef], channel: socket.socket, config: RunConfig) -> None:
    for ref in refs:
        try:
            for message in scan_here(ref, config.scan, BYTES):
                wire.send(channel, message)
        except ElsewhereError:
            wire.send(channel, Elsewhere())
