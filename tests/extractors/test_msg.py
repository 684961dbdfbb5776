"""Messages of Outlook: every field, recipient, body and attachment, in Unicode and in CP932, and messages inside."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from piiscan.compressedrtf import decompress_rtf
from piiscan.config import ScanConfig
from piiscan.extractors import choose
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Member
from piiscan.scan import merge, scan_content
from piiscan.storagecopy import write_compound
from tests.extractors.msg_file import (
    BINARY,
    BODY,
    HEADERS,
    HTML,
    LONG,
    MANY,
    RTF,
    STRING,
    STRING8,
    SUBJECT,
    TIME,
    Properties,
    attachment,
    compressed,
    message_file,
    message_streams,
    recipient,
    time_of,
)

if TYPE_CHECKING:
    from tests.extractors.conftest import Pieces, Read
    from tests.extractors.msg_file import Streams

ROW = "msg:extract_msg"
PHONES = ("090-8201-3344", "080-5513-0276", "070-4402-9183", "090-6617-2058")
HEADER = (
    "Received: from a by b for <third@piiscan-demo.jp>; Mon\r\nFrom: 山田 <taro@piiscan-demo.jp>\r\n"
    "To: hana@piiscan-demo.jp\r\nCc: list@piiscan-demo.jp\r\nSubject: 打合せ\r\nX-Note: 内線\r\n\r\n"
)


def mail(text: int = STRING) -> Properties:
    return {
        (0x001A, text): "IPM.Note",
        (0x3FDE, LONG): 50220,
        (0x3FFD, LONG): 932,
        (SUBJECT, text): "打合せ",
        (0x0070, text): "打合せ",
        (0x0042, text): "山田 太郎",
        (0x5D02, text): "taro@piiscan-demo.jp",
        (HEADERS, text): HEADER,
        (BODY, text): f"電話は {PHONES[0]} です。髙﨑㈱\r\n",
        (0x8005, text): "独自の項目",
        (0x101A, text | MANY): "分類 甲",
    }


PEOPLE = [recipient(1, "山田 花子", "hana@piiscan-demo.jp"), recipient(2, "'x@piiscan-demo.jp'", "x@piiscan-demo.jp")]


def scan(data: bytes, name: str = "a.msg") -> FileReport:
    told = list(scan_content(FileRef(name, name), data, ScanConfig(key=bytes(32), run_key=bytes(32))))
    report = told[-1]
    assert isinstance(report, FileReport)
    return merge([part for part in told[:-1] if not isinstance(part, FileReport)], report)


def members(pieces: Pieces) -> dict[str, bytes]:
    return {piece.name: piece.open().read() for piece in pieces if isinstance(piece, Member)}


@pytest.mark.parametrize("text", [STRING, STRING8])
def test_fields_and_bodies_are_read_in_both_kinds_of_text(read: Read, text: int) -> None:
    people = [recipient(1, "山田 花子", "hana@piiscan-demo.jp", text), recipient(3, "x", "x@piiscan-demo.jp", text)]
    pieces = read(ROW, message_file(mail(text), people))
    assert pieces.reasons == []
    assert [(table.part, table.columns) for table in pieces.tables] == [
        ("To", (("hana@piiscan-demo.jp",),)),
        ("Bcc", (("x@piiscan-demo.jp",),)),
        ("Cc", (("list@piiscan-demo.jp",),)),  # of the header, as no recipient is called so
    ]
    assert [(segment.part, segment.hint, segment.text) for segment in pieces.segments] == [
        ("To", "To", "山田 花子"),
        ("Bcc", "Bcc", "x"),
        ("header", "From", "山田 太郎 <taro@piiscan-demo.jp>"),
        ("header", "Subject", "打合せ"),
        ("header", "Received", "third@piiscan-demo.jp"),
        ("header", "X-Note", "内線"),
        ("properties", "", "独自の項目\n分類 甲"),
        ("body", "", f"電話は {PHONES[0]} です。髙﨑㈱\r\n"),
    ]


def test_names_in_a_directory_and_lists_without_recipients_are_text(read: Read) -> None:
    someone: Properties = {(0x0C15, LONG): 1, (0x3001, STRING): "鈴木 一郎", (0x3003, STRING): "/O=DEMO/CN=SUZUKI"}
    assert read(ROW, message_file({}, [someone])).segments[0].text == "鈴木 一郎\n/O=DEMO/CN=SUZUKI"
    (segment,) = read(ROW, message_file({(0x0E04, STRING): "鈴木 一郎; 佐藤 恵"})).segments
    assert (segment.part, segment.text) == ("To", "鈴木 一郎; 佐藤 恵")


def test_a_contact_is_a_row_below_its_labels(read: Read) -> None:
    contact: Properties = {
        (0x001A, STRING): "IPM.Contact",
        (0x3001, STRING): "三浦 克己",
        (0x3A1C, STRING): PHONES[1],
        (0x3A15, STRING): "東京都千代田区丸の内1-2-3",
        (0x3A42, TIME): time_of(1990, 1, 30, 15),  # midnight in Japan
        (0x8083, STRING): "miura@piiscan-demo.jp",
    }
    pieces = read(ROW, message_file(contact))
    (table,) = pieces.tables
    assert dict(zip(table.headers, table.columns, strict=True)) == {
        "氏名": ("三浦 克己",),
        "生年月日": ("1990-01-31",),
        "携帯電話": (PHONES[1],),
        "住所": ("東京都千代田区丸の内1-2-3",),
    }
    assert table.locate(2, 0, 0).cell == "携帯電話"
    assert [segment.text for segment in pieces.segments] == ["miura@piiscan-demo.jp"]
    patterns = {finding.pattern for finding in scan(message_file(contact)).findings}
    assert {"person_name", "birth_date", "phone_mobile", "address", "email"} <= patterns


def test_values_are_found_with_their_member_and_part() -> None:
    html = f'<meta charset="shift_jis"><p>電話 {PHONES[1]}</p>'.encode("cp932")
    innermost = message_streams({(BODY, STRING): f"電話 {PHONES[3]}"}, is_inner=True)
    inner = message_streams(
        {(SUBJECT, STRING): "件名", (BODY, STRING): f"電話 {PHONES[2]}"},
        [recipient(1, "", "inner@piiscan-demo.jp")],
        [({(0x3705, LONG): 5, (0x3001, STRING): "最初のメール"}, innermost)],
        is_inner=True,
    )
    files: list[Properties | tuple[Properties, Streams]] = [
        attachment("名簿.csv", f"氏名,電話\n三浦 克己,{PHONES[0]}\n".encode("cp932")),
        ({(0x3705, LONG): 5, (0x3001, STRING): "転送"}, inner),
    ]
    report = scan(message_file({**mail(), (HTML, BINARY): html}, PEOPLE, files))
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 4})
    found = {(f.pattern, f.location.member, f.location.part, f.mask[-4:]) for f in report.findings}
    assert {
        ("phone_mobile", (), "body", PHONES[0][-4:]),
        ("phone_mobile", ("body.html",), "", PHONES[1][-4:]),
        ("phone_mobile", ("名簿.csv",), "", PHONES[0][-4:]),
        ("phone_mobile", ("転送.msg",), "body", PHONES[2][-4:]),
        ("phone_mobile", ("転送.msg", "最初のメール.msg"), "body", PHONES[3][-4:]),
    } <= found
    assert {(member, part) for pattern, member, part, _ in found if pattern == "email"} == {
        ((), "To"), ((), "Cc"), ((), "header"), (("転送.msg",), "To"),
    }  # fmt: skip


def test_the_compressed_body_is_read_where_there_is_no_other(read: Read) -> None:
    rtf = b"{\\rtf1\\ansi tel " + PHONES[0].encode() + b"}"
    data: Properties = {(RTF, BINARY): compressed(rtf)}
    assert members(read(ROW, message_file(data))) == {"body.rtf": rtf}
    assert members(read(ROW, message_file({**data, (BODY, STRING): "x"}))) == {}
    assert members(read(ROW, message_file({**data, (HTML, BINARY): b"<p>x"}))) == {"body.html": b"<p>x"}
    broken = read(ROW, message_file({(RTF, BINARY): compressed(rtf)[:-5]}))
    assert broken.reasons == ["damaged"]
    assert members(broken)["body.rtf"] == rtf[: len(members(broken)["body.rtf"])] != b""


def test_compressed_rtf_refers_to_what_it_wrote() -> None:
    # The example of MS-OXRTFCP, 3.1 and 3.2.
    simple = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompress_rtf(simple) == (b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", True)
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert decompress_rtf(crossing) == (b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", True)
    plain = b"\x11\0\0\0\x05\0\0\0MELA\0\0\0\0{\\rtf"
    assert decompress_rtf(plain) == (b"{\\rtf", True)
    assert decompress_rtf(b"\x11\0\0\0\x05\0\0\0NONE\0\0\0\0{\\rtf") == (b"", False)


def test_what_comes_of_a_compressed_bomb_is_bounded() -> None:
    started = time.process_time()
    data = compressed(b"x", *[(207, 16)] * 400_000)
    text, is_whole = decompress_rtf(data)
    assert (len(text), is_whole) == (1 + 16 * 400_000, True)
    assert len(text) < 9 * len(data)
    assert time.process_time() - started < 10


def test_second_attachments_of_a_name_get_a_number(read: Read) -> None:
    files = [attachment("a.txt", b"1"), attachment("a.txt", b"2"), attachment("", b"3"), attachment("b\0\n", b"4")]
    found = members(read(ROW, message_file({}, [], files)))
    assert found == {"a.txt": b"1", "a-2.txt": b"2", "attachment": b"3", "b": b"4"}


def test_a_link_to_a_file_is_named() -> None:
    link: Properties = {(0x3705, LONG): 2, (0x3707, STRING): "big.zip"}
    report = scan(message_file({}, [], [link]))
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"skipped": 1})


def test_an_embedded_object_is_a_file_of_its_own(read: Read) -> None:
    streams: Streams = {("CONTENTS",): b"x" * 5000}
    (data,) = members(
        read(ROW, message_file({}, [], [({(0x3705, LONG): 6, (0x3001, STRING): "図"}, streams)]))
    ).values()
    assert data == write_compound(streams)


def test_a_thousand_recipients_are_read_soon(read: Read) -> None:
    started = time.process_time()
    people = [recipient(1, f"名{n}", f"m{n}@piiscan-demo.jp") for n in range(1000)]
    (table,) = read(ROW, message_file({}, people)).tables
    assert len(table.columns[0]) == 1000
    assert time.process_time() - started < 20


def test_messages_are_chosen_by_name_and_content() -> None:
    data = message_file(mail())
    # its directory tells that it is one, whatever it is called
    assert {choose(name, data[:65536]) for name in ("a.msg", "a", "a.doc", "a.bin")} == {"ole:extract_ole"}
    assert all(scan(data, name).findings for name in ("a.msg", "a", "a.doc", "a.bin"))
    assert choose("a.msg", b"Subject: x\nFrom: x\nTo: x\n\nabc") == "mail:extract_mail"


def test_a_message_that_was_cut_is_never_complete() -> None:
    data = message_file(mail(), PEOPLE, [attachment("a.txt", PHONES[1].encode() + b"x" * 9000)])
    for tenth in range(1, 11):
        cut = scan(data[: len(data) * tenth // 11])
        assert cut.outcome is Outcome.PARTIAL, tenth


def test_sectors_that_run_in_circles_end(read: Read) -> None:
    data = message_file(mail(), PEOPLE, [attachment("a.txt", b"x" * 60_000)])
    table = int.from_bytes(data[0x4C:0x50], "little")
    started = time.process_time()
    for entry in range(128):
        circled = bytearray(data)
        at = 512 * (table + 1) + 4 * entry
        circled[at : at + 4] = (entry & ~1).to_bytes(4, "little")
        pieces = read(ROW, bytes(circled))
        assert sum(map(len, members(pieces).values())) <= len(data)
        assert set(pieces.reasons) <= {"damaged"}
    assert time.process_time() - started < 20
