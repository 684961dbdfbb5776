"""The passwords that a person gives for files that are locked: read from a file, tried, never shown or stored.

An extractor that can use them asks `given()` when it is called, before it yields anything: contents.py says for that
call alone which there are. Which of them opened a file is kept nowhere.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.errors import ConfigError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Each is tried on each locked file, and some formats make a try slow on purpose.
MOST = 100
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_GIVEN: ContextVar[tuple[str, ...]] = ContextVar("passwords", default=())


def load_passwords(path: str) -> tuple[str, ...]:
    """Read a list of passwords: UTF-8, one a line, as they stand; empty lines are none.

    Raises ConfigError. A file that others may read is refused, as ssh refuses such a key: to read on would make it a
    habit to leave the passwords of all documents where everybody finds them.
    """
    try:
        with Path(path).open("rb") as stream:
            mode, content = os.fstat(stream.fileno()).st_mode, stream.read()
    except OSError as error:
        raise ConfigError(_("cannot read {path}: {why}").format(path=path, why=error.strerror)) from None
    if stat.S_ISREG(mode) and mode & _OTHERS:
        raise ConfigError(_("{path}: others may read it; make it yours alone: chmod 600").format(path=path))
    try:
        lines = content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        raise ConfigError(_("{path}: not UTF-8").format(path=path)) from None
    passwords = tuple(dict.fromkeys(line for line in lines if line and "\0" not in line))
    if len(passwords) > MOST:
        raise ConfigError(_("{path}: more than {most} passwords").format(path=path, most=MOST))
    return passwords


@contextmanager
def giving(passwords: tuple[str, ...]) -> Iterator[None]:
    """Say which passwords there are for the extractor that is called within."""
    token = _GIVEN.set(passwords)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def given() -> tuple[str, ...]:
    """Give the passwords to try, in the order in which they stand in the list."""
    return _GIVEN.get()
