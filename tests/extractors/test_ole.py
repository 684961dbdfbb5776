"""Compound files: what each is, what is embedded in it, its properties, and what damage does."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from piiscan.compound import Compound, open_compound
from piiscan.extractors.ole import extract_ole
from piiscan.formcontrols import control_text
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.oleobjects import NATIVE
from piiscan.piece import Member, Problem, Segment
from piiscan.propertysets import iter_texts
from piiscan.scan import scan_content
from piiscan.storagecopy import write_compound
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piiscan.piece import Piece

PHONE = "電話番号 090-1234-0001\n"
Streams = dict[tuple[str, ...], bytes]


def read(streams: Mapping[tuple[str, ...], bytes], name: str = "a") -> list[Piece]:
    return list(extract_ole(io.BytesIO(write_compound(streams)), name))


def read_bytes(data: bytes) -> list[Piece]:
    return list(extract_ole(io.BytesIO(data), "a"))


def package(name: str, data: bytes) -> bytes:
    """Give the stream of a package: a file with the path that it had on somebody's machine."""
    path = f"C:\\仕事\\{name}".encode("cp932") + b"\0"
    body = b"\2\0" + name.encode("cp932") + b"\0" + path + b"\0\0\3\0" + struct.pack("<L", len(path)) + path
    body += struct.pack("<L", len(data)) + data + b"\0\0"
    return struct.pack("<L", len(body)) + body


def found(name: str, data: bytes) -> tuple[FileReport, set[tuple[tuple[str, ...], str]]]:
    """Scan a file whole; give its report, and the members and parts in which a telephone number was found."""
    told = list(scan_content(FileRef(name, name), data, config_for().scan))
    report = told[-1]
    assert isinstance(report, FileReport)
    findings = [finding for part in told if isinstance(part, Part) for finding in part.findings]
    places = {(tuple(each.location.member), each.location.part) for each in findings if each.pattern == "phone_mobile"}
    return report, places


@pytest.mark.parametrize(
    ("stream", "outcome", "reason"),
    [
        ("EncryptedPackage", Outcome.ENCRYPTED, "password"),
        ("VisioDocument", Outcome.UNSUPPORTED, "visio"),
        ("Quill", Outcome.UNSUPPORTED, "publisher"),
        ("\x05HwpSummaryInformation", Outcome.UNSUPPORTED, "hwp"),
        ("JSRV_SummaryInformation", Outcome.UNSUPPORTED, "ichitaro"),
        ("DocumentText", Outcome.UNSUPPORTED, "ichitaro"),
        ("PP40", Outcome.UNSUPPORTED, "powerpoint95"),
        ("anything", Outcome.UNSUPPORTED, "ole2"),
    ],
)
def test_a_stream_tells_what_it_is(stream: str, outcome: Outcome, reason: str) -> None:
    assert read({(stream,): b"x", ("other",): b""}) == [Problem(outcome, reason)]


@pytest.mark.parametrize(("name", "reason"), [("a.jtd", "ichitaro"), ("a.pub", "publisher"), ("a.xdw", "docuworks")])
def test_what_no_stream_tells_the_suffix_does(name: str, reason: str) -> None:
    assert read({("x",): b"x"}, name) == [Problem(Outcome.UNSUPPORTED, reason)]


def test_a_copy_of_a_storage_holds_its_streams() -> None:
    chance = random.Random(1)  # noqa: S311 - the same bytes every time
    streams: Streams = {("a", f"流れ{size}"): chance.randbytes(size) for size in (0, 1, 63, 64, 4095, 4096, 9_000_000)}
    streams |= {("b", "c", "d"): b"deep", ("top",): b"x" * 5000}
    streams |= {("many", str(number)): bytes(number % 99) for number in range(3000)}
    compound = open_compound(io.BytesIO(write_compound(streams)))
    assert isinstance(compound, Compound)
    assert {path: compound.read(*path) for path in compound.streams} == streams
    assert compound.problem is None


#: A text box of a form as LibreOffice 7.4 writes it into doc and docx, with its font behind.
TEXT_BOX = bytes.fromhex(
    "0002440047034082000000001b08002c0500008000000000010000001a00000000000000b70b0000e603000030003900"
    "30002d0031003200330034002d003000320030003500000000021400570000000000000000000000a500000001010000"
)


def control(value: str) -> bytes:
    """Give the stream of a text box ([MS-OFORMS] 2.2.5) with a size and a value, in 8 bits where that does."""
    text, flag = (value.encode("latin-1"), 1 << 31) if value.isascii() else (value.encode("utf-16-le"), 0)
    mask = 1 << 31 | 1 << 22 | 1 << 9 | 1 << 8 | 1 << 6 | 1
    numbers = struct.pack("<LBxHL", 0x2C00081B, 1, ord("*"), flag | len(text))
    block = struct.pack("<Q", mask) + numbers + bytes(8) + text + bytes(-len(text) % 4)
    return b"\0\2" + struct.pack("<H", len(block)) + block


