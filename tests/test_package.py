"""The package: limits hold whatever it declares, and damage costs only what is damaged."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from piiscan.extractors.odf import extract_flat
from piiscan.model import Outcome
from piiscan.package import Limits, Part, iter_parts, make_seekable
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping


def package(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def read(data: bytes) -> list[Part | Problem]:
    return list(iter_parts(io.BytesIO(data)))


class Forward(io.BytesIO):
    """A stream that cannot seek, as a member's, and knows the most that it was asked for at once."""

    most = 0

    def seekable(self) -> bool:
        return False

    def read(self, size: int | None = -1, /) -> bytes:
        self.most = max(self.most, size or 0)
        return super().read(size)


def test_no_room_is_made_for_more_than_there_is() -> None:
    """A stream that is asked for 500 MB makes room for them all: messages of a few kB in a pst ended as memory."""
    stream = Forward(b"x" * 200_000)
    assert make_seekable(stream).read() == stream.getvalue()
    assert make_seekable(Forward(b"x" * 200_000), Limits(document=100_000)).read() == b"x" * 100_001
    flat = Forward(b"<office:document/>")
    list(extract_flat(flat, "a.fodt"))
    assert 0 < max(stream.most, flat.most) < 1_000_000


def test_parts_that_share_bytes_are_refused() -> None:
    data = bytearray(package({"a.xml": b"<a/>", "b.xml": b"<b/>"}))
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    struct.pack_into("<L", data, second + 42, 0)
    assert read(bytes(data)) == [Problem(Outcome.PARTIAL, "overlap")]


def test_an_encrypted_part_is_named() -> None:
    data = bytearray(package({"a.xml": b"<a/>"}))
    data[data.index(b"PK\1\2") + 8] |= 1
    assert read(bytes(data)) == [Problem(Outcome.ENCRYPTED, "password")]


def test_real_sizes_are_limited_whatever_the_package_declares() -> None:
    data = package({"a.xml": b"<a>" + b"x" * 999, "b.xml": b"<a>" + b"y" * 999, "c.xml": b"<a>"})
    parts = list(iter_parts(io.BytesIO(data), Limits(part=600, document=1000)))
    assert [len(part.data) for part in parts if not isinstance(part, Problem)] == [600, 400]
    assert parts[0] == Problem(Outcome.PARTIAL, "bytes")


def test_too_many_parts_are_refused() -> None:
    data = package({f"{number}.xml": b"<a/>" for number in range(9)})
    assert list(iter_parts(io.BytesIO(data), Limits(parts=8))) == [Problem(Outcome.PARTIAL, "entries")]


def test_a_part_whose_bytes_are_damaged_does_not_end_the_reading() -> None:
    data = bytearray(package({"a.xml": b"<a>" + b"x" * 99, "b.xml": b"<b/>"}))
    data[data.index(b"a.xml") + 8] ^= 0xFF
    pieces = read(bytes(data))
    assert Problem(Outcome.PARTIAL, "damaged") in pieces
    assert pieces[-1] == Part("b.xml", b"<b/>")
