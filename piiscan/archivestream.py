"""Archives as libarchive reads them: one entry after the other, from a stream, nothing written and no program run.

The library gives entries in the order in which they lie: each is read before the next is asked for, or passed over.
"""

from __future__ import annotations

import ctypes
import errno
import logging
from io import RawIOBase
from typing import TYPE_CHECKING, cast

from piiscan.membernames import decode_mangled, decode_name, speak_utf8
from piiscan.model import Outcome
from piiscan.piece import Problem

try:
    from libarchive import ArchiveError, ffi
except (ImportError, OSError, AttributeError, TypeError):  # the module, the system's library, or a function of it
    raise ImportError("libarchive", name="libarchive") from None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, BinaryIO, Self

    from _typeshed import WriteableBuffer

_BLOCK = 65_536
_EOF, _FATAL = ffi.ARCHIVE_EOF, ffi.ARCHIVE_FATAL
_TYPE, _FILE, _FOLDER, _LINK = 0o170000, 0o100000, 0o040000, 0o120000
#: So many entries in a row may be beyond reading before the rest is given up.
_BAD = 100
_TAIL = 64
_HOLE = bytes(_BLOCK)

VERSION = int(ffi.version_number())
ENCRYPTED = Problem(Outcome.ENCRYPTED, "password")
DAMAGED = Problem(Outcome.PARTIAL, "damaged")
METHOD = Problem(Outcome.UNSUPPORTED, "compression")
MEMORY = Problem(Outcome.PARTIAL, "memory")

_is_encrypted = ffi.ffi("entry_is_encrypted", [ctypes.c_void_p], ctypes.c_int)
_set_options = ffi.ffi("read_set_options", [ctypes.c_void_p, ctypes.c_char_p], ctypes.c_int)
logging.getLogger("libarchive").disabled = True


class UnableError(Exception):
    """The system's library cannot read the format by itself."""


class Entry:
    """One entry, valid until the next is asked for. `problem` says why its data cannot be had."""

    def __init__(self, archive: Archive, pointer: int) -> None:
        raw = ffi.entry_pathname(pointer)
        name = decode_name(raw) if raw is not None else ffi.entry_pathname_w(pointer) or ""
        self.name = decode_mangled(name) if archive.is_raw else name
        kind = ffi.entry_filetype(pointer) & _TYPE
        self.is_folder = kind == _FOLDER
        self._is_link = ffi.entry_hardlink(pointer) is not None
        self._data = _Data(archive, ffi.entry_size(pointer) if ffi.entry_size_is_set(pointer) else None)
        self.problem: Problem | None = None
        if self.is_folder:
            return
        # 7-Zip calls what it was piped a pipe; the size of a link is that of where it leads
        if kind == _LINK or (kind not in {_FILE, 0} and not self._data.size):
            self.problem = Problem(Outcome.SKIPPED, "special")
        elif _is_encrypted(pointer) and not archive.has_password:
            self.problem = ENCRYPTED
        else:
            self.problem = self._look()

    def _look(self) -> Problem | None:
        """Read the first block: only there does the library tell that it cannot undo how the entry is packed."""
        problem = self._data.begin()
        if not problem and self._is_link and self._data.is_over:
            return Problem(Outcome.SKIPPED, "special")
        return problem

    def open(self) -> BinaryIO:
        """Give the entry's data as a stream that ends with EOFError where it is damaged."""
        return cast("BinaryIO", self._data)


class _Data(RawIOBase):
    """The data of the current entry, a block of the library at a time; what a sparse entry leaves out is zeros."""

    def __init__(self, archive: Archive, size: int | None) -> None:
        self._archive, self.size = archive, size
        self._block, self._hole, self._at = memoryview(b""), 0, 0
        self.is_over = False
        self._damage: Problem | None = None

    def readable(self) -> bool:
        return True

    def begin(self) -> Problem | None:
        """Read the first block; give what forbids to read on, unless it is damage behind data."""
        self._next()
        return self._damage if self._damage not in {None, DAMAGED} else None

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        while not self._hole and not self._block and not self.is_over:
            self._next()
        if self._hole:
            count = min(len(view), self._hole, _BLOCK)
            view[:count] = _HOLE[:count]
            self._hole -= count
        else:
            count = min(len(view), len(self._block))
            view[:count] = self._block[:count]
            self._block = self._block[count:]
        self._at += count
        if not count and view and (self._damage or self._at < (self.size or 0)):
            raise EOFError
        return count

    def _next(self) -> None:
        block, size, offset = ctypes.c_void_p(), ctypes.c_size_t(), ctypes.c_longlong()
        try:
            result = self._archive.ask(ffi.read_data_block, block, size, offset)
        except ArchiveError:
            self.is_over, self._damage = True, self._archive.problem()
            return
        self.is_over = result == _EOF
        if result < 0:  # a warning: the sum or the size is not what was promised
            self._damage = DAMAGED
        if size.value and not self.is_over:
            self._block = memoryview(ctypes.string_at(block, size.value))
            self._hole = max(0, offset.value - self._at)


