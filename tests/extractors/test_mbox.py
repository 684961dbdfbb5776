"""Mailboxes: each message is a member of its own, wherever it was cut, and memory does not grow with the mailbox."""

from __future__ import annotations

import base64
import io
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from piiscan.config import ScanConfig
from piiscan.extractors import choose, open_extractor
from piiscan.extractors.mbox import extract_mbox
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Member, Problem
from piiscan.scan import merge, scan_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROW, EMLX = "mbox:extract_mbox", "mbox:extract_emlx"
ENVELOPES = (
    "From - Mon Jan 01 00:00:00 2024",
    "From taro@piiscan-demo.jp Fri Jul  8 12:08:34 2011",
    "From taro@piiscan-demo.jp  Fri Jul  8 12:08:34 2011 +0900",
    "From 1786@xxx Mon Jan 01 00:00:00 +0000 2024",
    "From MAILER-DAEMON Fri, 8 Jul 2011 12:08:34 +0900",
)
PHONES = ("090-8201-3344", "080-5513-0276", "070-4402-9183")


def message(number: int, end: str = "\n") -> str:
    attached = base64.encodebytes(f"電話\n{PHONES[number % 3]}\n".encode()).decode()
    lines = (
        f"Subject: 件名 {number}",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "",
        f"電話: {PHONES[number % 3]}",
        ">From now on, nothing new. Mon Jan 01 00:00:00 2024",
        "From Mon Jan 01 00:00:00 2024 on we are closed",
        "--b",
        "Content-Type: text/csv",
        "Content-Disposition: attachment; filename=a.csv",
        "Content-Transfer-Encoding: base64",
        "",
        attached.strip(),
        "--b--",
        "",
    )
    return end.join(lines) + end


def mailbox(count: int, envelope: str = ENVELOPES[0], end: str = "\n") -> bytes:
    return "".join(f"{envelope}{end}{message(number, end)}" for number in range(count)).encode()


