"""Binary Excel workbooks: records of both versions, strings over several records, locked and damaged ones."""

from __future__ import annotations

import io
import struct

import pytest
from python_calamine import CalamineWorkbook

from piiscan.extractors.xls import extract_xls
from piiscan.model import Outcome
from piiscan.piece import Piece, Problem, Segment, Table
from piiscan.storagecopy import write_compound

NUMBER = "090-1234-0001"
BIFF8, BIFF5 = 0x600, 0x500


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def wide(text: str, count: str = "<H") -> bytes:
    return struct.pack(count, len(text)) + b"\1" + text.encode("utf-16-le")


def narrow(text: str, count: str = "<H", encoding: str = "cp932") -> bytes:
    raw = text.encode(encoding)
    return struct.pack(count, len(raw)) + raw


def book(cells: bytes, more: bytes = b"", version: int = BIFF8, name: str = "名簿", stream: str = "Workbook") -> bytes:
    """Give a workbook of one sheet with these records, and records for the whole book in front."""
    start = record(0x809, struct.pack("<HHLLL", version, 5, 0, 0, 0)) + more
    own = wide(name, "<B") if version == BIFF8 else narrow(name, "<B")
    at = len(start) + 4 + 6 + len(own) + 4
    start += record(0x85, struct.pack("<LBB", at, 0, 0) + own) + record(0x0A)
    sheet = record(0x809, struct.pack("<HHLLL", version, 0x10, 0, 0, 0)) + cells + record(0x0A)
    return write_compound({(stream,): start + sheet, ("x",): b""})


def read(data: bytes) -> list[Piece]:
    return list(extract_xls(io.BytesIO(data), "a.xls"))


def cells(pieces: list[Piece]) -> dict[str, str]:
    found = {}
    for piece in pieces:
        if isinstance(piece, Table):
            for column, values in enumerate(piece.columns):
                for row, value in enumerate(values):
                    if value:
                        found[str(piece.locate(column, row, 0).cell)] = value
    return found


def texts(pieces: list[Piece]) -> str:
    return "\n".join(piece.text for piece in pieces if isinstance(piece, Segment))


def at(row: int, column: int, style: int = 0) -> bytes:
    return struct.pack("<HHH", row, column, style)


STYLES = (
    record(0x41E, struct.pack("<H", 164) + wide("000-0000"))
    + record(0x41E, struct.pack("<H", 165) + wide("yyyy/m/d h:mm"))
    + b"".join(record(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 164, 165, 14))
)
VALUES = (
    record(0x204, at(0, 0) + wide(f"電話 {NUMBER}"))
    + record(0x203, at(1, 0) + struct.pack("<d", 9012340001.0))
    + record(0x203, at(1, 1, 1) + struct.pack("<d", 600001.0))
    + record(0x203, at(1, 2, 3) + struct.pack("<d", 32875.0))
    + record(0x203, at(1, 3, 2) + struct.pack("<d", 32875.5))
    + record(0x27E, at(2, 0) + struct.pack("<L", 123456 << 2 | 2))
    + record(0x27E, at(2, 1) + struct.pack("<L", (-5 << 2 | 3) & 0xFFFFFFFF))
    + record(0xBD, struct.pack("<HH", 3, 1) + struct.pack("<HLHL", 0, 7 << 2 | 2, 1, 1000001 << 2 | 2) + b"\2\0")
    + record(0x06, at(4, 0) + struct.pack("<d", 42.0) + bytes(8))
    + record(0x06, at(4, 1) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))
    + record(0x207, wide("式の結果"))
    + record(0x06, at(4, 2) + b"\1\0\1\0\0\0\xff\xff" + bytes(8))
    + record(0x205, at(5, 0) + b"\1\0")
    + record(0x205, at(5, 1) + b"\x07\1")
    + record(0x204, at(65535, 255) + wide("隅"))
)


