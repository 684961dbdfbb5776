"""What is searched for in the bytes of an encoding, and what its events mean: compiled once, and stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The guard of a trigger reads so many bytes more than the match has.
GUARD = 1
#: Bytes that one folded character comes from, at most; some kana are two characters of three bytes in UTF-8.
BYTES = {"utf-8": 6, "cp932": 2, "euc-jp": 4}
#: And of UTF-8 where no kana is in two pieces, nothing vanishes, and no character is beyond the BMP.
PLAIN = 3
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


class Part(msgspec.Struct, frozen=True):
    """A dumped automaton; `which` tells for each of its numbers which trigger it stands for, or whose word it finds.

    Thousands of expressions have a few dozen triggers, and those take longest to read.
    """

    dump: bytes = b""
    triggers: tuple[Trigger, ...] = ()
    owners: tuple[tuple[str, ...], ...] = ()
    which: tuple[int, ...] = ()

    @classmethod
    def of(cls, dump: bytes, triggers: Iterable[Trigger]) -> Part:
        """Put an automaton beside its triggers, which leave out the expressions: they are compiled."""
        known: dict[Trigger, int] = {}
        which = [known.setdefault(trigger._replace(expression=""), len(known)) for trigger in triggers]
        return cls(dump, triggers=tuple(known), which=tuple(which))

    @classmethod
    def of_words(cls, dump: bytes, owners: Iterable[tuple[str, ...]]) -> Part:
        """Put an automaton beside those whose the words are that it finds."""
        known: dict[tuple[str, ...], int] = {}
        which = [known.setdefault(each, len(known)) for each in owners]
        return cls(dump, owners=tuple(known), which=tuple(which))

    def each_trigger(self) -> tuple[Trigger, ...]:
        """Give the trigger of each number."""
        return tuple(map(self.triggers.__getitem__, self.which))


class Plan(msgspec.Struct, frozen=True):
    """Dumped automata of an encoding, each with the triggers that its numbers stand for.

    `needy` are the spellings of `numbers` that need a label. The part `labels` finds the words that a needy spelling
    waits for; it tells for each whose they are, "" standing for every pattern. `values` finds beside the labels that
    some patterns wait for what could be a value of each; a pattern that is not there is found by its labels alone.
    `first` finds at once what the parts `rest` and `waited` find, and `common` what `labels` finds, but for words with
    characters of rare widths (rarewidths); for `first`, these are events without a trigger, and a word reaches so many
    bytes (`reach`) around one. Not every encoding has them.
    `widths` are the most characters that a match of each pattern can have.
    `classes` are the digits that a pattern which is no number's does not tell apart (template.digit_classes), `alike`
    those of some patterns in nearly all texts.
    `open` names the patterns that no trigger could be derived for: they have to be searched for everywhere.
    `is_inline` tells whether all that is no number ends with its line. At most
    `tail` characters of a number stand behind its run of digits.
    """

    encoding: str
    runs: Part
    first: Part
    numbers: Part
    needy: Part
    values: dict[str, Part]
    common: Part
    widths: dict[str, int]
    classes: dict[str, bytes]
    open: tuple[str, ...]
    is_inline: bool = True
    tail: int = 0
    reach: int = 0
    alike: dict[str, Alike] = {}


#: Parts of a plan that are stored apart, as few texts need them: the patterns that are no numbers; in all widths,
#: the labels that some patterns wait for, and the words that needy spellings do; the first two, told once a pattern.
APART = ("rest", "waited", "labels", "once")
