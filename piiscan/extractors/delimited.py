"""CSV, TSV and their like: rows as tables, and as plain text whatever is no row.

A record above `RECORD` characters (a quote that never closes, one endless line) and one whose quotes do
not balance are read as plain text: their text is kept, their columns are not. Rows above the header, and the
header itself, come as a table without headers: a value in a wrongly guessed header is scanned all the same.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from piiscan.dialect import find_dialect
from piiscan.encoding import iter_text
from piiscan.headrows import find_list_heading
from piiscan.piece import Problem, Segment
from piiscan.records import BLOCK, Records
from piiscan.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.batch import Batch
    from piiscan.piece import Piece

RECORD = 1 << 20
_SAMPLE, _HEAD_PIECES = 65536, 20


def extract_delimited(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of `stream` in tables of at most 10,000; `locate` finds a value in the raw record."""
    yield from iter_pieces(iter_text(stream, BLOCK))


def iter_pieces(texts: Iterator[str | Problem], limit: int = RECORD) -> Iterator[Piece]:
    """Yield the tables of decoded text; `limit` is the longest record in characters (for tests)."""
    opening: list[str | Problem] = []
    sample = ""
    for text in texts:
        opening.append(text)
        sample += text if isinstance(text, str) else ""
        if len(sample) >= _SAMPLE:
            break
    sample = sample[:_SAMPLE]
    yield from _iter_tables(iter(Records(chain(opening, texts), find_dialect(sample), limit)))


def _iter_tables(pieces: Iterator[Batch | Segment | Problem]) -> Iterator[Piece]:
    first, rows = _read_head(pieces)
    heading = find_list_heading(rows, _HEAD_PIECES)
    above = heading.last + 1 if heading else 0
    titles, body = Stack(), Stack(heading.names if heading else ())
    for piece in chain(first, pieces):
        if isinstance(piece, (Segment, Problem)):
            yield piece
            continue
        border = min(above, len(piece))
        above -= border
        yield from titles.add(piece.part(0, border))
        yield from body.add(piece.part(border, len(piece)))
    yield from titles.flush()
    yield from body.flush()


def _read_head(pieces: Iterator[Batch | Segment | Problem]) -> tuple[list[Batch | Segment | Problem], list[list[str]]]:
    """Take what the first rows are in, and give these rows too; what is no row counts as one."""
    taken, rows, left = [], [], _HEAD_PIECES
    for piece in pieces:
        taken.append(piece)
        if isinstance(piece, (Segment, Problem)):
            left -= 1
        else:
            rows += [piece.row(index) for index in range(min(left, len(piece)))]
            left -= len(piece)
        if left <= 0:
            break
    return taken, rows
