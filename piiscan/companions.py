"""Names that no label speaks for, but an identifier beside them: `佐藤花子 090-…`, and signatures.

A listed name right before a telephone number or an address of any kind, on its line or alone on one of the three lines
above, is that person's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan import context
from piiscan.candidate import Candidate
from piiscan.lineindex import LINE_END
from piiscan.model import Confidence
from piiscan.validators.person_name import may_begin, person_name_listed
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.pattern import Pattern

#: What belongs to one person, and stands beside a name.
_IDENTIFIERS = frozenset({"phone", "email", "address", "birth_date", "my_number", "pension_number"})
#: A name ends so many characters before what it goes with; in a signature, so many lines above it. What is nearer than
#: the context of a label is read wherever the identifier is.
_REACH, _LINES = 36, 3
#: Where a name can begin; to match the pattern of names at each character takes ten times as long.
_WORD = re.compile("[一-鿿㐀-䶿々]+|[ァ-ヶー]+|[ぁ-ゖ]+(?= )|[A-Z][A-Za-z'-]+(?=[ ,])")
_LONGEST = 40


def find_companions(
    text: str, kept: Iterable[Candidate], pattern: Pattern, *, is_column: bool = False
) -> list[Candidate]:
    """Find the names that go with what was found; `pattern` is that of names. In a column, each line is by itself."""
    found: dict[int, Candidate] = {}
    for each in kept:
        if each.pattern.category in _IDENTIFIERS and each.score >= Confidence.MEDIUM and not each.flags:
            for start, end, shape, verdict in _beside(text, each, pattern, is_column=is_column):
                evidence = [f"beside:{each.pattern.id}", *filter(None, [verdict.value])]
                is_sample = verdict is Verdict.SAMPLE or context.is_sample(text, start, end)
                flags = ["sample"] if is_sample else []
                one = Candidate(pattern, start, end, text[start:end], shape, verdict, evidence, flags)
                one.score = context.weigh(pattern.shape[shape], evidence)
                found.setdefault(start, one)
    return list(found.values())


def _beside(
    text: str, anchor: Candidate, pattern: Pattern, *, is_column: bool
) -> Iterator[tuple[int, int, str, Verdict]]:
    """Give the nearest name before a candidate, if it stands on its line, or alone on one above."""
    low = max(anchor.start - 2 * _REACH, 0)
    low = max(low, text.rfind("\n", low, anchor.start) + 1) if is_column else low
    if text[low : anchor.start].isascii():
        return
    for claim in [*_iter_listed(text, low, anchor.start, pattern)][-1:]:
        start, end, *_ = claim
        ends = len(LINE_END.findall(text, end, anchor.start))
        if anchor.start - end <= _REACH and (not ends or (ends <= _LINES and _is_alone(text, start, end))):
            yield claim


def _iter_listed(text: str, low: int, high: int, pattern: Pattern) -> Iterator[tuple[int, int, str, Verdict]]:
    """Yield the listed names between two places: span, spelling and verdict."""
    match_at, end = pattern.compiled().match, low
    for word in _WORD.finditer(text, low, high):
        start = word.start()
        if start < end or not may_begin(word[0], text[start : word.end() + 2]):
            continue
        match = match_at(text, start, min(start + _LONGEST, len(text)))
        if match and match.end() <= high and (verdict := person_name_listed(match[0])) is not Verdict.INVALID:
            end = match.end()
            yield start, end, next(name for name in pattern.shape if match[name] is not None), verdict


def _is_alone(text: str, start: int, end: int) -> bool:
    """Tell whether nothing else stands on a value's line, as far as a few characters show."""
    before, after = text[max(start - 4, 0) : start].rstrip(" "), text[end : end + 4].lstrip(" ")
    return before[-1:] in {"", "\n", "\r"} and after[:1] in {"", "\n", "\r"}
