"""What takes long to compile is kept on disk: for this version, these expressions and this kind of processor only.

A file that is damaged, was made for another machine, or that somebody else could have written is made anew.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

#: Bytes of a digest. Processors have instructions for SHA-256: it takes a third of the time that others take.
_DIGEST = 32
#: In seconds.
_MONTH = 30 * 86_400
_CPU = Path("/proc/cpuinfo")
_TELLING = ("model name", "flags", "CPU part", "Features")
#: Within what things are made.
_PAUSE: ContextVar[Callable[[], AbstractContextManager[None]]] = ContextVar("pause", default=nullcontext)


def stored(name: str, content: bytes, make: Callable[[], bytes]) -> bytes:
    """Give what `make` made of `content` (all that its result depends on, versions of libraries too) earlier, or now.

    Where another process is making it, that one is waited for. Nothing that happens to the file raises; what `make`
    raises passes through.
    """
    path = _path(name, content)
    kept = _kept(path)
    if kept is not None:
        return kept
    with _paused(), _alone(path.with_suffix(".lock")):  # two workers of one scan want the same at once
        kept = _kept(path)
        if kept is None:
            kept = make()
            _keep(path, kept)
        return kept


def store(name: str, content: bytes, made: bytes) -> None:
    """Keep what was made on the way to something else, if it is not kept. Waits for nobody: that might wait for us."""
    path = _path(name, content)
    if _kept(path) is None:
        _keep(path, made)


def _keep(path: Path, made: bytes) -> None:
    with suppress(OSError):
        _write(path, made)
        _forget_old(path.parent)


@contextmanager
def within(pause: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """Let all that is made be made within `pause()`: it takes half a minute, or minutes on a slow machine."""
    token = _PAUSE.set(pause)
    try:
        yield
    finally:
        _PAUSE.reset(token)


@contextmanager
def _paused() -> Iterator[None]:
    pause = _PAUSE.get()
    token = _PAUSE.set(nullcontext)  # what is made on the way belongs to it
    try:
        with pause():
            yield
    finally:
        _PAUSE.reset(token)


def code_of(modules: Iterable[str]) -> bytes:
    """Give the code of modules of ours that a result depends on: who changes it gets another one."""
    paths = (Path(__file__).with_name(f"{name}.py") for name in modules)
    return b"".join(path.read_bytes() for path in paths if path.exists())


def is_stored(name: str, content: bytes) -> bool:
    """Tell whether `stored` has a file to read."""
    return _path(name, content).exists()


def _path(name: str, content: bytes) -> Path:
    key = blake2b(b"\0".join((_machine(), content)), digest_size=_DIGEST).hexdigest()
    return _folder() / f"{name}-{key[:32]}.bin"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock beside the file to make; where there can be none, do without.

    The system takes it from who dies. Who leaves removes it: who waited finds what was made, who comes later does too.
    """
    descriptor = None
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if descriptor is not None:
            with suppress(OSError):
                path.unlink()
            os.close(descriptor)


def _kept(path: Path) -> bytes | None:
    with suppress(OSError):
        return _read(path)
    return None


def _read(path: Path) -> bytes | None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid() or status.st_mode & 0o077:
            return None
        digest, kept = file.read(_DIGEST), file.readall()
    return kept if sha256(kept).digest() == digest else None


def _write(path: Path, made: bytes) -> None:
    """Put the file in place in one step: another process reads the old one, the new one, or none."""
    temporary = path.with_name(f".{os.getpid()}-{path.name}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(sha256(made).digest())
            file.write(made)
        temporary.replace(path)
    except OSError:
        temporary.unlink()
        raise


def _forget_old(folder: Path) -> None:
    """Remove what nobody has read for a month: that of versions, patterns and processors which are no more."""
    now = time.time()
    for path in folder.glob("*.bin"):
        with suppress(OSError):  # another process may do the same
            status = path.lstat()
            if now - max(status.st_atime, status.st_mtime) > _MONTH:
                path.unlink()


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
