"""What is searched for in the bytes of an encoding, and what its events mean: compiled once, and stored."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

#: The guard of a trigger reads so many bytes more than the match has.
GUARD = 1
#: Stands for every pattern: what vanishes in folding, or becomes something else, may stand within any value.
VANISHING = ""
#: Stands for the end of a line within an address, which vanishes, if what is around it tells so (addressbreaks).
LINE_END = "\n"


class Trigger(NamedTuple):
    """An expression over bytes. A match begins at most `ahead` characters before an event and ends `behind` after it.

    A `needy` one stands for spellings that are findings only with a label, an `inline` one for what ends with its line.
    Where the event is a label (`is_label`), the value may stand in the next line; right behind one of the characters
    `barred` (encoded) a label of `width` bytes is none. The expression takes at most `length`
    characters, or, where that is 0, as many as `ahead`.
    """

    pattern: str
    expression: str
    ahead: int
    behind: int
    needy: bool = False
    inline: bool = True
    is_label: bool = False
    length: int = 0
    barred: frozenset[bytes] = frozenset()
    width: int = 0


class Alike(NamedTuple):
    """For each digit the first of those that it is not told from, in texts in which the regex `rare` does not match."""

    classes: bytes
    rare: str


class Plan(msgspec.Struct, frozen=True):
    """Dumped automata of an encoding, each with the triggers that its numbers stand for.

    `needy` are the spellings of `numbers` that need a label. `waited` finds the labels that some patterns wait for
    (with `rest` in one automaton, both would be slow), and `values` beside them what could be a value of each pattern;
    a pattern that is not there is found by its labels alone. `labels` finds the words that a needy spelling waits for;
    `owners` tells for each whose they are, "" standing for every pattern. `widths` are the most characters that a
    match of each pattern can have.
    `classes` are the digits that a pattern which is no number's does not tell apart (template.digit_classes), `alike`
    those of some patterns in nearly all texts; `rest_once` tells of each expression of `rest` whether it matches.
    `open` names the patterns that no trigger could be derived for: they have to be searched for everywhere. At most
    `tail` characters of a number stand behind its run of digits.
    """

    encoding: str
    runs: bytes
    rest: bytes
    rest_triggers: tuple[Trigger, ...]
    numbers: bytes
    number_triggers: tuple[Trigger, ...]
    needy: bytes
    needy_triggers: tuple[Trigger, ...]
    waited: bytes
    waited_triggers: tuple[Trigger, ...]
    values: dict[str, bytes]
    value_triggers: dict[str, tuple[Trigger, ...]]
    labels: bytes
    owners: tuple[tuple[str, ...], ...]
    widths: dict[str, int]
    classes: dict[str, bytes]
    open: tuple[str, ...]
    tail: int = 0
    alike: dict[str, Alike] = {}
    rest_once: bytes = b""
