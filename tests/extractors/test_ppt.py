"""PowerPoint presentations of the binary kind: records of every kind of text, on the slide that shows them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest

from piiscan.extractors.ppt import extract_ppt
from piiscan.model import Outcome
from piiscan.piece import Member, Piece, Problem, Segment
from piiscan.storagecopy import write_compound

NUMBER = "090-1234-0001"


def atom(kind: int, data: bytes, instance: int = 0) -> bytes:
    return struct.pack("<HHL", instance << 4, kind, len(data)) + data


def container(kind: int, *records: bytes, instance: int = 0) -> bytes:
    data = b"".join(records)
    return struct.pack("<HHL", instance << 4 | 0xF, kind, len(data)) + data


def text(content: str, instance: int = 0, kind: int = 0xFA0) -> bytes:
    return atom(kind, content.encode("utf-16-le"), instance)


def shape(content: str) -> bytes:
    return container(0x40C, container(0xF004, container(0xF00D, text(content))))


def listed(persist: int, slide: int) -> bytes:
    return atom(0x3F3, struct.pack("<LLLLL", persist, 0, 0, slide, 0))


def comment(content: str) -> bytes:
    return container(0x2EE0, text("見本 校閲", 0, 0xFBA), text(content, 1, 0xFBA), text("見", 2, 0xFBA))


def added(name: str, data: bytes) -> bytes:
    """Give what a later version or an add-in has added to a slide: a name, and an atom of its own."""
    return container(0x1388, container(0x138A, text(name, 0, 0xFBA), atom(0x138B, data)))


#: What is embedded: a package in a compound file, packed.
OBJECT = write_compound({("\x01Ole10Native",): struct.pack("<L", 6) + b"inside"})


def presentation() -> bytes:
    """Give a stream with an old version of a slide, two slides, the later one shown first, their notes and a master."""
    old = container(0x3EE, shape("旧版 03-0000-0001"))
    document = container(
        0x3E8,
        container(0xFD7, text("連絡先", 0, 0xFBA), text("mailto:taro@piiscan-demo.jp", 1, 0xFBA)),
        container(0xFD9, text("フッター 03-0000-0002", 2, 0xFBA), instance=3),
        container(0xFF0, listed(4, 300), text("見出し 03-0000-0003"), listed(2, 257), text("本文 03-0000-0004")),
        container(0xFF0, listed(5, 257), instance=2),
        container(0xFF0, listed(6, 0), text("原型 03-0000-0005"), instance=1),
    )
    first = container(0x3EE, shape(f"二枚目 {NUMBER}"), added("___PPT10", comment("要確認 03-0000-0006")))
    second = container(0x3EE, shape("一枚目 03-0000-0007"), atom(0xFA8, b"Tel 03-0000-0008\rcaf\xe9"))
    notes = container(0x3F0, atom(0x3F1, struct.pack("<LHH", 257, 0, 0)), shape("ノート 03-0000-0009"))
    master = container(0x3F8, shape("マスター 03-0000-0010"))
    packed = struct.pack("<L", len(OBJECT)) + zlib.compress(OBJECT)
    # PowerPoint leaves out the checksum at the end
    embedded = atom(0x1011, packed[:-4], 1) + atom(0x1011, OBJECT) + atom(0x1011, packed[: len(packed) // 2], 1)
    places, stream = [], b""
    for record in (old, document, first, master, second, notes):
        places.append(len(stream))
        stream += record
    stream += embedded
    directory = struct.pack("<L6L", 1 | 6 << 20, places[1], places[2], places[3], places[4], places[5], places[3])
    return stream + atom(0x1772, directory) + atom(0xFF5, bytes(28))


def read(stream: bytes, user: bytes = bytes(12) + b"\x5f\xc0\x91\xe3") -> list[Piece]:
    data = write_compound({("PowerPoint Document",): stream, ("Current User",): user})
    return list(extract_ppt(io.BytesIO(data), "a.ppt"))


def places(pieces: list[Piece]) -> dict[str, tuple[str, int | None]]:
    return {
        line: (piece.part, piece.page)
        for piece in pieces
        if isinstance(piece, Segment)
        for line in piece.text.split("\n")
    }


def test_every_text_is_on_its_slide() -> None:
    pieces = read(presentation())
    found = places(pieces)
    found.pop("", None)
    assert found == {
        "旧版 03-0000-0001": ("slide", None),
        "連絡先": ("links", None),
        "mailto:taro@piiscan-demo.jp": ("links", None),
        "フッター 03-0000-0002": ("footer", None),
        "見出し 03-0000-0003": ("slide", 1),
        "本文 03-0000-0004": ("slide", 2),
        "原型 03-0000-0005": ("master", None),
        f"二枚目 {NUMBER}": ("slide", 2),
        "見本 校閲": ("authors", 2),
        "見": ("authors", 2),
        "要確認 03-0000-0006": ("comments", 2),
        "一枚目 03-0000-0007": ("slide", 1),
        "Tel 03-0000-0008": ("slide", 1),
        "café": ("slide", 1),
        "ノート 03-0000-0009": ("notes", 2),
        "マスター 03-0000-0010": ("master", None),
    }
    assert not [piece for piece in pieces if isinstance(piece, Problem)]


def test_what_an_add_in_keeps_is_no_record() -> None:
    pieces = read(presentation() + container(0x3EE, added("見本アドイン", b"\xff" * 40), shape("末尾 03-0000-0011")))
    assert places(pieces)["末尾 03-0000-0011"] == ("slide", None)
    assert not [piece for piece in pieces if isinstance(piece, Problem)]


def test_objects_are_members_packed_or_not() -> None:
    members = [piece for piece in read(presentation()) if isinstance(piece, Member)]
    assert [member.name for member in members] == ["object 1", "object 2", "object 3"]
    assert [member.open().read() for member in members[:2]] == [OBJECT, OBJECT]
    with pytest.raises(EOFError):
        members[2].open().read()


def test_an_encrypted_presentation_is_told() -> None:
    locked = read(presentation(), bytes(12) + b"\xdf\xc4\xd1\xf3")
    assert locked == [Problem(Outcome.ENCRYPTED, "password")]
    assert Problem(Outcome.ENCRYPTED, "password") in read(atom(0x2F14, bytes(40)))


def test_records_that_reach_beyond_their_container_are_told() -> None:
    damaged = Problem(Outcome.PARTIAL, "damaged")
    assert read(b"") == [damaged]
    whole = presentation()
    for tenth in range(1, 10):
        assert damaged in read(whole[: len(whole) * tenth // 10 + 3])


def test_containers_without_end_are_bounded() -> None:
    deep = b"".join(struct.pack("<HHL", 0xF, 0x3EE, 8 * (100_000 - level)) for level in range(100_000))
    assert isinstance(read(deep), list)
