"""Run the tests of faults by their numbers, and print a table of what they took."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time

from tests.faults.table import FAULTS, TOGETHER

#: PR_SET_CHILD_SUBREAPER: whose parent has ended becomes a child of ours.
_SUBREAPER = 36


def main() -> int:
    """Print a row for each fault; gives 1 if a test failed."""
    failed = 0
    rows = {**FAULTS, 0: TOGETHER}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs in the background ignores it
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)  # the server that workers are forked from outlives the tests by a moment
    print("| fault | what | outcome | tests | seconds | peak memory, MB |\n|---|---|---|---|---|---|", flush=True)
    for number in map(int, sys.argv[1:] or rows):
        fault = rows[number]
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", *fault.tests],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        out = process.stdout.read() if process.stdout else b""
        said, memory = _end_of(process)
        taken = time.monotonic() - started
        count = sum(line.count(b".") for line in out.splitlines() if line.rstrip().endswith(b"%]"))
        verdict = fault.outcome if said == 0 else "FAILED"
        print(f"| {number} | {fault.what} | {verdict} | {count} | {taken:.1f} | {memory:.0f} |", flush=True)
        failed += said != 0
        if said:
            print(out.decode(errors="replace")[-2000:], file=sys.stderr)
    return 1 if failed else 0


def _end_of(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Wait for a process and what it left behind; give its exit code, and the megabytes of the largest of all."""
    memory = 0
    while True:
        try:
            ended, status, used = os.wait4(-1, 0)  # counts those for whom it waited too, workers among them
        except ChildProcessError:
            return process.returncode, memory / 1024
        memory = max(memory, used.ru_maxrss)
        if ended == process.pid:
            process.returncode = os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
