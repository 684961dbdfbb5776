"""How long a whole process takes to answer: `piiscan --version`, a scan of three small files, the hook on them.

Usage: python bench/startup.py [RUNS]. Prints the median of each beside its bar, and exits 1 where a bar is missed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARS = {"--version": 0.150, "scan of three small files": 0.300, "hook on three small staged files": 0.400}  # seconds


def median_seconds(command: list[str], runs: int, environment: dict[str, str], folder: Path | None = None) -> float:
    """Give the median time in seconds of `runs` whole processes, after one that warms the caches."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        result = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        if result.returncode not in {0, 1}:
            sys.exit(result.stderr.decode())
    return statistics.median(times[1:])


def measure(runs: int = 15) -> dict[str, float]:
    """Give the median seconds of each command."""
    piiscan = [sys.executable, "-m", "piiscan"]
    with tempfile.TemporaryDirectory() as folder:
        share = Path(folder) / "share"
        share.mkdir()
        for number in range(3):
            text = f"担当: 見本 花子\n携帯電話 090-1234-567{number}\n" * 20
            (share / f"連絡先{number}.txt").write_text(text, encoding="utf-8")
        # an installed program has its bytecode, whatever is set where it is developed
        foreign = ("GIT_", "PRE_COMMIT", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        environment = {**kept, "XDG_CONFIG_HOME": folder}
        repository = shutil.copytree(share, Path(folder) / "repository")
        for command in (["git", "init", "-q"], ["git", "add", "."]):
            subprocess.run(command, cwd=repository, env=environment, check=True)
        return {
            "--version": median_seconds([*piiscan, "--version"], runs, environment),
            "scan of three small files": median_seconds([*piiscan, "scan", str(share)], runs, environment),
            "hook on three small staged files": median_seconds([*piiscan, "hook"], runs, environment, repository),
        }


def main() -> int:
    """Measure the commands, print the figures, and give the exit code."""
    figures = measure(*map(int, sys.argv[1:2]))
    for name, seconds in figures.items():
        print(f"{name}: {seconds * 1000:.0f} ms (bar {BARS[name] * 1000:.0f} ms)")
    return int(any(seconds > BARS[name] for name, seconds in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
