"""Data files of Outlook: every item of every folder, as libpff finds them in files built after the specification."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

import pytest

from piiscan.config import ScanConfig
from piiscan.extractors import choose
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Member
from piiscan.scan import merge, scan_content
from tests.extractors.pst_file import BINARY, LONG, STRING, STRING8, Mail, Properties, pst_file

if TYPE_CHECKING:
    from tests.extractors.conftest import Pieces, Read

ROW = "pst:extract_pst"
PHONES = ("090-8201-3344", "080-5513-0276", "070-4402-9183", "090-6617-2058")
SUBJECT, BODY, HTML, DATA, METHOD, NAME = 0x37, 0x1000, 0x1013, 0x3701, 0x3705, 0x3707


def recipient(kind: int, name: str, address: str) -> Properties:
    return {(0x0C15, LONG): kind, (0x3001, STRING): name, (0x3002, STRING): "SMTP", (0x3003, STRING): address}


@cache
def whole() -> bytes:
    first = Mail(
        {
            (SUBJECT, STRING): "件名",
            (BODY, STRING): f"電話は {PHONES[0]} です。髙﨑㈱\r\n",
            (HTML, BINARY): f"<p>電話 {PHONES[1]}</p>".encode() + b"<p>&nbsp;</p>" * 2000,
            (0x3FFD, LONG): 932,
            (0x0C1A, STRING): "山田 太郎",
            (0x0C1F, STRING): "taro@piiscan-demo.jp",
            (0x8005, STRING8): "独自 髙橋",
        },
        [recipient(1, "山田 花子", "hana@piiscan-demo.jp"), recipient(2, "佐藤", "sato@piiscan-demo.jp")],
        [
            {
                (METHOD, LONG): 1,
                (NAME, STRING): "名簿.csv",
                (DATA, BINARY): b"a,b\n" * 5000 + f"電話,{PHONES[2]}\n".encode(),
            }
        ],
    )
    contact: Properties = {
        (0x001A, STRING): "IPM.Contact",
        (0x3001, STRING): "三浦 克己",
        (0x3A1C, STRING): PHONES[3],
    }
    return pst_file({"受信トレイ": [first, Mail({(SUBJECT, STRING): "二通目"})], "連絡先": [Mail(contact)], "空": []})


def members(pieces: Pieces) -> dict[str, bytes]:
    return {piece.name: piece.open().read() for piece in pieces if isinstance(piece, Member)}


def scan(data: bytes) -> FileReport:
    told = list(scan_content(FileRef("a.pst", "a.pst"), data, ScanConfig(key=bytes(32), run_key=bytes(32))))
    report = told[-1]
    assert isinstance(report, FileReport)
    return merge([part for part in told[:-1] if not isinstance(part, FileReport)], report)


def test_values_are_found_below_their_folder() -> None:
    report = scan(whole())
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 5})
    found = {(f.location.member, f.location.part, f.mask[-4:]) for f in report.findings if f.pattern == "phone_mobile"}
    first, contact = "受信トレイ/message-1.msg", "連絡先/message-1.msg"
    assert found == {
        ((first,), "body", PHONES[0][-4:]),
        ((first, "body.html"), "", PHONES[1][-4:]),
        ((first, "名簿.csv"), "", PHONES[2][-4:]),
        ((contact,), "contact", PHONES[3][-4:]),
    }
    mails = {(f.location.member, f.location.part) for f in report.findings if f.pattern == "email"}
    assert mails == {((first,), "To"), ((first,), "Cc"), ((first,), "header")}


def test_texts_of_8_bits_are_in_the_code_page_of_the_message(read: Read) -> None:
    (first, *_) = members(read(ROW, whole())).values()
    texts = [segment.text for segment in read("msg:extract_msg", first).segments]
    assert "独自 髙橋" in texts
    assert "山田 太郎 <taro@piiscan-demo.jp>" in texts


def test_a_message_inside_a_message_is_named() -> None:
    inner = Mail({(BODY, STRING): PHONES[0]})
    report = scan(pst_file({"a": [Mail({}, [], [({(METHOD, LONG): 5, (0x3001, STRING): "転送"}, inner)])]}))
    assert report.outcome is Outcome.PARTIAL
    (unread,) = report.unread_members
    assert (unread.member, unread.outcome, unread.reason) == (
        ("a/message-1.msg", "転送"),
        Outcome.UNSUPPORTED,
        "embedded",
    )


def test_dozens_of_messages_are_read(read: Read) -> None:
    started = time.process_time()
    mails = [Mail({(SUBJECT, STRING): f"件名{n}", (BODY, STRING): "x" * n}) for n in range(60)]
    found = members(read(ROW, pst_file({"a": mails})))
    assert list(found) == [f"a/message-{n + 1}.msg" for n in range(60)]
    assert time.process_time() - started < 20


def test_data_files_are_chosen_by_their_content() -> None:
    assert {choose(name, whole()[:65536]) for name in ("a.pst", "a.ost", "a", "backup.bin")} == {ROW}


@pytest.mark.parametrize("tenth", range(1, 11))
def test_a_file_that_was_cut_is_never_complete(read: Read, tenth: int) -> None:
    data = whole()
    pieces = read(ROW, data[: len(data) * tenth // 11])
    members(pieces)
    assert pieces.reasons == ["damaged"]


def test_what_is_broken_inside_is_told_or_costs_nothing(read: Read) -> None:
    data = whole()
    complete = members(read(ROW, data))
    for at in range(0x4600, len(data), 512):
        broken = data[:at] + b"\xa5" * 64 + data[at + 64 :]
        pieces = read(ROW, broken)
        if members(pieces).keys() != complete.keys():
            assert pieces.reasons, at
