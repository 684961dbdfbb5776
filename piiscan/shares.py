"""Column statistics: what share of a column's cells are numbers of one kind that pass their check."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from piiscan.pattern import Pattern

#: Verdicts of numbers that have passed their check.
_PASSED = frozenset({Verdict.CHECKED, Verdict.DOUBTFUL, Verdict.SAMPLE})
_PROVEN = _PASSED - {Verdict.DOUBTFUL}
#: So many different numbers make a column, of so large a share; so many numbers, of so small a share, are chance.
_COLUMN_SIZE, _COLUMN_SHARE, _CHANCE_SIZE, _CHANCE_SHARE = 5, 0.9, 10, 0.25


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
        elif verdict is Verdict.FAILED:
            self._failed[pattern.id] += len(values)

    def counts(self, verdict: Verdict) -> bool:
        """Tell whether values of a verdict make a difference."""
        return verdict in _PASSED or verdict is Verdict.FAILED

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
        if len(set(values)) >= _COLUMN_SIZE and len(values) >= _COLUMN_SHARE * filled:
            shares[name] = min(1.0, len(values) / filled)
        elif len(values) <= _CHANCE_SHARE * (judged := len(values) + failed[name]) and judged >= _CHANCE_SIZE:
            shares[name] = 0.0
    return shares
