"""The secret that keys fingerprints: without it a fingerprint of a phone number is the phone number.

One key per user lasts, so that fingerprints of two runs can be compared. It lies in a file that only the user may
read; a key that others can read is refused, because every fingerprint made with it is as good as plain text.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.errors import ConfigError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def config_folder(environ: Mapping[str, str]) -> Path:
    """Give the user's own configuration folder, `$XDG_CONFIG_HOME/piiscan` or `~/.config/piiscan`.

    An XDG_CONFIG_HOME that is not absolute is ignored, as its specification asks.
    """
    root = environ.get("XDG_CONFIG_HOME", "")
    if root.startswith("/"):
        return Path(root) / "piiscan"
    return Path(environ.get("HOME") or "/") / ".config" / "piiscan"


def load_key(environ: Mapping[str, str]) -> bytes | None:
    """Give the user's key (32 bytes), made on first use; None where no key can be kept.

    `PIISCAN_KEY_FILE` names the file instead of the user's configuration folder, and must then be usable. Raises
    ConfigError for a key that others can read, that has not 32 bytes, or that cannot be read.
    """
    named = environ.get("PIISCAN_KEY_FILE")
    path = Path(named) if named else config_folder(environ) / "key"
    try:
        return _read(path)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise _refusal(_("cannot read the fingerprint key {path}: {why}"), path, why=error.strerror) from None
    try:
        _create(path)
    except OSError as error:
        if named:
            raise _refusal(_("cannot make the fingerprint key {path}: {why}"), path, why=error.strerror) from None
        return None
    # Read again rather than trust the bytes just made: another run may have been first.
    return _read(path)


def _read(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        mode = os.fstat(stream.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise _refusal(_("the fingerprint key {path} is not a file"), path)
        if mode & _OTHERS:
            raise _refusal(_("the fingerprint key {path} can be read by others: chmod 600 it, or make a new one"), path)
        key = stream.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise _refusal(_("the fingerprint key {path} is not {size} bytes long"), path, size=KEY_BYTES)
    return key


def _create(path: Path) -> None:
    """Make the key appear whole or not at all: written under another name, then linked to the right one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(os.urandom(KEY_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _refusal(message: str, path: Path, **words: object) -> ConfigError:
    return ConfigError(message.format(path=path, **words))
