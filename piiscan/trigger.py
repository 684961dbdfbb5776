"""Triggers: what must stand in the bytes of a text wherever a pattern can match, derived from the pattern's regex.

A trigger is looser than its regex, never stricter: look-around goes, except that no digit or letter stands beside a
number; back-references may differ; what repeats without need at either end is cut off. So each match of the regex has
an event of its trigger in it, or one byte behind, and `ahead` and `behind` say how far the match reaches from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from piiscan import bytesets, labelled, spans
from piiscan.dictionaries import REACH, names_of
from piiscan.plan import Trigger
from piiscan.regextree import (
    ASSERTIONS,
    REPEATS,
    Item,
    UnreadableError,
    iter_groups,
    op,
    opening,
    parse,
    set_of,
    stays_in_line,
    width,
)
from piiscan.spread import longest_form
from piiscan.variants import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from piiscan.pattern import Pattern
    from piiscan.spans import Spans

#: Repeated more often than this is repeated without an end: automata count badly.
_MOST = 12
#: A regex that can match more characters, in one of a few ways, is searched for by the beginnings of these.
_LONG = 32
#: A set of more characters is nearly all there are: as bytes, automata know it faster by the few that are not in it.
_NEARLY_ALL = 0x100000
#: So many alternatives are a list of words.
_LIST = 16
#: A regex that can match more characters than this is not searched in windows.
LONGEST = 2048


def triggers_of(pattern: Pattern, encoding: str) -> list[Trigger]:
    """Derive the triggers of a pattern for one of charset.SEARCHABLE. Raises UnreadableError."""
    tree = parse(pattern.source)
    most = int(tree.getwidth()[1])
    if most > LONGEST:
        raise UnreadableError(pattern.id)
    if pattern.dictionary and (names := sorted(names_of(pattern.dictionary))):
        # The value may begin before what the regex matches, and the name that counts may stand further on.
        inline = stays_in_line(tree)
        return [Trigger(pattern.id, write_name(name, encoding), most + REACH, most, inline=inline) for name in names]
    groups = tree.state.groupdict
    # what a neighbour can support needs no label
    required = () if pattern.context.beside else pattern.context.required
    needy = {groups[name] for name in required if name in groups}
    others = {groups[name] for name in pattern.shape if name in groups} - needy
    found = []
    for is_needy, dropped in ((False, needy), (True, others)) if needy else ((False, needy),):
        core = Writer(tree, encoding, dropped).core()
        if core:
            expressions, ahead, behind = core
            is_inline = stays_in_line(tree)
            found += [Trigger(pattern.id, each, ahead, behind, is_needy, is_inline) for each in expressions]
    return found


def width_of(pattern: Pattern) -> int:
    """Give the most characters between the ends of a value and of what foretells it. Raises UnreadableError."""
    width = int(parse(pattern.source).getwidth()[1])
    if pattern.trigger == "label":
        longest = max(map(longest_form, pattern.context.keywords), default=0)
        return longest + labelled.reach_ahead(width) + labelled.reach_behind(pattern.context.window)
    return width + (REACH if pattern.dictionary else 0)


def write_name(name: str, encoding: str) -> str:
    """Write a name of a dictionary, which takes all ways to write a character for the same."""
    codes = (map(ord, VARIANTS.get(char, char)) for char in name)
    return "".join(write_set(spans.of((code, code) for code in each), encoding) for each in codes)


def write_set(folded: Spans, encoding: str) -> str:
    """Write a set of folded characters as the bytes of all that folds into it."""
    originals, is_voiced = spans.unfold(folded)
    mark = f"(?:{bytesets.expression(spans.MARKS, encoding)})?" if is_voiced else ""
    return bytesets.expression(originals, encoding) + mark


class Writer:
    """Writes one regex for one encoding, without the groups `dropped`."""

    def __init__(self, tree: Any, encoding: str, dropped: set[int]) -> None:  # noqa: ANN401 - the parser's tree
        self._tree = tree
        self._encoding = encoding
        self._dropped = dropped
        self._bodies = dict(iter_groups(tree))

    def core(self) -> tuple[list[str], int, int] | None:
        """Write the regex, cut to what must be there, with its reach; None if nothing of it can match.

        Many words to begin with make many expressions: automata find them fast when each begins with its own.
        """
        items = list(self._tree)
        first = next(at for at, item in enumerate(items) if item[0] not in ASSERTIONS)
        guards, items = items[:first], items[first:]
        while items and items[-1][0] in ASSERTIONS:
            guards.append(items.pop())
        items, behind = self._cut_end(items)
        rest = sum(map(self._width, items))
        items = self._cut_start(items)
        is_list = bool(items) and items[0][0] is op.BRANCH and len(items[0][1][1]) >= _LIST
        is_choice = len(items) == 1 and items[0][0] is op.BRANCH and rest > _LONG
        heads = [list(branch) for branch in items[0][1][1]] if is_list or is_choice else [items[:1]]
        if is_list:  # how it goes on is left to the regex: hundreds of words with all of it take seconds to compile
            whole, items = items, [items[0], *opening(items[1:], self._tree.state)]
            behind += sum(map(self._width, whole)) - sum(map(self._width, items))
        if is_choice and not is_list:
            heads, further = self._cut_branches(heads)
            behind += further
        bodies = [body for head in heads if (body := self._sequence([*head, *items[1:]])) is not None]
        if not bodies:
            return None
        is_begun, is_ended = sum(map(self._width, items)) == rest, behind == 0
        before = [self._guard(*item) for item in guards if is_begun and item[0] is op.ASSERT_NOT and item[1][0] < 0]
        after = [self._guard(*item) for item in guards if is_ended and item[0] is op.ASSERT_NOT and item[1][0] > 0]
        left, right = next(filter(None, before), ""), next(filter(None, after), "")
        return [left + body + right for body in bodies], rest, behind

    def _width(self, item: Item) -> int:
        return width(item, self._tree.state)

    def _cut_end(self, items: list[Item]) -> tuple[list[Item], int]:
        """Drop what need not be there at the end; tell how many characters that could have been."""
        behind = 0
        while items:
            before = self._width(items[-1])
            shorter = _shorten(items[-1])
            if shorter is None:
                break
            items = [*items[:-1], *shorter]
            behind += before - sum(map(self._width, shorter))
        return items, behind

    def _cut_branches(self, branches: Sequence[list[Item]]) -> tuple[list[list[Item]], int]:
        """Drop what need not be there at the end of each of a few alternatives; tell how much that is at most.

        With all that may stand there, an automaton keeps many more places in mind.
        """
        cut = [self._cut_end(self._opened(branch)) for branch in branches]
        return [head for head, _ in cut], max(behind for _, behind in cut)

    def _opened(self, items: list[Item]) -> list[Item]:
        """Put what a group holds in its place, if it stands at the end."""
        while items and items[-1][0] is op.SUBPATTERN and items[-1][1][0] not in self._dropped:
            items = [*items[:-1], *self._body(*items[-1])]
        return items

    def _cut_start(self, items: list[Item]) -> list[Item]:
        while items:
            if (shorter := _shorten(items[0])) is not None:
                items = [*shorter, *items[1:]]
            elif joined := _join(items):
                items = [joined, *items[2:]]
            else:
                break
        return items

    def _guard(self, _: object, value: tuple[int, Any]) -> str:
        """Write that none of a set of characters stands there; "" for other look-around."""
        direction, body = value
        folded = set_of(*body[0]) if len(body) == 1 else None
        if folded is None:
            return ""
        return bytesets.not_before(folded) if direction > 0 else bytesets.not_after(folded, self._encoding)

    def _sequence(self, items: Iterable[Item]) -> str | None:
        written = [self._item(*item) for item in items if item[0] not in ASSERTIONS]
        return None if None in written else "".join(filter(None, written))

    def _item(self, code: Any, value: Any) -> str | None:  # noqa: ANN401 - the parser's constants
        """Write an item; None where it is of a dropped group."""
        folded = set_of(code, value)
        if folded is not None:
            return write_set(folded, self._encoding)
        if code is op.BRANCH:
            branches = [branch for branch in map(self._sequence, value[1]) if branch is not None]
            return f"(?:{'|'.join(branches)})" if branches else None
        if code in REPEATS:
            return self._repeat(*value)
        if code is op.SUBPATTERN and value[0] in self._dropped:
            return None
        body = self._sequence(self._body(code, value))
        return None if body is None else f"(?:{body})"

    def _body(self, code: Any, value: Any) -> Iterable[Item]:  # noqa: ANN401
        if code is op.SUBPATTERN and not value[1] and not value[2]:
            return cast("Iterable[Item]", value[3])
        if code is op.ATOMIC_GROUP:
            return cast("Iterable[Item]", value)
        if code is op.GROUPREF:
            return self._bodies[value]
        raise UnreadableError(str(code))

    def _repeat(self, least: int, most: int, items: Sequence[Item]) -> str | None:
        folded = set_of(*items[0]) if len(items) == 1 else None
        if most > _MOST and folded and sum(last - first for first, last in folded) > _NEARLY_ALL:
            return f"{bytesets.loose(folded, self._encoding)}{{{min(least, _MOST)},}}"
        body = self._sequence(items)
        if body is None:
            return None if least else ""
        if most > _MOST:
            return f"(?:{body}){{{min(least, _MOST)},}}"
        return f"(?:{body}){{{least},{most}}}"


def _shorten(item: Item) -> list[Item] | None:
    """Give less than an item at the edge of a regex: what must be there at least. None if that is all of it."""
    code, value = item
    if code in ASSERTIONS:
        return []
    if code in REPEATS:
        least, most, body = value
        if least < 2:  # noqa: PLR2004 - nothing, or the body itself
            return [*body] * least
        return [(code, (least, least, body))] if least < most else None
    if code is op.SUBPATTERN and len(value[3]) and value[0] is None:
        return list(value[3])
    return None


def _join(items: Sequence[Item]) -> Item | None:
    """Put a character and those that may repeat behind it into one set: what follows stands after one of them."""
    if len(items) < 3 or items[1][0] not in REPEATS or items[1][1][0] or len(items[1][1][2]) != 1:  # noqa: PLR2004
        return None
    first, repeated = set_of(*items[0]), set_of(*items[1][1][2][0])
    if first is None or repeated is None:
        return None
    return op.IN, [(op.RANGE, pair) for pair in spans.of((*first, *repeated))]
