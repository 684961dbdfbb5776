"""Tables without lines: pieces of text that stand in columns, row below row, below a row that names the columns.

Conservative, as text that is read as a table loses what its lines tell: columns of prose and numbered paragraphs stay
text, and so does what has neither a header nor labels, unless it goes on from the page before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from piiscan.dialect import may_be_label, names_field
from piiscan.headrows import find_heading, is_front, is_heading
from piiscan.pagetable import PageTable, is_prose, join_lines, room_for, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.pagerows import Fragment
    from piiscan.pagetable import Columns

    Row = list[Fragment]

#: Base lines so near are one row, and the narrowest gap between columns (points); how far below each other the rows of
#: a table and the lines of a cell may stand at the most, by the size of their characters.
_LEVEL, _RIVER, _FAR, _LEADING = 2.0, 4.0, 4.0, 1.6
_ROWS, _PAIR, _HEAD, _ALONE = 3, 2, 4, 8
#: How far a cell's further lines may be indented.
_INDENT = 12.0


def find_tables(pieces: Sequence[Fragment], known: Columns = ()) -> list[tuple[PageTable, list[Fragment]]]:
    """Give the tables among the pieces of a page, each with its own pieces; `known` are columns of the page before."""
    found: list[tuple[PageTable, list[Fragment]]] = []
    for block, after in _iter_blocks(_rows_of(pieces), 1 if known else _ROWS):
        columns = _columns_of(block)
        if len(columns) < _PAIR:
            continue
        cells = _cells_of(block, columns)
        own = [*block, *takewhile(partial(_takes, cells[-1], columns=columns), after)]
        texts = [
            [join_lines(cell, right, _LEVEL) for cell, (_, right) in zip(row, columns, strict=True)] for row in cells
        ]
        table = PageTable(texts, tuple(columns), block[0][0].base)
        if table.continues(known) or (len(block) >= _ROWS and _is_table(cells) and _is_told(texts)):
            found.append((table, [piece for row in own for piece in row]))
            known = columns
    return found


def _rows_of(pieces: Sequence[Fragment]) -> list[Row]:
    rows: list[Row] = []
    for piece in sorted((each for each in pieces if each.is_level), key=lambda piece: -piece.base):
        if rows and rows[-1][0].base - piece.base <= _LEVEL:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _iter_blocks(rows: Sequence[Row], least: int) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield rows close below each other, a few of one piece among them, and rows of one piece that follow these."""
    block: list[Row] = []
    alone: list[Row] = []
    last = 0.0
    for row in rows:
        is_far = last - row[0].base > _FAR * max(map(size_of, row))
        if block and (is_far or len(alone) > _ALONE or _reaches_across(row, block[-1])):
            yield from _enough(block, alone, least)
            block, alone = [], []
        last = row[0].base
        if len(row) >= _PAIR:
            block += [*alone, row]
            alone = []
        elif block:
            alone.append(row)
    yield from _enough(block, alone, least)


def _reaches_across(row: Row, above: Row) -> bool:
    """Tell whether a row is one piece across several of the row above: a title, or text below a table."""
    return len(row) == 1 and sum(row[0].left < each.right and row[0].right > each.left for each in above) >= _PAIR


def _enough(block: list[Row], alone: list[Row], least: int) -> list[tuple[list[Row], list[Row]]]:
    return [(block, alone)] if sum(len(row) >= _PAIR for row in block) >= least else []


