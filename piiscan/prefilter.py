"""The prefilter: which patterns can match in the bytes of a text, and where, without making text of them.

A region holds every match that an event foretells; a window is what of the text has to be read for some regions: they
and the context in which labels count. So matching in the windows finds what matching in the whole text would.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from piiscan import automaton, charset
from piiscan.firstpass import FirstPass
from piiscan.lineends import judge_line_ends
from piiscan.nearwords import NearWords
from piiscan.piece import Raw
from piiscan.plan import BYTES, GUARD, PLAIN, VANISHING
from piiscan.reach import region_of
from piiscan.text import fold
from piiscan.windows import Margins, Region, Window, iter_touching, join_spans, join_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from piiscan.firstpass import Found
    from piiscan.plan import Part, Plan, Trigger
    from piiscan.windows import Span

#: One event in so many bytes of a column, and it is no longer read in windows; numbers mostly wait for a label that is
#: not there, runs of digits end at each of their digits. To match all patterns in a text is never better than windows.
_DENSE, _DENSE_NUMBERS, _DENSE_RUNS = 400, 64, 80
_DENSE_TEXT = 16
#: A character that vanishes, or is written as an escape, takes at most so many bytes.
_VANISHING_BYTES = 12


class _Sizes(NamedTuple):
    """Bytes that count around a place, where a folded character comes from at most `factor` of them.

    Context is `before` and `after` a value; a number lies `ahead` of where digits in a row end, and `behind` it.
    """

    factor: int
    before: int
    after: int
    ahead: int
    behind: int


class _Told(NamedTuple):
    """Where patterns can match that are no numbers, and numbers; near which digits; where what vanishes ends."""

    rest: list[Region]
    numbers: list[Region]
    near: list[Span] | None
    gaps: list[int]


class Prefilter:
    """The automata of a plan, ready to search. `before` and `after` are the characters of context that count."""

    def __init__(self, plan: Plan, parts: Callable[[str], Part], before: int, after: int) -> None:
        """Load the automata; `parts` gives those stored apart. Raises AutomatonError for what is of no use here."""
        self._encoding, self._factor = plan.encoding, BYTES[plan.encoding]
        self._pass, self._words = FirstPass(plan, parts), NearWords(plan, parts)
        self._runs, self._numbers, self._needy = (
            automaton.load(part.dump) if part.dump else None for part in (plan.runs, plan.numbers, plan.needy)
        )
        self._number_triggers, self._needy_triggers = plan.numbers.each_trigger(), plan.needy.each_trigger()
        triggers = (*self._number_triggers, *self._needy_triggers)
        ahead = max((trigger.length or trigger.ahead for trigger in triggers), default=0)
        self._sizes = {
            factor: _Sizes(factor, before * factor, after * factor, ahead * factor + GUARD, plan.tail * factor + GUARD)
            for factor in (self._factor, PLAIN)
        }
        self._widths, self.classes, self.alike = plan.widths, plan.classes, plan.alike
        self.number_patterns = frozenset(trigger.pattern for trigger in triggers) - {VANISHING}
        needy = (trigger.pattern for trigger in self._needy_triggers)
        self._waiting = frozenset(("", *needy))  # "" is for words that call a value a sample
        self.stays_in_line = plan.is_inline and all(trigger.inline for trigger in triggers)

    def windows(
        self,
        raw: Raw,
        everywhere: Iterable[str] = (),
        *,
        keeps_needy: bool = False,
        is_column: bool = False,
        is_folded: bool = False,
    ) -> list[Window] | None:
        """Give the windows of a text in order and apart from each other, or None where all of it has to be read.

        The patterns `everywhere` can match anywhere. With `keeps_needy`, spellings that need a label are windows
        although no label stands near. In what is folded, nothing vanishes any more.
        """
        data = raw.data
        most = len(data) // (_DENSE if is_column else _DENSE_TEXT) + 10
        most_numbers = len(data) // (_DENSE_NUMBERS if is_column else _DENSE_TEXT)
        first = self._pass.find(data, most)
        runs = self._digit_runs(data, most if is_column else len(data) // _DENSE_RUNS + 10)
        if first is None:
            return None
        sizes = self._sizes[first.factor]
        told = self._told(data, first, runs, most_numbers, sizes)
        if told and told.gaps and not is_folded and first.factor < self._factor:
            sizes = self._sizes[self._factor]
            told = self._told(data, first, runs, most_numbers, sizes)
        if told is None:
            return None
        rest, numbers, near, gaps = told._replace(gaps=[]) if is_folded else told
        spans = near if keeps_needy or raw.hint else self._near_labels(data, near, gaps, first.rare, sizes)
        needy = self._regions_in(data, self._needy, self._needy_triggers, spans, most_numbers, sizes.factor)
        if needy is None:
            return None
        whole = [Region(0, len(data), name) for name in everywhere]
        if not rest and not numbers and not needy and not whole:
            return []
        found = [region for region in (*rest, *numbers, *needy, *whole) if region.pattern != VANISHING]
        found += self._regions_across(raw, gaps, keeps_needy=keeps_needy or bool(raw.hint))
        windows = join_windows(found, Margins(sizes.before, sizes.after, gaps, _VANISHING_BYTES), len(data))
        if keeps_needy or raw.hint:
            return windows
        return [each for each in windows if not each.is_needy or self._has_label(data, each, first.rare)]

    def _told(self, data: bytes, first: Found, runs: Sequence[int] | None, most: int, sizes: _Sizes) -> _Told | None:
        """Give what the first pass and digits in a row tell, None where numbers are more than `most`."""
        near = _near_digits(runs, sizes)
        numbers = self._regions_in(data, self._numbers, self._number_triggers, near, most, sizes.factor)
        if numbers is None:
            return None
        rest = self._pass.regions(data, first, sizes.factor)
        numbers = [*judge_line_ends(numbers, data, self._encoding)]
        gaps = sorted(region.end for region in (*rest, *numbers) if region.pattern == VANISHING)
        return _Told(rest, numbers, near, gaps)

    def numbers(self, data: bytes, most: int) -> dict[str, list[Span]] | None:
        """Give the spans of bytes in which numbers of each kind can match, None if there are more than `most`."""
        factor = self._factor
        near = _near_digits(self._digit_runs(data, most), self._sizes[factor])
        found = self._regions_in(data, self._numbers, self._number_triggers, near, most, factor)
        needy = None if found is None else self._regions_in(data, self._needy, self._needy_triggers, near, most, factor)
        if found is None or needy is None or len(found) + len(needy) > most:
            return None
        regions: dict[str, list[Span]] = {}
        for region in sorted((*found, *needy)):
            regions.setdefault(region.pattern, []).append(region[:2])
        regions.pop(VANISHING, None)
        return {name: list(join_spans(spans)) for name, spans in regions.items()}

    def others(self, data: bytes) -> set[str]:
        """Name the patterns, beside those of numbers, that can match somewhere in the bytes."""
        return self._pass.others(data)

    def _has_label(self, data: bytes, window: Window, rare: Sequence[int] | None) -> bool:
        """Tell whether some label in a window speaks for a pattern that can match there."""
        wanted = {"", *window.regions}
        return any(owners & wanted for owners, _ in self._words.within(data, [window[:2]], rare))

    def _digit_runs(self, data: bytes, most: int) -> list[int] | None:
        """Give where digits in a row end, None if there are more than `most` of those."""
        runs = self._runs.few_events(data, most) if self._runs else []
        return None if runs is None else [end for _, end in runs]

    def _near_labels(
        self, data: bytes, near: Sequence[Span] | None, gaps: Sequence[int], rare: Sequence[int] | None, sizes: _Sizes
    ) -> Sequence[Span] | None:
        """Give where a number can lie for which a label speaks, None where labels are many.

        Of the spans `near` digits in a row those that a label reaches; of a mass of digits, what is near labels. Within
        characters that vanish (`gaps`) a label is not seen, so each counts as one.
        """
        if near == [] or not self._needy:
            return []
        reach = sizes.ahead + sizes.behind
        before, after = sizes.before + reach, sizes.after + reach
        if near is None:
            words = self._words.few(data, len(data) // _DENSE + 10, rare)
            if words is None:
                return None
        else:
            wide = [*Margins(before, after, gaps, _VANISHING_BYTES).around(near)]
            words = [*self._words.within(data, wide, rare)]
        ends = sorted((*gaps, *(end for owners, end in words if owners & self._waiting)))
        reached = [*Margins(after, before, gaps, _VANISHING_BYTES).around(zip(ends, ends, strict=True))]
        return reached if near is None else list(iter_touching(near, reached))

    def _regions_in(
        self,
        data: bytes,
        searched: automaton.Automaton | None,
        triggers: Sequence[Trigger],
        spans: Iterable[Span] | None,
        most: int,
        factor: int,
    ) -> list[Region] | None:
        """Search some spans, or everywhere; there, give None for more than `most` events."""
        if searched is None:
            return []
        if spans is None:
            events = searched.few_events(data, most)
            return None if events is None else [region_of(data, triggers[n], end, factor) for n, end in events]
        return [region_of(data, triggers[number], end, factor) for number, end in searched.events_in(data, spans)]

    def _regions_across(self, raw: Raw, gaps: Sequence[int], *, keeps_needy: bool) -> Iterator[Region]:
        """Give where patterns can match across characters that vanish, or which escapes stand for.

        What is around them is folded, and searched once more.
        """
        data, most = raw.data, max(self._widths.values(), default=0)
        if len(gaps) > len(data) // _DENSE + 10:
            text = charset.decode_known(data, raw.encoding)
            folded = self._in_folded(text, raw.encoding, keeps_needy=keeps_needy)
            yield from (Region(0, len(data), name) for name in folded)
            return
        sizes = self._sizes[self._factor]
        reach = most + max(sizes.before, sizes.after) // self._factor
        margin = reach * self._factor + _VANISHING_BYTES
        for first, last in join_spans((end - margin, end + margin) for end in gaps):
            ends = gaps[bisect_left(gaps, first) : bisect_right(gaps, last)]
            edges = (max(first, 0), max(ends[0] - _VANISHING_BYTES, 0), ends[-1], min(last, len(data)))
            left, start, stop, right = (charset.boundary(data, at, raw.encoding) for at in edges)
            # of characters that take fewer bytes than they can, so many are left out
            before, after = (charset.decode_known(data[i:j], raw.encoding) for i, j in ((left, start), (stop, right)))
            text = before[-reach:] + charset.decode_known(data[start:stop], raw.encoding) + after[:reach]
            for pattern in self._in_folded(text, raw.encoding, keeps_needy=keeps_needy):
                reached = self._widths[pattern] * self._factor + _VANISHING_BYTES
                yield from (Region(max(end - reached, 0), min(end + reached, len(data)), pattern) for end in ends)

    def _in_folded(self, text: str, encoding: str, *, keeps_needy: bool) -> Iterable[str]:
        """Name the patterns that can match in what a text is when it is folded; all where that is not known."""
        if encoding != "utf-8":  # which could not write what is folded
            return self._widths
        folded = fold(text).text.encode(errors="surrogatepass")
        windows = self.windows(Raw(folded, encoding), keeps_needy=keeps_needy, is_folded=True)
        return self._widths if windows is None else {name for window in windows for name in window.regions}


def _near_digits(runs: Iterable[int] | None, sizes: _Sizes) -> list[Span] | None:
    """Give where numbers can lie that hold digits in a row, of which it is told where they end."""
    return None if runs is None else [*join_spans((end - sizes.ahead, end + sizes.behind) for end in runs)]
