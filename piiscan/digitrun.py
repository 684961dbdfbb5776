"""What all numbers have in common: so many digits in a row, with nothing but separators between them.

Nothing narrower is searched for in a whole text: an expression for each kind of number costs ten times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from piiscan import spans
from piiscan.regextree import ASSERTIONS, REPEATS, iter_groups, op, parse, set_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.pattern import Pattern
    from piiscan.spans import Spans

DIGITS: Spans = ((ord("0"), ord("9")),)
#: With fewer digits, or with more kinds of separators, a run of digits says too little to look for it.
_FEWEST, _MOST_SEPARATORS = 5, 64


class Run(NamedTuple):
    """At least so many digits, with any of these characters between them."""

    digits: int
    separators: Spans

    def join(self, other: Run) -> Run:
        """Give the run that both are."""
        return Run(min(self.digits, other.digits), spans.of((*self.separators, *other.separators)))


def run_of(pattern: Pattern) -> Run | None:
    """Give the run of digits that every match of a pattern is, None if it is not one. Raises UnreadableError."""
    tree = parse(pattern.source)
    run = _sequence(tree, dict(iter_groups(tree)))
    many = sum(last - first + 1 for first, last in run.separators) > _MOST_SEPARATORS
    return None if many or run.digits < _FEWEST else run


def _sequence(items: Iterable[Any], groups: dict[int, Any]) -> Run:
    runs = [_item(code, value, groups) for code, value in items if code not in ASSERTIONS]
    return Run(sum(run.digits for run in runs), spans.of(pair for run in runs for pair in run.separators))


def _item(code: Any, value: Any, groups: dict[int, Any]) -> Run:  # noqa: ANN401 - the parser's constants
    folded = set_of(code, value)
    if folded is not None:
        inside = all(DIGITS[0][0] <= first and last <= DIGITS[0][1] for first, last in folded)
        return Run(1, ()) if inside else Run(0, folded)
    if code is op.BRANCH:
        first, *others = (_sequence(branch, groups) for branch in value[1])
        for other in others:
            first = first.join(other)
        return first
    if code in REPEATS:
        run = _sequence(value[2], groups)
        return Run(run.digits * value[0], run.separators)
    body = groups[value] if code is op.GROUPREF else value[3] if code is op.SUBPATTERN else value
    return _sequence(body, groups)
