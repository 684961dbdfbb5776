"""Column statistics: what share of a column's cells are numbers of one kind that pass their check."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from piiscan.pattern import Pattern

#: Verdicts of numbers that have passed their check.
_PASSED = frozenset({Verdict.CHECKED, Verdict.PUBLIC, Verdict.DOUBTFUL, Verdict.SAMPLE})
NOT_PASSED = frozenset({Verdict.FAILED, Verdict.UNCONFIRMED})
_PROVEN = _PASSED - {Verdict.DOUBTFUL}
#: So many numbers, filling so much of a column, prove what they are if they pass.
COLUMN_SIZE, COLUMN_SHARE = 5, 0.9
#: Digits of the shortest number that has a check digit.
SHORTEST_CHECKED = 6
#: So many numbers of which no more than that share pass are something else: among other cells, and in a column of them.
_CHANCE_SIZE, _CHANCE_SHARE = 10, 0.25
_FULL_SIZE, _FULL_SHARE = 2, 0.75


class Checked:
    """How the numbers of a column fared that have a check digit."""

    def __init__(self) -> None:
        self._passed: dict[str, list[str]] = {}
        self._failed: Counter[str] = Counter()
        self._checked: set[str] = set()

    def enter(self, pattern: Pattern, verdict: Verdict, values: Sequence[str]) -> None:
        """Add values of one verdict."""
        if verdict in _PROVEN:
            self._checked.add(pattern.id)
        if verdict in _PASSED:
            self._passed.setdefault(pattern.id, []).extend(values)
        elif verdict in NOT_PASSED:
            self._failed[pattern.id] += len(values)

    @staticmethod
    def counts(verdict: Verdict) -> bool:
        """Tell whether values of a verdict make a difference."""
        return verdict in _PASSED or verdict in NOT_PASSED

    def shares(self, cells: Iterable[str]) -> dict[str, float]:
        """Give, per pattern with a check digit, the share of a column's filled cells that are such a number and pass.

        Patterns whose numbers fill too few cells to say anything are left out; 0.0 stands for a column that passes no
        oftener than chance would let it.
        """
        if not self._passed and not self._failed:
            return {}
        filled = sum(map(bool, map(str.strip, cells)))
        # doubtful values alone may be of a number that has no check digit
        passed = {name: values for name, values in self._passed.items() if name in self._checked}
        return _shares(passed, self._failed, filled)


def _shares(passed: Mapping[str, list[str]], failed: Counter[str], filled: int) -> dict[str, float]:
    shares = {}
    for name in {*passed, *failed}:
        values = passed.get(name, [])
        # one number repeated proves nothing, however often it passes
        if len(set(values)) >= COLUMN_SIZE and len(values) >= COLUMN_SHARE * filled:
            shares[name] = min(1.0, len(values) / filled)
        elif _is_chance(len(values), len(values) + failed[name], filled):
            shares[name] = 0.0
    return shares


def _is_chance(passed: int, judged: int, filled: int) -> bool:
    """Tell whether so few of the numbers judged pass that those which do say nothing."""
    if judged >= _FULL_SIZE and judged >= COLUMN_SHARE * filled:
        return passed <= _FULL_SHARE * judged
    return judged >= _CHANCE_SIZE and passed <= _CHANCE_SHARE * judged