def _columns_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Find the columns by the rows that have as many pieces as most have: titles and groups have fewer."""
    counts = Counter(len(row) for row in rows if len(row) >= _PAIR)
    usual = max(counts, key=lambda count: (counts[count], count))
    columns: list[tuple[float, float]] = []
    for left, right in sorted((each.left, each.right) for row in rows if len(row) >= usual for each in row):
        if columns and left - columns[-1][1] < _RIVER:
            columns[-1] = columns[-1][0], max(right, columns[-1][1])
        else:
            columns.append((left, right))
    for piece in (piece for row in rows if len(row) < usual for piece in row):
        over = [at for at, (left, right) in enumerate(columns) if piece.left < right and piece.right > left]
        if len(over) == 1:
            left, right = columns[over[0]]
            columns[over[0]] = min(left, piece.left), max(right, piece.right)
    return columns


def _cells_of(rows: Sequence[Row], columns: Columns) -> list[list[Row]]:
    """Put pieces into columns; what goes on from a full line of a cell belongs to that cell."""
    table: list[list[Row]] = []
    early: list[Fragment] = []
    for row in rows:
        if table and row[0].left > columns[0][1] and _takes(table[-1], row, columns):
            continue
        if table and len(row) * 3 <= len(columns) + 1 and not (len(table) == 1 and _are_names(row)):
            late = [piece for piece in row if not _takes(table[-1], [piece], columns)]
            if all(_is_full(piece, columns) for piece in late):
                early += late  # of a cell that is longer than the others of the row below
                continue
            row = late  # noqa: PLW2901 - what is left of it
        cells: list[Row] = [[] for _ in columns]
        for piece in (*early, *row):
            cells[_column_of(piece, columns)].append(piece)
        table.append(cells)
        early = []
    if early:
        table.append([[piece for piece in early if _column_of(piece, columns) == at] for at in range(len(columns))])
    return table


def _are_names(row: Row) -> bool:
    """Tell whether a row of few pieces may be the lower one of a header."""
    return all(is_front(piece.text) for piece in row)


def _takes(above: Sequence[Row], row: Row, columns: Columns) -> bool:
    """Add the pieces of a row to the cells above them, if each of these ends in a full line close by."""
    places = [_column_of(piece, columns) for piece in row]
    for at, piece in zip(places, row, strict=True):
        last = min(above[at], key=lambda each: each.base, default=None)
        if last is None or last.base - piece.base > _LEADING * size_of(piece):
            return False
        left, right = columns[at]
        if not left - _RIVER < piece.left < left + _INDENT or piece.right > right + _RIVER:
            return False
        if not _is_full(last, columns, piece.text):
            return False
    for at, piece in zip(places, row, strict=True):
        above[at].append(piece)
    return True


def _is_full(piece: Fragment, columns: Columns, following: str = "") -> bool:
    """Tell whether a line has no room for the text that follows it."""
    return columns[_column_of(piece, columns)][1] - piece.right <= room_for(following) * size_of(piece)


def _column_of(piece: Fragment, columns: Columns) -> int:
    """Give the column that a piece covers most of, or else the nearest."""
    within = bisect_right(columns, (piece.left + 1, float("inf"))) - 1
    if within >= 0 and piece.right <= columns[within][1] + 1:
        return within

    def overlap(at: int) -> float:
        left, right = columns[at]
        return min(piece.right, right) - max(piece.left, left)

    return max(range(len(columns)), key=overlap)


def _is_table(rows: Sequence[Sequence[Row]]) -> bool:
    filled = [sum(map(bool, row)) for row in rows]
    if sum(count >= _PAIR for count in filled) < _ROWS or sum(filled) * 2 < len(rows) * len(rows[0]):
        return False
    return sum(map(is_prose, zip(*rows, strict=True))) * 2 < len(rows[0])


def _is_told(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row near the top names the columns, or labels in front of values do."""
    labels = sum(names_field(row[0]) for row in rows)
    if labels >= _ROWS and labels * 2 >= len(rows):
        return True
    heading = find_heading(rows[:_HEAD], _HEAD)
    if heading is None:
        return False
    below = rows[heading.last + 1 :]
    values = sum(not all(map(may_be_label, row)) for row in below)
    return is_heading(rows[heading.last]) or (
        any(map(names_field, rows[heading.last])) and len(rows[0]) > _PAIR and values * 2 > len(below)
    )
