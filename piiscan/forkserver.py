"""The process that workers are forked from: without threads, open files or secrets, and with the scan imported.

The command line forks it from itself before it has any of these: that takes a millisecond, and what was imported is
there. A program that uses the library may have all of them, so for it the server is an interpreter of its own. Either
way a worker is forked from a process that does nothing else, which is the one safe place to fork from.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import select
import signal
import socket
import struct
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    Target = Callable[[socket.socket], None]

_NUMBER = struct.Struct("!q")
_MOST = 4096
#: The exit code of a process whose end nobody could tell any more.
UNKNOWN = 255
_LOCK = threading.Lock()
#: The server of this process, once there is one. A process that is forked from this one must not talk to it.
_RUNNING: dict[int, socket.socket] = {}


def wait(descriptors: Sequence[int], seconds: float) -> set[int]:
    """Wait until one of the descriptors has something to read or its other end is gone; give those that have."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return {descriptor for descriptor, _ in poll.poll(max(0, round(seconds * 1000)))}


class Child:
    """A process that the server has forked. `sentinel` can be read when it has ended."""

    def __init__(self, process: int, sentinel: int) -> None:
        self.process, self.sentinel = process, sentinel
        self._code: int | None = None

    def exit_code(self, seconds: float = 0) -> int | None:
        """Wait so long for its end; give its exit code, negative for a signal, or None while it runs."""
        if self._code is None and wait([self.sentinel], seconds):
            told = os.read(self.sentinel, _NUMBER.size)
            self._code = _NUMBER.unpack(told)[0] if told else UNKNOWN
        return self._code

    def kill(self) -> None:
        """Kill it, and all of its process group, whoever is left of that."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)
        if self.exit_code() in {None, UNKNOWN}:  # it has no group of its own yet
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)

    def close(self) -> None:
        """Forget it."""
        os.close(self.sentinel)


def start_early(prepare: Callable[[], None] | None = None) -> None:
    """Fork the server from this process, which must have neither threads nor secrets yet. Raises OSError.

    It begins with `prepare`, whose work all workers share. Where there is a server already, that is enough.
    """
    if os.getpid() in _RUNNING:
        return
    ours, theirs = socket.socketpair()
    if os.fork():
        theirs.close()
        _RUNNING[os.getpid()] = ours
    else:
        ours.close()
        serve_forks(theirs, prepare)


def fork(target: Target, channel: socket.socket) -> Child:
    """Let `target(channel)` run in a process of its own; its end of the channel may be closed here afterwards.

    `target` is a function of a module. Raises OSError or EOFError where no process can be had.
    """
    news, status = os.pipe()
    try:
        with _LOCK:
            process = _ask(pickle.dumps(target), [channel.fileno(), status])
    except BaseException:
        os.close(news)
        raise
    finally:
        os.close(status)
    return Child(process, news)


def _ask(request: bytes, descriptors: list[int]) -> int:
    control = _RUNNING.get(os.getpid())
    if control is not None:
        with suppress(OSError, EOFError):  # somebody has killed it: another takes its place
            return _answer(control, request, descriptors)
        control.close()
    control = _RUNNING[os.getpid()] = _start_interpreter()
    atexit.register(control.close)
    return _answer(control, request, descriptors)


def _answer(control: socket.socket, request: bytes, descriptors: list[int]) -> int:
    socket.send_fds(control, [request], descriptors)
    told = control.recv(_NUMBER.size, socket.MSG_WAITALL)
    if len(told) < _NUMBER.size:
        raise EOFError
    (process,) = _NUMBER.unpack(told)
    if process < 0:
        raise OSError(-process, os.strerror(-process))
    return int(process)


def _start_interpreter() -> socket.socket:
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.set_inheritable(True)
        # The same places to import from; no descriptor but this one, whatever else was inherited.
        program = (
            f"import os, sys; sys.path[:] = {sys.path!r}; import piiscan.worker; from piiscan import forkserver; "
            f"forkserver.serve_from({theirs.fileno()})"
        )
        os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)
    return ours


def serve_from(descriptor: int) -> NoReturn:
    """Serve what comes through an inherited descriptor, the only one that is kept open."""
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))
    serve_forks(socket.socket(fileno=descriptor))


def serve_forks(control: socket.socket, prepare: Callable[[], None] | None = None) -> NoReturn:
    """Fork a process for each request, and tell how it ended, until the other side has gone; then end."""
    try:
        server = _Server(control)
        if prepare:
            prepare()
        gc.freeze()  # what is shared with the workers is never looked at again, so it stays shared
        server.serve()
    except OSError:
        pass  # nobody is left to be told
    finally:
        os._exit(0)


class _Server:
    """The side of the server: what it has forked, and whom it tells of each end."""

    def __init__(self, control: socket.socket) -> None:
        # Whoever reads our output waits for its end, and a terminal tells all of its processes to stop.
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nowhere, standard)
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._control = control
        self._children: dict[int, int] = {}
        self._news, self._wake = os.pipe()
        os.set_blocking(self._news, False)
        os.set_blocking(self._wake, False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        while True:
            ready = wait([self._control.fileno(), self._news], 60)
            if self._news in ready:
                os.read(self._news, _MOST)
            self._bury()
            if self._control.fileno() in ready:
                request, descriptors, _, _ = socket.recv_fds(self._control, _MOST, 2)
                if not request:
                    return
                self._fork(request, *descriptors)

    def _bury(self) -> None:
        while self._children:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            teller = self._children.pop(process)
            with suppress(OSError):  # nobody wants to know
                os.write(teller, _NUMBER.pack(os.waitstatus_to_exitcode(status)))
            os.close(teller)

    def _fork(self, request: bytes, channel: int, status: int) -> None:
        try:
            process = os.fork()
        except OSError as error:
            process = -(error.errno or 1)
        if process == 0:
            os.close(status)
            self._become(request, channel)
        os.close(channel)
        if process > 0:
            self._children[process] = status
        else:
            os.close(status)
        self._control.sendall(_NUMBER.pack(process))

    def _become(self, request: bytes, channel: int) -> NoReturn:
        """Be the new process. What it does with its exit code is all that anybody learns of its end."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for descriptor in (self._control.detach(), self._news, self._wake, *self._children.values()):
                os.close(descriptor)
            gc.enable()
            os.set_inheritable(channel, False)  # noqa: FBT003 - what a library starts is no end of the channel
            target: Target = pickle.loads(request)  # noqa: S301 - our own parent wrote it
            target(socket.socket(fileno=channel))
            code = 0
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else int(leave.code is not None)
        finally:
            os._exit(code)
