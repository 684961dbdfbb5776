"""The words that speak for a number, looked for near it: as most texts write them, and in all widths near rare ones."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.plan import GUARD
from piiscan.searched import Searched
from piiscan.text import fold
from piiscan.windows import iter_shared, join_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from piiscan.plan import Part, Plan
    from piiscan.windows import Span

_LINE_FEED = re.compile(b"\n")
#: Whose a word is, and where it ends.
Word = tuple[frozenset[str], int]


class NearWords:
    """Finds words. `rare` are the ends of all characters of rare widths in a text, None where they are not known."""

    def __init__(self, plan: Plan, parts: Callable[[str], Part]) -> None:
        """Load what most texts need. Raises AutomatonError."""
        self._common, self._parts, self._around = Searched(plan.common), parts, plan.reach
        #: Whether words that are rare in no width have an expression of their own.
        self._is_split = self._common.automaton is not None

    @cached_property
    def _every(self) -> Searched:
        return Searched(self._parts("labels"))

    def few(self, data: bytes, most: int, rare: Sequence[int] | None) -> list[Word] | None:
        """Give those in a text, None where they are more than `most`."""
        if rare is None or not self._is_split:
            events = self._every.few_events(data, most)
            return None if events is None else [*self._every.owned(events)]
        events = self._common.few_events(data, most)
        return None if events is None else [*self._common.owned(events), *self._rare_in(data, [(0, len(data))], rare)]

    def within(self, data: bytes, spans: Sequence[Span], rare: Sequence[int] | None) -> Iterator[Word]:
        """Yield those in some spans, which come in order and apart from each other."""
        if rare is None or not self._is_split:
            yield from self._every.owned(self._every.events_in(data, spans))
            return
        yield from self._common.owned(self._common.events_in(data, spans))
        yield from self._rare_in(data, spans, rare)

    def _rare_in(self, data: bytes, spans: Iterable[Span], rare: Sequence[int]) -> Iterator[Word]:
        """Yield those with characters of rare widths: what is around these is folded, and they are anywhere in it.

        To look for them as they are takes an automaton of twice the size.
        """
        around = join_spans((end - self._around, end + self._around) for end in rare)
        shared = [*iter_shared(spans, [*around])] if rare else []
        if not shared:
            return
        texts = [charset.decode_within(data, *span, "utf-8") for span in shared]
        lines = [*accumulate(text.count("\n") + 1 for text in texts)]
        folded = fold("\n".join(texts), has_cells=True).text.lower().encode(errors="surrogatepass")
        ends = [found.start() for found in _LINE_FEED.finditer(folded)]
        for owners, end in self._common.owned(self._common.events(folded)):
            first, last = shared[bisect_right(lines, bisect_left(ends, end - GUARD - 1))]
            yield from ((owners, at) for at in (*range(first, last, self._around), last))
