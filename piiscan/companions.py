"""Names that no label speaks for, but an identifier beside them: `佐藤花子 090-…`, and signatures.

A listed name right before a telephone number or an address of any kind, on its line or alone on one of the three lines
above, is that person's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from piiscan import context
from piiscan.candidate import Candidate, iter_claims
from piiscan.model import Confidence
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.pattern import Pattern

#: What belongs to one person, and stands beside a name.
_IDENTIFIERS = frozenset({"phone", "email", "address", "birth_date", "my_number", "pension_number"})
#: A name ends so many characters before what it goes with; in a signature, so many lines above it. What is nearer than
#: the context of a label is read wherever the identifier is.
_REACH, _LINES = 36, 3
_LINE_END = re.compile("\r\n?|\n")


def find_companions(text: str, kept: Iterable[Candidate], pattern: Pattern) -> list[Candidate]:
    """Find the names that go with what was found; `pattern` is that of names."""
    listed = replace(pattern, validator="person_name_listed")
    found: dict[int, Candidate] = {}
    for each in kept:
        if each.pattern.category in _IDENTIFIERS and each.score >= Confidence.MEDIUM and not each.flags:
            for start, end, shape, verdict in _beside(text, each, listed):
                evidence = [f"beside:{each.pattern.id}", *filter(None, [verdict.value])]
                is_sample = verdict is Verdict.SAMPLE or context.is_sample(text, start, end)
                flags = ["sample"] if is_sample else []
                one = Candidate(pattern, start, end, text[start:end], shape, verdict, evidence, flags)
                one.score = context.weigh(pattern.shape[shape], evidence)
                found.setdefault(start, one)
    return list(found.values())


def _beside(text: str, anchor: Candidate, listed: Pattern) -> Iterator[tuple[int, int, str, Verdict]]:
    """Give the nearest name before a candidate, if it stands on its line, or alone on one above."""
    low = max(anchor.start - 2 * _REACH, 0)
    if text[low : anchor.start].isascii():
        return
    claims = [claim for claim in iter_claims(text, listed, [(low, anchor.start)]) if claim[1] <= anchor.start]
    for claim in claims[-1:]:
        start, end, *_ = claim
        ends = len(_LINE_END.findall(text, end, anchor.start))
        if anchor.start - end <= _REACH and (not ends or (ends <= _LINES and _is_alone(text, start, end))):
            yield claim


def _is_alone(text: str, start: int, end: int) -> bool:
    """Tell whether nothing else stands on a value's line, as far as a few characters show."""
    before, after = text[max(start - 4, 0) : start].rstrip(" "), text[end : end + 4].lstrip(" ")
    return before[-1:] in {"", "\n", "\r"} and after[:1] in {"", "\n", "\r"}
