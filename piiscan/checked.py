"""Column statistics: how the numbers of a column fared that have a check digit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from piiscan.pattern import Pattern

#: Verdicts of numbers that have passed their check.
_PASSED = frozenset({Verdict.CHECKED, Verdict.DOUBTFUL, Verdict.SAMPLE})
_COLUMN_SIZE, _COLUMN_SHARE, _CHANCE_SIZE, _CHANCE_SHARE = 5, 0.9, 10, 0.25


class Checked:
    """How the numbers of a column fared that have a check digit."""

    def __init__(self) -> None:
        self._passed: dict[str, list[str]] = {}
        self._failed: Counter[str] = Counter()

    def enter(self, pattern: Pattern, verdict: Verdict, values: Sequence[str]) -> None:
        """Add values of one verdict. Where only a label makes a finding, columns say nothing."""
        if pattern.trigger == "label":
            return
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
        return _shares(self._passed, self._failed, filled)


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
