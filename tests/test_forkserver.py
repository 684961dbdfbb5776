from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from piiscan import forkserver
from tests.mock_extractor import becomes_gone, die_at_once, leave_as_told

PROGRAM = """
import os, sys, time
from piiscan import forkserver
forkserver.start_early()
print("written", flush=True)
os.kill(os.getpid(), 9)
"""


def end_of(order: str) -> int | None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        child = forkserver.fork(leave_as_told, theirs)
        ours.send(order.encode())
        code = child.exit_code(10)
        child.close()
    return code


@pytest.mark.parametrize(
    ("order", "code"),
    [("return", 0), ("exit 3", 3), ("exit text", 1), ("exit", 0), ("raise", 1), ("kill", -signal.SIGKILL)],
)
def test_an_end_is_told_by_its_code(order: str, code: int) -> None:
    assert end_of(order) == code


def test_a_child_is_seen_running_and_can_be_killed() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        child = forkserver.fork(leave_as_told, theirs)
        assert child.exit_code(0.05) is None
        child.kill()
        assert child.exit_code(10) == -signal.SIGKILL == child.exit_code()
        child.close()


def test_a_server_that_somebody_killed_is_replaced() -> None:
    assert end_of("return") == 0
    (control,) = (forkserver._RUNNING[os.getpid()],)
    control.shutdown(socket.SHUT_RDWR)
    assert end_of("exit 3") == 3
    assert forkserver._RUNNING[os.getpid()] is not control


def test_a_process_that_cannot_be_had_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        monkeypatch.setattr(forkserver, "_answer", lambda *_: (_ for _ in ()).throw(EOFError))
        monkeypatch.setattr(forkserver, "_RUNNING", {})
        with pytest.raises(EOFError):
            forkserver.fork(die_at_once, theirs)
    for control in forkserver._RUNNING.values():
        control.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_server_ends_with_its_parent_and_holds_no_output_open() -> None:
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, b"written\n", b"")
    assert time.monotonic() - started < 10


def test_children_of_a_server_that_is_gone_have_an_unknown_end(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    ours, theirs = socket.socketpair()
    with ours, theirs:
        child = forkserver.fork(leave_as_told, theirs)
        ours.send(f"parent {mark}".encode())
        while not mark.exists():
            time.sleep(0.01)
        os.kill(int(mark.read_text(encoding="utf-8")), signal.SIGKILL)
        assert child.exit_code(10) == forkserver.UNKNOWN
        child.kill()
        assert becomes_gone(child.process)
        child.close()
    assert end_of("return") == 0


def test_a_server_that_cannot_get_ready_is_replaced() -> None:
    program = """
import socket, sys
from piiscan import forkserver
from tests.mock_extractor import die_at_once
forkserver.start_early(lambda: 1 / 0)
ours, theirs = socket.socketpair()
sys.exit(forkserver.fork(die_at_once, theirs).exit_code(10))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=Path.cwd(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (3, b"")
