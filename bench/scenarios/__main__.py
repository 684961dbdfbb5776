"""Make the eight shares, scan them, and write docs/scenarios.md; scripts/scenarios calls it."""

from __future__ import annotations

import argparse
import secrets
import sys

from bench.corpora import ROOT
from bench.scenarios.measure import measure
from bench.scenarios.page import write_page
from bench.scenarios.table import SCENARIOS

SEED = 20261125


def main() -> int:
    """Measure, and give the exit code: 1 where anything is missed."""
    options = _parse()
    seed = secrets.randbelow(10**9) if options.fresh else options.seed
    print(f"seed {seed} …", file=sys.stderr, flush=True)
    results = []
    for name in options.only or SCENARIOS:
        result = measure(ROOT / "scenarios" / name, name, seed, is_small=options.small, jobs=options.jobs)
        results.append(result)
        print(f"{name}: {'MISSED' if result.missed else 'held'}", flush=True)
        for row in result.missed:
            print(f"  MISSED {row.what}: made {row.made}, found {row.found}", flush=True)
    if not (options.fresh or options.small or options.only):
        write_page(results, seed)
    return int(any(result.missed for result in results))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/scenarios", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"draw the people by this seed (default: {SEED})")
    parser.add_argument("--fresh", action="store_true", help="draw a new seed, print it, and leave the page alone")
    parser.add_argument("--small", action="store_true", help="tens to hundreds of rows; the page is left alone")
    parser.add_argument("--only", action="append", choices=[*SCENARIOS], help="this share only; repeat for more")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes of the scan (default: 2)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
