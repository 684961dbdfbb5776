"""Files that take their time: scripts/faults runs them, CI does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.builders import PHONE, pdf_of_pages, write_entries
from tests.faults.running import told_of

if TYPE_CHECKING:
    from pathlib import Path

#: Megabytes of the largest process of a run, whatever it reads.
MEMORY = 1000
_SLICE = b"x" * 999_999


def test_a_zip_of_a_million_entries(tmp_path: Path) -> None:
    write_entries(tmp_path / "a.zip", 1_000_000)
    # each of the first 100,000 names is searched, which may take longer than a file may
    told = told_of(tmp_path)
    assert told.files["a.zip"] in {("partial", "entries"), ("timeout", "time")}
    assert told.seconds < 120
    assert told.memory < MEMORY


def test_a_pdf_of_a_hundred_thousand_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of_pages(100_000))
    told = told_of(tmp_path, "--timeout", "200")
    assert told.files["a.pdf"] in {("partial", "pages"), ("timeout", "time")}
    assert told.found
    assert told.memory < MEMORY


def test_json_in_one_line_of_a_gigabyte(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as stream:
        stream.write(b'{"rows":[')
        for number in range(1000):
            stream.write(b'{"number":%d,"text":"' % number + _SLICE + b'"},')
        stream.write('{"電話番号":"090-9876-5432"}]}'.encode())
    told = told_of(tmp_path, "--timeout", "600", within=1500)
    assert told.files == {"a.json": ("complete", "")}
    assert told.found == ["a.json"]
    assert told.memory < MEMORY


def test_a_csv_field_of_half_a_gigabyte(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as stream:
        stream.write('備考,電話番号\n"'.encode())
        for _ in range(500):
            stream.write(_SLICE + b"\0")
        stream.write(b'",090-9876-5432\n')
    told = told_of(tmp_path, "--timeout", "600", within=1500)
    assert told.files["a.csv"][0] in {"complete", "partial"}
    assert told.found == ["a.csv"]
    assert told.memory < MEMORY


def test_a_sparse_file_of_ten_gigabytes(tmp_path: Path) -> None:
    for name in ("a.bin", "a.txt"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(10 << 30)
    (tmp_path / "b.txt").write_text(PHONE, encoding="utf-8")
    told = told_of(tmp_path, "--timeout", "60")
    assert told.files["a.bin"][0] != "complete"
    assert told.files["b.txt"] == ("complete", "")
    assert told.seconds < 120
    assert told.memory < MEMORY
