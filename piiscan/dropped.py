"""Why candidates are no findings, for whoever asks: in words of our own, with nothing of the values."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from piiscan.claims import may_share
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.candidate import Candidate


def iter_dropped(
    candidates: Sequence[Candidate], kept: Sequence[Candidate], least: int, *, shows_samples: bool
) -> Iterator[tuple[Candidate, str]]:
    """Yield the candidates that are no findings with the reason (model.Dropped), of all that were settled.

    `kept` are those whose claim stood; of them, samples and what is less sure than `least` are no findings either.
    """
    standing = {id(each) for each in kept}
    starts = [each.start for each in kept]
    longest = max((each.end - each.start for each in kept), default=0)
    for each in candidates:
        if each.verdict is Verdict.INVALID:
            yield each, "refused"
        elif not shows_samples and (word := next((word for word in ("sample", "public") if word in each.flags), "")):
            yield each, word
        elif id(each) in standing:
            if each.score < least:
                yield each, f"score:{each.score}"
        elif rival := next(_overlapping(kept, starts, longest, each), None):
            yield each, f"claimed:{rival.pattern.id}"
        elif each.score == 0 and not each.labelled:
            yield each, "no label"
        else:
            yield each, f"score:{each.score}"


def _overlapping(
    kept: Sequence[Candidate], starts: Sequence[int], longest: int, candidate: Candidate
) -> Iterator[Candidate]:
    """Yield those kept that a candidate overlaps, and with which it may not share characters; the last first."""
    first, last = bisect_left(starts, candidate.start - longest), bisect_left(starts, candidate.end)
    for one in reversed(kept[first:last]):
        if one.end > candidate.start and not may_share(one.pattern, candidate.pattern):
            yield one
