"""What takes long to compile is kept on disk: for this version, these expressions and this kind of processor only.

A file that is damaged, was made for another machine, or that somebody else could have written is made anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGEST = 32
_CPU = Path("/proc/cpuinfo")
_TELLING = ("model name", "flags", "CPU part", "Features")


def stored(name: str, content: bytes, make: Callable[[], bytes]) -> bytes:
    """Give what `make` made of `content` (all that its result depends on, versions of libraries too) earlier, or now.

    Nothing that happens to the file raises; what `make` raises passes through.
    """
    path = _path(name, content)
    with suppress(OSError):
        kept = _read(path)
        if kept is not None:
            return kept
    made = make()
    with suppress(OSError):
        _write(path, made)
    return made


def is_stored(name: str, content: bytes) -> bool:
    """Tell whether `stored` has a file to read."""
    return _path(name, content).exists()


def _path(name: str, content: bytes) -> Path:
    key = blake2b(b"\0".join((_machine(), content)), digest_size=_DIGEST).hexdigest()
    return _folder() / f"{name}-{key[:32]}.bin"


def _read(path: Path) -> bytes | None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid() or status.st_mode & 0o077:
            return None
        digest, kept = file.read(_DIGEST), file.read()
    return kept if blake2b(kept, digest_size=_DIGEST).digest() == digest else None


def _write(path: Path, made: bytes) -> None:
    """Put the file in place in one step: another process reads the old one, the new one, or none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{os.getpid()}-{path.name}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(blake2b(made, digest_size=_DIGEST).digest())
            file.write(made)
        temporary.replace(path)
    except OSError:
        temporary.unlink()
        raise


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or ""
    return (Path(home) if home.startswith("/") else Path("~/.cache").expanduser()) / "piiscan"


@lru_cache(maxsize=1)
def _machine() -> bytes:
    """Describe what compiled code depends on: our version, the processor and what it can do."""
    lines: list[str] = []
    with suppress(OSError), _CPU.open(encoding="utf-8") as file:
        for line in file:
            if not line.strip():  # the end of the first processor
                break
            lines += [line] if line.startswith(_TELLING) else []
    return "\0".join((__version__, os.uname().machine, *lines)).encode()
