"""Zips whose entries ISA-L inflates, in half the time that zlib takes, where there is a wheel of it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO, Any, BinaryIO, cast

try:
    from isal import isal_zlib
    from isal.igzip_lib import IsalError
except ImportError:
    isal_zlib = None  # type: ignore[assignment]

#: Of a local header: its mark, flags, method, and how long its name and what else follows are (APPNOTE.TXT, 4.3.7).
_HEAD = struct.Struct("<4s2xHH16xHH")
#: Flags that say how well an entry was packed, that its sizes stand behind it, and how its name is written.
_PLAIN, _UTF8 = 0x080E, 0x0800


class ZipFile(zipfile.ZipFile):
    """A zip to read; damage raises what it does in the standard library's."""

    def open(self, *args: Any, **options: Any) -> IO[bytes]:  # noqa: ANN401 - as the standard library has it
        """Open an entry."""
        stream = super().open(*args, **options)
        told = vars(stream)  # it has no other place for an inflater
        if isal_zlib and told.get("_compress_type") == zipfile.ZIP_DEFLATED:
            told["_decompressor"] = _Inflater()
        return stream

    def read_plain(self, entry: zipfile.ZipInfo) -> bytes | None:
        """Give an entry as a whole, None where anything is unusual about it: `open` reads that, or tells why not.

        A deck has hundreds of small parts, and to open each as a stream takes longer than to inflate it.
        """
        if not isal_zlib or entry.compress_type != zipfile.ZIP_DEFLATED or self.fp is None:
            return None
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437", "replace")
        with self._lock:  # type: ignore[attr-defined]
            self.fp.seek(entry.header_offset)
            head = self.fp.read(_HEAD.size + len(name))
            if len(head) < _HEAD.size:
                return None
            mark, flags, method, own, extra = _HEAD.unpack_from(head)
            if (mark, method, own) != (b"PK\3\4", entry.compress_type, len(name)) or flags & ~_PLAIN:
                return None
            packed = self.fp.read(extra + entry.compress_size)[extra:]
        inflater = isal_zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(packed, entry.file_size + 1)
        except IsalError:  # type: ignore[misc]
            return None
        is_whole = inflater.eof and len(data) == entry.file_size and isal_zlib.crc32(data) == entry.CRC
        return data if is_whole and head.endswith(name) else None

    def whole(self) -> BinaryIO:
        """Give the zip itself as a stream, to be read while others read entries."""
        shared: Any = zipfile._SharedFile  # type: ignore[attr-defined] # noqa: SLF001 - that entries are read through
        return cast("BinaryIO", shared(self.fp, 0, lambda _: None, self._lock, lambda: False))  # type: ignore[attr-defined]


class _Inflater:
    """What a zip's stream asks of zlib."""

    def __init__(self) -> None:
        self._own = isal_zlib.decompressobj(-zlib.MAX_WBITS)
        self.flush = self._own.flush

    @property
    def unconsumed_tail(self) -> bytes:
        """What was given and not read yet."""
        return self._own.unconsumed_tail

    @property
    def eof(self) -> bool:
        """Whether the end has been read."""
        return self._own.eof

    def decompress(self, data: bytes, most: int) -> bytes:
        """Give up to `most` bytes more. Raises zlib.error."""
        try:
            return self._own.decompress(data, most)
        except IsalError as error:  # type: ignore[misc] # its stub says less than it is
            raise zlib.error(str(error)) from None
