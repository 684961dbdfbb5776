"""Digits that a regex does not tell apart in most texts: fewer kinds than in all texts, so more cells are one.

An address must not end in a year (not 1999年), which makes 1, 9, 2 and 0 differ. In a cell that has no such digits in a
row they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from piiscan.plan import Alike
from piiscan.regextree import REPEATS, op, set_of
from piiscan.template import ANY_DIGIT, classes_of, digits_in, iter_items, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    #: The digits (bits) allowed at each place of a run.
    Run = tuple[int, ...]

#: A shorter run of digits is not rare.
_LEAST = 3


def alike(source: str) -> Alike | None:
    """Give what holds for a regex, None where nothing is gained. Raises UnreadableError."""
    tree = tree_of(source)
    ahead = [
        (value[1], item)
        for item in iter_items(tree)
        for code, value in [item]
        if code is op.ASSERT_NOT and value[0] > 0
    ]
    runs = {id(item): found for body, item in ahead if (found := _front(body)) and min(map(len, found)) >= _LEAST}
    rare = {run for found in runs.values() for run in found}
    classes = classes_of(iter_items(tree, runs.keys()))
    kept = sum(1 << digit for digit in {*map(int, classes.decode())})
    # cells stand for others with the first digits of each kind: the run must not come about by that
    if not rare or classes == classes_of(iter_items(tree)) or any(all(mask & kept for mask in run) for run in rare):
        return None
    return Alike(classes, "|".join("".join(map(_class, run)) for run in sorted(rare)))


def _class(mask: int) -> str:
    return "[" + "".join(str(digit) for digit in range(10) if mask >> digit & 1) + "]"


def _front(items: Iterable[Any]) -> list[Run]:
    """Give the runs of digits, one of which a sequence begins with."""
    ways: list[Run] = [()]
    for item in items:
        more = _runs(*item)
        if not more:
            break
        ways = [first + then for first in ways for then in more]
    return ways


def _runs(code: Any, value: Any) -> list[Run]:  # noqa: ANN401 - the parser's constants
    """Give the runs of digits, one of which an item is; none if it may be something else."""
    folded = set_of(code, value)
    if folded is not None:
        is_digits = all(ord("0") <= first and last <= ord("9") for first, last in folded)
        return [(digits_in(folded) & ANY_DIGIT,)] if is_digits else []
    if code is op.BRANCH:
        branches = [_whole(branch) for branch in value[1]]
        return [run for runs in branches for run in runs] if all(branches) else []
    if code is op.SUBPATTERN:
        return _whole(value[3])
    if code in REPEATS and value[0] == value[1]:
        return _whole([*value[2]] * value[0])
    return []


def _whole(items: Iterable[Any]) -> list[Run]:
    """Give the runs of digits, one of which a sequence is."""
    sequence = list(items)
    return _front(sequence) if all(_runs(*item) for item in sequence) else []
