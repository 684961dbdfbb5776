from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import socket, sys
from piiscan import wire, worker
from piiscan.model import FileRef
from tests.mock_extractor import config_for

worker.GRACE = 0.5
ours, theirs = socket.socketpair()
wire.send(ours, config_for(timeout=0.5))
for path in sys.argv[1:]:
    wire.send(ours, (FileRef(path, path),))
if len(sys.argv) == 1:
    ours.close()
worker.serve(theirs)
"""


def serve(*paths: Path) -> int:
    command = [sys.executable, "-c", PROGRAM, *map(str, paths)]
    return subprocess.run(command, cwd=Path.cwd(), timeout=30, check=False).returncode


def test_a_worker_ends_with_its_channel() -> None:
    assert serve() == 0


def test_a_worker_that_nobody_kills_at_its_limit_kills_itself(tmp_path: Path) -> None:
    (tmp_path / "a.mock").write_text("hang", encoding="utf-8")
    assert serve(tmp_path / "a.mock") == -signal.SIGALRM
