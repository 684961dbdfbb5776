"""Objects and arrays that are read value by value, as rows: what the readers of JSON and of YAML have in common.

An object is a row under its keys, with what it holds under keys of its own (jsonrows.py); the scalars of an array are a
column under the array's key, and an array inside an array is a row. Headers are like `parent.key`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.jsonrows import TELLING, Family, Row
from piiscan.jsonwhole import WIDEST, header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.piece import Table
    from piiscan.tables import Spot, Spots, Tables


@dataclass(slots=True)
class Frame:
    """An open object or array: the key it stands under, and its members so far."""

    name: str
    is_object: bool
    is_row: bool
    key: str = ""
    keys: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    family: Family = field(default_factory=Family)


class Nested:
    """What is open, the innermost last, and the tables that rows go to."""

    def __init__(self, tables: Tables[Spots]) -> None:
        self.tables = tables
        self.frames: list[Frame] = []

    @property
    def header(self) -> str:
        """The label of the value that comes next."""
        frame = self.frames[-1] if self.frames else Frame("", is_object=False, is_row=False)
        return header(frame.name, frame.key) if frame.is_object else frame.name

    @property
    def name(self) -> str:
        """The name of what opens here."""
        frame = self.frames[-1] if self.frames else None
        return (frame.key or frame.name) if frame else ""

    @property
    def is_in_array(self) -> bool:
        """Whether what comes next is a member of an array."""
        return bool(self.frames) and not self.frames[-1].is_object

    @property
    def holds_parts(self) -> bool:
        """Whether an object that opens or has closed here may be a part of the row around it."""
        return bool(self.frames) and self.frames[-1].is_object and not TELLING.search(self.frames[-1].key)

    def open(self, *, is_object: bool) -> None:
        """Open an object or array; in an object, its key is noted in the last frame."""
        self.frames.append(Frame(self.name, is_object=is_object, is_row=self.is_in_array))

    def take(self, text: str, spot: Spot) -> Iterable[Table]:
        """Take a value; give the tables that are full."""
        frame = self.frames[-1] if self.frames else None
        if frame is None or not (frame.is_object or frame.is_row):
            headers = (frame.name,) if frame and frame.name else ()
            return self.tables.add(headers, [text], [spot])
        frame.keys.append(frame.key)
        frame.cells.append(text)
        frame.spots.append(spot)
        return self.tables.add(*_row_of(frame)) if len(frame.cells) >= WIDEST else ()

    def close(self) -> Iterable[Table]:
        """Close the innermost; give the tables that are full with its row, unless it is a part of the row around it."""
        frame = self.frames.pop()
        row = frame.family.close(_row_of(frame))
        is_part = frame.is_object and self.holds_parts
        rows = self.frames[-1].family.take(frame.name, row) if is_part else [row]
        return [table for each in rows for table in self.tables.add(*each)]

    def close_all(self) -> Iterator[Table]:
        """Close all that is open."""
        while self.frames:
            yield from self.close()


def _row_of(frame: Frame) -> Row:
    headers = tuple([header(frame.name, key) for key in frame.keys]) if frame.is_object else ()
    row = Row(headers, frame.cells, frame.spots)
    frame.keys, frame.cells, frame.spots = [], [], []
    return row
