"""A pattern's regex as a tree: what the standard library's parser makes of it, in terms of sets of characters.

The parser reads less than the matching engine does. Whatever it might read differently raises UnreadableError.
"""

from __future__ import annotations

import re
import warnings
from re import _constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import regex

from piiscan import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.spans import Spans

#: The parser's names for what it finds.
op: Any = _constants
#: An item of a sequence, as the parser has it: what it is, and of what.
Item = tuple[Any, Any]
REPEATS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
ASSERTIONS = frozenset({op.ASSERT, op.ASSERT_NOT, op.AT})

_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_PROPERTY = regex.compile(r"(\\[\\\[\]])|\\p\{(\w+)\}|([\[\]])")
_NAMED = re.compile(r"(?<!\\)\(\?<(?P<name>[A-Za-z_]\w*)>")
_CLASS = regex.compile(r"\[(?:\\.|[^\]\\])*\]|\\.")
#: Fuzzy matching: the parser takes it for plain characters. Of sets of sets it warns by itself.
_FUZZY = regex.compile(r"\{(?![0-9,]+\})")


class UnreadableError(ValueError):
    """The regex uses what only the matching engine knows."""


def parse(source: str) -> Any:  # noqa: ANN401 - the parser's own tree
    """Parse a regex (fragments filled in, verbose). Raises UnreadableError."""
    expanded = _expand_properties(source)
    if _FUZZY.search(_CLASS.sub("x", expanded)):
        raise UnreadableError(source)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            tree = parser.parse(name_once(expanded), re.VERBOSE)
        except (re.error, Warning, RecursionError, OverflowError) as error:
            raise UnreadableError(source) from error
    if tree.state.flags & (re.IGNORECASE | re.DOTALL | re.ASCII | re.MULTILINE):
        raise UnreadableError(source)
    return tree


def name_once(source: str) -> str:
    """Write named groups as Python's parser wants them: a name that several alternatives have, in the first only.

    >>> name_once("(?<a>x)|(?<a>y)|(?<!z)")
    '(?P<a>x)|(y)|(?<!z)'
    """
    known: set[str] = set()

    def write(match: re.Match[str]) -> str:
        name = match["name"]
        is_new = name not in known
        known.add(name)
        return f"(?P<{name}>" if is_new else "("

    return _NAMED.sub(write, source)


def set_of(code: Any, value: Any) -> Spans | None:  # noqa: ANN401 - the parser's own constants
    """Give the set of characters that an item stands for, None if it is no single character."""
    if code is op.LITERAL:
        return ((value, value),)
    if code is op.NOT_LITERAL:
        return spans.complement(((value, value),))
    if code is op.ANY:
        return spans.complement(((ord("\n"), ord("\n")),))
    if code is not op.IN:
        return None
    is_negated = value[0][0] is op.NEGATE
    members = spans.of(pair for member in value[is_negated:] for pair in _member(*member))
    return spans.complement(members) if is_negated else members


def _member(code: Any, value: Any) -> Iterable[tuple[int, int]]:  # noqa: ANN401
    if code is op.LITERAL:
        return ((value, value),)
    if code is op.RANGE:
        return (value,)
    return spans.of_class(_CATEGORIES[value])


def width(item: Item, state: Any) -> int:  # noqa: ANN401
    """Give the most characters that an item of a tree with this `state` can match."""
    return int(parser.SubPattern(state, [item]).getwidth()[1])


def opening(items: Iterable[Item], state: Any) -> Any:  # noqa: ANN401
    """Give the least of a sequence that says whether it begins: nothing behind the first character that must be."""
    kept = []
    for code, value in items:
        kept.append((code, value))
        if parser.SubPattern(state, kept[-1:]).getwidth()[0]:
            if code is op.SUBPATTERN:
                kept[-1] = code, (*value[:3], opening(value[3], state))
            elif code is op.BRANCH:
                kept[-1] = code, (value[0], [opening(branch, state) for branch in value[1]])
            elif code in REPEATS:
                kept[-1] = code, (1, 1, opening(value[2], state))
            break
    return parser.SubPattern(state, kept)


def width_of(source: str) -> int:
    """Give the most characters that a regex can match. Raises UnreadableError."""
    return int(parse(source).getwidth()[1])


def iter_groups(items: Iterable[Any]) -> Iterator[tuple[int, list[Item]]]:
    """Yield the numbered groups of a tree and what is in them."""
    for item in items:
        if isinstance(item, tuple) and item and item[0] is op.SUBPATTERN and item[1][0] is not None:
            yield item[1][0], list(item[1][3])
        if isinstance(item, (tuple, list, parser.SubPattern)):
            yield from iter_groups(item)


def _expand_properties(source: str) -> str:
    r"""Write `\p{Han}` as ranges of characters, which the parser knows.

    >>> _expand_properties(r"\p{Hiragana}[xー]")[:7]
    '[ぁ-ゖゝ-ゟ'
    """
    depth = 0

    def write(match: regex.Match[str]) -> str:
        nonlocal depth
        _, name, bracket = match.groups()
        if bracket:
            depth += 1 if bracket == "[" else -1
        if not name:
            return match[0]
        try:
            ranges = "".join(_range(*pair) for pair in spans.of_class(rf"\p{{{name}}}"))
        except regex.error as error:
            raise UnreadableError(source) from error
        return ranges if depth else f"[{ranges}]"

    return _PROPERTY.sub(write, source)


def _range(first: int, last: int) -> str:
    return chr(first) if first == last else f"{chr(first)}-{chr(last)}"


def stays_in_line(items: Iterable[Any]) -> bool:
    """Tell whether nothing in a tree (look-around not counted) matches a line's end."""
    for item in items:
        if isinstance(item, tuple) and item and item[0] in ASSERTIONS:
            continue
        found = set_of(*item) if isinstance(item, tuple) and len(item) == 2 and not isinstance(item[0], tuple) else None  # noqa: PLR2004
        if found is not None:
            if spans.holds(found, ord("\n")) or spans.holds(found, ord("\r")):
                return False
        elif isinstance(item, (tuple, list, parser.SubPattern)) and not stays_in_line(item):
            return False
    return True
