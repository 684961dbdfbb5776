"""Which extractor reads what: signatures first, then the suffix, then the looks."""

from __future__ import annotations

import io

import pytest

from piiscan.extractors import EXTRACTORS, choose, open_extractor
from piiscan.model import Outcome
from piiscan.piece import Problem

TEXT, DELIMITED, HTML, XML = (
    "text:extract_text",
    "delimited:extract_delimited",
    "html_text:extract_html",
    "xml_text:extract_xml",
)
NOISE = bytes(range(256))


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("a.csv", b"a,b\n1,2\n", DELIMITED),
        ("A.CSV", b"a,b\n1,2\n", DELIMITED),
        ("a.csv", b"a,\0b\n1,2\n", DELIMITED),
        ("a.txt", b"\xff" * 99, TEXT),
        ("a.py", b"x = 1\n", TEXT),
        ("README", "読んでね".encode("cp932"), TEXT),
        ("mz", b"MZ and BM are initials\n", TEXT),
        ("feed", b"\xef\xbb\xbf<?xml version='1.0'?><a/>", XML),
        ("page", b"\n<!DOCTYPE HTML><p>", HTML),
        ("a.docx", b"PK\x03\x04" + NOISE, "docx:extract_docx"),
        ("empty.bin", b"", TEXT),
        (".env", b"NAME=x\n", "settings_text:extract_ini"),
        (".profile", b"NAME=x\n", TEXT),
        ("utf16", "氏名,電話\n".encode("utf-16-le"), TEXT),
    ],
)
def test_text_is_read(name: str, head: bytes, row: str) -> None:
    assert choose(name, head) == row


@pytest.mark.parametrize(
    ("name", "head", "outcome", "reason"),
    [
        ("a.jtd", NOISE, Outcome.UNSUPPORTED, "ichitaro"),
        ("旧.JAW", NOISE, Outcome.UNSUPPORTED, "ichitaro"),
        ("a.xdw", NOISE, Outcome.UNSUPPORTED, "docuworks"),
        ("a.xbd", NOISE, Outcome.UNSUPPORTED, "docuworks"),
        ("a.vsdx", b"PK\x03\x04" + NOISE, Outcome.UNSUPPORTED, "visio"),
        ("a", b"PK\x03\x04[Content_Types].xml visio/document.xml" + NOISE, Outcome.UNSUPPORTED, "visio"),
        ("a.mdb", b"\0\1\0\0Standard Jet DB\0" + NOISE, Outcome.UNSUPPORTED, "access"),
        ("a.accdb", NOISE, Outcome.UNSUPPORTED, "access"),
        ("a.one", bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + NOISE, Outcome.UNSUPPORTED, "onenote"),
        ("a.hwp", b"HWP Document File V3.00 \x1a\1\2\3\4\5\0" + NOISE, Outcome.UNSUPPORTED, "hwp"),
        ("a.wk3", b"\0\0\x1a\0\0\x10\4\0" + NOISE, Outcome.UNSUPPORTED, "lotus"),
        ("a.xls", b"\t\x04\6\0\0\0\x10\0" + NOISE, Outcome.UNSUPPORTED, "excel4"),
        ("a.doc", b"\xdb\xa5\x2d\0" + NOISE, Outcome.UNSUPPORTED, "word2"),
        ("a.db-wal", b"\x37\x7f\x06\x82" + NOISE, Outcome.UNSUPPORTED, "sqlite_log"),
        ("a.db-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + NOISE, Outcome.UNSUPPORTED, "sqlite_log"),
        ("a.psd", b"8BPS" + NOISE, Outcome.SKIPPED, "media"),
        ("a.mp4", b"\0\0\0\x18ftypmp42" + NOISE, Outcome.SKIPPED, "media"),
        ("a.exe", b"MZ\x90\0" + NOISE, Outcome.SKIPPED, "executable"),
        ("a.pyc", b"\xa7\r\r\n" + NOISE, Outcome.SKIPPED, "executable"),
        ("a.dat", NOISE, Outcome.UNSUPPORTED, "binary"),
        ("a.txt", b"\0" * 65536, Outcome.UNSUPPORTED, "binary"),
        ("0xff", b"\xff" * 99, Outcome.UNSUPPORTED, "binary"),
    ],
)
def test_the_rest_is_named(name: str, head: bytes, outcome: Outcome, reason: str) -> None:
    assert choose(name, head) == Problem(outcome, reason)


@pytest.mark.parametrize("head", [b"", b"\0\1\2", b"text", b"PK\x03\x04\0\0"])
def test_an_added_row_wins_by_its_suffix(head: bytes) -> None:
    table = {**EXTRACTORS, ".mock": "mock:extract", ".csv": "other:extract_csv"}
    assert choose("x.mock", head, table) == "mock:extract"
    assert choose("x.csv", head, table) == "other:extract_csv"


@pytest.mark.parametrize("row", sorted(set(EXTRACTORS.values())))
def test_every_row_opens_and_reads_nothing_from_nothing(row: str) -> None:
    assert list(open_extractor(row)(io.BytesIO(b""), "empty")) == []


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("a.zip", b"PK\x03\x04" + NOISE, "archive:extract_zip"),
        ("a.csv", b"PK\x03\x04" + NOISE, "archive:extract_zip"),
        ("a.gz", b"\x1f\x8b\x08" + NOISE, "archive:extract_gzip"),
        ("a.odt", b"PK\x03\x04" + NOISE, "odf:extract_odf"),
        ("a.zip", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "odf:extract_odf"),
        ("a.xlsb", b"PK\x03\x04" + NOISE, "xlsb:extract_xlsb"),
        ("a", b"PK\x03\x04[Content_Types].xml xl/workbook.bin" + NOISE, "xlsb:extract_xlsb"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "ole:extract_ole"),
        ("a.doc", b"{\\rtf1 abc}", "rtf:extract_rtf"),
        ("id_rsa.pub", b"ssh-rsa AAAA taro@piiscan-demo.jp\n", TEXT),
        ("a.tar", b"name" + b"\0" * 253 + b"ustar\x0000", "archive:extract_tar"),
    ],
)
def test_archives_are_known_by_their_signature(name: str, head: bytes, row: str) -> None:
    assert choose(name, head) == row
