"""Standard output: UTF-8 whatever the locale says, and one write per line, so that a reader never sees half of one."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from piiscan.errors import OutputError, ReaderGoneError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Stdout(NamedTuple):
    descriptor: int
    files: frozenset[tuple[int, int]]

    def write(self, line: str) -> None:
        rest = memoryview(f"{line}\n".encode(errors="backslashreplace"))
        try:
            while rest:
                rest = rest[os.write(self.descriptor, rest) :]
        except BrokenPipeError:
            raise ReaderGoneError from None
        except OSError as error:
            raise OutputError(_("cannot write to standard output: {why}").format(why=error.strerror)) from None


@contextmanager
def open_stdout(_target: str) -> Iterator[_Stdout]:
    """Give a sink on standard output. Writing raises OutputError, or ReaderGoneError once nobody reads it."""
    sys.stdout.flush()
    descriptor = sys.stdout.fileno()
    status = os.fstat(descriptor)
    redirected = {(status.st_dev, status.st_ino)} if stat.S_ISREG(status.st_mode) else ()
    yield _Stdout(descriptor, frozenset(redirected))
