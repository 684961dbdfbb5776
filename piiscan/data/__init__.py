"""Compiled lists of the real world, each with its source, date and licence on top; scripts/compile-data makes them.

A file is UTF-8 lines; those that start with "# " are its head ("# key: value"). A `.bin` file is such a head, an
empty line, and an LZMA-compressed bit set (bit n of the little-endian number is set if n is in the list).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILES = (
    "area_codes.txt",
    "bank_branches.bin",
    "municipalities.txt",
    "plate_places.txt",
    "postal_codes.bin",
    "top_level_domains.txt",
)


def _read(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()


@cache
def load_lines(name: str) -> tuple[str, ...]:
    """Give the lines of a list without its head."""
    return tuple(line for line in _read(name).decode().splitlines() if line and not line.startswith("# "))


@cache
def load_bits(name: str) -> bytes:
    """Give the bit set of a `.bin` list; bit n is `bits[n >> 3] >> (n & 7) & 1`."""
    import lzma  # noqa: PLC0415 - loaded with the first list of this kind

    _, _, packed = _read(name).partition(b"\n\n")
    return lzma.decompress(packed)


def data_dates() -> dict[str, str]:
    """Map each list to the date of its source, for the record of a run."""
    dates = {}
    for name in _FILES:
        head = _read(name).partition(b"\n\n")[0].decode()
        dates[name.partition(".")[0]] = next(
            line.partition(": ")[2] for line in head.splitlines() if line.startswith("# date: ")
        )
    return dates
