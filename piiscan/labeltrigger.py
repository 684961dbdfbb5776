"""Labels as expressions over bytes, and the triggers of patterns that wait for them: the label foretells the value."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan import bytesets, labelled, spans
from piiscan.labelwords import iter_words
from piiscan.plan import Trigger
from piiscan.rarewidths import common, write_common
from piiscan.regextree import UnreadableError, parse, stays_in_line
from piiscan.spread import LONGEST_SPREAD, SPREAD_GAP, longest_form, may_be_spaced, tail
from piiscan.trigger import write_set

if TYPE_CHECKING:
    from piiscan.pattern import Pattern
    from piiscan.spans import Spans

#: What may stand where a label has a space.
_SPACED: Spans = ((0x20, 0x20), (0x2D, 0x2D), (0x5F, 0x5F))
_SPACE: Spans = ((0x20, 0x20),)
_CASED = 0x10000
_LETTERS: Spans = ((0x41, 0x5A), (0x61, 0x7A))


def label_triggers(pattern: Pattern, encoding: str, *, is_common: bool = False) -> list[Trigger]:
    """Write a pattern's labels, for one that waits for them; none for those that the encoding cannot write.

    With `is_common`, only as texts mostly write them, without rare widths. Raises UnreadableError.
    """
    tree = parse(pattern.source)
    most = int(tree.getwidth()[1])
    if most > labelled.LONGEST:
        raise UnreadableError(pattern.id)
    behind = labelled.reach_behind(pattern.context.window) + most
    inline = stays_in_line(tree)
    found = []
    words = [word for word, _ in iter_words({"": (*pattern.context.keywords, *pattern.context.marks)}, ())]
    ahead = max(map(longest_form, words), default=0) + labelled.reach_ahead(most)
    plain = [word for word in words if not pattern.context.unmarked or word not in pattern.context.marks]
    for word in words:
        if any(_foretells(other, word) for other in plain):
            continue
        ends = (bytesets.not_after(_LETTERS, encoding), bytesets.not_before(_LETTERS))
        before, after = (end if _is_letter(char) else "" for end, char in zip(ends, (word[0], word[-1]), strict=True))
        later = max((longest_form(each) - len(word) for each in words if _foretells(word, each)), default=0)
        barred, width = _barred(pattern, word, encoding), len(word.encode(encoding, "ignore"))
        for form, written in enumerate(write_word(word, encoding, is_common=is_common)):
            trigger = Trigger(pattern.id, before + written + after, ahead, behind + later, inline=inline, is_label=True)
            # what a spread label may stand behind is left to those who read it
            found.append(trigger._replace(barred=barred, width=width) if barred and form == 0 else trigger)
    ahead = max(ahead, LONGEST_SPREAD + labelled.reach_ahead(most))
    tails = sorted({*filter(None, map(tail, words))})
    forms = (form for end in tails for form in write_tail(end, encoding, is_common=is_common))
    return found + [Trigger(pattern.id, form, ahead, behind, inline=inline, is_label=True) for form in forms]


def _foretells(label: str, word: str) -> bool:
    """Tell whether a shorter label stands in a word wherever the word does, so that it need not be looked for."""
    return label != word and label in word and not any(map(_is_letter, (label[0], label[-1])))


def _barred(pattern: Pattern, word: str, encoding: str) -> frozenset[bytes]:
    """Give the characters behind which a label is none, encoded."""
    unmarked = pattern.context.unmarked if word in pattern.context.marks else ""
    return frozenset(char.encode(encoding, "ignore") for char in unmarked) - {b""}


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def write_word(word: str, encoding: str, *, is_common: bool = False) -> list[str]:
    """Write a label (lower case) in either case, its spaces as labels may write them; none if it cannot be written.

    One that may be spread over its box is several expressions, the plain one first. The others have their first gap in
    a place of their own: with it they begin with bytes that are rare, and automata are fast only with such.
    """
    write = write_common if is_common else write_set
    spaced = f"{write(_SPACED, encoding)}?"
    chars = [spaced if char == " " else write(_either_case(char), encoding) for char in word]
    if bytesets.NOTHING in "".join(chars):
        return []
    written = ["".join(chars)]
    if may_be_spaced(word):
        first_spaces, gap = _gap(encoding, is_common=is_common)
        for at in range(1, len(chars)):
            head, tail = "".join(chars[:at]), gap.join(chars[at:])
            written += [f"{head}{space}{gap}{tail}" for space in first_spaces]
    return written


def write_tail(end: str, encoding: str, *, is_common: bool = False) -> list[str]:
    """Write the end of a long label that is spread, as `write_word` does those of short ones."""
    write = write_common if is_common else write_set
    chars = [write(_either_case(char), encoding) for char in end]
    if bytesets.NOTHING in "".join(chars):
        return []
    first_spaces, gap = _gap(encoding, is_common=is_common)
    rest = gap.join(chars[1:])
    return [f"{chars[0]}{space}{gap}{rest}" for space in first_spaces]


@lru_cache(maxsize=4)
def _gap(encoding: str, *, is_common: bool) -> tuple[list[str], str]:
    """Write a space within a label, and more of them loosely: bytes that spaces have, no more than those would take."""
    originals = common(_SPACE) if is_common else spans.unfold(_SPACE)[0]
    written = [chr(code).encode(encoding, "ignore") for first, last in originals for code in range(first, last + 1)]
    codes = sorted({byte for each in written for byte in each})
    members = "".join(f"\\x{byte:02x}" for byte in codes)
    more = f"[{members}]{{0,{SPREAD_GAP * max(map(len, written))}}}"
    return bytesets.alternatives(originals, encoding), more


def _either_case(char: str) -> Spans:
    return spans.of((code, code) for code in (_lower_cases().get(char, ()) or (ord(char),)))


@lru_cache(maxsize=1)
def _lower_cases() -> dict[str, list[int]]:
    """List the characters that each one is the lower case of, itself included."""
    cases: dict[str, list[int]] = {}
    for code in range(_CASED):
        cases.setdefault(chr(code).lower(), []).append(code)
    return cases
