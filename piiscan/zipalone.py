"""One entry of a zip, opened apart from the others by libarchive: locked ones, and methods that zipfile does not know.

The library is shown a zip that holds this entry alone: its bytes as they lie in the file, and a directory of one line.
"""

from __future__ import annotations

import re
import struct
from functools import partial
from io import RawIOBase
from typing import TYPE_CHECKING, cast

from piiscan.archivestream import DAMAGED, ENCRYPTED, METHOD, Archive, Entry, UnableError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

    from piiscan.piece import Problem

_LOCAL, _MOST = 30, 0xFFFF_FFFF
_STORED, _DEFLATED, _AES = 0, 8, 99
#: Only so packed does the library decrypt an entry; of others it unpacks what is still encrypted.
_UNLOCKED = frozenset({_STORED, _DEFLATED})
#: The extra field of AES (APPNOTE, appendix E): its number and size, version, "AE", strength, method.
_AES_FIELD = re.compile(rb"\x01\x99\x07\x00..AE.(..)", re.DOTALL)
#: As much as shows that a password is right: what a wrong one gives cannot be inflated so far.
_PROOF = 1_000_000
#: After so many entries that no password of the list opens, the others are not tried.
_TRIES = 3


class Locks:
    """The passwords that are tried on the entries of one zip; the one that fitted last is tried first."""

    def __init__(self, source: BinaryIO, passwords: tuple[str, ...]) -> None:
        self._source = source
        # Windows locks by the bytes of CP932, others by UTF-8
        tried = (word.encode(code, "ignore") for word in passwords for code in ("utf-8", "cp932"))
        self._passwords = list(dict.fromkeys(word for word in tried if word))
        self._failed = 0

    def opener(self, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO] | Problem:
        """Give what opens a locked entry, or why nothing does."""
        if _method(entry) not in _UNLOCKED:
            return METHOD
        if self._failed >= _TRIES:
            return ENCRYPTED
        for place, password in enumerate(self._passwords):
            problem = _proof(self._source, entry, password)
            if problem == ENCRYPTED:
                continue
            self._passwords.insert(0, self._passwords.pop(place))
            self._failed = 0
            return problem or partial(_open, self._source, entry, password)
        self._failed += 1
        return ENCRYPTED


def opener(source: BinaryIO, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO] | Problem:
    """Give what opens an entry that is packed in a way that zipfile does not know, or why nothing does."""
    try:
        with _Opened(source, entry, None) as opened:
            problem = opened.problem
    except UnableError:
        problem = METHOD
    return problem or partial(_open, source, entry, None)


def _method(entry: zipfile.ZipInfo) -> int:
    """Tell how a locked entry is packed; AES has a method of its own, and tells the other in the extra field."""
    if entry.compress_type != _AES:
        return entry.compress_type
    found = _AES_FIELD.search(entry.extra)
    return int.from_bytes(found[1], "little") if found else _AES


def _open(source: BinaryIO, entry: zipfile.ZipInfo, password: bytes | None) -> BinaryIO:
    return cast("BinaryIO", _Opened(source, entry, password))


def _proof(source: BinaryIO, entry: zipfile.ZipInfo, password: bytes) -> Problem | None:
    """Tell whether a password fits: the check of one byte lets one wrong one in 256 pass, so that data must come."""
    most = entry.compress_size + 1 if entry.compress_type == _STORED else _PROOF
    with _Opened(source, entry, password) as opened:
        if opened.problem:
            return opened.problem
        try:
            while most > 0 and (data := opened.read(_PROOF)):
                most -= len(data)
        except EOFError:  # the sum is compared behind the last byte
            return ENCRYPTED
        return None


class _Opened(RawIOBase):
    """The data of the one entry. `problem` says why there is none."""

    def __init__(self, source: BinaryIO, entry: zipfile.ZipInfo, password: bytes | None) -> None:
        self._archive = Archive(cast("BinaryIO", _Alone(source, entry)), ("zip",), password=password)
        self._entries = iter(self._archive)  # it holds what the library reads into
        found = next(self._entries, DAMAGED)
        self.problem = found.problem if isinstance(found, Entry) else found
        self._data = found.open() if isinstance(found, Entry) else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return cast("RawIOBase", self._data).readinto(buffer) or 0

    def close(self) -> None:
        if not self.closed:
            self._archive.close()
        super().close()


class _Alone(RawIOBase):
    """A zip of one entry: the part of `source` in which it lies, and a directory; it can seek."""

    def __init__(self, source: BinaryIO, entry: zipfile.ZipInfo) -> None:
        source.seek(entry.header_offset)
        local = source.read(_LOCAL)
        if len(local) < _LOCAL or entry.compress_size >= _MOST:
            raise EOFError
        named, extended = struct.unpack_from("<HH", local, 26)
        self._source, self._start = source, entry.header_offset
        self._size = _LOCAL + named + extended + entry.compress_size
        self._behind, self._at = _directory(entry, self._size), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        base = (0, self._at, self._size + len(self._behind))[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if self._at < self._size:
            self._source.seek(self._start + self._at)
            data = self._source.read(min(len(view), self._size - self._at))
        else:
            data = self._behind[self._at - self._size :][: len(view)]
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def _directory(entry: zipfile.ZipInfo, start: int) -> bytes:
    """Give a central directory of this entry alone at offset `start`, and the end record behind it."""
    day = (entry.date_time[0] - 1980) << 9 | entry.date_time[1] << 5 | entry.date_time[2]
    time = entry.date_time[3] << 11 | entry.date_time[4] << 5 | entry.date_time[5] // 2
    sizes = (entry.CRC, entry.compress_size, min(entry.file_size, _MOST - 1))
    kinds = (20, entry.extract_version, entry.flag_bits, entry.compress_type, time, day & 0xFFFF)
    extra = entry.extra[:0xFFFF]
    line = struct.pack("<4s6H3L5H2L", b"PK\1\2", *kinds, *sizes, 1, len(extra), 0, 0, 0, 0, 0) + b"a" + extra
    return line + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(line), start, 0)
