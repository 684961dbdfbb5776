"""Compiled lists of the real world, each with its source, date and licence on top; scripts/compile-data makes them.

A file is UTF-8 lines; those that start with "# " are its head ("# key: value"). A `.bin` file is such a head, an
empty line, and a deflated bit set (bit n of the little-endian number is set if n is in the list). The towns are too
many for names: what is kept of each is a number, so a name that is no town is taken for one in 2,300 times. A `.words`
file is such a head, an empty line, and deflated UTF-16 lines of words, the first of which names the line. LZMA takes a
quarter less room, and five times as long to read: more than a small scan takes.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILES = (
    "area_codes.txt",
    "bank_branches.bin",
    "given_names_abroad.txt",
    "municipalities.txt",
    "names.words",
    "plate_places.txt",
    "postal_codes.bin",
    "postal_homes.bin",
    "top_level_domains.txt",
    "town_names.bin",
    "towns.bin",
)
_TOWN_BITS = 28


def _read(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()


@cache
def load_lines(name: str) -> tuple[str, ...]:
    """Give the lines of a list without its head."""
    return tuple(line for line in _read(name).decode().splitlines() if line and not line.startswith("# "))


def _unpacked(name: str) -> bytes:
    _, _, packed = _read(name).partition(b"\n\n")
    return zlib.decompress(packed)


@cache
def load_bits(name: str) -> bytes:
    """Give the bit set of a `.bin` list; bit n is `bits[n >> 3] >> (n & 7) & 1`."""
    return _unpacked(name)


@cache
def load_towns(name: str = "towns.bin") -> array[int]:
    """Give the numbers of all towns, sorted; of `town_names.bin` those of their names alone."""
    planes = _unpacked(name)
    size = len(planes) // 4
    steps = array("I", bytes(4 * size))
    view = memoryview(steps).cast("B")
    for shift in range(4):
        view[shift::4] = planes[shift * size : (shift + 1) * size]
    if sys.byteorder == "big":
        steps.byteswap()
    return array("I", accumulate(steps))


def has_town(number: int, name: str = "towns.bin") -> bool:
    """Tell whether there is a town of that number."""
    towns = load_towns(name)
    at = bisect_left(towns, number)
    return at < len(towns) and towns[at] == number


@cache
def _homes() -> tuple[list[str], list[int]]:
    lines = [line.split() for line in _unpacked("postal_homes.bin").decode().splitlines()]
    return [code for code, _ in lines], [int(home) for _, home in lines]


def home_of(code: str) -> str:
    """Give the prefecture and municipality of a postal code in use (7 digits), a tab between."""
    codes, homes = _homes()
    at = bisect_right(codes, code) - 1
    return load_lines("municipalities.txt")[homes[at]] if at >= 0 else ""


def town_number(name: str, before: int = 0) -> int:
    """Give what is kept of a town's name behind those of its prefecture and municipality.

    What a name goes on from may be given as `before`: `checksum` of it.
    """
    return checksum(name, before) >> (32 - _TOWN_BITS)


def checksum(name: str, before: int = 0) -> int:
    """Give the CRC-32 of a name, or of one that goes on from another."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass"), before)


class Words(dict[str, frozenset[str]]):
    """Lists of words by their names; each becomes a set when it is first asked for."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take a line for each list: its name and its words, a space between."""
        self._lines = {key: words for key, _, words in (line.partition(" ") for line in lines)}

    def __missing__(self, key: str) -> frozenset[str]:
        self[key] = found = frozenset(self._lines[key].split(" "))
        return found

    def line(self, key: str) -> str:
        """Give the words of a list as they are kept, a space between."""
        return self._lines[key]

    def has_letter(self, key: str, letter: str) -> bool:
        """Tell whether some word of a list has a letter, in a hundredth of the time that a set of all letters takes."""
        return letter != " " and letter in self._lines[key]


@cache
def load_words(name: str) -> Words:
    """Give the lists of words of a `.words` file."""
    return Words(_unpacked(name).decode("utf-16-le").splitlines())


def data_dates() -> dict[str, str]:
    """Map each list to the date of its source, for the record of a run."""
    dates = {}
    for name in _FILES:
        head = _read(name).partition(b"\n\n")[0].decode()
        dates[name.partition(".")[0]] = next(
            line.partition(": ")[2] for line in head.splitlines() if line.startswith("# date: ")
        )
    return dates
