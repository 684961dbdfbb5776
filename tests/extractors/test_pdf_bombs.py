"""PDFs whose streams unpack to more than anyone reads, and how streams are found."""

from __future__ import annotations

import base64
import io
import zlib
from typing import TYPE_CHECKING

import pytest

from fixtures.documents import pdf_file as write
from piiscan import pdfbombs, pdfstreams
from piiscan.pdfstreams import iter_streams, iter_unpacked
from tests.extractors.raw_pdf import HELVETICA, show, write_stream

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "pdf:extract_pdf"
FIRST, SECOND = "Please call 090-1234-5678", "My phone number is 03-1234-5678"
_CONTENT = show(FIRST.encode()) + b" " * 4_000_000
_FLATE = zlib.compress(_CONTENT)
_BOMBS: dict[str, tuple[bytes, bytes]] = {
    "one filter": (_FLATE, b"/Filter /FlateDecode"),
    "escaped name": (_FLATE, b"/Filter/Flate#44ecode"),
    "filter told elsewhere": (_FLATE, b"/Filter 8 0 R"),
    "filter upon filter": (zlib.compress(_FLATE), b"/Filter [/FlateDecode /FlateDecode]"),
    "ASCII85": (base64.a85encode(_FLATE) + b"~>", b"/Filter [/ASCII85Decode /FlateDecode]"),
    "hexadecimal": (_FLATE.hex().encode() + b">", b"/Filter [/ASCIIHexDecode /FlateDecode]"),
}


def _two_pages(content: bytes, entries: bytes) -> bytes:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
        b"/Resources << /Font << /F 7 0 R >> >> >>"
    )
    return write(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
        page % 5,
        page % 6,
        write_stream(content, entries),
        write_stream(show(SECOND.encode())),
        HELVETICA,
        b"/FlateDecode",
    )


@pytest.mark.parametrize("bomb", _BOMBS.values(), ids=_BOMBS)
def test_a_bomb_is_told_and_the_other_pages_are_read(
    read: Read, bomb: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _two_pages(*bomb)
    assert read(ROW, data).texts == [FIRST, SECOND]
    monkeypatch.setattr(pdfbombs, "SPARSE", 1_000_000)
    pieces = read(ROW, data)
    assert pieces.texts == [SECOND]
    assert pieces.reasons == ["bytes"]


def test_what_is_not_the_same_all_over_may_be_larger(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfbombs, "SPARSE", 100_000)
    packed = zlib.compress(show(FIRST.encode()) + b"".join(b"%% %d\n" % number for number in range(100_000)))
    data = _two_pages(packed, b"/Filter /FlateDecode")
    assert read(ROW, data).reasons == []
    monkeypatch.setattr(pdfbombs, "STREAM", 100_000)
    assert read(ROW, data).reasons == ["bytes"]


def test_many_streams_are_one_bomb(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfbombs, "SPARSE_TOTAL", 1_000_000)
    monkeypatch.setattr(pdfbombs, "_MOST", 10_000)
    assert read(ROW, _two_pages(_FLATE, b"/Filter /FlateDecode")).reasons == ["bytes"]


def test_a_picture_is_no_bomb(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfbombs, "SPARSE", 1_000_000)
    entries = b"/Subtype /Image /Width 2000 /Height 1000 /Filter /FlateDecode"
    assert read(ROW, _two_pages(_FLATE, entries)).reasons == []


def test_a_bomb_of_objects_does_not_keep_the_pages_from_being_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    data = _two_pages(zlib.compress(b"9 0 " + b" " * 2_000_000), entries)
    monkeypatch.setattr(pdfbombs, "SPARSE", 1_000_000)
    pieces = read(ROW, data)
    assert pieces.texts == [SECOND]
    assert pieces.reasons == ["bytes"]


@pytest.mark.parametrize("window", [1, 7, 64, 1000])
def test_streams_are_found_across_the_windows(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    source = io.BytesIO(_two_pages(*_BOMBS["filter upon filter"]))
    whole = list(iter_streams(source))
    monkeypatch.setattr(pdfstreams, "_WINDOW", window)
    assert list(iter_streams(source)) == whole
    assert [b"".join(iter_unpacked(source, stream))[:60].strip() for stream in whole] == [
        _CONTENT[:60].strip(),
        show(SECOND.encode())[:60].strip(),
    ]


def test_a_keyword_among_packed_bytes_hides_nothing() -> None:
    packed = zlib.compress(b"x" * 100 + b"endstream" * 9, 0)
    source = io.BytesIO(write_stream(packed, b"/Filter /FlateDecode"))
    assert b"".join(iter_unpacked(source, next(iter_streams(source)))).endswith(b"endstream")


@pytest.mark.parametrize("cut", [0, 1, 30])
@pytest.mark.parametrize("name", [b"FlateDecode", b"ASCII85Decode", b"ASCIIHexDecode", b"LZWDecode"])
def test_rubble_ends(name: bytes, cut: int) -> None:
    source = io.BytesIO(write_stream(b"\xff" + _FLATE[cut : cut + 60], b"/Filter /" + name))
    assert b"".join(iter_unpacked(source, next(iter_streams(source)))) in {b"", _FLATE}


def test_the_covered_file_can_be_read_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfbombs, "SPARSE", 1_000_000)
    data = _two_pages(*_BOMBS["one filter"])
    source, defuser = io.BytesIO(data), pdfbombs.Defuser()
    stream = next(iter_streams(source))
    defuser.check(source, stream)
    covered = defuser.cover(source)
    whole = covered.read()
    assert len(whole) == len(data)
    assert zlib.decompressobj().decompress(whole[stream.start :]) == b""
    for place in range(stream.start - 3, stream.start + 12):
        covered.seek(place)
        assert covered.read(3) == whole[place : place + 3]
    assert covered.seek(-4, io.SEEK_END) == len(data) - 4
    covered.seek(1, io.SEEK_CUR)
    assert covered.read() == data[-3:]
