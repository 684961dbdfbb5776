"""TNEF: fields, bodies and files of winmail.dat, also where its lengths lie."""

from __future__ import annotations

import struct
import time
from typing import TYPE_CHECKING

import pytest

from piiscan.config import ScanConfig
from piiscan.extractors import choose
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Member
from piiscan.scan import merge, scan_content

if TYPE_CHECKING:
    from tests.extractors.conftest import Pieces, Read

ROW = "tnef:extract_tnef"
PHONES = ("090-8201-3344", "080-5513-0276", "070-4402-9183")
STRING8, STRING, LONG, BINARY, OBJECT, MANY = 0x1E, 0x1F, 0x03, 0x102, 0x0D, 0x1000
CODEPAGE = 932


def attribute(kind: int, content: bytes, level: int = 1) -> bytes:
    return struct.pack("<BLL", level, kind, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def prop(number: int, kind: int, *values: str | bytes | int) -> bytes:
    head = struct.pack("<HH", kind, number)
    if number >= 0x8000:
        name = "項目\0".encode("utf-16-le")
        head += bytes(16) + struct.pack("<LL", 1, len(name)) + padded(name)
    if kind == LONG:
        assert isinstance(values[0], int)
        return head + struct.pack("<L", values[0])
    items = [
        value if isinstance(value, bytes) else str(value).encode("utf-16-le" if kind & 1 else "cp932")
        for value in values
    ]
    return head + struct.pack("<L", len(items)) + b"".join(struct.pack("<L", len(one)) + padded(one) for one in items)


def props(*each: bytes) -> bytes:
    return struct.pack("<L", len(each)) + b"".join(each)


def tnef(*attributes: bytes) -> bytes:
    pages = struct.pack("<LL", CODEPAGE, 0)
    return struct.pack("<LH", 0x223E9F78, 1) + attribute(0x69007, pages) + b"".join(attributes)


def sender(name: str, address: str) -> bytes:
    first, second = name.encode("cp932") + b"\0", f"SMTP:{address}".encode() + b"\0"
    return struct.pack("<4H", 4, len(first) + len(second) + 16, len(first), len(second)) + first + second


def file(title: str, data: bytes, *properties: bytes) -> bytes:
    parts = [attribute(0x69002, bytes(14), 2), attribute(0x18010, title.encode("cp932") + b"\0", 2)]
    if data:
        parts.append(attribute(0x6800F, data, 2))
    if properties:
        parts.append(attribute(0x69005, props(*properties), 2))
    return b"".join(parts)


def members(pieces: Pieces) -> dict[str, bytes]:
    return {piece.name: piece.open().read() for piece in pieces if isinstance(piece, Member)}


def whole() -> bytes:
    people = [
        props(prop(0x3001, STRING, "山田 花子"), prop(0x39FE, STRING, "hana@piiscan-demo.jp"), prop(0x0C15, LONG, 1)),
        props(prop(0x3001, STRING8, "佐藤"), prop(0x3003, STRING8, "sato@piiscan-demo.jp"), prop(0x0C15, LONG, 2)),
    ]
    inner = tnef(attribute(0x2800C, f"電話 {PHONES[2]}".encode("cp932") + b"\0"))
    return tnef(
        attribute(0x78008, b"IPM.Microsoft Mail.Note\0"),
        attribute(0x18004, "件名 髙﨑㈱".encode("cp932") + b"\0"),
        attribute(0x08000, sender("山田 太郎", "taro@piiscan-demo.jp")),
        attribute(0x2800C, f"電話は {PHONES[0]}\r\n".encode("cp932") + b"\0"),
        attribute(0x69003, props(prop(0x8001, STRING, "独自"), prop(0x101A, STRING8 | MANY, "甲", "乙"))),
        attribute(0x69004, struct.pack("<L", len(people)) + b"".join(people)),
        file("MEIBO~1.CSV", f"氏名,電話\n三浦 克己,{PHONES[1]}\n".encode(), prop(0x3707, STRING, "名簿.csv")),
        file("転送", b"", prop(0x3701, OBJECT, bytes(16) + inner)),
    )


def scan(data: bytes) -> FileReport:
    told = list(scan_content(FileRef("winmail.dat", "winmail.dat"), data, ScanConfig(key=bytes(32), run_key=bytes(32))))
    report = told[-1]
    assert isinstance(report, FileReport)
    return merge([part for part in told[:-1] if not isinstance(part, FileReport)], report)


def test_everything_of_a_message_is_read(read: Read) -> None:
    pieces = read(ROW, whole())
    assert pieces.reasons == []
    assert [(table.part, table.columns) for table in pieces.tables] == [
        ("To", (("hana@piiscan-demo.jp",),)),
        ("Cc", (("sato@piiscan-demo.jp",),)),
    ]
    assert [(segment.part, segment.hint, segment.text) for segment in pieces.segments] == [
        ("To", "To", "山田 花子"),
        ("Cc", "Cc", "佐藤"),
        ("header", "Sender", "山田 太郎 <taro@piiscan-demo.jp>"),
        ("header", "Subject", "件名 髙﨑㈱"),
        ("properties", "", "独自\n甲\n乙"),
        ("body", "", f"電話は {PHONES[0]}\r\n"),
    ]
    assert list(members(pieces)) == ["名簿.csv", "転送.tnef"]


def test_values_are_found_with_their_member_and_part() -> None:
    report = scan(whole())
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 2})
    found = {(f.location.member, f.location.part) for f in report.findings if f.pattern == "phone_mobile"}
    assert found == {((), "body"), (("名簿.csv",), ""), (("転送.tnef",), "body")}
    assert {f.location.part for f in report.findings if f.pattern == "email"} == {"To", "Cc", "header"}


