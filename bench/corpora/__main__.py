"""Build corpora: python -m bench.corpora [NAME...], all of them without a name. Prints where each lies and its size."""

from __future__ import annotations

import sys

from bench.corpora import CORPORA, build, size_of

if __name__ == "__main__":
    for name in sys.argv[1:] or CORPORA:
        folder = build(name)
        files, size = size_of(folder)
        print(f"{name}: {files:,} files, {size / 1e6:,.1f} MB in {folder}", flush=True)
