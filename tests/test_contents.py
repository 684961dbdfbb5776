"""Archives: members are found at any depth, bounded by one budget, named when unread, and never written."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from piiscan.config import Limits
from piiscan.model import FileRef, FileReport, MemberReport, Outcome, Part
from piiscan.scan import merge, scan_file
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PHONE = "電話 090-1234-5678"
SMALL = Limits(bytes=3_000_000, floor=1_000_000, ratio=10, members=50, depth=3)


def scanned(path: Path, content: bytes, limits: Limits | None = None) -> FileReport:
    path.write_bytes(content)
    config = config_for().scan
    *parts, report = scan_file(FileRef(path.name, str(path)), replace(config, limits=limits or config.limits))
    assert isinstance(report, FileReport)
    assert sorted(path.parent.iterdir()) == [path], "nothing is written"
    return merge([part for part in parts if isinstance(part, Part)], report)


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(members: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
        for name, kind in (("link", tarfile.SYMTYPE), ("device", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/shadow"
            archive.addfile(info)
    return stream.getvalue()


def places(report: FileReport) -> list[tuple[str, ...]]:
    return [finding.location.member for finding in report.findings]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_of_members_are_found(tmp_path: Path, method: int) -> None:
    inner = zipped({"名簿/b.csv": f"担当,電話\n窓口,{PHONE[3:]}\n", "c.png": b"\x89PNG\r\n\x1a\n"}, method)
    report = scanned(tmp_path / "a.zip", zipped({"inner.zip": inner, "d.txt": PHONE}, method))
    assert places(report) == [("inner.zip", "名簿/b.csv"), ("d.txt",)]
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 3, "skipped": 1})


@pytest.mark.parametrize(
    ("name", "content", "member"),
    [
        ("a.txt.gz", gzip.compress(PHONE.encode()), ("a.txt",)),
        ("a.txt.bz2", bz2.compress(PHONE.encode()), ("a.txt",)),
        ("a.txt.xz", lzma.compress(PHONE.encode()), ("a.txt",)),
        ("a.tgz", gzip.compress(tarred({"x/y.txt": PHONE})), ("a.tar", "x/y.txt")),
        ("a.tar", tarred({"x/y.txt": PHONE}), ("x/y.txt",)),
        ("no_suffix", zipped({"y.txt": PHONE}), ("y.txt",)),
    ],
    ids=["gz", "bz2", "xz", "tgz", "tar", "zip"],  # the contents hold the time
)
def test_every_compression(tmp_path: Path, name: str, content: bytes, member: tuple[str, ...]) -> None:
    report = scanned(tmp_path / name, content)
    assert places(report) == [member]
    assert report.outcome is Outcome.COMPLETE
    assert report.members.get("skipped", 0) == (2 if name in {"a.tgz", "a.tar"} else 0), "links and devices"


def test_names_in_cp932_and_decomposed_utf8(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "データ.txt")
    content = zipped({"AAAAAA.txt": PHONE, decomposed: PHONE})
    content = content.replace(b"AAAAAA.txt", "表題表.txt".encode("cp932"))
    assert places(scanned(tmp_path / "a.zip", content)) == [("表題表.txt",), ("データ.txt",)]


def test_names_that_would_leave_the_folder_are_only_names(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.zip", zipped({"../../up.txt": PHONE, "/root.txt": PHONE, "C:\\x.txt": PHONE}))
    assert [names[0] for names in places(report)][:2] == ["../../up.txt", "/root.txt"]
    assert len(report.findings) == 3


def encrypted(content: bytes) -> bytes:
    """Set the bit that says so in every local and central header."""
    raw = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)
    return bytes(raw)


def test_encrypted_members_are_named(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.zip", encrypted(zipped({"名簿.xlsx": PHONE, "b.txt": PHONE})))
    assert (report.outcome, report.reason) == (Outcome.ENCRYPTED, "password")
    assert report.unread_members[0] == MemberReport(("名簿.xlsx",), Outcome.ENCRYPTED, "password")


def test_one_unread_member_leaves_the_file_partly_read(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.zip", zipped({"a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "b.txt": PHONE}))
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "members")
    assert report.unread_members == (MemberReport(("a.doc",), Outcome.PARTIAL, "damaged"),)
    assert places(report) == [("b.txt",)]


def test_a_ratio_bomb_is_stopped(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": PHONE, "bomb.txt": b"0" * 20_000_000, "never.txt": PHONE})
    report = scanned(tmp_path / "a.zip", bomb, SMALL)
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "ratio")
    assert report.unread_members[-1] == MemberReport(("bomb.txt",), Outcome.PARTIAL, "ratio")


def test_a_header_that_lies_about_the_size_hides_nothing(tmp_path: Path) -> None:
    text = "x" * 5000 + PHONE
    content = zipped({"a.txt": text})
    lying = content.replace(struct.pack("<L", len(text.encode())), struct.pack("<L", 10))
    assert lying != content
    report = scanned(tmp_path / "a.zip", lying)
    assert places(report) == [("a.txt",)]


def test_nests_end_at_the_depth(tmp_path: Path) -> None:
    content = zipped({"deep.txt": PHONE})
    for level in range(6):
        content = zipped({f"{level}.zip": content})
    report = scanned(tmp_path / "a.zip", content, SMALL)
    assert (report.unread_members[0].outcome, report.unread_members[0].reason) == (Outcome.PARTIAL, "depth")
    assert len(report.unread_members[0].member) == SMALL.depth + 1


def test_a_nest_of_sixteen_by_sixteen_is_bounded(tmp_path: Path) -> None:
    content = zipped({"0.txt": b"0" * 100_000})
    for _ in range(5):
        content = zipped({f"{at}.zip": content for at in range(16)})
    report = scanned(tmp_path / "42.zip", content, SMALL)
    assert report.outcome is Outcome.PARTIAL
    assert report.reason in {"entries", "ratio"}


def test_overlapping_entries_are_refused_before_inflating(tmp_path: Path) -> None:
    raw = zipped({"a.txt": b"0" * 1000, "b.txt": PHONE})
    at = raw.rfind(b"PK\x01\x02")
    overlapping = raw[: at + 42] + struct.pack("<L", 0) + raw[at + 46 :]
    report = scanned(tmp_path / "a.zip", overlapping)
    assert (report.outcome, report.reason, report.members) == (Outcome.PARTIAL, "overlap", {})


@pytest.mark.parametrize("cut", [9, 2])
def test_the_good_part_of_a_damaged_file_is_read(tmp_path: Path, cut: int) -> None:
    text = "\n".join([PHONE, *(f"{zlib.crc32(str(at).encode())}" for at in range(40_000))])
    report = scanned(tmp_path / "a.txt.gz", gzip.compress(text.encode())[:-cut])
    assert places(report) == [("a.txt",)]
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "damaged")


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    good = zipped({"a.txt": PHONE, "b.txt": PHONE}, zipfile.ZIP_STORED)
    content = good.replace(PHONE.encode(), PHONE.replace("8", "9").encode(), 1)
    report = scanned(tmp_path / "a.zip", content)
    assert report.unread_members == (MemberReport(("a.txt",), Outcome.PARTIAL, "damaged"),)
    assert ("b.txt",) in places(report)


@pytest.mark.parametrize("mark", [b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9"])
def test_rubbish_is_damaged(tmp_path: Path, mark: bytes) -> None:
    report = scanned(tmp_path / "a.zip", mark + bytes(range(256)))
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "damaged")


def test_comments_of_a_zip_are_read_and_one_that_was_cut_is_told(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.comment = "携帯 090-1234-5679".encode("cp932")
        archive.writestr(entry, "x")
        archive.comment = PHONE.encode()
    whole = scanned(tmp_path / "a.zip", stream.getvalue())
    assert (whole.outcome, len(whole.findings)) == (Outcome.COMPLETE, 2)
    assert {each.location.part for each in whole.findings} == {"comment"}
    cut = scanned(tmp_path / "a.zip", stream.getvalue()[:-3])
    assert (cut.outcome, cut.reason) == (Outcome.PARTIAL, "damaged")
