"""The child's side of the pool: takes batches of files, sends what it finds as it finds it.

A worker expects to be killed. It has a process group of its own, so that what a library starts dies with it;
it may not fill the memory, leave a core file (that would hold the document) or print (libraries quote what
they cannot parse); and where its parent is gone, it ends by itself.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
from contextlib import contextmanager
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from piiscan import scan, wire
from piiscan.config import COLLECT
from piiscan.errors import PiiscanError
from piiscan.faults import MEMORY
from piiscan.model import FileRef, FileReport
from piiscan.piece import Blob, Slice
from piiscan.stored import within

if TYPE_CHECKING:
    import socket
    from collections.abc import Container, Iterator

    from piiscan.config import RunConfig

#: Seconds past its time limit after which a worker kills itself: its parent, who should have, must be gone.
GRACE = 5
#: Seconds in which what is kept for all runs has to be made, on the slowest machine.
MAKE_LIMIT = 900
#: Bytes of address space for what nobody writes to: the code of all libraries takes 300 MB of it, most of that Arrow's.
#: The limit of what is written to leaves it out; that of the address space stands where a system has no other.
LIBRARIES = 500_000_000
_FOREVER = 2**31 - 1


class Making(NamedTuple):
    """What is kept for all files and all runs is being made, or was: that time is not the file's in hand."""

    is_over: bool


class Ready(NamedTuple):
    """A worker's first message: it is up, or why it cannot be (one line for the user)."""

    refusal: str = ""


def serve(channel: socket.socket) -> None:
    """Scan the batches of files that come after the configuration, until the parent closes the channel.

    Raises nothing that a file can cause.
    """
    try:
        config: RunConfig = wire.receive(channel)
    except (EOFError, OSError):
        return
    _confine(config.memory)
    if config.nice:
        from piiscan.nice import be_nice  # noqa: PLC0415 - who is not pays nothing for it

        be_nice()
    _silence()
    gc.set_threshold(*COLLECT)
    try:
        with within(partial(_standing, channel)):
            answer = ready(config)
            wire.send(channel, answer)
            if not answer.refusal:
                _answer(channel, config)
    except (EOFError, OSError):
        return  # the parent has gone, and nobody else wants to know


@contextmanager
def _standing(channel: socket.socket) -> Iterator[None]:
    """Let the clocks of the file in hand stand still, ours and the parent's."""
    left = signal.alarm(0)
    wire.send(channel, Making(is_over=False))
    signal.alarm(MAKE_LIMIT)
    try:
        yield
    finally:
        wire.send(channel, Making(is_over=True))
        signal.alarm(left)


def ready(config: RunConfig) -> Ready:
    """Load all that every file needs; give the message that says so, or why it cannot be."""
    try:
        scan.detector_of(config.scan)
    except PiiscanError as error:
        return Ready(str(error))
    return Ready()


def _answer(channel: socket.socket, config: RunConfig) -> None:
    """Scan batch after batch; what a file left in a full memory could fail the next, so there is no next one."""
    while True:
        jobs = wire.receive(channel)
        quiet = scan.quiet_paths((job for job in jobs if isinstance(job, FileRef)), config.scan)
        for job in jobs:
            report = _scan(job, channel, config, quiet)
            if report and (report.outcome, report.reason) == (MEMORY.outcome, MEMORY.reason):
                return


def _scan(
    job: FileRef | Blob | Slice, channel: socket.socket, config: RunConfig, quiet: Container[str]
) -> FileReport | None:
    if isinstance(job, Blob):
        size, messages = job.ref.size, scan.scan_content(job.ref, job.content, config.scan)
    elif isinstance(job, Slice):
        size, messages = job.ref.size, scan.scan_slice(job, config.scan)
    else:
        size, messages = job.size, scan.scan_file(job, config.scan, has_quiet_path=job.path in quiet)
    limit = ceil(min(config.time_limit(size) + GRACE, _FOREVER))
    signal.alarm(limit)
    report = None
    for message in messages:
        signal.alarm(0)  # a parent that is slow to take the message is alive
        wire.send(channel, message)
        signal.alarm(limit)
        report = message if isinstance(message, FileReport) else None
    signal.alarm(0)
    return report


def _confine(memory: int) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what ends when
    _limit(resource.RLIMIT_DATA, memory)
    _limit(resource.RLIMIT_AS, memory + LIBRARIES)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(kind: int, limit: int) -> None:
    _, most = resource.getrlimit(kind)
    limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
    resource.setrlimit(kind, (limit, limit))


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
