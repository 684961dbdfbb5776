"""Patterns read, and their regexes compiled, once for all processes: either takes longer than scanning a file.

`regex` gives a compiled pattern to pickle as code for its engine, and takes it back in a hundredth of the time.
"""

from __future__ import annotations

import io
import pickle
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import regex

from piiscan.stored import code_of, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regex import Pattern as Regex

Read = TypeVar("Read")
_FLAGS = regex.VERBOSE | regex.VERSION1
_MAKERS = ("firstchars", "regextree", "spans")


class _Unpickler(pickle.Unpickler):
    """Takes nothing from a file but code for the engine of `regex`."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        if (module.rpartition(".")[2], name) != ("_regex", "compile"):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def compile_source(source: str) -> Regex[str]:
    """Compile a regex as patterns are written. Raises regex.error."""
    from piiscan.firstchars import with_first  # noqa: PLC0415 - its result is stored

    return regex.compile(with_first(source), _FLAGS)


@lru_cache(maxsize=1)
def compile_all(sources: tuple[str, ...]) -> dict[str, Regex[str]]:
    """Give the compiled regex of each source, from the store if they are in it. Raises regex.error."""
    told = "\0".join((regex.__version__, sys.version, *sources)).encode() + code_of(_MAKERS)
    kept = stored("regexes", told, lambda: pickle.dumps({source: compile_source(source) for source in sources}))
    try:
        compiled: dict[str, Regex[str]] = _Unpickler(io.BytesIO(kept)).load()
    except (pickle.UnpicklingError, EOFError, TypeError, ValueError, AttributeError):
        return {source: compile_source(source) for source in sources}
    return compiled


def parsed(texts: Sequence[str], kind: type[Read], read: Callable[[], list[Read]]) -> list[Read]:
    """Give what `read` makes of texts, from the store if it is in it. Raises what `read` raises."""
    kept = stored("patterns", "\0".join(texts).encode(), lambda: msgspec.msgpack.encode(read()))
    try:
        return msgspec.msgpack.decode(kept, type=list[kind])  # type: ignore[valid-type]
    except msgspec.DecodeError:
        return read()
