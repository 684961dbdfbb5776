"""SQLite databases: every row of every table in its place, whatever a database tries to do."""

from __future__ import annotations

import io
import random
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from piiscan.extractors import choose
from piiscan.model import FileRef, FileReport, Part
from piiscan.piece import Member
from piiscan.scan import scan_content
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.extractors.conftest import Read

ROW = "sqlite:extract_sqlite"
PEOPLE = (
    "CREATE TABLE 顧客 (氏名 TEXT, tel TEXT, 番号 INTEGER /* 会員番号 */)",
    "INSERT INTO 顧客 VALUES ('見本 花子', '090-0000-0001', 10001), ('見本 太郎', '090-0000-0002', NULL)",
)


def _database(statements: Iterable[str] = PEOPLE, **pragmas: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        for name, value in pragmas.items():
            database.execute(f"PRAGMA {name} = {value}")
        for statement in statements:
            database.execute(statement)
        database.commit()
        return bytes(database.serialize())


@pytest.mark.parametrize("encoding", ["'UTF-8'", "'UTF-16le'", "'UTF-16be'"])
def test_rows_stand_under_their_columns(read: Read, encoding: str) -> None:
    pieces = read(ROW, _database(encoding=encoding))
    pieces.assert_shape()
    (table,) = pieces.tables
    assert (table.part, table.headers) == ("顧客", ("氏名", "tel", "番号"))
    assert table.columns == (("見本 花子", "見本 太郎"), ("090-0000-0001", "090-0000-0002"), ("10001", ""))
    assert table.locate(1, 1, 0).cell == "R2C2"
    (schema,) = pieces.segments
    assert "会員番号" in schema.text
    assert pieces.reasons == []


def test_values_of_every_kind_are_shown(read: Read) -> None:
    row = "INSERT INTO t VALUES (9012345678.0, 1.5, x'', CAST('電話 090-0000-0003' AS BLOB), CAST(x'93649862' AS TEXT))"
    (table,) = read(ROW, _database(["CREATE TABLE t (a, b, c, d, e)", row])).tables
    assert [cells[0] for cells in table.columns] == ["9012345678", "1.5", "", "電話 090-0000-0003", "電話"]


def test_odd_names_and_tables_without_a_number_are_read(read: Read) -> None:
    name = "a \"b'; DROP TABLE x;--"
    quoted = name.replace('"', '""')
    made = [f'CREATE TABLE "{quoted}" (k TEXT PRIMARY KEY DEFAULT "値") WITHOUT ROWID']
    made += [f'INSERT INTO "{quoted}" DEFAULT VALUES']
    (table,) = read(ROW, _database(made)).tables
    assert (table.part, table.columns) == (name, (("値",),))


def test_a_log_that_was_merged_is_no_obstacle(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        for statement in PEOPLE:
            database.execute(statement)
        database.commit()
    data = path.read_bytes()
    assert data[18:20] == b"\2\2"
    assert ("tel", "090-0000-0002") in read(ROW, data).cells


def test_files_in_blobs_are_members(read: Read) -> None:
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:
        archive.writestr("a.txt", "電話 090-0000-0004\n" * 20)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE 添付 (id INTEGER, 本体 BLOB)")
        values = (inside.getvalue(), b"\x89PNG\r\n\x1a\n" + bytes(500), bytes(range(256)) * 8, bytes(range(16)))
        database.executemany("INSERT INTO 添付 VALUES (?, ?)", enumerate(values))
        database.commit()
        pieces = read(ROW, bytes(database.serialize()))
    members = [piece for piece in pieces if isinstance(piece, Member)]
    assert [member.name for member in members] == ["添付 R1C2", "添付 R2C2", "添付 R3C2"], "a hash is no file"
    assert members[0].open().read() == inside.getvalue()
    assert pieces.reasons == []


@pytest.mark.parametrize("damage", ["cut", "page", "header only"])
def test_damage_is_told_beside_what_was_read(read: Read, damage: str) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199) "
    rows = f"{many} INSERT INTO t SELECT printf('090-0000-%04d', i), hex(zeroblob(100)) FROM n"  # noqa: S608 - the test's own
    data = _database(["CREATE TABLE t (tel TEXT, memo TEXT)", rows])
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "page":
        data = data[:20_480] + b"\xff" * 4096 + data[24_576:]
    else:
        data = data[:16]
    pieces = read(ROW, data)
    assert pieces.reasons == ["sqlite"]
    pieces.assert_shape()
    assert damage != "page" or ("tel", "090-0000-0000") in pieces.cells


def test_any_damage_is_told_and_raises_nothing(read: Read) -> None:
    chance = random.Random(1)  # noqa: S311 - the same damage every time
    whole = _database([*PEOPLE, "CREATE INDEX 索引 ON 顧客 (tel)"])
    for _ in range(400):
        data = bytearray(whole)
        for at in chance.choices(range(100, len(data)), k=chance.choice((1, 3, 10))):
            data[at if chance.random() < 0.5 else at % 5_000] = chance.choice((0, 0xFF, chance.randrange(256)))
        read(ROW, bytes(data)).assert_shape()


def test_text_in_no_encoding_is_told(read: Read) -> None:
    pieces = read(ROW, _database(["CREATE TABLE t (a)", "INSERT INTO t VALUES (CAST(x'e3ffff82' AS TEXT))"]))
    assert pieces.reasons == ["encoding"]


def test_only_tables_are_asked(read: Read) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    made = [*PEOPLE, f"CREATE VIEW v AS {endless}", "CREATE VIRTUAL TABLE f USING fts5(本文)"]
    made += ["INSERT INTO f VALUES ('電話 090-0000-0005')"]
    pieces = read(ROW, _database(made))
    assert pieces.reasons == []
    assert "v" not in {table.part for table in pieces.tables}
    assert any("090-0000-0005" in text for text in pieces.texts), "an index keeps its text in a table of its own"


@pytest.mark.parametrize(
    ("forged", "reasons"),
    [("CREATE TABLE t (a, b AS (load_extension(''/x.so'')))", []), ("CREATE TABLE t (a,", ["sqlite"])],
)
def test_a_forged_schema_does_nothing_and_costs_only_its_table(read: Read, forged: str, reasons: list[str]) -> None:
    made = [
        *PEOPLE,
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES (1)",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = '{forged}' WHERE name = 't'",  # noqa: S608 - the test's own
    ]
    pieces = read(ROW, _database(made))
    assert ("tel", "090-0000-0001") in pieces.cells
    assert pieces.reasons == reasons


def test_rows_without_end_are_bounded(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piiscan.extractors.sqlite._FLOOR", 100)
    monkeypatch.setattr("piiscan.extractors.sqlite._RATIO", 0)
    rows = ["INSERT INTO t VALUES (hex(zeroblob(25)))"] * 10
    pieces = read(ROW, _database(["CREATE TABLE t (a)", *rows]))
    assert pieces.reasons == ["ratio"]
    assert len(pieces.tables[0].columns[0]) == 3


def test_the_first_bytes_tell_a_database_of_any_name() -> None:
    head = _database()[:4096]
    assert {choose(name, head) for name in ("a.db", "a", "History", "a.sqlite", "a.txt")} == {ROW}


def test_a_whole_scan_counts_people_and_names_places() -> None:
    ref = FileRef("a.db", "a.db")
    rows = [
        f"INSERT INTO 顧客 VALUES ('{name}', '{number}', NULL)"  # noqa: S608 - the test's own
        for name, number in (("三浦 克己", "090-8201-3344"), ("西村 恵", "080-5513-0276"))
    ]
    told = list(scan_content(ref, _database([PEOPLE[0], *rows]), config_for().scan))
    report = told[-1]
    assert isinstance(report, FileReport)
    assert (report.outcome.value, report.people.estimate) == ("complete", 2)
    found = [finding for part in told if isinstance(part, Part) for finding in part.findings]
    places = {(each.pattern, each.location.part, each.location.cell) for each in found}
    assert {("phone_mobile", "顧客", "R2C2"), ("person_name", "顧客", "R1C1")} <= places


def test_no_cut_passes_for_complete(read: Read) -> None:
    # the library reads a database without its last page, or without any, and says nothing
    whole = _database()
    assert read(ROW, whole).reasons == []
    for cut in (*range(20, len(whole), 97), 4096, len(whole) - 1):
        assert read(ROW, whole[:cut]).reasons == ["sqlite"], cut
