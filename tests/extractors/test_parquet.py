"""Parquet: values of every kind of column with their places, and what of a damaged file is told."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet as writer

from piiscan.extractors import choose, parquet
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.piece import Member, Piece, Problem, Segment, Table
from piiscan.scan import merge, scan_file
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path

MOBILE = "090-3123-4567"


def made(columns: dict[str, list[object]], **options: object) -> bytes:
    stream = io.BytesIO()
    table = pa.table(columns)
    writer.write_table(table.replace_schema_metadata({"連絡先": MOBILE}), stream, **options)
    return stream.getvalue()


def read(data: bytes) -> list[Piece]:
    return list(parquet.extract_parquet(io.BytesIO(data), "name"))


def cells(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    return [
        pair
        for table in read(data)
        if isinstance(table, Table)
        for pair in zip(table.headers, table.columns, strict=True)
    ]


PEOPLE: dict[str, list[object]] = {
    "氏名": ["田中 次郎", None, "甲野 花子"],
    "電話": [None, MOBILE, None],
    "番号": [90.0, 1.5, None],
    "住所": [["大阪", "梅田"], [], None],
    "家族": [{"名": "恵", "電話": MOBILE}, None, {"名": "誠", "電話": None}],
    "短い": [b"abc", "電話".encode(), b"\xff\0"],
}


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
def test_every_kind_of_column_is_read(compression: str) -> None:
    data = made(PEOPLE, compression=compression, row_group_size=2)
    assert choose("a", data) == "parquet:extract_parquet"
    assert cells(data) == [
        ("氏名", ("田中 次郎", "", "甲野 花子")),
        ("電話", ("", MOBILE, "")),
        ("番号", ("90", "1.5", "")),
        ("住所", ("大阪\n梅田", "", "")),
        ("家族", (f"名: 恵\n電話: {MOBILE}", "", "名: 誠\n電話: ")),
        ("短い", ("abc", "電話", "")),
    ]


def test_values_have_their_row_and_column_over_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    numbers: list[object] = [f"090-31{at % 97:02}-{at:04}" if at % 1000 == 7 else "" for at in range(3000)]
    path.write_bytes(made({"番号": list(range(3000)), "電話番号": numbers}, row_group_size=700))
    *parts, report = scan_file(FileRef("a.parquet", str(path)), config_for().scan)
    assert isinstance(report, FileReport)
    found = [
        (each.pattern, each.location.cell)
        for each in merge([part for part in parts if isinstance(part, Part)], report).findings
        if each.location.cell
    ]
    assert found == [("phone_mobile", f"R{row}C2") for row in (8, 1008, 2008)]
    assert report.outcome is Outcome.COMPLETE


def test_notes_of_the_footer_and_files_are_read() -> None:
    picture = b"%PDF-" + b"x" * 300
    pieces = read(made({"a": [b"y" * 256, picture]}))
    assert Segment(MOBILE, part="metadata", hint="連絡先", first_line=None) in pieces
    members = [(piece.name, piece.open().read()) for piece in pieces if isinstance(piece, Member)]
    assert members == [("R2C1", picture)]


def test_a_column_of_equal_values_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_FLOOR", 1000)
    monkeypatch.setattr(parquet, "_RATIO", 0)
    pieces = read(made({"a": ["x" * 100] * 100_000}))
    assert Problem(Outcome.PARTIAL, "ratio") in pieces
    assert sum(len(piece.columns[0]) for piece in pieces if isinstance(piece, Table)) == parquet._ROWS


def test_every_truncation_is_damage() -> None:
    data = made(PEOPLE)
    for part in range(10):
        assert read(data[: len(data) * part // 10 + 4]) == [Problem(Outcome.PARTIAL, "parquet")]


def test_damage_in_the_middle_is_told_and_never_quoted() -> None:
    numbers: list[object] = [f"090-3{at:03}-4567" for at in range(500)]
    data = bytearray(
        made({"電話": numbers}, compression="none", row_group_size=100, use_dictionary=False, write_page_checksum=True)
    )
    data[len(data) // 2] ^= 0xFF
    assert Problem(Outcome.PARTIAL, "parquet") in read(bytes(data))


def test_an_encrypted_footer_is_encrypted() -> None:
    assert read(b"PARE" + b"x" * 99 + b"PARE") == [Problem(Outcome.ENCRYPTED, "password")]
    assert choose("a", b"PARE\xff\xfe\0\1" * 9) == Problem(Outcome.ENCRYPTED, "password")


def test_nothing_is_nothing() -> None:
    assert read(b"") == []


def test_a_full_memory_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise pa.lib.ArrowMemoryError("malloc of size 1")

    monkeypatch.setattr(writer, "ParquetFile", full)
    with pytest.raises(MemoryError):
        read(b"PAR1")


def test_no_gigabyte_is_laid_by() -> None:
    program = "import piiscan.extractors.parquet as p; print(p.pa.default_memory_pool().backend_name)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "system"
