"""Measure everything, or what --only names, and write docs/performance.md; scripts/bench calls it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bench import docx, pdf, startup, xlsx
from bench.growth import GROWTHS, faults_of, measure_growth
from bench.page import write_page
from bench.peers import warm_caches
from bench.profile import profile_of
from bench.results import Figure, load_results, machine, save_results, where
from bench.speed import measure_work, missed_peers
from bench.works import WORKS

if TYPE_CHECKING:
    from bench.results import Results

RUNS, GROWTH_RUNS = 5, 3
DOCUMENTS = {"docx": docx.measure, "xlsx": xlsx.measure, "pdf": pdf.measure}
NAMES = ("startup", *DOCUMENTS, *WORKS, *GROWTHS)


def main() -> int:
    """Measure, write the page after each measure, and give the exit code: 1 where a bar is missed."""
    options = _parse()
    if options.list:
        print("\n".join(NAMES))
        return 0
    results = load_results()
    results.machine = machine()
    missed = []
    for name in options.only or NAMES if not options.page else ():
        print(f"{name} …", file=sys.stderr, flush=True)
        faults = _measure(name, results, options.runs)
        print(f"{name}: {', '.join(faults) or 'measured'}", flush=True)
        missed += faults
        save_results(results)
        write_page(results)
    write_page(results)
    return int(bool(missed))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure, and write docs/performance.md.")
    parser.add_argument("--only", metavar="NAME", action="append", choices=NAMES, help="measure this; may be repeated")
    parser.add_argument("--runs", metavar="N", type=int, help="how often each command is run (default: 5, curves 3)")
    parser.add_argument("--list", action="store_true", help="print the names")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page from what is known")
    return parser.parse_args()


def _measure(name: str, results: Results, runs: int | None) -> list[str]:
    """Measure one name into the results, and say which bars it misses."""
    warm_caches()
    if name in GROWTHS:
        curve = results.curves[name] = measure_growth(name, runs or GROWTH_RUNS)
        return [f"MISSED {fault}" for fault in faults_of(name, curve)]
    if name in WORKS:
        measured = measure_work(name, runs or RUNS)
        missed = missed_peers(name, measured)
        measured.profile = profile_of(WORKS[name].corpus) if missed else ""
        results.works[name] = measured
        return [f"MISSED {ratio:.2f} of {peer}" for peer, ratio in missed.items()]
    here = where()
    if name in DOCUMENTS:
        ratios = DOCUMENTS[name](*[runs] if runs else [])
        figures = tuple(Figure(ratio.name, ratio.ours, ratio.theirs, ratio.bar, here) for ratio in ratios)
    else:
        seconds = startup.measure(*[runs] if runs else [])
        figures = tuple(Figure(what, taken, None, startup.BARS[what], here) for what, taken in seconds.items())
    results.figures[name] = figures
    return [f"MISSED {each.name}" for each in figures if each.ours / (each.theirs or 1) > each.bar]


if __name__ == "__main__":
    sys.exit(main())
