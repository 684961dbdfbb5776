"""A file that only its owner may read, that replaces an older one whole or not at all.

The report is written beside its target under a temporary name and renamed at the end, so a full disk or a crash
leaves the old report as it was. Symbolic links are refused: another user could have laid one to our file.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from piiscan.errors import OutputError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUFFER = 1 << 18


@dataclass(frozen=True, slots=True)
class _File:
    target: Path
    stream: BinaryIO
    files: frozenset[tuple[int, int]]

    def write(self, line: str) -> None:
        try:  # there may be millions, and a context costs more than to write one
            self.stream.write(f"{line}\n".encode(errors="backslashreplace"))
        except OSError as error:
            raise _refusal(self.target, error) from None


@contextmanager
def open_file(target: str) -> Iterator[_File]:
    """Give a sink on the file `target` (mode 0600); raises OutputError where that cannot be written or is no file."""
    path = Path(target)
    draft = path.with_name(f".piiscan-{os.urandom(8).hex()}")
    with _told(path):
        _refuse_odd(path)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        stream = os.fdopen(os.open(draft, flags, 0o600), "wb", _BUFFER)
        status = os.fstat(stream.fileno())
    try:
        yield _File(path, stream, frozenset({(status.st_dev, status.st_ino)}))
        with _told(path):
            stream.flush()
            os.fsync(stream.fileno())
            _refuse_odd(path)
            draft.replace(path)
    finally:
        # After a full disk, closing fails once more over what is still buffered: that fault is told already.
        with suppress(OSError):
            stream.close()
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system refuses into the one line a person reads."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, error) from None


def _refusal(path: Path, error: OSError) -> OutputError:
    return OutputError(_("cannot write {path}: {why}").format(path=path, why=error.strerror))


def _refuse_odd(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise OutputError(_("cannot write {path}: it is a symbolic link").format(path=path))
    if not stat.S_ISREG(mode):
        raise OutputError(_("cannot write {path}: it is not a plain file").format(path=path))