def test_tnef_is_chosen_by_its_content() -> None:
    assert choose("winmail.dat", whole()) == choose("ATT0001", whole()) == ROW


@pytest.mark.parametrize("tenth", range(1, 11))
def test_a_file_that_was_cut_is_never_complete(read: Read, tenth: int) -> None:
    data = whole()
    pieces = read(ROW, data[: len(data) * tenth // 11])
    # Attributes have no end that says so: one that ends the file might have been its last.
    ends = _ends(data)
    assert pieces.reasons == ([] if len(data) * tenth // 11 in ends else ["damaged"])


def _ends(data: bytes) -> set[int]:
    ends, at = set(), 6
    while at < len(data):
        at += 9 + int.from_bytes(data[at + 5 : at + 9], "little") + 2
        ends.add(at)
    return ends


@pytest.mark.parametrize(
    "lie",
    [
        struct.pack("<BLL", 1, 0x2800C, 0xFFFFFFFF) + b"abc",
        attribute(0x69003, struct.pack("<L", 0xFFFFFFFF)),
        attribute(0x69003, props(struct.pack("<HHLL", STRING, 0x37, 1, 0x7FFFFFFF))),
        attribute(0x69003, props(struct.pack("<HHL", STRING, 0x37, 0x7FFFFFFF))),
        attribute(0x69003, props(struct.pack("<HHL", LONG | MANY, 0x37, 0x7FFFFFFF))),
        attribute(0x69003, props(struct.pack("<HH16sLL", STRING, 0x8037, b"", 1, 0x7FFFFFFF))),
        attribute(0x69004, struct.pack("<L", 0xFFFFFFFF)),
        attribute(0x08000, b"\4\0"),
        attribute(0x2800C, b"abc")[:-1] + b"\xff",
    ],
    ids=range(9),
)
def test_lengths_that_lie_are_told_and_bounded(read: Read, lie: bytes) -> None:
    started = time.process_time()
    pieces = read(ROW, tnef(attribute(0x18004, PHONES[0].encode())) + lie)
    assert pieces.reasons == ["damaged"]
    assert PHONES[0] in pieces.texts
    assert time.process_time() - started < 2


def test_many_values_of_nothing_are_bounded(read: Read) -> None:
    started = time.process_time()
    empty = struct.pack("<HHL", STRING8, 0x3001, 0)
    pieces = read(ROW, tnef(attribute(0x69004, struct.pack("<L", 150_000) + (struct.pack("<L", 1) + empty) * 150_000)))
    assert pieces.reasons == []
    assert time.process_time() - started < 5
