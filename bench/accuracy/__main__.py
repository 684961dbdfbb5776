"""Measure how right we are, and write docs/accuracy.md; scripts/accuracy calls it."""

from __future__ import annotations

import argparse
import secrets
import sys

import msgspec

from bench.accuracy.floors import surely_missed
from bench.accuracy.measure import measure
from bench.accuracy.page import bars, write_page
from bench.accuracy.score import Score
from bench.corpora import ROOT

SEED, SIZE = 20261125, 4.0
_STORE = ROOT / "accuracy.json"
_LISTED = 40


def main() -> int:
    """Measure, and give the exit code: 1 where a bar is missed for certain, or a file was not read."""
    options = _parse()
    if options.page:
        write_page(msgspec.json.decode(_STORE.read_bytes(), type=Score))
        return 0
    seed = secrets.randbelow(10**9) if options.fresh else options.seed
    print(f"seed {seed}, size {options.size:g} …", file=sys.stderr, flush=True)
    folder = ROOT / "accuracy" / ("fresh" if options.fresh else "fixed")
    score = measure(folder, seed, options.size, compares_engines=True)
    for name, _, value, bar, is_held in bars(score):
        print(f"{name}: {100 * value:.2f} % (bar {100 * bar:.1f}) {'held' if is_held else 'MISSED'}")
    if options.misses:
        _print_misses(score)
    if not options.fresh:
        _STORE.write_bytes(msgspec.json.encode(score))
        write_page(score)
    missed = [f"{path}: not read wholly" for path in score.unread] + surely_missed(score)
    if score.differing:
        missed.append(f"{score.differing} claims differ between the engines")
    print(*(f"MISSED {each}" for each in missed), sep="\n")
    return int(bool(missed))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/accuracy", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"draw the corpus by this seed (default: {SEED})")
    parser.add_argument("--size", type=float, default=SIZE, help=f"how large the corpus is (default: {SIZE:g})")
    parser.add_argument("--fresh", action="store_true", help="draw a new seed, print it, and leave the page alone")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page from what is known")
    parser.add_argument("--misses", action="store_true", help="print what is missed and what is claimed falsely")
    return parser.parse_args()


def _print_misses(score: Score) -> None:
    for name, tally in score.identifiers.items():
        note = " (no pattern)" if name in score.missing else ""
        print(f"{name}: P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f} of {tally.total}{note}")
    for name, missed, whole in score.worst[:_LISTED]:
        print(f"missed {missed:4} of {whole:4}  {name}")
    for name, count in score.false[:_LISTED]:
        print(f"false {count:4}  {name}")


if __name__ == "__main__":
    sys.exit(main())
