"""How far a label can reach in the bytes of a text: its own line, and the next one, which it may stand above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.addressbreaks import HYPHENS, PLACE_ENDS
from piiscan.plan import GUARD
from piiscan.windows import Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.plan import Trigger
    from piiscan.windows import Span

_END = b"\n"
_ENDS = b"\r\n"


def region_of(data: bytes, trigger: Trigger, end: int, factor: int) -> Region:
    """Give where a match can lie that an event foretells, in an encoding of `factor` bytes a character at most."""
    first = max(end - trigger.ahead * factor - GUARD, 0)
    last = min(end + trigger.behind * factor, len(data))
    if trigger.inline:
        first = max(first, data.rfind(_END, first, end - GUARD) + 1)
        line_end = data.find(_END, end, last)
        last = line_end if line_end >= 0 else last
    return Region(first, last, trigger.pattern, trigger.needy)


#: Whose a label is, how far it could reach if there were no lines, and where it stands: -1 where lines do not count.
Label = tuple[str, int, int, int]


class Reach:
    """How far the labels reach at most that `triggers` find."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        #: For each number what is asked of its trigger: to ask for it by name takes longer than to compare.
        self._told = [
            (each.pattern, each.ahead, each.behind, each.inline, each.barred, each.width) for each in triggers
        ]

    def labels(self, data: bytes, events: Iterable[tuple[int, int]], factor: int) -> Iterator[Label]:
        """Yield the labels among the events, told by their numbers and where they end; there are many.

        A folded character comes from at most `factor` bytes.
        """
        told, size = self._told, len(data)
        for number, end in events:
            pattern, ahead, behind, is_inline, barred, width = told[number]
            if barred:  # it may be a piece of another word
                last = end - width
                if data[last - 3 : last] in barred or data[last - 2 : last] in barred:
                    continue
            first, last = max(end - ahead * factor - GUARD, 0), min(end + behind * factor, size)
            # behind a label that ends in a letter stands one byte more
            yield pattern, first, last, end - GUARD if is_inline else -1


class Lines:
    """Lines of text in an encoding; none ends behind what a number or an address may go on from in the next one."""

    def __init__(self, encoding: str) -> None:
        last = {char.encode(encoding, "ignore") for char in (*HYPHENS, *PLACE_ENDS)} - {b""}
        self._broken = tuple(sorted((*last, *(char + b"\r" for char in last))))
        #: The bytes that those end with: nearly no line does.
        self._ends = frozenset(each[-1] for each in self._broken)

    def reached(self, data: bytes, label: Label) -> Span:
        """Give what a label reaches."""
        _, first, last, at = label
        return (first, last) if at < 0 else (self.start(data, first, at), self.end_of_next(data, at, last))

    def start(self, data: bytes, first: int, at: int) -> int:
        """Give where the line of a byte begins, or `first` if that is further on."""
        while (found := data.rfind(_END, first, at)) >= 0:
            if found == 0 or data[found - 1] not in self._ends or not data.endswith(self._broken, 0, found):
                return found + 1
            at = found
        return first

    def end_of_next(self, data: bytes, at: int, last: int) -> int:
        """Give where the next line that is not empty ends, or `last` if that is nearer."""
        end = self._end(data, at, last)
        while end < last and data[end] in _ENDS:
            end += 1
        return self._end(data, end, last)

    def _end(self, data: bytes, at: int, last: int) -> int:
        while (found := data.find(_END, at, last)) >= 0:
            if found == 0 or data[found - 1] not in self._ends or not data.endswith(self._broken, 0, found):
                return found
            at = found + 1
        return last
