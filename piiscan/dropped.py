"""Why candidates are no findings, for whoever asks: in words of our own, with nothing of the values."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

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
    for each in candidates:
        if each.verdict is Verdict.INVALID:
            yield each, "refused"
        elif not shows_samples and (word := next((word for word in ("sample", "public") if word in each.flags), "")):
            yield each, word
        elif id(each) in standing:
            if each.score < least:
                yield each, f"score:{each.score}"
        elif rivals := [one for one in _last_before(kept, starts, each.end) if one.end > each.start]:
            yield each, f"claimed:{rivals[0].pattern.id}"
        elif each.score == 0 and not each.labelled:
            yield each, "no label"
        else:
            yield each, f"score:{each.score}"


def _last_before(kept: Sequence[Candidate], starts: Sequence[int], end: int) -> Sequence[Candidate]:
    """Give the last candidate that begins before `end`, if there is one; those kept do not overlap."""
    at = bisect_left(starts, end)
    return kept[max(at - 1, 0) : at]
