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
from piiscan.plan import LINE_END, VANISHING, Plan, Trigger
from piiscan.regextree import UnreadableError
from piiscan.spread import tail
from piiscan.template import digit_classes
from piiscan.trigger import triggers_of, width_of, write_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from piiscan.pattern import Pattern

#: Automata compiled at once: one takes as long as all others. Each thread maps 64 MB more, and workers are bound.
_AT_ONCE = 2


def make_plan(patterns: Sequence[Pattern], encoding: str) -> Plan:
    """Derive and compile; takes several seconds. Raises automaton.AutomatonError.

    Patterns are compiled one by one only where all together cannot be: then one of them is left open.
    """
    try:
        return _make(patterns, encoding, is_proven=True)
    except automaton.AutomatonError:
        return _make(patterns, encoding, is_proven=False)


def _make(patterns: Sequence[Pattern], encoding: str, *, is_proven: bool) -> Plan:
    rest: list[Trigger] = []
    numbers: list[Trigger] = []
    needy: list[Trigger] = []
    waited: list[Trigger] = []
    values: dict[str, list[Trigger]] = {}
    runs: list[Run] = []
    unread: list[str] = []
    for pattern in patterns:
        try:
            waits = pattern.trigger == "label"
            triggers = label_triggers(pattern, encoding) if waits else triggers_of(pattern, encoding)
            its_run = None if waits else run_of(pattern)
            if its_run and max((trigger.ahead for trigger in triggers), default=0) > WIDEST:
                triggers, its_run = wide_triggers(pattern, encoding)
            if not is_proven:
                automaton.build([trigger.expression for trigger in triggers])
        except (UnreadableError, automaton.AutomatonError):
            unread.append(pattern.id)
            continue
        if waits:
            waited += triggers
            values[pattern.id] = _values(pattern, encoding)
        elif its_run:
            numbers += [trigger for trigger in triggers if not trigger.needy]
            needy += [trigger for trigger in triggers if trigger.needy]
            runs.append(its_run)
        else:
            rest += triggers
    rest += (Trigger(VANISHING, expression, 0, 0) for expression in _rewritten(encoding))
    rest += (Trigger(LINE_END, expression, 0, 0) for expression in _at_line_ends(encoding))
    boxes, its_run = _boxes(encoding)
    numbers.append(boxes)
    runs.append(its_run)
    words = tuple(iter_words({pattern.id: pattern.context.keywords for pattern in patterns}))
    # an encoding lacks some characters, and the words written with them
    labels = {written: owners for label, owners in words for written in write_word(label, encoding)}
    labels |= _tails(words, encoding)
    run = reduce(Run.join, runs) if runs else None
    others = [pattern for pattern in patterns if pattern.id in {each.pattern for each in (*rest, *waited)}]
    written = [[*labels], *map(_written, (waited, rest, numbers, needy)), [_write_run(run, encoding)] if run else []]
    dumps, seen, once = _dump_all(
        written,
        {name: _written(told) for name, told in values.items()},
        _written(rest) if encoding == "utf-8" else [],  # of columns of tables, where every cell may be an event
    )
    labels_dump, waited_dump, rest_dump, numbers_dump, needy_dump, runs_dump = dumps
    return Plan(
        encoding,
        runs_dump,
        rest_dump,
        _told(rest),
        numbers_dump,
        _told(numbers),
        needy_dump,
        _told(needy),
        waited_dump,
        _told(waited),
        seen,
        {name: _told(values[name]) for name in seen},
        labels_dump,
        tuple(labels.values()),
        {pattern.id: width_of(pattern) for pattern in patterns if pattern.id not in unread},
        {pattern.id: digit_classes(pattern.source) for pattern in others},
        tuple(unread),
        run.behind if run else 0,
        {pattern.id: found for pattern in others if (found := alike(pattern.source))},
        once,
    )


def _values(pattern: Pattern, encoding: str) -> list[Trigger]:
    """Write what a value looks like."""
    if pattern.canonical == "name" and not pattern.context.marks:
        return []  # what any words could be would be an event at each of their characters
    return [each for each in values_of(pattern, encoding) if NOTHING not in each.expression]


def _tails(words: Iterable[tuple[str, tuple[str, ...]]], encoding: str) -> dict[str, tuple[str, ...]]:
    """Give the ends of long labels that are spread, and all whose they are."""
    owned: dict[str, set[str]] = {}
    for label, owners in words:
        if end := tail(label):
            owned.setdefault(end, set()).update(owners)
    return {written: tuple(sorted(owners)) for end, owners in owned.items() for written in write_tail(end, encoding)}


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
    written: Iterable[list[str]], values: Mapping[str, list[str]], once: list[str]
) -> tuple[list[bytes], dict[str, bytes], bytes]:
    """Compile all at once, what takes longest first; who compiles lets go of the interpreter's lock."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        dumps, dump_once = pool.map(_dump, written), pool.submit(_dump, once, is_once=True)
        seen = zip(values, pool.map(_dump_values, values.values()), strict=True)
        return [*dumps], {name: dump for name, dump in seen if dump}, dump_once.result()


def _dump(expressions: list[str], *, is_once: bool = False) -> bytes:
    return automaton.build(expressions, is_once=is_once).dump() if expressions else b""


def _dump_values(expressions: list[str]) -> bytes:
    """Compile what values look like; nothing where an automaton cannot tell them: then their label alone counts."""
    try:
        return _dump(expressions)
    except automaton.AutomatonError:
        return b""


def _written(triggers: Iterable[Trigger]) -> list[str]:
    return [trigger.expression for trigger in triggers]


def _told(triggers: list[Trigger]) -> tuple[Trigger, ...]:
    """Leave out the expressions: they are compiled."""
    return tuple(trigger._replace(expression="") for trigger in triggers)
