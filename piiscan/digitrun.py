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
#: With fewer digits, or with letters or many kinds of separators in it, a run says too little to look for it.
_FEWEST, _MOST_SEPARATORS = 5, 64


class Run(NamedTuple):
    """At least so many digits, with any of these characters between them.

    `lead` and `trail` are the characters that can stand before and behind them in a match, whose most are `width`;
    at most `behind` of them stand behind the last of the digits.
    """

    digits: int
    separators: Spans = ()
    lead: Spans = ()
    trail: Spans = ()
    behind: int = 0
    width: int = 0

    def join(self, other: Run) -> Run:
        """Give the run that both are."""
        return Run(
            min(self.digits, other.digits),
            spans.of((*self.separators, *other.separators)),
            spans.of((*self.lead, *other.lead)),
            spans.of((*self.trail, *other.trail)),
            max(self.behind, other.behind),
            max(self.width, other.width),
        )

    def then(self, other: Run) -> Run:
        """Give the run in what stands in a row: of both, or where letters stand between them, of the longer one."""
        between = spans.of((*self.trail, *other.lead))
        width = self.width + other.width
        if self.digits and other.digits and not _has_letters(between):
            separators = spans.of((*self.separators, *between, *other.separators))
            return Run(self.digits + other.digits, separators, self.lead, other.trail, other.behind, width)
        if self.digits < other.digits or not self.digits:
            return other._replace(lead=spans.of((*self.characters, *other.lead)), width=width)
        trail = spans.of((*self.trail, *other.characters))
        return self._replace(trail=trail, behind=self.behind + other.width, width=width)

    @property
    def characters(self) -> Spans:
        """What it is made of beside digits."""
        return spans.of((*self.lead, *self.separators, *self.trail))


def _has_letters(found: Spans) -> bool:
    return sum(last - first + 1 for first, last in found) > _MOST_SEPARATORS or any(
        chr(code).isalpha() for first, last in found for code in range(first, last + 1)
    )


def run_of(pattern: Pattern) -> Run | None:
    """Give a run of digits that every match of a pattern holds, None if there is none. Raises UnreadableError."""
    tree = parse(pattern.source)
    return as_run([run_in(tree, tree)])


def run_in(items: Iterable[Any], tree: Any) -> Run:  # noqa: ANN401 - the parser's tree
    """Give the longest run of digits that a part of a tree holds."""
    return _sequence(items, dict(iter_groups(tree)))


def as_run(runs: Iterable[Run]) -> Run | None:
    """Give the run that each of some holds, None where it is too little to look for."""
    run = reduce(Run.join, runs)
    return None if run.digits < _FEWEST or _has_letters(run.separators) else run


def _sequence(items: Iterable[Any], groups: dict[int, Any]) -> Run:
    runs = (_item(code, value, groups) for code, value in items if code not in ASSERTIONS)
    return reduce(Run.then, runs, Run(0))


def _item(code: Any, value: Any, groups: dict[int, Any]) -> Run:  # noqa: ANN401 - the parser's constants
    folded = set_of(code, value)
    if folded is not None:
        inside = all(DIGITS[0][0] <= first and last <= DIGITS[0][1] for first, last in folded)
        return Run(1, width=1) if inside else Run(0, lead=folded, width=1)
    if code is op.BRANCH:
        return reduce(Run.join, (_sequence(branch, groups) for branch in value[1]))
    if code in REPEATS:
        least, most, body = value
        run = _sequence(body, groups)
        rest = Run(0, lead=run.characters, width=run.width * (most - least))
        return reduce(Run.then, [run] * least, Run(0)).then(rest)
    body = groups[value] if code is op.GROUPREF else value[3] if code is op.SUBPATTERN else value
    return _sequence(body, groups)
