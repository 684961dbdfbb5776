"""What all numbers have in common: so many digits in a row, with nothing but separators between them.

Nothing narrower is searched for in a whole text: an expression for each kind of number costs ten times as much.
"""

from __future__ import annotations

from functools import reduce
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
    """At least so many digits, with any of these characters between them.

    `lead` are characters that stand only before the first digit, such as the T of a registration number: they are no
    part of the run, as long as nothing is put before it.
    """

    digits: int
    separators: Spans
    lead: Spans = ()

    def join(self, other: Run) -> Run:
        """Give the run that both are."""
        return Run(
            min(self.digits, other.digits),
            spans.of((*self.separators, *other.separators)),
            spans.of((*self.lead, *other.lead)),
        )

    def then(self, other: Run) -> Run:
        """Give the run that one makes behind the other. What is not sure to hold a digit leads to the rest."""
        if not self.digits:
            return Run(other.digits, other.separators, spans.of((*self.lead, *self.separators, *other.lead)))
        return Run(self.digits + other.digits, spans.of((*self.separators, *other.lead, *other.separators)), self.lead)


def run_of(pattern: Pattern) -> Run | None:
    """Give the run of digits that every match of a pattern ends with, None if it does not. Raises UnreadableError."""
    tree = parse(pattern.source)
    run = _sequence(tree, dict(iter_groups(tree)))
    many = sum(last - first + 1 for first, last in run.separators) > _MOST_SEPARATORS
    if many or run.digits < _FEWEST:
        return None
    between = (chr(code) for first, last in run.separators for code in range(first, last + 1))
    return None if any(map(str.isalpha, between)) else run._replace(lead=())


def _sequence(items: Iterable[Any], groups: dict[int, Any]) -> Run:
    runs = (_item(code, value, groups) for code, value in items if code not in ASSERTIONS)
    return reduce(Run.then, runs, Run(0, ()))


def _item(code: Any, value: Any, groups: dict[int, Any]) -> Run:  # noqa: ANN401 - the parser's constants
    folded = set_of(code, value)
    if folded is not None:
        inside = all(DIGITS[0][0] <= first and last <= DIGITS[0][1] for first, last in folded)
        return Run(1, ()) if inside else Run(0, folded)
    if code is op.BRANCH:
        return reduce(Run.join, (_sequence(branch, groups) for branch in value[1]))
    if code in REPEATS:
        run = _sequence(value[2], groups)
        return (
            reduce(Run.then, [run] * value[0], Run(0, ()))
            if value[0]
            else Run(0, spans.of((*run.lead, *run.separators)))
        )
    body = groups[value] if code is op.GROUPREF else value[3] if code is op.SUBPATTERN else value
    return _sequence(body, groups)
