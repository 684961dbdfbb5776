"""Compile what the default patterns are searched with, in each encoding, into the cache that XDG_CACHE_HOME names."""

from __future__ import annotations

from piiscan.automata import load_prefilter
from piiscan.charset import SEARCHABLE
from piiscan.config import ScanConfig
from piiscan.pattern import load_patterns

if __name__ == "__main__":
    patterns = tuple(load_patterns(ScanConfig(key=bytes(32), run_key=bytes(32))).values())
    for encoding in SEARCHABLE:
        load_prefilter(patterns, encoding, 0, 0)