def test_values_of_every_kind_are_in_their_cells() -> None:
    pieces = read(book(VALUES, STYLES))
    assert cells(pieces) == {
        "A1": f"電話 {NUMBER}",
        "A2": "9012340001",
        "B2": "060-0001",
        "C2": "1990-01-02",
        "D2": "1990-01-02 12:00:00",
        "A3": "123456",
        "B3": "-0.05",
        "B4": "7",
        "C4": "100-0001",
        "A5": "42",
        "B5": "式の結果",
        "C5": "TRUE",
        "A6": "TRUE",
        "IV65536": "隅",
    }
    assert not [piece for piece in pieces if isinstance(piece, Problem)]


def test_dates_may_count_from_1904() -> None:
    pieces = read(book(record(0x203, at(0, 0, 3) + struct.pack("<d", 32875.0 - 1462)), STYLES + record(0x22, b"\1\0")))
    assert cells(pieces) == {"A1": "1990-01-02"}


def test_excel_95_is_in_the_code_page_of_the_book() -> None:
    values = record(0x204, at(0, 0) + narrow(f"電話 {NUMBER}")) + record(0xD6, at(1, 1) + narrow("見本") + b"\0")
    values += record(0x14, narrow("&C責任者", "<B")) + record(
        0x1C, struct.pack("<HHH", 2, 2, 8) + "確認".encode("cp932")
    )
    values += record(0x1C, struct.pack("<HHH", 0xFFFF, 0, 4) + "済".encode("cp932"))
    pieces = read(book(values, record(0x42, struct.pack("<H", 932)), BIFF5, stream="Book"))
    assert cells(pieces) == {"A1": f"電話 {NUMBER}", "B2": "見本", "C3": "確認済"}
    assert "責任者" in texts(pieces)
    assert "名簿" in texts(pieces)


def test_shared_strings_go_on_in_further_records() -> None:
    head = struct.pack("<LL", 3, 3)
    first = wide("一番目")
    second = struct.pack("<HB", 8, 1) + "電話番号".encode("utf-16-le")
    rest = b"\0" + b"0001"  # the second half is narrow
    rich = struct.pack("<HBHL", 2, 1 | 4 | 8, 1, 6) + "見本".encode("utf-16-le") + b"\0\0\0\0"
    strings = record(0xFC, head + first + second) + record(0x3C, rest + rich) + record(0x3C, b"phonet")
    values = b"".join(record(0xFD, at(row, 0) + struct.pack("<L", row)) for row in range(3))
    assert cells(read(book(values, strings))) == {"A1": "一番目", "A2": "電話番号0001", "A3": "見本"}


def test_what_is_written_beside_cells() -> None:
    note = record(0x5D, struct.pack("<HHHH", 0x15, 18, 0x19, 7) + bytes(14))
    note += record(0x1B6, struct.pack("<HH6xHHL", 0, 0, 4, 16, 0)) + record(
        0x3C, b"\1" + "要確認！".encode("utf-16-le")
    )
    box = record(0x5D, struct.pack("<HHHH", 0x15, 18, 6, 8) + bytes(14))
    box += record(0x1B6, struct.pack("<HH6xHHL", 0, 0, 2, 16, 0)) + record(0x3C, b"\1" + "図形".encode("utf-16-le"))
    author = record(0x1C, struct.pack("<HHHH", 2, 1, 0, 7) + wide("校閲者") + b"\0")
    url = "mailto:taro@piiscan-demo.jp\0".encode("utf-16-le")
    link = record(
        0x1B8, bytes(40) + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<L", len(url)) + url
    )
    rule = record(0x1BE, bytes(4) + wide("題") + wide("\0") + wide(f"説明 {NUMBER}") + wide("\0") + bytes(4))
    names = "見本 花子\0見本 太郎"
    choice = bytes(4) + wide("\0") * 4 + struct.pack("<HH", 0, 0) + b"\x17" + wide(names, "<B") + bytes(4)
    rule += record(0x1BE, choice)
    chart = record(0x100D, b"\0\0" + wide("系列", "<B"))
    name = struct.pack("<HBBHHH4x", 0, 0, 2, 10, 0, 0) + b"\1" + "連絡".encode("utf-16-le") + b"\x17\x05\0" + b"03-00"
    user = record(0x5C, wide("利用者"))
    pieces = read(book(note + box + author + link + rule + chart, user + record(0x18, name)))
    assert cells(pieces) == {"B3": "要確認！"}
    for known in (
        "図形",
        "校閲者",
        "taro@piiscan-demo.jp",
        f"説明 {NUMBER}",
        "系列",
        "連絡",
        "03-00",
        "利用者",
        "見本 花子",
        "見本 太郎",
    ):
        assert known in texts(pieces), known


