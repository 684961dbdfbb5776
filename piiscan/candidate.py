"""Candidates: what a pattern's regex matched, with the evidence for and against it. Raw, and private to detection."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from piiscan import context, surroundings
from piiscan.dictionaries import dictionary
from piiscan.negative import CODE_REACH, NEARBY, has_unit, is_of_organisation, iter_signs
from piiscan.postalhomes import DIFFERS, compare
from piiscan.shares import NOT_PASSED
from piiscan.validators import validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from piiscan.context import Labels
    from piiscan.pattern import Pattern

    Spans = Sequence[tuple[int, int]]

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
    text: str,
    patterns: Iterable[Pattern],
    regions: Mapping[str, Spans] | None = None,
    *,
    keeps_refused: bool = False,
) -> Iterator[Candidate]:
    """Match every pattern against folded text and ask its validator or dictionary.

    `regions` are the spans in which matches of each pattern can lie, where that is known. With `keeps_refused`, values
    that are refused are candidates as well, with the verdict INVALID.
    """
    for pattern in patterns:
        if regions is not None and pattern.id not in regions:
            continue
        spans = None if regions is None else regions[pattern.id]
        for start, end, shape, verdict in iter_claims(text, pattern, spans, keeps_refused=keeps_refused):
            yield Candidate(pattern, start, end, text[start:end], shape, verdict)


def iter_claims(
    text: str,
    pattern: Pattern,
    spans: Spans | None = None,
    *,
    keeps_refused: bool = False,
    judge: Callable[[str], Verdict] | None = None,
) -> Iterator[tuple[int, int, str, Verdict]]:
    """Yield the span, the spelling and the verdict of what a pattern matches, in order; refused values left out.

    `judge` takes the place of the pattern's validator.
    """
    spans = ((0, len(text)),) if spans is None else spans
    if not spans:
        return
    compiled = pattern.compiled()
    search, judge = compiled.search, judge or (validator(pattern.validator) if pattern.validator else None)
    look_up = dictionary(pattern.dictionary) if pattern.dictionary else None
    groups = compiled.groupindex  # a match is asked by number, which takes a fifth of the time
    group = groups.get("value", 0)
    shapes = [(name, groups[name]) for name in pattern.shape if name != "any"]
    position = 0
    for first, last in spans:
        position = max(position, first)
        limit = min(last + _AHEAD, len(text))
        while (match := search(text, position, limit)) and (begin := match.start()) <= last:
            start, end = match.span(group)
            position, verdict = begin + 1, Verdict.VALID
            if look_up:
                start, end, verdict = look_up(text, start, end) or (start, end, Verdict.INVALID)
            if judge and verdict is not Verdict.INVALID:
                verdict = judge(text[start:end])
            if verdict is not Verdict.INVALID:
                position = max(end, position)
            elif not keeps_refused:
                continue
            for name, number in shapes:
                if match.start(number) >= 0:
                    yield start, end, name, verdict
                    break
            else:
                yield start, end, "any", verdict


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
    else:
        evidence += _against(text, candidate, labels, hint)
    if pattern.kind == "record":
        evidence.append("record")
    if "units" in pattern.context.negative and candidate.value.isdigit() and has_unit(text, candidate.end):
        evidence.append("negative:unit")
    if candidate.verdict.value and candidate.verdict is not Verdict.DOUBTFUL:
        evidence.append(candidate.verdict.value)
    share = shares.get(pattern.id)
    if share and candidate.verdict not in NOT_PASSED:
        evidence.append(f"column:valid {share:.0%}")
    elif share is not None and not candidate.labelled:
        evidence.append("negative:column")
    candidate.flags += _flags(text, candidate)


def _flags(text: str, candidate: Candidate) -> Iterator[str]:
    """Say why a value may be no personal data at all."""
    if candidate.verdict is Verdict.SAMPLE or context.is_sample(text, candidate.start, candidate.end):
        yield "sample"
    if candidate.verdict is Verdict.PUBLIC:
        yield "public"
    elif candidate.verdict is Verdict.ROLE:
        yield from ("business", "role")
    elif (
        candidate.verdict is Verdict.BUSINESS
        or context.is_representative(text, candidate.end)
        or (candidate.pattern.category == "address" and _is_of_organisation(text, candidate))
    ):
        yield "business"


def _is_of_organisation(text: str, candidate: Candidate) -> bool:
    """Tell whether an address is that of an organisation; a label in front of it says that it is somebody's."""
    if any(word.startswith("keyword:") for word in candidate.evidence):
        return False
    return is_of_organisation(surroundings.line_before(text, candidate.start, candidate.pattern.context.window))


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
    if (
        not other
        and surroundings.begins_line(before)
        and (above := surroundings.label_line_above(text, candidate.start, window))
    ):
        word = labels.above(above, {pattern.id})
    return f"keyword:{word}" if word else ""


def _against(text: str, candidate: Candidate, labels: Labels, hint: str) -> Iterator[str]:
    """Name what says that an unlabelled value is something else: another label, a code that it is a part of."""
    sets, window = set(candidate.pattern.context.negative), candidate.pattern.context.window
    before = surroundings.line_before(text, candidate.start, window)
    if word := labels.before(before, sets)[0] or labels.within(hint, sets):
        yield f"negative:{word}"
    if NEARBY & sets:
        after = surroundings.line_after(text, candidate.end)
        above = "" if before.strip() else surroundings.label_line_above(text, candidate.start, window)
        before = surroundings.line_before(text, candidate.start, max(window, CODE_REACH))
        yield from iter_signs(sets, candidate.value, before, (before[-window:], after, above))


def support(candidates: Sequence[Candidate], reach: int = context.BESIDE) -> None:
    """Let candidates that go together (a postal code right before an address) support each other."""
    supporters = {name for each in candidates for name in each.pattern.context.beside}
    wanted = (each for each in candidates if each.pattern.context.beside or each.pattern.id in supporters)
    ordered = sorted(wanted, key=lambda each: each.start)
    for at, left in enumerate(ordered, 1):
        for right in islice(ordered, at, None):
            if right.start - left.end > reach:
                break
            for one, other in ((left, right), (right, left)) if right.start >= left.end else ():
                word = f"beside:{other.pattern.id}"
                if (
                    other.pattern.id in one.pattern.context.beside
                    and other.verdict.accepted
                    and word not in one.evidence
                ):
                    one.evidence += filter(None, (word, _compared(one, other)))


def _compared(one: Candidate, other: Candidate) -> str:
    """Tell whether an address and the postal code beside it belong together."""
    is_pair = one.pattern.category == "address" and other.pattern.category == "postal_code"
    return compare(other.value, one.value) if is_pair else ""


def settle(candidate: Candidate) -> None:
    """Add the evidence up; shapes and doubtful values that need a label get nothing without one, not even as samples.

    A number of nine digits that nothing calls a Social Security Number is no example of one either.
    """
    pattern = candidate.pattern
    is_doubtful = candidate.verdict is Verdict.DOUBTFUL
    needy = is_doubtful or candidate.shape in pattern.context.required
    signs = ("column:",) if is_doubtful and DIFFERS in candidate.evidence else ("column:", "beside:")
    supported = candidate.labelled or any(word.startswith(signs) for word in candidate.evidence)
    strength = pattern.shape.get(candidate.shape, "none")
    is_bare = needy and not supported
    candidate.score = 0 if is_bare else context.weigh(strength, candidate.evidence)
    if is_bare:
        candidate.flags = [flag for flag in candidate.flags if flag != "sample"]
