"""How far a label can reach in the bytes of a text: its own line, and the next one, which it may stand above."""

from __future__ import annotations

from piiscan.addressbreaks import PLACE_ENDS
from piiscan.text import BROKEN_BEHIND

_END = b"\n"
_ENDS = b"\r\n"


class Lines:
    """Lines of text in an encoding; none ends behind what a number or an address may go on from in the next one."""

    def __init__(self, encoding: str) -> None:
        last = {char.encode(encoding, "ignore") for char in (*BROKEN_BEHIND, *PLACE_ENDS)} - {b""}
        self._broken = tuple(sorted((*last, *(char + b"\r" for char in last))))

    def start(self, data: bytes, first: int, at: int) -> int:
        """Give where the line of a byte begins, or `first` if that is further on."""
        while (found := data.rfind(_END, first, at)) >= 0:
            if not data.endswith(self._broken, 0, found):
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
            if not data.endswith(self._broken, 0, found):
                return found
            at = found + 1
        return last
