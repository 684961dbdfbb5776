"""Candidates: what a pattern's regex matched, with the evidence for and against it. Raw, and private to detection."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from piiscan import context, surroundings
from piiscan.dictionaries import dictionary
from piiscan.model import Confidence
from piiscan.validators import validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regex import Match

    from piiscan.context import Labels
    from piiscan.pattern import Pattern

#: Look-ahead sees so many characters behind a region.
_AHEAD = 64
NO_SHARES: Mapping[str, float] = MappingProxyType({})


@dataclass(slots=True)
class Candidate:
    """A span of folded text that a pattern claims. `shape` is the spelling's name, `score` the sum of the evidence."""

    pattern: Pattern
    start: int
    end: int
    value: str = field(repr=False)
    shape: str
    verdict: Verdict
    evidence: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    labelled: bool = False
    score: int = 0


def find_candidates(
    text: str, patterns: Iterable[Pattern], regions: Mapping[str, Sequence[tuple[int, int]]] | None = None
) -> Iterator[Candidate]:
    """Match every pattern against folded text and ask its validator or dictionary.

    `regions` are the spans in which matches of each pattern can lie, where that is known.
    """
    everywhere = ((0, len(text)),)
    for pattern in patterns:
        compiled = pattern.compiled()
        position = 0
        for first, last in everywhere if regions is None else regions.get(pattern.id, ()):
            position = max(position, first)
            end = min(last + _AHEAD, len(text))
            while (match := compiled.search(text, position, end)) and match.start() <= last:
                candidate = _candidate(pattern, match, text)
                position = max(candidate.end if candidate else match.start() + 1, match.start() + 1)
                if candidate:
                    yield candidate


def _candidate(pattern: Pattern, match: Match[str], text: str) -> Candidate | None:
    start, end = match.span("value") if "value" in match.re.groupindex else match.span()
    verdict = Verdict.VALID
    if pattern.dictionary:
        found = dictionary(pattern.dictionary)(text, start, end)
        if found is None:
            return None
        start, verdict = found
    value = text[start:end]
    if pattern.validator:
        verdict = validator(pattern.validator)(value)
    if verdict is Verdict.INVALID:
        return None
    for shape in pattern.shape:
        if shape != "any" and match[shape] is not None:
            return Candidate(pattern, start, end, value, shape, verdict)
    return Candidate(pattern, start, end, value, "any", verdict)


def hear(
    text: str, candidates: Iterable[Candidate], labels: Labels, hint: str = "", shares: Mapping[str, float] = NO_SHARES
) -> list[Candidate]:
    """Gather the evidence for all; leave out those without a label where labels are what is looked for."""
    heard = []
    for each in candidates:
        gather(text, each, labels, hint, shares)
        if each.labelled or each.pattern.trigger != "label":
            heard.append(each)
    return heard


def gather(text: str, candidate: Candidate, labels: Labels, hint: str, shares: Mapping[str, float]) -> None:
    """Collect the evidence for one candidate from the value, its surroundings, its hint and its column."""
    evidence, pattern = candidate.evidence, candidate.pattern
    if label := _label(text, candidate, labels, hint):
        candidate.labelled = True
        evidence.append(label)
    elif negative := _other_label(text, candidate, labels, hint):
        evidence.append(negative)
    if "units" in pattern.context.negative and candidate.value.isdigit() and context.has_unit(text, candidate.end):
        evidence.append("negative:unit")
    if candidate.verdict.value and candidate.verdict is not Verdict.DOUBTFUL:
        evidence.append(candidate.verdict.value)
    share = shares.get(pattern.id)
    if share and candidate.verdict is not Verdict.FAILED:
        evidence.append(f"column:valid {share:.0%}")
    elif share is not None and not candidate.labelled:
        evidence.append("negative:column")
    if candidate.verdict is Verdict.SAMPLE or context.is_sample(text, candidate.start, candidate.end):
        candidate.flags.append("sample")
    if candidate.verdict is Verdict.ROLE:
        candidate.flags += ["business", "role"]
    elif candidate.verdict is Verdict.BUSINESS or context.is_representative(text, candidate.end):
        candidate.flags.append("business")


def _label(text: str, candidate: Candidate, labels: Labels, hint: str) -> str:
    """Name the label that speaks for the candidate: before it, behind it, in its header, or on the line above."""
    pattern, window = candidate.pattern, candidate.pattern.context.window
    if mark := next((mark for mark in pattern.context.marks if mark in candidate.value), ""):
        return f"keyword:{mark}"
    before = surroundings.line_before(text, candidate.start, window)
    word, other = labels.before(surroundings.behind_numbers(before) if pattern.trigger else before, {pattern.id})
    if word:
        return f"keyword:{word}"
    if not other and (word := labels.after(surroundings.line_after(text, candidate.end), pattern.id)):
        return f"keyword:{word}"
    if not other and (word := labels.within(hint, {pattern.id})):
        return f"header:{word}"
    if not other and not before.strip() and (above := surroundings.label_line_above(text, candidate.start, window)):
        word, _ = labels.before(above, {pattern.id})
    return f"keyword:{word}" if word else ""


def _other_label(text: str, candidate: Candidate, labels: Labels, hint: str) -> str:
    """Name a label which says that the value is something else, such as the number of a parcel."""
    sets = set(candidate.pattern.context.negative)
    before = surroundings.line_before(text, candidate.start, candidate.pattern.context.window)
    word = labels.before(before, sets)[0] or labels.within(hint, sets)
    return f"negative:{word}" if word else ""


def support(candidates: Sequence[Candidate], reach: int = context.BESIDE) -> None:
    """Let candidates that go together (a postal code right before an address) support each other."""
    ordered = sorted(candidates, key=lambda each: each.start)
    for left, right in pairwise(ordered):
        if 0 <= right.start - left.end <= reach:
            for one, other in ((left, right), (right, left)):
                if other.pattern.id in one.pattern.context.beside and other.verdict.accepted:
                    one.evidence.append(f"beside:{other.pattern.id}")


def settle(candidate: Candidate) -> None:
    """Add the evidence up; shapes and doubtful values that need a label get nothing without one."""
    pattern = candidate.pattern
    needy = candidate.shape in pattern.context.required or candidate.verdict is Verdict.DOUBTFUL
    supported = candidate.labelled or any(word.startswith(("column:", "beside:")) for word in candidate.evidence)
    strength = pattern.shape.get(candidate.shape, "none")
    candidate.score = 0 if needy and not supported else context.weigh(strength, candidate.evidence)


def is_claim(candidate: Candidate) -> bool:
    """Tell whether a candidate takes part when characters are claimed."""
    return candidate.score >= Confidence.LOW or "sample" in candidate.flags


def precedence(candidate: Candidate) -> tuple[bool, int, int, int, int]:
    """Give what claims are ordered by, the strongest first: a label, the pattern's rank, then score and length."""
    length = candidate.end - candidate.start
    return (not candidate.labelled, -candidate.pattern.rank, -candidate.score, -length, candidate.start)


def resolve_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep one claim on each character: a label outranks all, then the pattern's rank, then score and length.

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
