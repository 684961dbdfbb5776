"""Regexes with possessive or atomic groups, compiled so that every Python matches them right.

Before Python 3.11.5, and so in Debian 12, `re` does not go back to where the last repetition of a possessive group
began when that fails half-way (https://github.com/python/cpython/issues/100061): it reads on at a wrong place. Atomic
groups are sound there, and `(?:ab)*+` means the same as `(?>(?:ab)*)`, which it is compiled as. Single characters
(`[0-9]++`) are not concerned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr

if TYPE_CHECKING:
    from collections.abc import Iterable

_IS_SOUND = re.match("(?:ab+)?+a", "ac") is not None


def compiled(source: AnyStr) -> re.Pattern[AnyStr]:
    """Compile a regex, whose flags stand in it: `(?s)`. Raises re.error."""
    return re.compile(source) if _IS_SOUND else _compiled_atomic(source)


def _compiled_atomic(source: AnyStr) -> re.Pattern[AnyStr]:
    import _sre  # type: ignore[import-not-found]  # noqa: PLC0415 - no other Python is asked for it
    from re import _parser  # type: ignore[attr-defined]  # noqa: PLC0415

    parsed = _parser.parse(source)
    pattern: re.Pattern[AnyStr] = _sre.compile(source, *parts_of(_atomic(parsed), 0))
    return pattern


def parts_of(parsed: Any, flags: int) -> tuple[Any, ...]:  # noqa: ANN401 - `re` does not say what it is
    """Give what the constructor of a compiled regex takes behind its source, of what was parsed with some flags."""
    from re import _compiler  # type: ignore[attr-defined]  # noqa: PLC0415

    state = parsed.state
    names = {number: name for name, number in state.groupdict.items()}
    code = [*map(int, _compiler._code(parsed, flags))]  # noqa: SLF001
    return int(flags | state.flags), code, state.groups - 1, state.groupdict, tuple(map(names.get, range(state.groups)))


def _atomic(parsed: Any) -> Any:  # noqa: ANN401 - as above
    """Put atomic groups in the place of possessive ones."""
    return type(parsed)(parsed.state, [*_iter_atomic(parsed)])


def _iter_atomic(parsed: Any) -> Iterable[tuple[Any, Any]]:  # noqa: ANN401 - as above
    from re import _compiler, _constants  # type: ignore[attr-defined]  # noqa: PLC0415

    for operation, argument in parsed:
        told = _replaced(argument, type(parsed))
        if operation is _constants.POSSESSIVE_REPEAT and not _compiler._simple(argument[2]):  # noqa: SLF001
            yield _constants.ATOMIC_GROUP, type(parsed)(parsed.state, [(_constants.MAX_REPEAT, told)])
        else:
            yield operation, told


def _replaced(argument: Any, kind: type) -> Any:  # noqa: ANN401 - as above
    """Do so in all groups within the argument of an operation."""
    if isinstance(argument, kind):
        return _atomic(argument)
    if isinstance(argument, (list, tuple)):
        return type(argument)([_replaced(each, kind) for each in argument])
    return argument
