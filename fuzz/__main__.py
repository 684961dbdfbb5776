"""Fuzz one harness: python -m fuzz NAME [options of libFuzzer]; without a name, list them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["piiscan"]):
    from fuzz.harness import HARNESSES
    from fuzz.seeds import iter_seeds
    from piiscan.formats import FORMATS


def main() -> None:
    """Run the harness that is named until its time is over, or until something breaks."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in HARNESSES:
        print("\n".join(HARNESSES))
        sys.exit(2 if name else 0)
    row = next((kind.row for kind in FORMATS if kind.row.endswith(f":extract_{name}")), "")
    with tempfile.TemporaryDirectory() as corpus:
        with atheris.instrument_imports(include=["piiscan"]):  # extractors load with their first file
            for number, seed in enumerate(iter_seeds(row)):
                (Path(corpus) / str(number)).write_bytes(seed)
                HARNESSES[name](seed)
        atheris.Setup([sys.argv[0], corpus, *sys.argv[2:]], HARNESSES[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
