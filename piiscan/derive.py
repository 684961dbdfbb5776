"""The automata of a set of patterns for one encoding: derived from their regexes and compiled, to be stored.

Automata search one after the other, the loosest and fastest first: `runs` finds digits in a row, `rest` the
patterns that are no numbers; `numbers` then reads only the surroundings of a run, `needy` only those of a label.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import TYPE_CHECKING

from piiscan import automaton, bytesets, numberbreaks, spans, text
from piiscan.addressbreaks import PLACE_ENDS
from piiscan.alike import alike
from piiscan.bytesets import NOTHING
from piiscan.choices import WIDEST, values_of, wide_triggers
from piiscan.digitrun import DIGITS, Run, run_of
from piiscan.labeltrigger import label_triggers, write_tail, write_word
from piiscan.labelwords import iter_words
from piiscan.plan import APART, BYTES, GUARD, LINE_END, VANISHING, Part, Plan, Trigger
from piiscan.rarewidths import rare_expressions
from piiscan.regextree import UnreadableError
from piiscan.spread import longest_form, tail
from piiscan.template import digit_classes
from piiscan.trigger import triggers_of, width_of, write_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from piiscan.pattern import Pattern

#: Automata compiled at once: one takes as long as all others. Each thread maps 64 MB more, and workers are bound.
_AT_ONCE = 2


def make_plan(patterns: Sequence[Pattern], encoding: str) -> tuple[Plan, dict[str, Part]]:
    """Derive and compile, with the parts that are stored apart; takes several seconds. Raises AutomatonError.

    Patterns are compiled one by one only where all together cannot be: then one of them is left open.
    """
    try:
        return _make(patterns, encoding, is_proven=True)
    except automaton.AutomatonError:
        return _make(patterns, encoding, is_proven=False)


class _Derived:
    """The triggers of some patterns in an encoding, sorted by how they are searched for."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self.rest: list[Trigger] = []
        self.numbers: list[Trigger] = []
        self.needy: list[Trigger] = []
        self.waited: list[Trigger] = []
        #: Those labels without the rare widths of their characters.
        self.common: list[Trigger] = []
        self.values: dict[str, list[Trigger]] = {}
        self.runs: list[Run] = []

    def enter(self, pattern: Pattern, *, is_proven: bool) -> None:
        """Derive those of a pattern. Raises UnreadableError or AutomatonError."""
        encoding, waits = self._encoding, pattern.trigger == "label"
        triggers = label_triggers(pattern, encoding) if waits else triggers_of(pattern, encoding)
        its_run = None if waits else run_of(pattern)
        if its_run and max((trigger.ahead for trigger in triggers), default=0) > WIDEST:
            triggers, its_run = wide_triggers(pattern, encoding)
        if not is_proven:
            automaton.build([trigger.expression for trigger in triggers])
        if waits:
            self.waited += triggers
            self.common += label_triggers(pattern, encoding, is_common=True)
            self.values[pattern.id] = _values(pattern, encoding)
        elif its_run:
            self.numbers += [trigger for trigger in triggers if not trigger.needy]
            self.needy += [trigger for trigger in triggers if trigger.needy]
            self.runs.append(its_run)
        else:
            self.rest += triggers

    def enter_folded(self) -> None:
        """Enter what folding rewrites, which may stand within any value."""
        encoding = self._encoding
        self.rest += (Trigger(VANISHING, expression, 0, 0) for expression in _rewritten(encoding))
        self.rest += (Trigger(LINE_END, expression, 0, 0) for expression in _at_line_ends(encoding))
        boxes, its_run = _boxes(encoding)
        self.numbers.append(boxes)
        self.runs.append(its_run)


def _make(patterns: Sequence[Pattern], encoding: str, *, is_proven: bool) -> tuple[Plan, dict[str, Part]]:
    derived = _Derived(encoding)
    unread: list[str] = []
    for pattern in patterns:
        try:
            derived.enter(pattern, is_proven=is_proven)
        except (UnreadableError, automaton.AutomatonError):
            unread.append(pattern.id)
    derived.enter_folded()
    words = tuple(iter_words({pattern.id: pattern.context.keywords for pattern in patterns}))
    labels = _labels(words, encoding)
    common = _labels(words, encoding, is_common=True)
    run = reduce(Run.join, derived.runs) if derived.runs else None
    waiting = {each.pattern for each in (*derived.rest, *derived.waited)}
    others = [pattern for pattern in patterns if pattern.id in waiting]
    told = {"waited": derived.waited, "rest": derived.rest, "numbers": derived.numbers, "needy": derived.needy}
    written = {name: _written(triggers) for name, triggers in told.items()}
    written |= {"labels": [*labels], "runs": [_write_run(run, encoding)] if run else []}
    if encoding == "utf-8":  # in the others, rare widths are of one byte, as are parts of all other characters
        told["first"] = [*derived.rest, *derived.common]
        written["first"] = [*_written(told["first"]), *rare_expressions()]
        written["common"] = [*common]
        # of columns of tables, where every cell may be an event
        told["once"] = [*derived.rest, *derived.waited]
        written["once"] = _written(told["once"])
    kinds = [trigger.pattern for trigger in told.get("once", ())]
    dumps, seen = _dump_all(written, kinds, {name: _written(told) for name, told in derived.values.items()})
    parts = {name: Part.of(dump, told.get(name, ())) for name, dump in dumps.items()}
    for name, words_of in (("labels", labels), ("common", common)):
        parts[name] = Part.of_words(dumps.get(name, b""), words_of.values())
    plan = Plan(
        encoding,
        parts["runs"],
        parts.get("first", Part()),
        parts["numbers"],
        parts["needy"],
        {name: Part.of(dump, derived.values[name]) for name, dump in seen.items()},
        parts["common"],
        {pattern.id: width_of(pattern) for pattern in patterns if pattern.id not in unread},
        {pattern.id: digit_classes(pattern.source) for pattern in others},
        tuple(unread),
        all(trigger.inline for trigger in (*derived.rest, *derived.waited)),
        run.behind if run else 0,
        _reach(patterns),
        {pattern.id: found for pattern in others if (found := alike(pattern.source))},
    )
    return plan, {name: parts.get(name, Part()) for name in APART}