def test_packages_and_objects_are_members() -> None:
    inner = write_compound({("\x01Ole",): b"x", (NATIVE,): package("内.txt", PHONE.encode())})
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", PHONE)
    streams: Streams = {
        ("WordDocument",): b"",
        ("ObjectPool", "_1", NATIVE): package("添付.txt", PHONE.encode()),
        ("ObjectPool", "_2", "Package"): archive.getvalue(),
        ("ObjectPool", "_3", "CONTENTS"): PHONE.encode(),
        ("ObjectPool", "_4", NATIVE): package("c.bin", inner),
        ("ObjectPool", "_5", "WordDocument"): b"no document",
        ("ObjectPool", "_6", "\x03OCXNAME"): b"a button",
        ("ObjectPool", "_7", "\x01Ole"): b"a link",
        ("ObjectPool", "_8", "\x03OCXNAME"): b"a text box",
        ("ObjectPool", "_8", "contents"): control("090-1234-5678"),
        ("ObjectPool", "_9", "\x03OCXNAME"): b"a label",
        ("ObjectPool", "_9", "contents"): b"\0\2" + bytes(40),
        ("beside", NATIVE): package("ObjectPool", PHONE.encode()),
    }
    report, places = found("a.doc", write_compound(streams))
    assert places == {
        (("添付.txt",), ""),
        (("ObjectPool",), ""),
        (("_2", "a.txt"), ""),
        (("_3",), ""),
        (("_8.txt",), ""),
        (("c.bin", "内.txt"), ""),
    }
    assert report.outcome is Outcome.PARTIAL, "there is no text in either document"
    assert report.members == {"complete": 8, "partial": 1}


@pytest.mark.parametrize("value", ["090-1234-5678", "見本"])
def test_the_values_of_controls_are_read(value: str) -> None:
    data = control(value)
    assert control_text(data) == value
    for cut in range(len(data)):
        control_text(data[:cut])


def test_a_text_box_that_libreoffice_wrote() -> None:
    assert control_text(TEXT_BOX) == "090-1234-0205"


@pytest.mark.parametrize("is_compound", [True, False])
def test_the_values_of_controls_in_newer_documents(is_compound: bool) -> None:
    stream = control("090-1234-5678")
    kept = write_compound({("contents",): stream}) if is_compound else bytes(16) + stream
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/x.xml", "<x/>")
        file.writestr("word/activeX/activeX1.bin", kept)
        file.writestr("word/activeX/activeX2.bin", bytes(16) + b"of another maker")
        file.writestr("word/activeX/activeX3.bin", write_compound({("contents",): b"of another maker"}))
    report, places = found("a.docx", data.getvalue())
    assert report.outcome is Outcome.COMPLETE
    assert [member[-1] for member, _ in places] == ["activeX1.bin.txt"]


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pptx"])
def test_packages_in_newer_documents_are_read(suffix: str) -> None:
    folder = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}[suffix]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(f"{folder}/x.xml", "<x/>")
        embedded = write_compound({("\x01Ole10Native",): package("名簿.csv", f"氏名,{PHONE}".encode("cp932"))})
        file.writestr(f"{folder}/embeddings/oleObject1.bin", embedded)
    report, places = found(f"a.{suffix}", data.getvalue())
    assert places == {(("oleObject1.bin", "名簿.csv"), "")}
    assert report.outcome is Outcome.COMPLETE


@pytest.mark.parametrize(
    ("name", "part"),
    [("a.docm", "word"), ("a.dotm", "word"), ("a", "word"), ("a.xlsm", "xl"), ("a.pptm", "ppt"), ("a.ppsm", "ppt")],
)
def test_documents_with_programs_are_read_and_their_programs_are_not(name: str, part: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("docProps/app.xml", f"<Properties><Company>{PHONE}</Company></Properties>")
        file.writestr(f"{part}/vbaProject.bin", write_compound({("VBA", "dir"): b"x", ("PROJECT",): b"x"}))
    report, places = found(name, data.getvalue())
    assert [member for member, _ in places] == [()]
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"skipped": 1})


