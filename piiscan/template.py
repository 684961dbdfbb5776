"""Templates: how a pattern matches all texts of one shape, told by its regex without looking at any of them.

The shape of a text has 0 for each of its digits. A regex is followed over the shape as over a text, except that at a
digit it says which digits it takes. So thousands of cells of a column are matched by comparing columns of bytes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from piiscan import spans
from piiscan.regextree import ASSERTIONS, REPEATS, UnreadableError, op, parse, set_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from piiscan.regextree import Item

#: More ways to match one shape, or a longer shape (characters), and it is not worth it.
_MOST_WAYS, _LONGEST = 64, 64
#: One bit for each digit.
ANY_DIGIT = (1 << 10) - 1
#: What stands before and behind a cell when its column is matched as one text.
_EDGE = "\n"


class UnclearError(ValueError):
    """Whether the regex matches depends on digits in a way that a template cannot tell."""


class Template(NamedTuple):
    """One way to match: the span, the names of the groups that took part, the digits (bits) allowed at each place.

    Places are counted from the shape's first character; those that allow every digit are left out.
    """

    start: int
    end: int
    groups: frozenset[str]
    digits: tuple[tuple[int, int], ...]


class _State(NamedTuple):
    at: int
    masks: tuple[int, ...]
    groups: tuple[tuple[int, int, int], ...]


def shape_of(text: str) -> str:
    """Give the shape of folded text.

    >>> shape_of("090-1234-5678")
    '000-0000-0000'
    """
    return change_digits(text, _DIGITS)


def change_digits(text: str, digits: bytes) -> str:
    """Put other digits into a text: those that `digits` has in the places of 0 to 9."""
    return _encode(text, digits).decode("utf-8", "surrogatepass")


def encoded_shape(text: str) -> bytes:
    """Give the shape of folded text in UTF-8."""
    return _encode(text, _DIGITS)


def _encode(text: str, digits: bytes) -> bytes:
    # the same on text takes ten times as long where that is not ASCII
    return text.encode("utf-8", "surrogatepass").translate(bytes.maketrans(b"0123456789", digits))


_DIGITS = b"0" * 10


@lru_cache(maxsize=4096)
def templates(source: str, shape: str, *, only_whole: bool = False) -> tuple[Template, ...] | None:
    """Give all ways in which a regex can match somewhere in a text of a shape that stands between line ends.

    They come in the order in which a search would try them: the first whose digits fit is what it finds. With
    `only_whole` they are those that match all of the text. None where the shape does not tell.
    """
    if len(shape) > _LONGEST:
        return None
    text = _EDGE + shape + _EDGE
    found: list[Template] = []
    try:
        tree = tree_of(source)
        names = {number: name for name, number in tree.state.groupdict.items()}
        matcher = _Matcher(text, tree.state.sets)
        masks = tuple(ANY_DIGIT if char == "0" else 0 for char in text)
        for start in range(1, 2 if only_whole else len(text) - 1):
            for state in matcher.sequence(tree, _State(start, masks, ())):
                if only_whole and state.at < len(text) - 1:
                    continue
                taken = {names[number]: (first, last) for number, first, last in state.groups if number in names}
                first, last = taken.get("value", (start, state.at))
                digits = tuple((at - 1, mask) for at, mask in enumerate(state.masks) if mask and mask != ANY_DIGIT)
                found.append(Template(first - 1, last - 1, frozenset(taken), digits))
                if len(found) > _MOST_WAYS:
                    return None
    except (UnclearError, UnreadableError):
        return None
    return tuple(found)


@lru_cache(maxsize=256)
def tree_of(source: str) -> Any:  # noqa: ANN401 - the parser's tree
    """Parse a regex. Raises UnreadableError."""
    tree = parse(source)
    tree.state.sets = {}  # room for those of its items, by what they are and the identity of what the tree holds
    return tree


@lru_cache(maxsize=4096)
def digits_in(folded: spans.Spans) -> int:
    """Give the digits (bits) in a set of characters."""
    return sum(1 << digit for digit in range(10) if spans.holds(folded, ord("0") + digit))


@lru_cache(maxsize=256)
def digit_classes(source: str) -> bytes:
    """Give for each of the ten digits the first of those that a regex does not tell from it.

    Raises UnreadableError.
    """
    return classes_of(iter_items(tree_of(source)))


def classes_of(found: Iterable[Item]) -> bytes:
    """Give the same for some items of a tree."""
    items = list(found)
    if any(code is op.GROUPREF for code, _ in items):
        return b"0123456789"  # which digit it was may decide
    sets = [digits_in(folded) for code, value in items if (folded := set_of(code, value)) is not None]
    kinds = [tuple(mask >> digit & 1 for mask in sets) for digit in range(10)]
    return "".join(str(kinds.index(kind)) for kind in kinds).encode()


def iter_items(items: Any, skipped: Container[int] = ()) -> Iterator[Item]:  # noqa: ANN401 - whatever the parser nests
    """Yield every item of a tree, at any depth, but not those `skipped` (by id) and what is in them."""
    for item in items:
        if id(item) in skipped:
            continue
        if isinstance(item, tuple) and len(item) == 2 and not isinstance(item[0], (tuple, list)):  # noqa: PLR2004
            yield item
        if isinstance(item, (tuple, list)) or type(item).__name__ == "SubPattern":
            yield from iter_items(item, skipped)


class _Matcher:
    """Follows a tree over a text whose zeros are any digits; yields the ways in the order of the regex."""

    def __init__(self, text: str, sets: dict[tuple[Any, int], spans.Spans]) -> None:
        self._text, self._sets = text, sets

    def sequence(self, items: Sequence[Item], state: _State, first: int = 0) -> Iterator[_State]:
        """Match the items of a sequence one after the other."""
        if first == len(items):
            yield state
            return
        for following in self._item(*items[first], state):
            yield from self.sequence(items, following, first + 1)

    def _item(self, code: Any, value: Any, state: _State) -> Iterator[_State]:  # noqa: ANN401, C901 - one row a kind
        folded = self._sets.get((code, id(value))) or set_of(code, value)
        if folded is not None:
            self._sets[code, id(value)] = folded
            yield from self._character(folded, state)
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from self.sequence(branch, state)
        elif code is op.SUBPATTERN and not value[1] and not value[2]:
            for inside in self.sequence(value[3], state):
                group = () if value[0] is None else ((value[0], state.at, inside.at),)
                yield inside._replace(groups=inside.groups + group)
        elif code in REPEATS:
            ways = self._repeat(value, state, is_lazy=code is op.MIN_REPEAT)
            yield from _certain(ways, state) if code is op.POSSESSIVE_REPEAT else ways
        elif code is op.ATOMIC_GROUP:
            yield from _certain(self.sequence(value, state), state)
        elif code is op.GROUPREF:
            yield from self._reference(value, state)
        elif code in ASSERTIONS and code is not op.AT:
            direction, body = value
            if self._holds(direction, body, state) is (code is op.ASSERT):
                yield state
        else:
            raise UnclearError(str(code))

    def _character(self, folded: spans.Spans, state: _State) -> Iterator[_State]:
        at, masks, groups = state
        if at >= len(self._text):
            return
        if self._text[at] == _EDGE:
            if spans.holds(folded, ord(_EDGE)):
                raise UnclearError  # what stands beyond is another cell
        elif self._text[at] != "0":
            if spans.holds(folded, ord(self._text[at])):
                yield _State(at + 1, masks, groups)
        elif digits := masks[at] & digits_in(folded):
            narrowed = masks if digits == masks[at] else (*masks[:at], digits, *masks[at + 1 :])
            yield _State(at + 1, narrowed, groups)

    def _repeat(
        self, value: tuple[int, int, Sequence[Item]], state: _State, *, is_lazy: bool, done: int = 0
    ) -> Iterator[_State]:
        least, most, body = value
        if is_lazy and done >= least:
            yield state
        if done < most:
            for once in self.sequence(body, state):
                if once.at > state.at:
                    yield from self._repeat(value, once, is_lazy=is_lazy, done=done + 1)
        if not is_lazy and done >= least:
            yield state

    def _reference(self, number: int, state: _State) -> Iterator[_State]:
        _, start, end = next(group for group in reversed(state.groups) if group[0] == number)
        text = self._text[start:end]
        if "0" in text:
            raise UnclearError  # which digits it was decides
        if self._text.startswith(text, state.at):
            yield state._replace(at=state.at + len(text))

    def _holds(self, direction: int, body: Any, state: _State) -> bool:  # noqa: ANN401 - a tree
        """Tell whether look-around finds its body, whatever the digits are."""
        least, most = body.getwidth() if direction < 0 else (0, 0)
        starts = range(state.at - least, max(state.at - most, 0) - 1, -1)
        is_found = False
        for start in starts:
            for way in self.sequence(body, state._replace(at=start)):
                if direction > 0 or way.at == state.at:
                    if way.masks == state.masks:
                        return True
                    is_found = True
        if is_found:
            raise UnclearError
        return False


def _certain(ways: Iterator[_State], state: _State) -> Iterator[_State]:
    """Give the first way only, as what is atomic does, if it does not depend on digits."""
    first = next(ways, None)
    if first is None:
        return
    if first.masks != state.masks:
        raise UnclearError
    yield first
