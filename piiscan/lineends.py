"""Line ends within addresses and numbers: to tell them by their bytes alone would make all search three times as slow.

So the search finds every end of a line behind a character that a prefecture or a municipality ends with, every line in
which an address can begin, and every labelled number at the end of its line; what stands around its end tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.numberbreaks import find_line_breaks
from piiscan.plan import LINE_END, VANISHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.windows import Region

#: So many bytes on both sides of a line end tell whether it lies within a value.
_REACH = 256
#: What is looked for by the names of municipalities, labels and postal codes, up to the end of its line.
_ADDRESSES = frozenset({"address", "address_postal", "address_town"})


def judge_line_ends(regions: Iterable[Region], data: bytes, encoding: str) -> Iterator[Region]:
    """Yield the regions, and the line ends that vanish in folding: those found, and those of lines with addresses."""
    told: dict[int, bool] = {}
    for each in regions:
        if each.pattern != LINE_END:
            yield each
        if each.pattern == LINE_END or (each.pattern in _ADDRESSES and data[each.end : each.end + 1] == b"\n"):
            end = each.end
            if end not in told:
                told[end] = _is_within(data, end, encoding)
            if told[end]:
                yield each._replace(start=end, pattern=VANISHING)


def _is_within(data: bytes, end: int, encoding: str) -> bool:
    return bool(find_line_breaks(charset.decode_within(data, end - _REACH, end + _REACH, encoding)))
