"""Lines that go on in the next one, as vCard, iCalendar and LDIF have them, and the rows that their properties make."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from piiscan.blocks import split_lines
from piiscan.encoding import iter_text
from piiscan.model import Outcome
from piiscan.piece import Problem
from piiscan.tables import Spot, Tables, place_spot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from piiscan.piece import Table

#: Characters of a line with all that it goes on with, and cells of a row, before it is taken to be one that never ends.
_LONGEST, _WIDEST = 32 << 20, 1000
#: A value that is no whole one, or a file that does not end as it must.
DAMAGED = Problem(Outcome.PARTIAL, "damaged")


class Folded(NamedTuple):
    """A line with what it goes on with: where it begins, its text without line ends, and whether it is one line."""

    number: int
    text: str
    is_one: bool
    #: Whether it ends with a line end: the last line of a file that was cut does not.
    has_end: bool


def iter_folded(
    stream: BinaryIO, goes_on: Callable[[str, str], bool] = lambda _first, _last: False
) -> Iterator[Folded | Problem]:
    """Yield the lines of a text; a line that begins with a blank belongs to the one before, without the blank.

    `goes_on` tells from the beginning of a line and its last piece whether the next one belongs to it all the same.
    """
    number, start, size, parts, end = 0, 0, 0, list[str](), ""
    for line in _iter_lines(stream):
        if isinstance(line, Problem):
            yield line
            continue
        number += 1
        text = line.rstrip("\r\n")
        is_soft = bool(parts) and goes_on(parts[0], parts[-1])
        is_next = bool(parts) and (is_soft or text[:1] in (" ", "\t")) and size < _LONGEST
        if parts and not is_next:
            yield Folded(start, "".join(parts), len(parts) == 1, bool(end))
        if not is_next:
            parts, start, size = [], number, 0
        piece = text if not is_next or is_soft else text[1:]
        parts.append("\n" + piece if is_soft else piece)
        size, end = size + len(piece), line[len(text) :]
    if parts:
        yield Folded(start, "".join(parts), len(parts) == 1, bool(end))


def _iter_lines(stream: BinaryIO) -> Iterator[str | Problem]:
    rest: list[str] = []
    for block in iter_text(stream):
        if isinstance(block, Problem):
            yield block
            continue
        lines = split_lines(block)
        if rest:
            lines[0], rest = "".join((*rest, lines[0])), []
        if not lines[-1].endswith(("\n", "\r")) and len(lines[-1]) < _LONGEST:
            rest = [lines.pop()]
        yield from lines
    yield from rest


@dataclass(slots=True)
class PropertyRows:
    """Gathers the properties of one thing (a person, an event) into a row; a second of a name gets a number."""

    part: str = ""
    _tables: Tables[Sequence[Spot]] = field(init=False)
    _row: dict[str, tuple[str, Spot]] = field(default_factory=dict, init=False)
    _names: Counter[str] = field(default_factory=Counter, init=False)

    def __post_init__(self) -> None:
        self._tables = Tables(place_spot, self.part)

    def add(self, header: str, text: str, spot: Spot) -> Sequence[Table]:
        """Take a property; give what is full."""
        if not text.strip():
            return ()
        self._names[header] += 1
        count = self._names[header]
        self._row[header if count == 1 else f"{header}{count}"] = text, spot
        return self.end_row() if len(self._row) >= _WIDEST else ()

    def has(self, header: str) -> bool:
        """Tell whether the row has such a property."""
        return header in self._row

    def end_row(self) -> Sequence[Table]:
        """End the row; give what is full."""
        row, self._row = self._row, {}
        self._names.clear()
        texts, spots = [text for text, _ in row.values()], [spot for _, spot in row.values()]
        return self._tables.add((*row,), texts, spots)

    def close(self) -> Iterator[Table]:
        """Yield all that is left."""
        yield from self.end_row()
        yield from self._tables.flush()
