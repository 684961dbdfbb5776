"""A test-only extractor: the file's content orders how the worker that reads it shall behave.

A file holds an order and, after a blank, its argument: the path where the process that is to vanish leaves its id,
or the text to be found.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import sys
import time
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from piiscan.config import RunConfig, ScanConfig
from piiscan.model import Outcome
from piiscan.pages import Pages
from piiscan.piece import Problem, Segment
from piiscan.stored import stored

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

PHONE = "電話番号 090-1234-5678\n"
MEGABYTE = 1_000_000


def config_for(*paths: object, **changes: Any) -> RunConfig:  # noqa: ANN401 - any field of RunConfig
    scan = ScanConfig(
        key=bytes(32),
        run_key=bytes(32),
        max_file_size=changes.pop("max_file_size", None),
        pattern_files=changes.pop("pattern_files", ()),
        extractors={".mock": "tests.mock_extractor:extract_mock"},
    )
    return RunConfig(scan, tuple(map(str, paths)), **{"memory": 500 * MEGABYTE, **changes})


def die_at_once(_channel: socket.socket) -> None:
    os._exit(3)


def leave_as_told(channel: socket.socket) -> None:
    order, _, argument = channel.recv(1000).decode().partition(" ")
    if order == "exit":
        sys.exit(int(argument) if argument.isdigit() else argument or None)
    if order == "raise":
        raise ValueError(argument)
    if order == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "parent":
        Path(f"{argument}.part").write_text(str(os.getppid()), encoding="utf-8")
        Path(f"{argument}.part").rename(argument)
        channel.recv(1)


def tell_modules(channel: socket.socket) -> None:
    """Write the names of the modules that this process has loaded into the file that the channel names."""
    Path(channel.recv(1000).decode()).write_text(" ".join(sys.modules), encoding="utf-8")


def is_gone(process: int) -> bool:
    """Tell whether a process has ended; one that nobody has waited for yet has."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def becomes_gone(process: int, seconds: float = 2.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_gone(process):
        time.sleep(0.02)
    return is_gone(process)


def extract_mock(stream: BinaryIO, name: str) -> Iterator[Segment | Problem | Pages]:
    order, _, argument = stream.read().decode().partition(" ")
    yield from ORDERS[order](argument.rstrip(" "), name)


def _ok(argument: str, _name: str) -> Iterator[Segment]:
    yield Segment(argument)


def _segfault(_argument: str, _name: str) -> Iterator[Segment]:
    ctypes.string_at(0)
    yield Segment("")


def _hang(argument: str, _name: str) -> Iterator[Segment]:
    _leave_id(argument)
    time.sleep(3600)
    yield Segment("")


def _sleep(argument: str, _name: str) -> Iterator[Segment]:
    time.sleep(float(argument))
    yield Segment("")


def _make(argument: str, _name: str) -> Iterator[Segment]:
    name, seconds = argument.split()

    def make() -> bytes:
        time.sleep(float(seconds))
        return b"made"

    yield Segment(stored(name, b"", make).decode())


def _busy(_argument: str, _name: str) -> Iterator[Segment]:
    sum(repeat(0))  # never leaves C, never gives the interpreter lock back
    yield Segment("")


def _allocate(_argument: str, _name: str) -> Iterator[Segment]:
    hoard: list[bytes] = []
    while True:
        hoard.append(bytes(16 * MEGABYTE))
        yield Segment("")


def _map(argument: str, _name: str) -> Iterator[Segment]:
    with mmap.mmap(-1, int(argument) * MEGABYTE, prot=mmap.PROT_READ):
        yield Segment(PHONE)


def _exit0(_argument: str, _name: str) -> Iterator[Segment]:
    os._exit(0)
    yield Segment("")


def _sigkill(_argument: str, _name: str) -> Iterator[Segment]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield Segment("")


def _emit_then_die(_argument: str, _name: str) -> Iterator[Segment]:
    yield Segment(PHONE, "first")
    yield Segment(PHONE, "second")
    os.kill(os.getpid(), signal.SIGKILL)


def _turn_then_die(argument: str, _name: str) -> Iterator[Segment | Pages]:
    yield Pages(2, 1)
    for _ in range(4):
        yield Segment(argument)
    yield Pages(4, 4)
    os.kill(os.getpid(), signal.SIGKILL)


def _emit_then_hang(argument: str, _name: str) -> Iterator[Segment]:
    yield Segment(PHONE)
    yield from _hang(argument, "")


def _grandchild(argument: str, _name: str) -> Iterator[Segment]:
    if not os.fork():
        _leave_id(argument)
        time.sleep(3600)
    while not Path(argument).exists():
        time.sleep(0.01)
    os._exit(0)
    yield Segment("")


def _raise(argument: str, _name: str) -> Iterator[Segment]:
    raise ValueError(argument)
    yield Segment("")


def _leave(argument: str, _name: str) -> Iterator[Segment]:
    raise SystemExit(argument)
    yield Segment("")


def _print(argument: str, _name: str) -> Iterator[Segment]:
    os.write(1, argument.encode())
    os.write(2, argument.encode())
    yield Segment("")


def _eio(_argument: str, _name: str) -> Iterator[Segment]:
    raise OSError(5, "Input/output error", "090-1234-5678")
    yield Segment("")


def _grow(argument: str, _name: str) -> Iterator[Segment]:
    yield Segment(PHONE)
    with Path(argument).open("a", encoding="utf-8") as file:
        file.write("more")


def _problems(_argument: str, _name: str) -> Iterator[Segment | Problem]:
    yield Problem(Outcome.PARTIAL, "encoding")
    yield Problem(Outcome.UNSUPPORTED, "binary")
    yield Problem(Outcome.PARTIAL, "depth")
    yield Segment(PHONE)


def _leave_id(argument: str) -> None:
    if argument.strip():
        whole = Path(f"{argument}.part")
        whole.write_text(str(os.getpid()), encoding="utf-8")
        whole.rename(argument)


ORDERS: dict[str, Callable[[str, str], Iterator[Segment | Pages] | Iterator[Segment | Problem]]] = {
    "ok": _ok,
    "segfault": _segfault,
    "hang": _hang,
    "make": _make,
    "busy": _busy,
    "sleep": _sleep,
    "allocate": _allocate,
    "map": _map,
    "exit0": _exit0,
    "sigkill": _sigkill,
    "emit-then-die": _emit_then_die,
    "turn-then-die": _turn_then_die,
    "emit-then-hang": _emit_then_hang,
    "grandchild": _grandchild,
    "raise-with-pii": _raise,
    "leave-with-pii": _leave,
    "print-pii": _print,
    "eio": _eio,
    "grow": _grow,
    "problems": _problems,
}
