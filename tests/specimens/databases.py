"""Specimens of databases: a table of the values, and one in each file's own notes."""

from __future__ import annotations

import plistlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.extractors import test_parquet
from tests.specimens.specimen import lines, rows

if TYPE_CHECKING:
    from tests.specimens.specimen import Fields, Specimens


def _sqlite(fields: Fields) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        names = ", ".join(f'"{label}"' for label in fields)
        marks = ", ".join("?" * len(fields))
        database.execute(f"CREATE TABLE people ({names})")
        database.executemany(f"INSERT INTO people VALUES ({marks})", rows(fields)[1:])  # noqa: S608 - marks alone
        database.execute("CREATE TABLE notes (note, file)")
        database.execute("INSERT INTO notes VALUES (?, ?)", (lines(fields), lines(fields).encode()))
        database.commit()
        return database.serialize()


def _parquet(fields: Fields) -> bytes:
    return test_parquet.made({label: [value] * 3 for label, value in fields.items()})


def _plist(fields: Fields) -> bytes:
    return plistlib.dumps({"顧客": [dict(fields)] * 3, "備考": lines(fields)}, fmt=plistlib.FMT_BINARY)


SPECIMENS: dict[str, Specimens] = {
    "sqlite:extract_sqlite": {"people.sqlite": _sqlite},
    "parquet:extract_parquet": {"people.parquet": _parquet},
    "plist:extract_plist": {"people.plist": _plist},
}
