"""Evidence: labels, headers, neighbours and negative words around a value, and the one table of what each weighs.

The weights reproduce the confidences of the specification (its figures times 100) as sums: a labelled number with the
right check digit is 25 + 10 + 60, the same without a label 35.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING

from piiscan.headers import Headers, as_words, squeezed, without_marks
from piiscan.labelwords import SAMPLES, iter_folded
from piiscan.negative import NEGATIVE
from piiscan.spread import closed, may_be_spaced, spread, tail
from piiscan.surroundings import is_only_label, line_after, line_before
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

#: How much a spelling says by itself. Shape alone never exceeds medium.
SHAPES = {
    "none": 0,
    "faint": 10,
    "weak": 25,
    "modest": 35,
    "fair": 45,
    "plain": 50,
    "good": 60,
    "strong": 75,
    "distinct": 80,
}
#: What each kind of evidence adds to the shape.
WEIGHTS = {
    "keyword": 60,  # a label on the line, before or after the value, or alone on the line above
    "header": 60,  # a column's header, a key, a form's label
    "beside": 45,  # another finding that goes with it, such as a postal code before an address
    "agrees": 10,  # the postal code beside an address is that of its municipality
    "differs": -45,  # it is another's, and does not support the address
    "record": 15,  # many fields in a row, each as the format wants it
    "column": 60,  # the column's values pass the check digit
    "negative": -60,  # a label of other things (伝票番号), a unit behind the number (円)
    Verdict.CHECKED.value: 10,
    Verdict.PUBLIC.value: 10,
    Verdict.FAILED.value: -40,
    Verdict.CONFIRMED.value: 10,
    Verdict.LISTED.value: 15,
    Verdict.NOT_IN_USE.value: -60,
    Verdict.WRONG_SPLIT.value: -25,
    Verdict.UNCONFIRMED.value: -20,
}
#: What a score cannot exceed while the evidence holds.
CAPS = {Verdict.FAILED.value: 45, Verdict.UNLISTED.value: 15, Verdict.NOT_IN_USE.value: 60, Verdict.ROLE.value: 30}
SHAPE_CAP = CAPS["ocr"] = 84  # what is read off a picture may have another character, and is never high

_REPRESENTATIVE = re.compile(r"[ ]?\((?:代|代表|大代表)\)")
_SAMPLE_REACH = 20
#: The most characters behind a value that say something about it, and one more that ends a number.
REACH_AFTER = _SAMPLE_REACH + 2
#: How near two findings that go together must stand, in characters.
BESIDE = 10
#: Between two labels of one cluster ("住所・電話番号：") stand no more characters than this.
_CLUSTER_GAP = 3
#: What a label on a line of its own does not have behind it; brackets and marks are no value (`性別（必須）`).
_VALUE_BESIDE = re.compile(r"(?:[ ]*[:=]|(?<=[:=]))[ ]*[^ :=(\[【※*]|[ ]+[^ :=(\[【※*・]")
_VALUE_FOLLOWS = re.compile(r"[ ]?(?:[:=][ ]?[^ :=]|は?[ ]?[0-9+(@])")


def weigh(shape: str, evidence: Iterable[str]) -> int:
    """Add up a shape's strength and its evidence to a score of 0 to 100. Evidence reads `kind` or `kind:detail`.

    >>> weigh("weak", ["keyword:個人番号", "check_digit"]), weigh("strong", [])
    (95, 75)
    >>> weigh("fair", ["keyword:個人番号", "check_failed"])
    45
    """
    kinds = [word.partition(":")[0] for word in evidence]
    score = SHAPES[shape] + sum(WEIGHTS.get(kind, 0) for kind in kinds)
    cap = min([CAPS.get(kind, 100) for kind in kinds] or [SHAPE_CAP])
    return max(0, min(score, cap))


class Labels:
    """All labels of all patterns in one expression; tells which pattern the nearest label speaks for.

    Nearest wins, so a label of another kind of number between a label and a value takes the value away.
    """

    def __init__(
        self, keywords: Mapping[str, Iterable[str]], headers: Mapping[str, Iterable[str]] = MappingProxyType({})
    ) -> None:
        """Take each pattern's labels by its id, and those that count as a whole header only.

        `NEGATIVE` sets are mixed in under their own names.
        """
        self._whole = Headers(headers)
        self._owners: dict[str, set[str]] = {}
        self._words: dict[str, str] = {}
        spelled: set[str] = set()
        for owner, word, folded in iter_folded((*keywords.items(), *NEGATIVE.items())):
            spelled.add(folded)
            self._owners.setdefault(self._words.setdefault(squeezed(folded), word), set()).add(owner)
        self._long = frozenset(filter(tail, spelled))
        # every spelling is looked for, also where two of them are one label (e-mail, email)
        words = sorted(spelled, key=lambda word: (-len(word), word))
        starts: dict[str, list[str]] = {}
        for word in words:
            spaced = word[1:2] == " "  # labels may write a space in other ways
            seconds = (" ", "_", "-", word[2]) if spaced else (word[1:2], " ") if may_be_spaced(word) else (word[1:2],)
            for start in {word[0] + char for char in seconds}:
                starts.setdefault(start, []).append(word)
        for start, others in starts.items():
            if len(start) == 1:  # what begins with it may be a longer label
                others[:0] = [word for word in words if len(word) > 1 and word[0] == start]
        # Looking up two characters at each place saves trying three hundred labels there. To compile what all of them
        # begin takes longer than a few small files.
        self._starts, self._compiled = starts, dict[str, re.Pattern[str]]()
        self._single = {start for start in starts if len(start) == 1}
        # a column's header is asked for with each of its values, a tag of a page with each of its paragraphs
        self._hinted = lru_cache(maxsize=4096)(self._words_in)
        #: Names all for whom a column's header or a key speaks.
        self.owners_in = lru_cache(maxsize=4096)(self._owners_in)

    def _in(self, text: str) -> list[tuple[int, int, str]]:
        """List the labels of a text: start, end, and the word as our dictionary has it."""
        text = text.lower()
        starts, compiled = self._starts, self._compiled
        pairs = [*map(add, text, text[1:])]
        known = map(starts.__contains__, pairs)
        if not self._single.isdisjoint(text):
            pairs.append("")
            pairs = [char if char in self._single else pair for char, pair in zip(text, pairs, strict=True)]
            known = map(starts.__contains__, pairs)
        found: list[tuple[int, int, str]] = []
        end = 0
        for at in compress(count(), known):
            pair = pairs[at]
            if pair not in compiled:
                compiled[pair] = re.compile("|".join(map(_bounded, starts[pair])))
            if at >= end and (match := compiled[pair].match(text, at)):
                end = match.end()
                found.append((at, end, self._words[squeezed(match[0])]))
        return found

    def before(self, text: str, owners: set[str]) -> tuple[str, bool]:
        """Find the nearest label at the end of `text` that speaks for one of `owners`; tell whether any stands.

        Labels in one cluster ("住所・電話番号：") count together; otherwise only the nearest counts.
        """
        word, last, text = self._nearest(text, owners)
        return word, last > 0

    def above(self, line: str, owners: set[str]) -> str:
        """Find that label in the line above a value, which must not hold a value of its own: `性別 女`."""
        word, last, line = self._nearest(line, owners)
        return "" if _VALUE_BESIDE.match(line, last) else word

    def _nearest(self, text: str, owners: set[str]) -> tuple[str, int, str]:
        """Find the nearest label at the end of `text`; tell where the last of all ends (0: none), and in what text."""
        text = closed(text, self._long)
        found = self._in(text)
        last, right = (found[-1][1], found[-1][0]) if found else (0, 0)
        for start, end, word in reversed(found):
            if right - end > _CLUSTER_GAP:
                break
            if self._owners[word] & owners:
                return word, last, text
            right = start
        return "", last, text

    def after(self, text: str, owner: str) -> str:
        """Find a label right behind a value, unless a value of its own follows it."""
        text = closed(text, self._long)
        for _, end, word in self._in(text):
            if owner in self._owners[word] and not _VALUE_FOLLOWS.match(text, end):
                return word
        return ""

    def within(self, hint: str, owners: set[str]) -> str:
        """Find a label for one of `owners` in a column's header or a key (`kokyaku_tel`, `customerBirth`)."""
        if not hint:
            return ""
        word = next((word for word in self._hinted(hint) if self._owners[word] & owners), "")
        return word or self._whole.word(hint, owners)

    def _owners_in(self, hint: str) -> frozenset[str]:
        """Name all for whom a column's header or a key speaks."""
        return self._whole.owners(hint).union(*(self._owners[word] for word in self._hinted(hint)))

    def silent(self, hints: Collection[str]) -> set[str]:
        """Give those of many hints that speak for nobody (`owners_in`), as far as that can be told of all at once."""
        hints = [hint for hint in hints if "\n" not in hint]
        text = closed(as_words("\n".join(hints), has_lines=True), self._long).lower()
        lines = text.split("\n")
        if len(lines) != len(hints):
            return set()
        ends = [*accumulate(len(line) + 1 for line in lines)]
        spoken = {bisect_right(ends, start) for start, _, _ in self._in(text)}
        told = enumerate(zip(hints, lines, strict=True))
        return {hint for at, (hint, line) in told if at not in spoken and not self._whole.speaks(line)}

    def is_label(self, cell: str) -> bool:
        """Tell whether a cell is a label and no more; brackets and marks may follow it (`電話番号(自宅) ※`)."""
        if not is_only_label(cell.strip()):
            return False
        text = closed(without_marks(as_words(cell)), self._long)
        found = self._in(text)
        return (bool(found) and found[-1][1] == len(text)) or bool(self._whole.owners(cell))

    def _words_in(self, hint: str) -> list[str]:
        """List the labels in a hint, the last first."""
        return [word for _, _, word in reversed(self._in(closed(as_words(hint), self._long)))]


def reach_before(window: int) -> int:
    """Give the most characters before a value that say something about it, if its labels count within `window`."""
    return max(2 * window, _SAMPLE_REACH) + 2


def _bounded(word: str) -> str:
    """Guard a label's ASCII ends: `tel` is no label in `hotel`."""
    if may_be_spaced(word):
        return spread(word)
    left = r"(?<![a-z])" if word[0].isascii() and word[0].isalpha() else ""
    right = r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return left + re.escape(word).replace(r"\ ", "[ _-]?") + right


_SAMPLE_WORDS = re.compile("|".join(map(_bounded, SAMPLES)), re.IGNORECASE)


def is_sample(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a value call it an example."""
    around = line_before(text, start, _SAMPLE_REACH) + " " + line_after(text, end, _SAMPLE_REACH)
    return _SAMPLE_WORDS.search(around) is not None


def is_representative(text: str, end: int) -> bool:
    """Tell whether `(代)` behind a telephone number says that it is a company's."""
    return _REPRESENTATIVE.match(text, end) is not None
