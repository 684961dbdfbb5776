"""Run the tests of faults by their numbers, and print a table of what they took."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tests.faults.table import FAULTS


def main() -> int:
    """Print a row for each fault; gives 1 if a test failed."""
    failed = 0
    print("| fault | what | outcome | tests | seconds | peak memory, MB |\n|---|---|---|---|---|---|", flush=True)
    for number in map(int, sys.argv[1:] or FAULTS):
        fault = FAULTS[number]
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", *fault.tests],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        out = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)  # of it and of all that it waited for, the largest
        said = process.returncode = os.waitstatus_to_exitcode(status)
        taken = time.monotonic() - started
        memory = used.ru_maxrss / 1024
        count = sum(line.count(b".") for line in out.splitlines() if line.rstrip().endswith(b"%]"))
        verdict = fault.outcome if said == 0 else "FAILED"
        print(f"| {number} | {fault.what} | {verdict} | {count} | {taken:.1f} | {memory:.0f} |", flush=True)
        failed += said != 0
        if said:
            print(out.decode(errors="replace")[-2000:], file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
