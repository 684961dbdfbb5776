"""Passwords: tried on what is locked, bounded, and seen nowhere."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import struct
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import libarchive
import olefile
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from piiscan import compound
from piiscan.conditions import conditions_of
from piiscan.errors import ConfigError
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.passwords import MOST, given, giving, load_passwords
from piiscan.scan import scan_file
from tests.mock_extractor import config_for

OFFICE = Path(__file__).parent / "data/office"
TEXT = ("電話 090-1234-5678\n" * 50).encode()
LIST = ("wrong-1", "パスワード", "Rengoku7")


def locked(password: bytes, how: str, packing: str = "deflate") -> bytes:
    """Write a zip of two members; `how` is zipcrypt, aes128 or aes256."""
    blocks: list[bytes] = []

    def write(block: bytes) -> int:
        blocks.append(bytes(block))
        return len(block)

    options = f"zip:encryption={how},zip:compression={packing}"
    with libarchive.custom_writer(write, "zip", options=options, passphrase=password) as archive:
        for name in ("名簿.txt", "b.txt"):
            archive.add_file_from_memory(name, len(TEXT), TEXT, 0o100000, 0o644)
    return b"".join(blocks)


def scanned(path: Path, content: bytes, passwords: tuple[str, ...]) -> FileReport:
    path.write_bytes(content)
    config = replace(config_for().scan, passwords=passwords)
    *_, report = scan_file(FileRef(path.name, str(path)), config)
    assert isinstance(report, FileReport)
    return report


@pytest.mark.parametrize("packing", ["deflate", "store"])
@pytest.mark.parametrize("how", ["zipcrypt", "aes128", "aes256"])
@pytest.mark.parametrize("password", [b"Rengoku7", "パスワード".encode("cp932"), "パスワード".encode()])
def test_a_locked_zip_is_read(tmp_path: Path, how: str, packing: str, password: bytes) -> None:
    report = scanned(tmp_path / "a.zip", locked(password, how, packing), LIST)
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 2})


@pytest.mark.parametrize("how", ["zipcrypt", "aes256"])
def test_it_stays_locked_without_the_right_one(tmp_path: Path, how: str) -> None:
    # of 100 wrong ones, about one in three lists passes the check of one byte that ZipCrypto has
    wrong = tuple(f"wrong-{number}" for number in range(MOST))
    for passwords in ((), wrong):
        report = scanned(tmp_path / "a.zip", locked(b"Rengoku7", how), passwords)
        assert (report.outcome, report.reason, report.members) == (Outcome.ENCRYPTED, "password", {"encrypted": 2})


@pytest.mark.parametrize("how", ["zipcrypt", "aes256"])
def test_what_the_library_cannot_decrypt_is_not_called_locked(tmp_path: Path, how: str) -> None:
    """7-Zip locks what is packed by LZMA, bzip2 or PPMd too: with the right password it was `encrypted` still."""
    content = locked(b"Rengoku7", how)
    # the method stands in both headers behind the version and the flags, or in the extra field of AES
    before = {"zipcrypt": rb"(PK(?:\x03\x04|\x01\x02..)....)\x08\0", "aes256": rb"(\x01\x99\x07\0..AE.)\x08\0"}[how]
    content = re.sub(before, lambda found: found[1] + b"\x0e\0", content, flags=re.DOTALL)
    for passwords, outcome in (((), (Outcome.ENCRYPTED, "password")), (LIST, (Outcome.UNSUPPORTED, "compression"))):
        report = scanned(tmp_path / "a.zip", content, passwords)
        assert (report.outcome, report.reason) == outcome


def test_the_list_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.touch(0o600)
    path.write_bytes("\ufeffa b \r\n\r\nパス\na b \nlast".encode())
    assert load_passwords(str(path)) == ("a b ", "パス", "last")


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (b"a\n", 0o644, "chmod 600"),
        (b"\x83p\x83X\n", 0o600, "not UTF-8"),
        (b"".join(b"%d\n" % number for number in range(MOST + 1)), 0o600, "more than 100"),
    ],
)
def test_a_list_that_is_refused(tmp_path: Path, content: bytes, mode: int, why: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    path.chmod(mode)
    with pytest.raises(ConfigError, match=why):
        load_passwords(str(path))


def test_they_are_there_for_one_call() -> None:
    with giving(LIST):
        assert given() == LIST
    assert given() == ()


def test_another_list_makes_locked_files_be_read_anew() -> None:
    config = config_for().scan
    one, other = (replace(config, passwords=passwords) for passwords in (LIST, LIST[:1]))
    assert conditions_of(config) != conditions_of(one) != conditions_of(other)
    # keyed: who has the catalog alone cannot try passwords on it
    assert conditions_of(one) != conditions_of(replace(one, key=b"k" * 32))
    assert not any(word in repr(one) for word in LIST)


@pytest.mark.parametrize("form", ["human", "jsonl"])
def test_no_password_is_seen_anywhere(tmp_path: Path, form: str) -> None:
    share, words, catalog = tmp_path / "share", tmp_path / "words", tmp_path / "c.db"
    share.mkdir()
    words.touch(0o600)
    words.write_text("\n".join(LIST), encoding="utf-8")
    (share / "a.zip").write_bytes(locked(b"Rengoku7", "aes256"))
    (share / "b.zip").write_bytes(locked(b"Kagami-8812", "zipcrypt"))
    command = [sys.executable, "-m", "piiscan", "scan", str(share), "--passwords", str(words), "--format", form]
    environ = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONDEVMODE": "1"}
    done = subprocess.run([*command, "--catalog", str(catalog)], capture_output=True, env=environ, check=False)
    assert done.returncode == 1
    assert b"a.zip" in done.stdout
    with closing(sqlite3.connect(catalog)) as connection:
        dumped = "\n".join(connection.iterdump())
    seen = done.stdout + done.stderr + dumped.encode() + catalog.read_bytes()
    for word in (*LIST, "Kagami-8812"):
        assert word.encode() not in seen
        assert word.encode().hex().encode() not in seen.lower()


@pytest.mark.parametrize(("password", "outcome"), [("Rengoku7", Outcome.COMPLETE), ("other", Outcome.ENCRYPTED)])
@pytest.mark.parametrize("strength", [40, 128])
def test_a_locked_pdf(tmp_path: Path, password: str, outcome: Outcome, strength: int) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(password, strength=strength))
    canvas.drawString(72, 720, "tel 090-1234-5678 of the person who is meant")
    canvas.save()
    report = scanned(tmp_path / "a.pdf", target.getvalue(), LIST)
    assert (report.outcome, bool(report.tally.shown)) == (outcome, outcome is Outcome.COMPLETE)


@pytest.mark.parametrize(("name", "values"), [("locked.doc", 17), ("locked.xls", 20)])
def test_a_locked_document_of_old(tmp_path: Path, name: str, values: int) -> None:
    """LibreOffice locked them by RC4: the library was told to verify in a word that it knows for OOXML alone."""
    content = OFFICE.joinpath(name).read_bytes()
    report = scanned(tmp_path / name, content, LIST)
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 1})
    assert sum(count.distinct for count in report.tally.shown.values()) == values
    for words in ((), LIST[:2]):
        without = scanned(tmp_path / name, content, words)
        assert (without.outcome, without.reason) == (Outcome.ENCRYPTED, "password")


def test_a_locked_document_whose_sectors_go_in_a_circle(tmp_path: Path) -> None:
    """The library that unlocks it writes into it, and followed such a circle until the memory was full."""
    content = bytearray(OFFICE.joinpath("locked.doc").read_bytes())
    with olefile.OleFileIO(bytes(content)) as file:
        at = (file.first_mini_fat_sector + 1) * file.sector_size
        first = next(entry.isectStart for entry in file.direntries if entry and entry.is_minifat and entry.size)
    struct.pack_into("<L", content, at + 4 * first, first)
    report = scanned(tmp_path / "a.doc", bytes(content), LIST)
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "damaged")


@pytest.mark.parametrize(
    ("starts", "following", "has_loop"),
    [
        ([0], [1, 2, 0xFFFFFFFE], False),
        ([0], [1, 2, 0], True),
        ([0, 3], [1, 0xFFFFFFFE, 0, 3], True),
        ([0, 2, 2], [1, 0xFFFFFFFE, 0], False),
        ([7, 0xFFFFFFFE], [0], False),
        ([], [0], False),
    ],
)
def test_circles_of_sectors(starts: list[int], following: list[int], has_loop: bool) -> None:
    assert compound._has_loop(starts, following) is has_loop


@pytest.mark.parametrize(("password", "outcome"), [("パスワード", Outcome.COMPLETE), ("other", Outcome.ENCRYPTED)])
def test_a_locked_workbook(tmp_path: Path, password: str, outcome: Outcome) -> None:
    plain, target = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["電話", "090-1234-5678"])  # type: ignore[union-attr] # a new book has a sheet
    book.save(plain)
    OOXMLFile(plain).encrypt(password, target)
    report = scanned(tmp_path / "a.xlsx", target.getvalue(), LIST)
    assert (report.outcome, bool(report.tally.shown)) == (outcome, outcome is Outcome.COMPLETE)
    without = scanned(tmp_path / "a.xlsx", target.getvalue(), ())
    assert (without.outcome, without.reason) == (Outcome.ENCRYPTED, "password")
