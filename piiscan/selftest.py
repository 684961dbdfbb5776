"""A pattern proves itself: by examples, guards and cost. The test suite and `patterns test` run the same."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import regex

from piiscan import labelled
from piiscan.candidate import find_candidates
from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.model import Confidence
from piiscan.regextree import width_of
from piiscan.text import fold
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.candidate import Candidate
    from piiscan.pattern import Pattern

_MIN_EXAMPLES, _MIN_REFERENCES = 2, 1
#: Shorthands that break beside kanji or match full-width digits by accident, and repetition without an end.
_SHORTHAND = regex.compile(r"(?<!\\)(?:\\\\)*\\[bBdDwWsS]")
_CLASS = regex.compile(r"\[(?:\\.|\[[^\]]*\]|[^\]\\])*\]|\\.")
_UNBOUNDED = regex.compile(r"[*]|(?<![}?*+])\+|\{[0-9]*,\}")
#: Doubling a hostile text may multiply the time by this much; texts below the floor (seconds) are all noise, and some
#: machines change their speed by half while one text is read: only what grows in every try grows.
MAX_GROWTH, _FLOOR, _SIZE, _TRIES = 2.6, 0.004, 4_000, 10
#: Of a time a·n + b·n², what grows by no more than this at a quarter of the floor's size passes at that size.
_SURE_GROWTH, _QUARTER = 2.19, 4
_HOSTILE = (
    " ", "0", "1", "9", "-", ".", "ー", "0-", "0 ", "1-2-", "(0", "０", "a", "a.", "a@", "a@a.", "@", "+81", "市",
    "東京都", "一", "中市一", "市1-", "090-1234-5678 ", "4000-", "〒", "電話", "個人番号",
)  # fmt: skip


def quiet_detector(config: ScanConfig | None = None, *others: str) -> Detector:
    """Give a detector that shows everything: low confidences and samples too.

    It has all patterns that need nothing optional, and `others`.
    """
    key = secrets.token_bytes(32)
    files = config.pattern_files if config else ()
    return Detector(ScanConfig(key, key, ("all", *others), files, min_confidence=Confidence.LOW, show_samples=True))


def faults_of(pattern: Pattern, detector: Detector) -> list[str]:
    """Run every proof on a pattern that `detector` has loaded; give one line for each that fails."""
    return [*iter_faults(pattern, detector)]


def iter_faults(pattern: Pattern, detector: Detector) -> Iterator[str]:
    """Yield these lines as they come: the last proof, of what a pattern costs, takes longest."""
    for check in (_form, _lint, _examples, _counter_examples, _guards, _check_digit, _cost):
        yield from check(pattern, detector)


def _form(pattern: Pattern, _: Detector) -> Iterator[str]:
    for name, minimum in (
        ("examples", _MIN_EXAMPLES),
        ("counter_examples", _MIN_EXAMPLES),
        ("references", _MIN_REFERENCES),
    ):
        if len(getattr(pattern, name)) < minimum:
            yield f"{name}: at least {minimum} wanted"


def _lint(pattern: Pattern, _: Detector) -> Iterator[str]:
    if found := _SHORTHAND.search(pattern.regex):
        yield f"regex: {found[0]} breaks beside kanji or matches full-width digits; name the characters"
    bare = _CLASS.sub("x", pattern.regex)
    if found := _UNBOUNDED.search(bare):
        yield f"regex: {found[0]!r} repeats without an end; give a bound"
    if pattern.compiled().search("") is not None:
        yield "regex: matches the empty string"
    if pattern.trigger == "label" and width_of(pattern.source) > labelled.LONGEST:
        yield f"regex: a value that is found by its label has {labelled.LONGEST} characters at most"


def _found(detector: Detector, text: str) -> list[tuple[Candidate, tuple[int, int]]]:
    folded = fold(text)
    return [(each, folded.original(each.start, each.end)) for each in detector.find(folded.text)]


def _examples(pattern: Pattern, detector: Detector) -> Iterator[str]:
    for number, (text, span) in enumerate(pattern.marked(), 1):
        spans = {found: each.score for each, found in _found(detector, text) if each.pattern.id == pattern.id}
        if set(spans) != {span}:
            yield f"example {number}: the marked value is at {span}, found at {sorted(spans) or 'no place'}"
        elif spans[span] < Confidence.MEDIUM:
            yield f"example {number}: found with confidence below medium"


def _counter_examples(pattern: Pattern, detector: Detector) -> Iterator[str]:
    for number, text in enumerate(pattern.counter_examples, 1):
        for each, _ in _found(detector, text):
            if each.pattern.id == pattern.id and each.score >= Confidence.MEDIUM:
                yield f"counter-example {number}: found with score {each.score}"


def _guards(pattern: Pattern, detector: Detector) -> Iterator[str]:
    """Glue a digit to either end: that makes another number of it."""
    for number, (text, (start, end)) in enumerate(pattern.marked(), 1):
        value = fold(text[start:end]).text
        if value[0].isdigit() and _still_claims(pattern, detector, text[:start] + "7" + text[start:], start + 1):
            yield f"example {number}: still found with a digit glued before it"
        if value[-1].isdigit() and _still_ends(pattern, detector, text[:end] + "7" + text[end:], end):
            yield f"example {number}: still found with a digit glued behind it"


def _still_claims(pattern: Pattern, detector: Detector, text: str, start: int) -> bool:
    return any(each.pattern.id == pattern.id and span[0] == start for each, span in _found(detector, text))


def _still_ends(pattern: Pattern, detector: Detector, text: str, end: int) -> bool:
    return any(each.pattern.id == pattern.id and span[1] == end for each, span in _found(detector, text))


def _check_digit(pattern: Pattern, detector: Detector) -> Iterator[str]:
    """Where examples pass a check digit, some change of one digit must lose it, or the validator always says yes."""
    for number, (text, (start, end)) in enumerate(pattern.marked(), 1):
        if not _passes(pattern, detector, text, start):
            continue
        changed = (
            text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :] for at in range(start, end) if text[at].isdigit()
        )
        if all(_passes(pattern, detector, other, start) for other in changed):
            yield f"example {number}: no change of a digit loses the check digit"


def _passes(pattern: Pattern, detector: Detector, text: str, start: int) -> bool:
    return any(
        each.pattern.id == pattern.id and span[0] == start and each.verdict in {Verdict.CHECKED, Verdict.PUBLIC}
        for each, span in _found(detector, text)
    )


def _cost(pattern: Pattern, _: Detector) -> Iterator[str]:
    for unit in _HOSTILE:
        short = fold(unit * (_SIZE // len(unit))).text
        growth = _growth(pattern, short)
        if growth > MAX_GROWTH:
            yield f"cost: {unit!r} repeated: twice the text takes {growth:.1f} times as long"


def _growth(pattern: Pattern, text: str) -> float:
    """Give time(2n) / time(n) for a text enlarged until it takes long enough to measure; the least of a few tries."""
    once = _time(pattern, text)
    while once < _FLOOR and len(text) < 100 * _SIZE:
        doubled = text + text
        twice = _time(pattern, doubled)
        # measured again, as a time that was held up would hide growth
        if once >= _FLOOR / _QUARTER and twice <= _SURE_GROWTH * min(once, _time(pattern, text)):
            return twice / once
        text, once = doubled, twice
    if once < _FLOOR:
        return 1.0
    best = once and _time(pattern, text + text) / once
    for _ in range(_TRIES):
        if best <= MAX_GROWTH:
            break
        best = min(best, _time(pattern, text + text) / _time(pattern, text))
    return best


def _time(pattern: Pattern, text: str) -> float:
    start = time.process_time()
    for _ in find_candidates(text, [pattern]):
        pass
    return time.process_time() - start
