"""What a pattern's regex can begin with, and what it cannot do without.

Most patterns begin with look-behinds, which the engine asks at every character before it looks at that one: where the
front of the regex says what it can begin with, the engine passes over all other characters at once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from piiscan import spans
from piiscan.regextree import ASSERTIONS, REPEATS, UnreadableError, op, parse, set_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.regextree import Item
    from piiscan.spans import Spans

#: Of the letters that words in Latin letters are written with so many: to ask for more of them passes over little.
_LETTERS, _MOST = range(ord("a"), ord("z") + 1), 8
_LAST_ASCII = 0x7F
#: A set of more characters is not worth looking for.
_FEW = 8


def with_first(source: str) -> str:
    r"""Write a regex (fragments filled in, verbose) so that it matches the same, and sooner where it can be.

    >>> print(with_first("(?<![0-9]) [0-9]{3}").strip(chr(10) + ")"))
    (?=[\U00000030-\U00000039])(?:(?<![0-9]) [0-9]{3}
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


@cache
def begins_beyond_ascii(source: str) -> bool:
    """Tell whether no match of a regex (fragments filled in, verbose) begins with an ASCII character.

    >>> begins_beyond_ascii("(?<! [0-9] ) [一-鿿]{2} [0-9]"), begins_beyond_ascii("[一-鿿]? [0-9]")
    (True, False)
    """
    try:
        first, may_be_empty = _first(parse(source)) or ((), True)
    except UnreadableError:
        return False
    return not may_be_empty and all(low > _LAST_ASCII for low, _ in first)


def _begins_with_assertion(items: list[Item]) -> bool:
    """Tell whether anything is asked before the first character, in some alternative."""
    if not items:
        return False
    code, value = items[0]
    branches = value[1] if code is op.BRANCH else [value[3]] if code is op.SUBPATTERN else []
    return code in ASSERTIONS or any(_begins_with_assertion(list(branch)) for branch in branches)


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
    if code is op.BRANCH:
        branches = [_first(branch) for branch in value[1]]
        told = [each for each in branches if each is not None]
        both = spans.of(pair for members, _ in told for pair in members), any(empty for _, empty in told)
        return both if len(told) == len(branches) else None
    inner = _first(value[3] if code is op.SUBPATTERN else value[2]) if code in {op.SUBPATTERN, *REPEATS} else None
    return (inner[0], inner[1] or (code in REPEATS and value[0] == 0)) if inner else None


@cache
def needed(source: str) -> frozenset[str]:
    """Give characters of which every match of a regex (fragments filled in, verbose) has one; none where many serve.

    >>> sorted(needed("(?<! x ) [a-z]{1,9} (?: [ ]? (?: 様 | さん ) ) !*"))
    ['さ', '様']
    >>> [len(needed(source)) for source in ("[0-9A-Z]+", "(?: @ | )", "(")]
    [0, 0, 0]
    """
    try:
        found = _needed(parse(source))
    except UnreadableError:
        return frozenset()
    return frozenset(chr(code) for first, last in found or () for code in range(first, last + 1))


def _needed(items: Iterable[Item]) -> Spans | None:
    """Give the smallest set of which a sequence must have a character, None if there is no small one."""
    sets = [found for code, value in items if code not in ASSERTIONS and (found := _needed_of(code, value))]
    return min(sets, key=_size, default=None)


def _needed_of(code: Any, value: Any) -> Spans | None:  # noqa: ANN401 - the parser's own constants
    if (members := set_of(code, value)) is not None:
        return members if _size(members) <= _FEW else None
    if code is op.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        both = spans.of(pair for each in branches for pair in each or ())
        return both if all(branches) and _size(both) <= _FEW else None
    if code is op.SUBPATTERN or (code in REPEATS and value[0] > 0):
        return _needed(value[3] if code is op.SUBPATTERN else value[2])
    return None


def _size(members: Spans) -> int:
    return sum(last - first + 1 for first, last in members)