def members(row: str, data: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    found, problems = {}, []
    for piece in open_extractor(row)(io.BytesIO(data), "x"):
        if isinstance(piece, Member):
            found[piece.name] = piece.open().read()
        else:
            assert isinstance(piece, Problem)
            problems.append(piece)
    return found, problems


def scan(path: Path, data: bytes) -> FileReport:
    path.write_bytes(data)
    config = ScanConfig(key=bytes(32), run_key=bytes(32))
    *parts, report = scan_file(FileRef(path.name, str(path), len(data)), config)
    assert isinstance(report, FileReport)
    return merge([part for part in parts if not isinstance(part, FileReport)], report)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("envelope", ENVELOPES)
def test_every_message_is_a_member_named_by_its_line(envelope: str, end: str) -> None:
    found, problems = members(ROW, mailbox(3, envelope, end))
    height = message(0).count("\n") + 1
    assert list(found) == [f"message-{n + 1}-line-{1 + n * height}.eml" for n in range(3)]
    assert list(found.values()) == [message(n, end).encode() for n in range(3)]
    assert problems == []


@pytest.mark.parametrize("name", ["a.mbox", "Inbox", "受信トレイ", "2011-July.txt", "Archive.old"])
def test_values_are_found_in_their_message(tmp_path: Path, name: str) -> None:
    report = scan(tmp_path / name, mailbox(3))
    places = {(finding.location.member, finding.mask[-4:]) for finding in report.findings}
    assert report.outcome is Outcome.COMPLETE
    lines = [1 + n * (message(0).count("\n") + 1) for n in range(3)]
    for number, line in enumerate(lines):
        eml = f"message-{number + 1}-line-{line}.eml"
        assert ((eml,), PHONES[number][-4:]) in places
        assert ((eml, "a.csv"), PHONES[number][-4:]) in places
    assert report.members == {"complete": 6}


def test_mailboxes_are_chosen_and_other_texts_are_not() -> None:
    assert choose("Inbox", mailbox(1)) == ROW
    assert choose("Inbox", ENVELOPES[0].encode() + b"\n>From x\nSubject: x\n\n") == ROW
    assert choose("a.mbox", b"From x\nSubject: x\n\nabc") == ROW
    assert choose("letter", b"From Mon Jan 01 00:00:00 2024\nwe are closed\n") == "text:extract_text"
    assert choose("1.emlx", b"99        \nSubject: x\n\nabc") == EMLX


@pytest.mark.parametrize(
    "name", ["1700000000.M1P1.host:2,S", "1700000000.V801I1M1.mail.piiscan-demo.jp,S=99:2,RS", "1700000000.1_0.host"]
)
def test_a_message_of_a_maildir_is_read_by_its_content(tmp_path: Path, name: str) -> None:
    header = "DKIM-Signature: v=1;\n d=x\nAuthentication-Results: x\nReceived-SPF: pass\nReturn-Path: <x>\n"
    report = scan(tmp_path / name, (header + message(1)).encode())
    assert {finding.location.member for finding in report.findings} == {(), ("a.csv",)}
    assert report.outcome is Outcome.COMPLETE


def test_a_window_may_end_anywhere() -> None:
    filler = b"x" * 77 + b"\n"
    for extra in range(0, 900, 31):
        data = mailbox(1) + filler * (extra + 3000) + mailbox(2)
        found, _ = members(ROW, data)
        assert [*map(len, found.values())] == [
            len(message(0).encode()) + len(filler) * (extra + 3000),
            *(len(message(n).encode()) for n in range(2)),
        ]


def test_a_message_that_nobody_reads_is_passed_over() -> None:
    pieces = list(extract_mbox(io.BytesIO(mailbox(50)), "x"))
    assert len(pieces) == 50


def test_memory_does_not_grow_with_the_mailbox() -> None:
    class Endless(io.RawIOBase):
        """16 MB of messages, made as they are read."""

        left = 16 << 20
        block = mailbox(200)

        def read(self, _size: int = -1) -> bytes:
            self.left -= len(self.block)
            return self.block if self.left > 0 else b""

    def read_all() -> Iterator[int]:
        for piece in extract_mbox(Endless(), "x"):  # type: ignore[arg-type]
            assert isinstance(piece, Member)
            with piece.open() as stream:
                while part := stream.read(65536):
                    yield len(part)

    tracemalloc.start()
    total = sum(read_all())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > 14 << 20
    assert peak < 4 << 20


def test_a_mailbox_cut_anywhere_is_read_up_to_there(tmp_path: Path) -> None:
    data = mailbox(3)
    for tenth in range(1, 11):
        cut = len(data) * tenth // 11
        report = scan(tmp_path / "cut.mbox", data[:cut])
        # A message that is whole may be the last one: no mailbox says how many it has.
        assert (report.outcome is Outcome.COMPLETE) == data[:cut].rstrip().endswith(b"--b--"), cut


def test_parts_nested_deeply_in_a_mailbox_are_told(tmp_path: Path) -> None:
    start = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(500))
    deep = start + b"Content-Type: text/plain\n\n" + PHONES[0].encode() + b"\n"
    data = ENVELOPES[0].encode() + b"\nMIME-Version: 1.0\n" + deep
    report = scan(tmp_path / "deep.mbox", data + mailbox(1))
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "members")
    assert {member.reason for member in report.unread_members} == {"depth"}
    assert len(report.findings) == 3


def test_an_emlx_has_a_message_and_properties() -> None:
    mail = message(0).encode()
    plist = b'<?xml version="1.0"?><plist><dict><key>flags</key><integer>1</integer></dict></plist>'
    found, problems = members(EMLX, b"%-10d\n" % len(mail) + mail + plist)
    assert (found, problems) == ({"message.eml": mail, "properties.plist": plist}, [])
    for tenth in range(1, 11):
        cut = len(mail) * tenth // 11
        found, problems = members(EMLX, b"%-10d\n" % len(mail) + mail[:cut])
        assert (found, problems) == ({"message.eml": mail[:cut]}, [Problem(Outcome.PARTIAL, "damaged")])
    found, problems = members(EMLX, b"no number\nSubject: x\n")
    assert found == {"message.eml": b"no number\nSubject: x\n"}
    assert [problem.reason for problem in problems] == ["damaged"]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_an_envelope_without_a_message_is_passed_over(envelope: str) -> None:
    """Found by fuzzing: behind such a line, the reader waited for more of it for ever."""
    found, problems = members(ROW, f"{envelope}\n{envelope}\n{message(1)}".encode())
    assert problems == []
    assert [content for content in found.values() if content] == [message(1).encode()]
