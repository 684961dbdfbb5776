"""Archives that libarchive reads: every member with its name, a word for each that is not read, no cut unnoticed."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import libarchive
import pytest

from piiscan.config import Limits
from piiscan.model import FileReport, Outcome
from tests.extractors import archivebuilder as build
from tests.test_contents import scanned

if TYPE_CHECKING:
    from pathlib import Path

PHONE = "電話 090-1234-5678\n"
MEMBERS = {"名簿/電話.txt": PHONE.encode("cp932") * 30, "b.txt": b"tel 090-1234-5678\n"}
ASCII = {"a.txt": MEMBERS["名簿/電話.txt"], "b.txt": MEMBERS["b.txt"]}
ONE = {"data": MEMBERS["名簿/電話.txt"]}
ARCHIVES = {
    "7z": build.written(MEMBERS, "7zip"),
    "iso": build.written(MEMBERS, "iso9660"),
    "cpio": build.written(MEMBERS, "cpio_newc"),
    "odc": build.written(MEMBERS, "cpio"),
    "rar4": build.rar4(MEMBERS),
    "rar5": build.rar5(MEMBERS),
    "cab": build.cab(MEMBERS),
    "rpm": build.rpm(MEMBERS),
    **{f"lzh{level}": build.lzh(MEMBERS, level) for level in (0, 1, 2)},
}
STREAMS = {kind: build.written(ONE, "raw", packing) for kind, packing in (("zst", "zstd"), ("lz4", "lz4"))}
#: compress has no end mark, so that a cut of it is told by nothing.
PACKED = {**STREAMS, "Z": build.written(ONE, "raw", "compress")}
LZH = [(level, method) for level in (0, 1, 2) for method in ("lh5", "lh6", "lh7")]

#: What 7-Zip 26 writes of the text, from a pipe and unpacked; from a file, packed by Deflate64.
PIPED_7Z = bytes.fromhex(
    "377abcaf271c000484d2705315000000000000003a000000000000002d6bee33e99bbbe8a9b1203039302d313233342d353637380a0104060001"
    "091500070b01000101000c1500080a01499dad450000050119050000000000140a0100931099900280dd0115060100208080110000"
)
DEFLATE64_7Z = bytes.fromhex(
    "377abcaf271c0004e083cd691a000000000000005a00000000000000c8f8ec1a011500eaffe99bbbe8a9b1203039302d313233342d353637380a"
    "0104060001091a00070b010001030401090c1500080a01499dad4500000501190c000000000000000000000000111300740069006e0079002e00"
    "74007800740000001900140a010053e59a900280dd01150601002080a4810000"
)


def places(report: FileReport) -> set[tuple[str, ...]]:
    return {finding.location.member for finding in report.findings}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_every_member_is_found_by_name(tmp_path: Path, kind: str) -> None:
    report = scanned(tmp_path / "a.bin", ARCHIVES[kind])
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 2})
    assert places(report) == {("名簿/電話.txt",), ("b.txt",)}


def test_an_ar_holds_members_too(tmp_path: Path) -> None:
    assert places(scanned(tmp_path / "a.deb", build.written(ASCII, "ar_svr4"))) == {("a.txt",), ("b.txt",)}


@pytest.mark.parametrize(("level", "method"), LZH)
def test_packed_lzh(tmp_path: Path, level: int, method: str) -> None:
    report = scanned(tmp_path / "a.lzh", build.lzh({"ソフト\\表.csv": build.lzh_text()}, level, method))
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 1})
    assert {name.replace("\\", "/") for (name,) in places(report)} == {"ソフト/表.csv"}
    assert len(report.findings) == 20


@pytest.mark.parametrize("kind", PACKED)
def test_single_streams_lose_their_suffix(tmp_path: Path, kind: str) -> None:
    report = scanned(tmp_path / f"app.log.{kind}", PACKED[kind])
    assert (report.outcome, places(report)) == (Outcome.COMPLETE, {("app.log",)})


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = build.rar5({"b.lzh": build.lzh(MEMBERS, 2), "c.7z": ARCHIVES["7z"]})
    report = scanned(tmp_path / "a.tar.zst", build.written({"d/a.rar": inner}, "ustar", "zstd"))
    names = {("a.tar", "d/a.rar", inside, name) for inside in ("b.lzh", "c.7z") for name in MEMBERS}
    assert (report.outcome, places(report)) == (Outcome.COMPLETE, names)


@pytest.mark.parametrize("kind", [*ARCHIVES, *STREAMS])
def test_no_cut_passes_for_complete(tmp_path: Path, kind: str) -> None:
    whole = {**ARCHIVES, **STREAMS}[kind]
    # behind the last byte that is not 0 there is only padding: nothing that counts is cut there
    end = len(whole) if kind.startswith(("lzh", "rar")) else len(whole.rstrip(b"\0"))
    # a cpio that is cut in its first header is a text of digits, and read as such
    start = 120 if kind in {"cpio", "odc"} else 8
    places = random.Random(8).sample(range(start, end), 10)  # noqa: S311 - ten places, the same each time
    outcomes = {cut: scanned(tmp_path / "a.bin", whole[:cut]).outcome for cut in (*places, end - 1)}
    assert {cut for cut, outcome in outcomes.items() if outcome is Outcome.COMPLETE} == set()


def test_the_good_part_before_a_cut_is_read(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.rar", ARCHIVES["rar5"][:-40])
    assert report.outcome is Outcome.PARTIAL
    assert ("名簿/電話.txt",) in places(report)


@pytest.mark.parametrize(
    "content", [build.rar4(MEMBERS, is_encrypted=True), build.rar5(MEMBERS, is_locked=True)], ids=["entries", "headers"]
)
def test_encrypted_rar(tmp_path: Path, content: bytes) -> None:
    report = scanned(tmp_path / "a.rar", content)
    assert (report.outcome, report.reason) == (Outcome.ENCRYPTED, "password")


@pytest.mark.parametrize("part", build.LOCKED_7Z)
def test_encrypted_7z(tmp_path: Path, part: str) -> None:
    report = scanned(tmp_path / "a.7z", build.LOCKED_7Z[part])
    assert (report.outcome, report.reason) == (Outcome.ENCRYPTED, "password")
    assert report.members == ({"encrypted": 1} if part == "entries" else {})


@pytest.mark.parametrize("builder", [build.rar4, build.rar5])
def test_a_volume_is_only_a_part(tmp_path: Path, builder: type) -> None:
    report = scanned(tmp_path / "a.part1.rar", builder(MEMBERS, is_volume=True))
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "volume")
    assert places(report) == {(name,) for name in MEMBERS}


def test_a_split_7z_is_only_a_part(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.7z.001", ARCHIVES["7z"][:-60])
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "volume")


@pytest.mark.parametrize("kind", ["7z", "zst"])
def test_a_bomb_is_stopped(tmp_path: Path, kind: str) -> None:
    bomb = {"a.txt": b"text " * 1_000_000}
    content = build.written(bomb, "7zip") if kind == "7z" else build.written(bomb, "raw", "zstd")
    limits = Limits(bytes=3_000_000, floor=1_000_000, ratio=10, members=50, depth=3)
    report = scanned(tmp_path / f"a.txt.{kind}", content, limits)
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "ratio")


def test_links_are_named_and_folders_are_no_members(tmp_path: Path) -> None:
    blocks: list[bytes] = []

    def write(block: bytes) -> int:
        blocks.append(bytes(block))
        return len(block)

    with libarchive.custom_writer(write, "cpio_newc") as archive:
        archive.add_file_from_memory("folder", 0, b"", 0o040000, 0o755)
        archive.add_file_from_memory("link", 0, b"", 0o120000, 0o777)
        archive.add_file_from_memory("a.txt", 4, b"text", 0o100000, 0o644)
    report = scanned(tmp_path / "a.cpio", b"".join(blocks))
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"skipped": 1, "complete": 1})


def test_what_7_zip_was_piped_is_read(tmp_path: Path) -> None:
    """`7z a -si` keeps the mode of the pipe and no name: it was passed over, and the archive complete."""
    report = scanned(tmp_path / "名簿.txt.7z", PIPED_7Z)
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 1})
    assert places(report) == {("名簿.txt",)}


def test_a_method_that_the_library_lacks_is_no_damage(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.7z", DEFLATE64_7Z)
    assert (report.outcome, report.reason) == (Outcome.UNSUPPORTED, "compression")


def zipped(method: str) -> bytes:
    blocks: list[bytes] = []

    def write(block: bytes) -> int:
        blocks.append(bytes(block))
        return len(block)

    with libarchive.custom_writer(write, "zip", options=f"zip:compression={method}") as archive:
        for name, content in MEMBERS.items():
            archive.add_file_from_memory(name, len(content), content, 0o100000, 0o644)
    return b"".join(blocks)


@pytest.mark.parametrize("method", ["deflate", "store"])
def test_a_zip_without_its_directory_is_read_from_the_beginning(tmp_path: Path, method: str) -> None:
    content = zipped(method)
    report = scanned(tmp_path / "a.zip", content[: content.index(b"PK\1\2") + 40])
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "damaged")
    assert places(report) == {(name,) for name in MEMBERS}


def test_a_split_zip_is_only_a_part(tmp_path: Path) -> None:
    content = zipped("deflate")
    end = content.rindex(b"PK\5\6")
    report = scanned(tmp_path / "a.zip", content[: end + 4] + b"\1\0\0\0" + content[end + 8 :])
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "volume")


def test_a_part_of_a_split_zip_is_named_by_its_name(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.zip.001", zipped("deflate")[:90])
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "volume")


def test_a_zip_packed_by_zstd_is_read(tmp_path: Path) -> None:
    # method 93: the data as Zstandard, under headers that say so
    packed, content = STREAMS["zst"], ONE["data"]
    head = struct.pack("<5H3L2H", 20, 0, 93, 0, 0x5D7D, zlib.crc32(content), len(packed), len(content), 5, 0)
    local = b"PK\3\4" + head + b"a.txt" + packed
    line = b"PK\1\2" + struct.pack("<H", 20) + head + bytes(14) + b"a.txt"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(line), len(local), 0)
    report = scanned(tmp_path / "a.zip", local + line + end)
    assert (report.outcome, places(report)) == (Outcome.COMPLETE, {("a.txt",)})


def test_an_unknown_method_is_named(tmp_path: Path) -> None:
    stream = bytearray(zipped("store"))
    for mark, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        at = -1
        while (at := stream.find(mark, at + 1)) >= 0:
            stream[at + offset] = 97  # WavPack
    report = scanned(tmp_path / "a.zip", bytes(stream))
    assert (report.outcome, report.reason) == (Outcome.UNSUPPORTED, "compression")


@pytest.mark.parametrize("missing", ["the package", "the system's library"])
def test_without_the_library_the_outcome_says_so(tmp_path: Path, missing: str) -> None:
    (tmp_path / "a.7z").write_bytes(ARCHIVES["7z"])
    if missing == "the package":
        (tmp_path / "libarchive.py").write_text("raise ImportError('no')\n")
    environ = {**os.environ, "PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '.')}"}
    environ |= {"XDG_CONFIG_HOME": str(tmp_path)} | ({} if missing == "the package" else {"LIBARCHIVE": "none.so"})
    command = [sys.executable, "-m", "piiscan", "scan", str(tmp_path / "a.7z"), "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, env=environ, check=False)
    assert done.returncode == 3
    assert b'"unsupported","reason":"needs libarchive"' in done.stdout
