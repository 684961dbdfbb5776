"""What holds a document's text: the pieces that extractors yield, and bytes on their way to a worker.

Frozen, and built of the standard library only. None of it ever leaves the worker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from piiscan.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from piiscan.model import FileRef, Outcome


@dataclass(frozen=True, slots=True)
class Segment:
    """Running text. `first_line` and `first_column` (1-based, code points) tell where `text` begins in its part.

    `hint` is the label that a form field or key gives; it counts as adjacent text. The first `lead` and the last
    `tail` characters are context only: a block of a large file overlaps its neighbours by them, and a finding is
    reported by the one block in whose middle it starts. `doubt` is the word of evidence for how it was read, if that
    is less than sure.
    """

    text: str
    part: str = ""
    hint: str = ""
    first_line: int | None = 1
    first_column: int = 1
    page: int | None = None
    lead: int = 0
    tail: int = 0
    doubt: str = ""


#: Under what name of a part, and by what hint, a path is searched.
PATH = "path"


def path_segment(path: str) -> Segment:
    """Give the path of a file, or the name of a member, as a piece of it, which is in no line."""
    return Segment(path, PATH, PATH, first_line=None)


@dataclass(frozen=True, slots=True)
class Raw:
    """Running text as the bytes it lies in, whole characters of `encoding`: nothing is decoded before it has to be.

    All of `data` can be decoded. The first `lead` and the last `tail` bytes are context only, as in a Segment, whose
    other fields it shares.
    """

    data: bytes = field(repr=False)
    encoding: str
    part: str = ""
    hint: str = ""
    first_line: int | None = 1
    first_column: int = 1
    page: int | None = None
    lead: int = 0
    tail: int = 0


class Place(NamedTuple):
    """Where inside a part: line and column (1-based, code points), or a sheet's cell, or a PDF's page."""

    line: int | None = None
    column: int | None = None
    cell: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A block of rows kept as columns of strings, all of one length; `headers` is empty where there is none.

    `locate(column, row, offset)` (0-based; row within this block, offset in code points within the cell) gives the
    place of a value. It is called for stored findings only, so it may be slow. Where it has a method `many`,
    that gives the places of many values of a column at once (located.Locator).
    """

    columns: tuple[tuple[str, ...], ...]
    locate: Callable[[int, int, int], Place]
    headers: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that could not be read; the rest of the file is read all the same."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file. `open()` gives its bytes as a stream, decompressed as they are read, never on disk.

    `problem` says why there is nothing to open: the member is encrypted, a link, a device.
    """

    name: str
    open: Callable[[], BinaryIO]
    problem: Problem | None = None


class Pixels(NamedTuple):
    """A picture in grey: `data` has a byte for each of `width` x `height` pixels, 0 is black; `dpi` is 0 if unknown."""

    width: int
    height: int
    data: bytes
    dpi: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """What shows text that nobody can read without looking: a picture, or a page of which there is one only.

    `draw()` gives its pixels, or says why there are none. `problem` is what it means for the file if nobody looks at
    it; None if nothing is missed by that, because its text was read in another way. `is_minor` says that it is looked
    at only where everything is. Each is a page; who has pages otherwise counts them by Pages.
    """

    draw: Callable[[], Pixels | Problem]
    problem: Problem | None
    page: int | None = None
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """One worker's share of a large file: of its pieces, counted from 0, every `of`-th from `index` on."""

    ref: FileRef
    index: int
    of: int


@dataclass(frozen=True, slots=True)
class Blob:
    """A file that lies in no folder, such as a blob of git: its content, to be scanned under the name of `ref`."""

    ref: FileRef
    content: bytes = field(repr=False)


#: What is left of a document when its members have been opened, its pictures looked at, and its pages counted.
Leaf = Segment | Raw | Table | Problem
Piece = Leaf | Member | Picture | Pages