class Archive:
    """An open archive: `formats` and `filters` in libarchive's words, `password` as it is tried on every entry.

    `is_raw` tells of a format whose names the library refuses unless it is told their encoding. Raises UnableError
    where the system's library cannot read a format by itself. What the stream raises while it is read is raised again.
    """

    def __init__(
        self,
        stream: BinaryIO,
        formats: tuple[str, ...],
        filters: tuple[str, ...] = (),
        password: bytes | None = None,
        *,
        is_raw: bool = False,
    ) -> None:
        self._stream = stream
        self._held, self._tail = b"", b""
        self._raised: BaseException | None = None
        self.has_password = password is not None
        self.is_raw, self._is_unable = is_raw, False
        speak_utf8()
        # the library keeps pointers to these, and nothing else does
        self._callbacks = (ffi.READ_CALLBACK(self._read), ffi.SEEK_CALLBACK(self._seek))
        self._pointer = ffi.read_new()
        supports = (*map(ffi.get_read_filter_function, filters), *map(ffi.get_read_format_function, formats))
        if any(support(self._pointer) for support in supports):  # it would run a program for it
            self.close()
            raise UnableError
        if is_raw:
            _set_options(self._pointer, b"hdrcharset=ISO-8859-1")
        if password is not None:
            ffi.read_add_passphrase(self._pointer, password)
        if stream.seekable():
            ffi.read_set_seek_callback(self._pointer, self._callbacks[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free what the library holds; nothing can be read any more."""
        pointer, self._pointer = self._pointer, None
        if pointer is not None:
            ffi.read_free(pointer)

    def __iter__(self) -> Iterator[Entry | Problem]:
        """Yield the entries, and a problem for each header that cannot be read; the last one where it ends badly."""
        entry = ffi.entry_new()
        try:
            self.ask(ffi.read_open, None, ffi.NO_OPEN_CB, self._callbacks[0], ffi.NO_CLOSE_CB)
            bad = 0
            while bad < _BAD:
                try:
                    if self.ask(ffi.read_next_header2, entry) == _EOF:
                        return
                except ArchiveError as error:
                    yield self.problem()
                    if error.retcode == _FATAL:
                        return
                    bad += 1
                else:
                    bad = 0
                    yield Entry(self, entry)
        except ArchiveError:
            yield self.problem()
        finally:
            ffi.entry_free(entry)

    def ask(self, function: Callable[..., int], *arguments: Any) -> int:  # noqa: ANN401 - what the library takes
        """Call a function of the library on this archive; raises ArchiveError, or what the stream raised."""
        if self._pointer is None:
            raise ValueError("closed")
        try:
            return function(self._pointer, *arguments)
        finally:
            if self._raised:
                raise self._raised

    def problem(self) -> Problem:
        """Tell in our words why the last call failed; the library's own words may quote a name."""
        said = (ffi.error_string(self._pointer) or b"").lower()
        if ffi.errno(self._pointer) == errno.ENOMEM or b"too much memory" in said:
            return MEMORY
        if b"crypt" in said or b"passphrase" in said or b"password" in said:
            return ENCRYPTED
        # behind a method of 7z that it does not know, it calls the rest of that block wrong
        self._is_unable |= b"codec id" in said
        return METHOD if self._is_unable or b"unsupported" in said or b"not supported" in said else DAMAGED

    def tail(self) -> bytes:
        """Give the last bytes of the stream, b"" where the archive ended before it."""
        return b"" if self._stream.read(1) else self._tail

    def _read(self, _archive: int, _context: int, place: Any) -> int:  # noqa: ANN401 - a pointer of ctypes
        try:
            self._held = self._stream.read(_BLOCK)
        except BaseException as error:  # noqa: BLE001 - it cannot pass through the library, and is raised behind it
            self._raised = error
            return -1
        self._tail = (self._tail + self._held)[-_TAIL:]
        place[0] = ctypes.cast(ctypes.c_char_p(self._held), ctypes.c_void_p).value
        return len(self._held)

    def _seek(self, _archive: int, _context: int, offset: int, whence: int) -> int:
        try:
            return self._stream.seek(offset, whence)
        except (OSError, ValueError):  # before the beginning, as a damaged header asks for
            return int(_FATAL)
