"""Patterns in ripgrep's words: one expression for each, derived from its regex, to compare speed and shape with.

What can be carried over is the shape of a value, in every width that folding knows. Check digits, lists, labels and
the choice between patterns cannot; neither can look-around and back references, unless ripgrep matches with PCRE2.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from piiscan.errors import PatternError
from piiscan.regextree import name_once
from piiscan.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from piiscan.pattern import Pattern

_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_PLACES = {
    op.AT_BEGINNING: "^", op.AT_BEGINNING_STRING: "^", op.AT_END: "$", op.AT_END_STRING: "$", op.AT_BOUNDARY: r"\b",
    op.AT_NON_BOUNDARY: r"\B",
}  # fmt: skip
_REPEATS = {op.MAX_REPEAT: "", op.MIN_REPEAT: "?", op.POSSESSIVE_REPEAT: "+"}
#: Both engines know these by name; Python's parser does not, so that characters of nobody's stand in for them.
_PROPERTY = re.compile(r"\\p\{(\w+)\}")
_STAND_IN = 0xF0000
#: Fuzzy matching, which the parser would take for plain characters.
_FUZZY = re.compile(r"(?<!\\p)\{(?![0-9]*,?[0-9]*\})")
_SETS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\[^p]")
_SPECIAL = frozenset("\\.+*?()|[]{}^$#&-~")


def has_shape(pattern: Pattern) -> bool:
    """Tell whether some spelling is known by its shape: not by a label, by lists of names, or by a whole file alone."""
    return (
        pattern.kind != "record"
        and pattern.canonical != "name"
        and pattern.trigger != "label"
        and not set(pattern.shape) <= {*pattern.context.required}
    )


def expression(pattern: Pattern, *, pcre2: bool) -> str:
    """Give one line for ripgrep's pattern file; raises PatternError for what only our matching engine knows."""
    source = pattern.source
    if _FUZZY.search(_SETS.sub("x", source)):
        raise PatternError(pattern.id, None, "ripgrep has no fuzzy matching")
    properties = list(dict.fromkeys(_PROPERTY.findall(source)))
    plain = _PROPERTY.sub(lambda match: chr(_STAND_IN + properties.index(match[1])), source)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # of sets of sets, the parser only warns
        try:
            tree = parser.parse(name_once(plain), re.VERBOSE)
        except (re.error, Warning, RecursionError, OverflowError) as error:
            raise PatternError(pattern.id, None, f"ripgrep cannot have this regex: {error}") from None
    writer = _Writer(pattern.id, tuple(properties), _groups(tree), _references(tree), pcre2=pcre2)
    start = "(?i)" if tree.state.flags & re.IGNORECASE else ""
    return start + writer.sequence(tree)


