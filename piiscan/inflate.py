"""Zips whose entries ISA-L inflates, in half the time that zlib takes, where there is a wheel of it."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, Any

try:
    from isal import isal_zlib
    from isal.igzip_lib import IsalError
except ImportError:
    isal_zlib = None  # type: ignore[assignment]


class ZipFile(zipfile.ZipFile):
    """A zip to read; damage raises what it does in the standard library's."""

    def open(self, *args: Any, **options: Any) -> IO[bytes]:  # noqa: ANN401 - as the standard library has it
        """Open an entry."""
        stream = super().open(*args, **options)
        told = vars(stream)  # it has no other place for an inflater
        if isal_zlib and told.get("_compress_type") == zipfile.ZIP_DEFLATED:
            told["_decompressor"] = _Inflater()
        return stream


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