def test_an_encrypted_workbook_is_told() -> None:
    assert read(book(b"", record(0x2F, bytes(6)))) == [Problem(Outcome.ENCRYPTED, "password")]


@pytest.mark.parametrize("part", [3, 10, 40])
def test_records_that_are_cut_are_told(part: int) -> None:
    long = record(0x204, at(0, 0) + wide("x" * 50)) * 100
    stream = record(0x809, struct.pack("<HHLLL", BIFF8, 5, 0, 0, 0)) + long
    assert Problem(Outcome.PARTIAL, "damaged") in read(write_compound({("Workbook",): stream[:-part]}))


def test_a_library_sees_the_same_values() -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(book(VALUES, STYLES + record(0x42, b"\xb0\4"))))
    rows = found.get_sheet_by_name("名簿").to_python()
    assert (rows[0][0], rows[1][0], rows[2][0], rows[3][1]) == (f"電話 {NUMBER}", 9012340001, 123456, 7)
    assert (rows[4][1], rows[65535][255]) == ("式の結果", "隅")


def _formula(row: int, column: int, *steps: bytes) -> bytes:
    """Give a formula with no result yet: numbers and sizes of steps are those of [MS-XLS] 2.5.198."""
    body = b"".join(steps)
    return record(0x06, at(row, column) + b"\0\0\0\0\0\0\xff\xff" + bytes(6) + struct.pack("<H", len(body)) + body)


def _quoted(text: str) -> bytes:
    is_wide = not text.isascii()
    return b"\x17" + bytes([len(text), is_wide]) + text.encode("utf-16-le" if is_wide else "ascii")


def test_a_link_that_a_formula_makes_is_read_at_its_cell() -> None:
    link, words = b"\x42\x02\x67\x01", b"\x24\0\0\0\xc0" + b"\x3a" + bytes(6) + b"\x19\x02\4\0"
    choice = b"\x19\x04" + struct.pack("<HHHH", 2, 8, 9, 10)
    values = _formula(1, 1, words, _quoted("mailto:taro%40piiscan-demo.jp"), choice, _quoted("担当"), link)
    values += record(0x207, wide("担当"))
    values += _formula(2, 0, _quoted("見本の文"), b"\x1e\1\0", b"\x22\x02\x01\0")  # another function
    body = _quoted(f"tel:{NUMBER}") + b"\x22\x01\x67\x01"
    values += record(0x4BC, struct.pack("<HHBBBBH", 4, 9, 2, 2, 0, 6, len(body)) + body)
    values += record(0x221, struct.pack("<HHBBHLH", 6, 6, 3, 3, 0, 0, len(body)) + body)
    values += _formula(7, 0, b"\x18\x01\5\0\1\0", _quoted("tel:7"), link)
    values += _formula(5, 0, _quoted("tel:"), b"\x7f", _quoted("behind a step that nobody knows"), link)
    pieces = read(book(values))
    assert cells(pieces) == {
        "B2": "mailto:taro@piiscan-demo.jp\n担当",
        "C5": f"tel:{NUMBER}",
        "D7": f"tel:{NUMBER}",
        "A8": "tel:7",
        "A6": "tel:",
    }
    assert isinstance(pieces[1], Table)
    assert [cell for column in pieces[1].columns for cell in column if cell] == ["担当"], "and what the cell shows"