def _iter_items(tree: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield every item of a tree and of what is in it."""
    for item in tree:
        if isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], type(op.LITERAL)):  # noqa: PLR2004
            yield item
        if isinstance(item, (tuple, list, parser.SubPattern)):
            yield from _iter_items(item)


def _groups(tree: Any) -> dict[int, Any]:  # noqa: ANN401 - the parser's own tree
    return {value[0]: value[3] for code, value in _iter_items(tree) if code is op.SUBPATTERN and value[0]}


def _references(tree: Any) -> frozenset[int]:  # noqa: ANN401
    return frozenset(value for code, value in _iter_items(tree) if code is op.GROUPREF)


@cache
def _forms(neighbour: str) -> dict[int, tuple[int, ...]]:
    """Map each character to those that fold into it between two `neighbour`s, asked of the fold itself."""
    forms: dict[int, tuple[int, ...]] = {}
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x10000)):
        folded = fold(f"{neighbour}{chr(code)}{neighbour}").text
        if len(folded) == 3 and folded[1] != chr(code):  # noqa: PLR2004 - others vanish or join
            target = ord(folded[1])
            forms[target] = (*forms.get(target, ()), code)
    return forms


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes a tree anew in the syntax that Rust's engine and PCRE2 share."""

    name: str
    properties: tuple[str, ...]
    groups: dict[int, Any]
    references: frozenset[int]
    pcre2: bool

    def sequence(self, items: Iterable[Any]) -> str:
        return "".join(self._item(code, value) for code, value in items)

    def _item(self, code: Any, value: Any) -> str:  # noqa: ANN401
        if code in _REPEATS:
            return self._repeat(code, *value)
        if code in {op.ASSERT, op.ASSERT_NOT}:
            return self._look(code, *value)
        writers: dict[Any, Callable[[Any], str]] = {
            op.LITERAL: lambda code: self._set([(op.LITERAL, code)], is_negated=False),
            op.NOT_LITERAL: lambda code: self._set([(op.LITERAL, code)], is_negated=True),
            op.IN: self._members,
            op.ANY: lambda _: ".",
            op.BRANCH: lambda branch: f"(?:{'|'.join(map(self.sequence, branch[1]))})",
            op.SUBPATTERN: lambda group: self._group(*group),
            op.ATOMIC_GROUP: lambda inside: f"(?{'>' if self.pcre2 else ':'}{self.sequence(inside)})",
            op.GROUPREF: self._reference,
            op.AT: lambda place: _PLACES[place],
        }
        if code not in writers or (code is op.AT and value not in _PLACES):
            raise PatternError(self.name, None, f"ripgrep cannot have this in a regex: {str(code).lower()}")
        return writers[code](value)

    def _members(self, value: Any) -> str:  # noqa: ANN401
        is_negated = value[0][0] is op.NEGATE
        return self._set(value[is_negated:], is_negated=is_negated)

    def _look(self, code: Any, direction: int, inside: Any) -> str:  # noqa: ANN401
        sign = ("<" if direction < 0 else "") + ("=" if code is op.ASSERT else "!")
        return f"(?{sign}{self.sequence(inside)})" if self.pcre2 else ""

    def _reference(self, number: int) -> str:
        return f"(?P={self._label(number)})" if self.pcre2 else f"(?:{self.sequence(self.groups[number])})"

    def _repeat(self, code: Any, least: int, most: Any, inside: Any) -> str:  # noqa: ANN401
        mode = "" if code is op.POSSESSIVE_REPEAT and not self.pcre2 else _REPEATS[code]
        limit = "" if most is op.MAXREPEAT else most
        times = "?" if (least, most) == (0, 1) else f"{{{least}}}" if least == most else f"{{{least},{limit}}}"
        body = self.sequence(inside)
        single = len(inside) == 1 and inside[0][0] in {op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY}
        return f"{body if single else f'(?:{body})'}{times}{mode}" if body else ""

    def _group(self, number: int | None, added: int, removed: int, inside: Any) -> str:  # noqa: ANN401
        if (added | removed) & ~re.IGNORECASE:
            raise PatternError(self.name, None, "ripgrep cannot have these flags of a group")
        flags = "i" if added else "-i" if removed else ""
        if self.pcre2 and number in self.references:
            return f"(?P<{self._label(number)}>{self.sequence(inside)})"
        return f"(?{flags}:{self.sequence(inside)})"

    def _label(self, number: int | None) -> str:
        # ripgrep joins all expressions into one, so names have to differ between patterns.
        return f"{self.name[:28]}_{number}"

    def _set(self, members: Iterable[Any], *, is_negated: bool) -> str:
        """Write a set of characters with all their forms; dashes of other kinds only where there are no letters."""
        members = list(members)
        pairs = [(value, value) if code is op.LITERAL else value for code, value in members if code is not op.CATEGORY]
        spelled = [_CATEGORIES[value] for code, value in members if code is op.CATEGORY]
        has_letters = any(first < ord("{") and last >= ord("A") for first, last in pairs)
        forms = _forms("x" if has_letters else "1")
        codes = {source for first, last in pairs for code in forms if first <= code <= last for source in forms[code]}
        ranges = _join_ranges([*pairs, *((code, code) for code in codes)])
        if not is_negated and not spelled and len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
            return self._character(ranges[0][0])
        inside = "".join(map(self._range, ranges)) + "".join(spelled)
        return f"[{'^' if is_negated else ''}{inside}]"

    def _range(self, span: tuple[int, int]) -> str:
        first, last = map(self._character, span)
        if span[0] >= _STAND_IN:
            return "".join(map(self._character, range(span[0], span[1] + 1)))
        return first if span[0] == span[1] else f"{first}-{last}"

    def _character(self, code: int) -> str:
        if _STAND_IN <= code < _STAND_IN + len(self.properties):
            return rf"\p{{{self.properties[code - _STAND_IN]}}}"
        char = chr(code)
        if char in _SPECIAL:
            return f"\\{char}"
        return char if char.isprintable() or char == " " else f"\\x{{{code:X}}}"


def _join_ranges(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if joined and first <= joined[-1][1] + 1 and first != _STAND_IN:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