def _reach(patterns: Sequence[Pattern]) -> int:
    """Give how many bytes of UTF-8 a label takes at most, with the guards at its ends."""
    words = (word for pattern in patterns for word in (*pattern.context.keywords, *pattern.context.marks))
    return max(map(longest_form, words), default=0) * BYTES["utf-8"] + 2 * GUARD


def _values(pattern: Pattern, encoding: str) -> list[Trigger]:
    """Write what a value looks like."""
    if pattern.canonical == "name" and not pattern.context.marks:
        return []  # what any words could be would be an event at each of their characters
    return [each for each in values_of(pattern, encoding) if NOTHING not in each.expression]


def _labels(
    words: Iterable[tuple[str, tuple[str, ...]]], encoding: str, *, is_common: bool = False
) -> dict[str, tuple[str, ...]]:
    """Write labels, and the ends of long ones that are spread, each with all whose it is.

    An encoding lacks some characters, and the words written with them.
    """
    owned: dict[str, set[str]] = {}
    ends: dict[str, set[str]] = {}
    for label, owners in words:
        for written in write_word(label, encoding, is_common=is_common):
            owned.setdefault(written, set()).update(owners)
        if end := tail(label):
            ends.setdefault(end, set()).update(owners)
    for end, all_owners in ends.items():
        for written in write_tail(end, encoding, is_common=is_common):
            owned.setdefault(written, set()).update(all_owners)
    return {written: tuple(sorted(owners)) for written, owners in owned.items()}


def _write_run(run: Run, encoding: str) -> str:
    digit, separator = write_set(DIGITS, encoding), write_set(run.separators, encoding)
    return f"{digit}(?:{separator}*{digit}){{{run.digits - 1}}}"


def _boxes(encoding: str) -> tuple[Trigger, Run]:
    """Give what finds digits in boxes, among the numbers: it is looked for where there are digits in a row."""
    between = ((0x20, 0x20), (0x2D, 0x2D))
    digit, hyphen, space = (write_set(each, encoding) for each in (DIGITS, between[1:], between[:1]))
    written = f"{digit}(?:{space}(?:{hyphen}{space})?{digit}){{{text.BOXES - 1}}}"
    return Trigger(VANISHING, written, text.BOXES * 4, 0), Run(text.BOXES, between)


def _at_line_ends(encoding: str) -> Iterator[str]:
    """Yield what finds line ends that may lie within a value: what is around them tells.

    An expression of all that makes it an address's would make the search for all else three times as slow.
    """

    def write(chars: str) -> str:
        return bytesets.expression(spans.of((ord(char), ord(char)) for char in chars), encoding)

    between, separator, digit = map(write, (numberbreaks.BETWEEN, numberbreaks.SEPARATORS, numberbreaks.DIGITS))
    labels = "|".join("".join(map(write, label)) for label in numberbreaks.LABELS)
    run = f"{digit}(?:{separator}?{digit}){{0,{numberbreaks.MOST}}}"
    yield f"(?:{labels}){between}{{0,{numberbreaks.GAP}}}{run}\\r?\\n"
    yield from (write(char) + end for char in PLACE_ENDS for end in ("\\n", "\\r\\n"))


def _rewritten(encoding: str) -> Iterator[str]:
    """Yield what folding makes something else of, which may be any character that a pattern knows."""
    if encoding == "utf-8":  # the other encodings have no such characters
        yield from bytesets.alternatives(text.VANISHING, encoding)
    yield from text.ESCAPES
    sets = (spans.of((ord(char), ord(char)) for char in chars) for chars in (text.KANJI_DIGITS, text.KANJI_JOINTS))
    digit, joint = (write_set(each, encoding) for each in sets)
    yield f"{digit}(?:{joint}?{digit}){{{text.KANJI_RUN - 1}}}"
    digit, hyphen = write_set(DIGITS, encoding), write_set(((0x2D, 0x2D),), encoding)
    space = write_set(((0x20, 0x20),), encoding)
    yield rf"{digit}{hyphen}\r?\n(?:\t|{space}){{0,8}}{digit}"


def _dump_all(
    written: Mapping[str, list[str]], kinds: Sequence[str], values: Mapping[str, list[str]]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Compile all at once, what takes longest first; who compiles lets go of the interpreter's lock."""
    ordered = sorted(written, key=lambda name: len(written[name]), reverse=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        kinds_of = (kinds if name == "once" else () for name in ordered)
        dumps = pool.map(_dump, map(written.__getitem__, ordered), kinds_of)
        seen = zip(values, pool.map(_dump_values, values.values()), strict=True)
        return dict(zip(ordered, dumps, strict=True)), {name: dump for name, dump in seen if dump}


def _dump(expressions: list[str], kinds: Sequence[str] = ()) -> bytes:
    return automaton.build(expressions, kinds).dump() if expressions else b""


def _dump_values(expressions: list[str]) -> bytes:
    """Compile what values look like; nothing where an automaton cannot tell them: then their label alone counts."""
    try:
        return _dump(expressions)
    except automaton.AutomatonError:
        return b""


def _written(triggers: Iterable[Trigger]) -> list[str]:
    return [trigger.expression for trigger in triggers]
