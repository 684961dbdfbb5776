"""Zips read through ISA-L give what they give through zlib, whole, cut or damaged."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

import pytest

from piiscan import inflate

_TEXT = "".join(f"担当 {number:05} 090-1234-{number % 10_000:04}\n" for number in range(9_000)).encode()


def _zip(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("a.txt", _TEXT)
        archive.writestr("b.txt", b"")
    return stream.getvalue()


def _read(kind: type[zipfile.ZipFile], data: bytes, step: int) -> tuple[bytes, str]:
    """Read an entry in steps; give what came, and the name of what ended it."""
    come: list[bytes] = []
    try:
        with kind(io.BytesIO(data)) as archive, archive.open("a.txt") as stream:
            while chunk := stream.read(step):
                come.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        return b"".join(come), type(error).__name__
    return b"".join(come), ""


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("step", [100, 1 << 16, 1 << 30])
def test_whole(method: int, step: int) -> None:
    assert _read(inflate.ZipFile, _zip(method), step) == (_TEXT, "")


@pytest.mark.parametrize("seed", range(40))
def test_damaged(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(_zip())  # noqa: S311 - the same each time
    for _ in range(3):
        data[chance.randrange(40, data.index(b"PK\x03\x04", 40))] ^= 1 << chance.randrange(8)
    come, ended = _read(inflate.ZipFile, bytes(data), 1 << 12)
    known, by_zlib = _read(zipfile.ZipFile, bytes(data), 1 << 12)
    assert bool(ended) == bool(by_zlib)
    # how far each comes in the bytes around the damage is its own affair
    same = min(len(come), len(known))
    assert come[:same] == known[:same]


@pytest.mark.parametrize("seed", range(40))
def test_at_once(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(_zip())  # noqa: S311 - the same each time
    with inflate.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read_plain(archive.getinfo("a.txt")) == _TEXT
    data[chance.randrange(data.index(b"PK\x01\x02"))] ^= 1 << chance.randrange(8)
    with inflate.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("a.txt")
        # what a single bit has changed, if it is not one that nobody asks for, is left to who reads it as a stream
        assert archive.read_plain(entry) in {None, _TEXT}
        for key, value in {"file_size": 9, "CRC": 0, "compress_type": zipfile.ZIP_BZIP2, "header_offset": 1}.items():
            kept = getattr(entry, key)
            setattr(entry, key, value)
            assert archive.read_plain(entry) is None
            setattr(entry, key, kept)


def test_two_entries_at_once_and_backwards() -> None:
    with (
        inflate.ZipFile(io.BytesIO(_zip())) as archive,
        archive.open("a.txt") as stream,
        archive.open("b.txt") as other,
    ):
        assert stream.read(10) == _TEXT[:10]
        assert other.read() == b""
        stream.seek(5)
        assert stream.read() == _TEXT[5:]


def test_without_a_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflate, "isal_zlib", None)
    assert _read(inflate.ZipFile, _zip(), 1 << 12) == (_TEXT, "")
