"""A file opened so that nobody notices: its clocks kept where the system allows, at the pace that was asked for."""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from io import FileIO
from typing import TYPE_CHECKING

from piiscan.pace import throttles_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

    from piiscan.pace import Pace

# Reading a file should not look like somebody's using it; not every system can say so.
_NO_ACCESS_TIME = getattr(os, "O_NOATIME", 0)
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
#: File systems mounted like this change no time of access.
_KEEPS_TIMES = os.ST_NOATIME | os.ST_RDONLY
#: As much as is read at once where somebody else wants to read as well (bytes).
_STEP = 1_000_000

#: Where file systems tell the attributes that Windows gives a file, and those of one whose content is elsewhere:
#: OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS (MS-FSCC 2.6).
_ATTRIBUTES = ("user.DOSATTRIB", "user.cifs.dosattrib", "smb3.dosattrib")
_ELSEWHERE = 0x1000 | 0x40000 | 0x400000
_SAMBA = 12  # where Samba's record, versions 3 to 5, has the attributes if it does not begin with them as text
_WORD = struct.Struct("<I")


class Meter:
    """What one file's reading took: bytes, and whether its time of last access may have been changed."""

    def __init__(self, pace: Pace) -> None:
        """Read at this pace."""
        self.bytes_read = 0
        self.is_touched = False
        self.throttles = throttles_of(pace)


class CountedFile(FileIO):
    """A file whose every read is counted, and waits for its turn."""

    def __init__(self, descriptor: int, meter: Meter) -> None:
        super().__init__(descriptor)
        self._meter = meter

    def readinto(self, buffer: Buffer, /) -> int | None:
        """Read into a buffer."""
        count = super().readinto(buffer)
        self._take(count or 0)
        return count

    def readall(self) -> bytes:
        """Read all that is left; a piece at a time, so that others are read from meanwhile."""
        chunks = []
        while chunk := super().read(_STEP):
            self._take(len(chunk))
            chunks.append(chunk)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _take(self, count: int) -> None:
        self._meter.bytes_read += count
        self._meter.throttles.bytes.take(count)


def open_quietly(source: str, meter: Meter) -> int:
    """Open a regular file for reading, when it is its turn. Raises OSError."""
    meter.throttles.opens.take(1)
    try:
        return os.open(source, _OPEN | _NO_ACCESS_TIME)
    except PermissionError:  # only the owner may ask for that
        descriptor = os.open(source, _OPEN)
    with suppress(OSError):
        meter.is_touched = not os.fstatvfs(descriptor).f_flag & _KEEPS_TIMES
    return descriptor


def is_elsewhere(descriptor: int, status: os.stat_result) -> bool:
    """Tell whether the content of a file lies in the cloud or on tape, so that reading would fetch it.

    Only a file without blocks is asked for; one that is merely sparse has no such attributes, and is read.
    """
    if status.st_blocks or not status.st_size:
        return False
    for name in _ATTRIBUTES:
        with suppress(OSError, ValueError, struct.error):
            if attributes_of(os.getxattr(descriptor, name)) & _ELSEWHERE:
                return True
    return False


def attributes_of(value: bytes) -> int:
    r"""Read attributes of Windows as a file system keeps them. Raises ValueError or struct.error for what is none.

    >>> attributes_of(b"\x20\x10\x00\x00"), attributes_of(b"0x1020\0")
    (4128, 4128)
    """
    if value.startswith(b"0x"):
        return int(value.partition(b"\0")[0], 16)
    return int(_WORD.unpack_from(value, 0 if len(value) == _WORD.size else _SAMBA)[0])