def test_a_package_that_was_cut_is_told() -> None:
    whole = package("a.txt", PHONE.encode() * 100)
    (member,) = read({(NATIVE,): whole[: len(whole) // 2]})
    assert isinstance(member, Member)
    assert member.problem == Problem(Outcome.PARTIAL, "damaged")
    (bare,) = read({(NATIVE,): struct.pack("<L", 4) + b"text"})
    assert isinstance(bare, Member)
    assert bare.open().read() == b"text", "a stream without a head is what it holds"


def properties(*values: tuple[int, bytes], codepage: int = 932) -> bytes:
    rows, body = b"", b""
    values = ((1, struct.pack("<LHxx", 2, codepage)), *values)
    for key, value in values:
        rows += struct.pack("<LL", key, 8 + 8 * len(values) + len(body))
        body += value + bytes(-len(value) % 4)
    section = struct.pack("<LL", 8 + len(rows) + len(body), len(values)) + rows + body
    summary = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHL16xL", 0xFFFE, 0, 0, 1) + summary + struct.pack("<L", 48) + section


def narrow(text: str) -> bytes:
    raw = text.encode("cp932") + b"\0"
    return struct.pack("<LL", 0x1E, len(raw)) + raw


def test_properties_are_texts_under_their_names() -> None:
    wide = struct.pack("<LL", 0x1F, 4) + "部署名\0".encode("utf-16-le")
    names = "連絡先\0".encode("cp932")
    own = struct.pack("<L", 1) + struct.pack("<LL", 40, len(names)) + names
    number, date = struct.pack("<Ll", 3, 12345678), struct.pack("<LQ", 0x40, 1 << 60)
    links = struct.pack("<LL", 0x101E, 2) + b"".join(narrow(text)[4:] for text in ("甲", "乙丙"))
    data = properties((2, narrow("題名 090-1234-0001")), (3, wide), (0, own), (40, number), (12, date), (13, links))
    pieces = list(iter_texts(data))
    assert [(piece.hint, piece.text) for piece in pieces if isinstance(piece, Segment)] == [
        ("title", "題名 090-1234-0001"),
        ("subject", "部署名"),
        ("連絡先", "12345678"),
        ("", "甲"),
        ("", "乙丙"),
        ("", "連絡先"),
    ]


def test_properties_that_all_point_to_one_text_are_bounded() -> None:
    many = ((key, narrow("")) for key in range(3, 9_000))
    data = bytearray(properties((2, narrow("あ" * 100_000)), *many))
    (offset,) = struct.unpack_from("<L", data, 48 + 8 + 8 + 4)
    for at in range(48 + 8 + 16, 48 + 8 + 8_990 * 8, 8):
        struct.pack_into("<L", data, at + 4, offset)
    pieces = list(iter_texts(bytes(data)))
    assert sum(len(piece.text) for piece in pieces if isinstance(piece, Segment)) < 1_000_000
    assert pieces[-1] == Problem(Outcome.PARTIAL, "damaged")


def test_chains_that_run_in_circles_fill_no_memory() -> None:
    data = bytearray(write_compound({("WordDocument",): b"x" * 100_000}))
    declared = data.find("WordDocument".encode("utf-16-le"))
    struct.pack_into("<L", data, declared + 120, 0x7FFFFFFF)
    assert Problem(Outcome.PARTIAL, "damaged") in list(extract_ole(io.BytesIO(bytes(data)), "a.doc"))
    struct.pack_into("<L", data, 64, 0x7FFFFFFF)
    assert list(extract_ole(io.BytesIO(bytes(data)), "a.doc")) == [Problem(Outcome.PARTIAL, "damaged")]


def test_any_damage_raises_nothing() -> None:
    streams: Streams = {(NATIVE,): package("a.txt", b"text" * 500), ("\x05SummaryInformation",): properties()}
    whole, chance = write_compound(streams), random.Random(2)  # noqa: S311 - the same damage every time
    for _ in range(300):
        data = bytearray(whole)
        for at in chance.choices(range(8, len(data)), k=4):
            data[at] = chance.choice((0, 0xFF, chance.randrange(256)))
        for piece in extract_ole(io.BytesIO(bytes(data)), "a"):
            assert not isinstance(piece, Member) or piece.open().read() is not None


def test_a_storage_that_holds_itself_ends() -> None:
    """Found by fuzzing: 4 kB whose directory went in a circle were listed until the time was over."""
    data = bytearray(write_compound({("s", "t"): b"x", ("u",): PHONE.encode()}))
    (row,) = (at for at in range(512, len(data), 128) if data[at : at + 4] == b"s\0\0\0" and data[at + 66] == 1)
    struct.pack_into("<L", data, row + 76, 0)  # its first child is the root
    compound = open_compound(io.BytesIO(bytes(data)))
    assert isinstance(compound, Compound)
    assert compound.read("u") == PHONE.encode()
    assert isinstance(compound.problem, Problem)


@pytest.mark.parametrize("at", [30, 32])
def test_sectors_larger_than_any_file_are_damage(at: int) -> None:
    """Found by fuzzing: two bytes of the header are an exponent of two, and were an error of ours."""
    data = bytearray(write_compound({("Workbook",): PHONE.encode()}))
    struct.pack_into("<H", data, at, 60_000)
    assert read_bytes(bytes(data)) == [Problem(Outcome.PARTIAL, "damaged")]
