"""What a pattern's regex can begin with, said at its front: so the engine passes over all other characters at once.

Most patterns begin with look-behinds, which the engine asks at every character before it looks at that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from piiscan import spans
from piiscan.regextree import ASSERTIONS, REPEATS, UnreadableError, op, parse, set_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.regextree import Item
    from piiscan.spans import Spans

#: Of the letters that words in Latin letters are written with so many: to ask for more of them passes over little.
_LETTERS, _MOST = range(ord("a"), ord("z") + 1), 8


def with_first(source: str) -> str:
    """Write a regex (fragments filled in, verbose) so that it matches the same, and sooner where it can be.

    >>> with_first("(?<![0-9]) [0-9]{3}").partition(chr(10))[0]
    '(?=[\\\\U00000030-\\\\U00000039])(?:(?<![0-9]) [0-9]{3}'
    >>> with_first("(?<![a-z]) [a-z]+"), with_first("[0-9]{3}")
    ('(?<![a-z]) [a-z]+', '[0-9]{3}')
    """
    try:
        items = list(parse(source))
    except UnreadableError:
        return source
    if not _begins_with_assertion(items):
        return source
    first, may_be_empty = _first(items) or ((), True)
    if may_be_empty or sum(spans.holds(first, code) for code in _LETTERS) > _MOST:
        return source
    members = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in first)
    return f"(?=[{members}])(?:{source}\n)"  # a comment may end it


def _begins_with_assertion(items: list[Item]) -> bool:
    """Tell whether anything is asked before the first character, in some alternative."""
    code, value = items[0] if items else (None, None)
    if code is op.SUBPATTERN:
        return _begins_with_assertion(list(value[3]))
    if code is op.BRANCH:
        return any(_begins_with_assertion(list(branch)) for branch in value[1])
    return code in ASSERTIONS


def _first(items: Iterable[Item]) -> tuple[Spans, bool] | None:
    """Give the characters that a sequence can begin with, and whether it may match nothing; None if not known."""
    found: list[tuple[int, int]] = []
    for code, value in items:
        told = _first_of(code, value)
        if told is None:
            return None
        found += told[0]
        if not told[1]:
            return spans.of(found), False
    return spans.of(found), True


def _first_of(code: Any, value: Any) -> tuple[Spans, bool] | None:  # noqa: ANN401 - the parser's own constants
    """Give what one item can begin with, as `_first` gives it."""
    if code in ASSERTIONS:
        return (), True
    if (members := set_of(code, value)) is not None:
        return members, False
    if code is op.SUBPATTERN:
        return _first(value[3])
    if code is op.BRANCH:
        branches = [told for branch in value[1] if (told := _first(branch)) is not None]
        if len(branches) < len(value[1]):
            return None
        return spans.of(pair for members, _ in branches for pair in members), any(empty for _, empty in branches)
    if code in REPEATS and (told := _first(value[2])) is not None:
        return told[0], told[1] or value[0] == 0
    return None
