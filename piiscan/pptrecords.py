"""The records of a binary PowerPoint presentation ([MS-PPT]), and which slide each of them belongs to.

A presentation that was saved quickly holds older versions of its slides in front of those that are shown; they are in
the file, so they are read, but have no number.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT, SLIDE, NOTES, LIST = 0x3E8, 0x3EE, 0x3F0, 0xFF0
LIST_ENTRY, _NOTES_ATOM, _PERSIST = 0x3F3, 0x3F1, 0x1772
_CONTAINER, _HEAD = 0xF, 8
#: What later versions added lies in an atom that holds records, behind its name: comments since PowerPoint 2002.
_NAME, _BLOB = 0xFBA, 0x138B
_ADDED = frozenset(f"___PPT{version}".encode("utf-16-le") for version in (9, 10, 11, 12))
_DEEPEST = 100


class Record(NamedTuple):
    """An atom: its kind, instance and bytes, and the kinds of the containers around it, outermost first."""

    kind: int
    instance: int
    data: bytes
    around: tuple[tuple[int, int], ...]
    #: Where the outermost record that it lies in begins.
    top: int


def iter_atoms(data: bytes) -> Iterator[Record | None]:
    """Yield all atoms in the order in which they lie; None where one reaches beyond its container, or the end."""
    at, top = 0, 0
    ends: list[int] = []
    around: tuple[tuple[int, int], ...] = ()
    is_added = False
    while at + _HEAD <= len(data):
        while ends and at >= ends[-1]:
            ends.pop()
            around = around[:-1]
        if not ends:
            top = at
        head, kind, size = struct.unpack_from("<HHL", data, at)
        limit = ends[-1] if ends else len(data)
        end = at + _HEAD + size
        if end > limit:
            yield None
            end = limit
        if (head & 0xF == _CONTAINER or (kind == _BLOB and is_added)) and len(ends) < _DEEPEST:
            ends.append(end)
            around = (*around, (kind, head >> 4))
            at += _HEAD
            continue
        record = Record(kind, head >> 4, data[at + _HEAD : end], around, top)
        is_added = kind == _NAME and record.data in _ADDED
        yield record
        at = max(end, at + _HEAD)
    if at < len(data):
        yield None


@dataclass(slots=True)
class SlideNumbers:
    """The numbers of slides: by where their records begin, and by the number that notes call them by.

    So many of them are `listed`, and so many `found`.
    """

    by_place: dict[int, int] = field(default_factory=dict)
    by_slide: dict[int, int] = field(default_factory=dict)
    listed: int = 0
    found: int = 0


def find_pages(data: bytes) -> SlideNumbers:
    """Give the slides numbers, in the order in which the last version of the presentation shows them."""
    places: dict[int, int] = {}
    shown: list[tuple[int, int]] = []
    noted: dict[int, int] = {}
    last = -1
    for record in iter_atoms(data):
        if record is None:
            continue
        if record.kind == _PERSIST:
            places.update(_iter_places(record.data))
        elif record.kind == LIST_ENTRY and record.around[-1:] == ((LIST, 0),) and len(record.data) >= 16:  # noqa: PLR2004
            if record.top != last:
                shown, last = [], record.top
            shown.append(struct.unpack_from("<L8xL", record.data))
        elif record.kind == _NOTES_ATOM and len(record.data) >= 4:  # noqa: PLR2004
            noted[record.top] = int.from_bytes(record.data[:4], "little")
    found = sum(places.get(persist, len(data)) < len(data) for persist, _slide in shown)
    pages = SlideNumbers(listed=len(shown), found=found)
    for number, (persist, slide) in enumerate(shown, 1):
        pages.by_slide.setdefault(slide, number)
        if persist in places:
            pages.by_place[places[persist]] = number
    pages.by_place |= {place: pages.by_slide[slide] for place, slide in noted.items() if slide in pages.by_slide}
    return pages


def _iter_places(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the numbers of records that stay, and where these lie: runs of a first number, a count and places."""
    at = 0
    while at + 4 <= len(data):
        (run,) = struct.unpack_from("<L", data, at)
        first, count = run & 0xFFFFF, run >> 20
        at += 4
        count = min(count, (len(data) - at) // 4)
        yield from enumerate(struct.unpack_from(f"<{count}L", data, at), first)
        at += count * 4
