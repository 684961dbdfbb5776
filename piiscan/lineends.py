"""Line ends within addresses: to tell them by their bytes alone would make the search for all else three times as slow.

So the search finds every end of a line behind a character that a prefecture or a municipality ends with, and what
stands around it tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.addressbreaks import breaks_address
from piiscan.plan import LINE_END, VANISHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.windows import Region

#: So many bytes on both sides of a line end tell whether it lies within an address.
_REACH = 128


def judge_line_ends(regions: Iterable[Region], data: bytes, encoding: str) -> Iterator[Region]:
    """Yield the regions, line ends only where they vanish in folding."""
    for each in regions:
        if each.pattern != LINE_END:
            yield each
        elif _is_in_address(data, each.end, encoding):
            yield each._replace(pattern=VANISHING)


def _is_in_address(data: bytes, end: int, encoding: str) -> bool:
    first, last = (charset.boundary(data, at, encoding) for at in (max(end - _REACH, 0), min(end + _REACH, len(data))))
    return breaks_address(charset.decode_known(data[first:last], encoding))
