"""Claims: which of the candidates that overlap keeps the characters (specification, section B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.model import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.candidate import Candidate
    from piiscan.pattern import Pattern


def is_claim(candidate: Candidate) -> bool:
    """Tell whether a candidate takes part when characters are claimed."""
    return candidate.score >= Confidence.LOW or "sample" in candidate.flags


def precedence(candidate: Candidate) -> tuple[bool, bool, bool, int, int, int, int]:
    """Give what claims are ordered by, the strongest first.

    A label, a column that passes the check; a check that did not fail; the pattern's rank; then score and length.
    """
    has_column = any(word.startswith("column:") for word in candidate.evidence)
    length = candidate.end - candidate.start
    return (
        not candidate.labelled,
        not has_column,
        candidate.verdict.failed,
        -candidate.pattern.rank,
        -candidate.score,
        -length,
        candidate.start,
    )


def resolve_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep one claim on each character: the strongest by `precedence`, in which a label outranks all.

    Patterns that list each other in `also` may share characters. Gives what is left in order of appearance.
    """
    kept: list[Candidate] = []
    rivals: list[Candidate] = []
    end = 0
    for candidate in sorted(candidates, key=lambda each: each.start):
        if candidate.start >= end:
            kept += _strongest(rivals)
            rivals = []
        rivals.append(candidate)
        end = max(end, candidate.end)
    return kept + _strongest(rivals)


def _strongest(rivals: list[Candidate]) -> list[Candidate]:
    """Settle the claims of candidates that overlap each other, one by way of another."""
    if len(rivals) < 2:  # noqa: PLR2004 - no rival
        return rivals
    kept: list[Candidate] = []
    taken: dict[int, Candidate] = {}
    for candidate in sorted(rivals, key=precedence):
        holders = {id(holder): holder for at in range(candidate.start, candidate.end) if (holder := taken.get(at))}
        if all(may_share(candidate.pattern, holder.pattern) for holder in holders.values()):
            kept.append(candidate)
            taken.update((at, candidate) for at in range(candidate.start, candidate.end))
    return sorted(kept, key=lambda each: each.start)


def may_share(one: Pattern, other: Pattern) -> bool:
    """Tell whether two patterns may both claim the same characters."""
    return other.id in one.also or one.id in other.also
