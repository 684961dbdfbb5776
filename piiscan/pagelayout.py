"""What on a page is a table, by its lines or by its columns, and what is left as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from piiscan import alignedtables, ruledtables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.pagerows import Fragment
    from piiscan.pagetable import Columns, PageTable
    from piiscan.pdflines import Line
    from piiscan.ruledgrids import Grid


class Layout(NamedTuple):
    """The tables of a page from the top, and the pieces of text that are in none."""

    tables: list[PageTable]
    rest: list[Fragment]


def lay_out(lines: Sequence[Line], grids: Sequence[Grid], known: Columns = ()) -> Layout | None:
    """Take the tables out of a page's text, None if there are none; `known` are the columns of one that may go on."""
    tables, own = _ruled(lines, grids)
    if not tables and not _has_columns(lines, known):
        return None
    rests = [[*line.iter_pieces(taken)] for line, taken in zip(lines, own, strict=True)]
    found = alignedtables.find_tables([piece for pieces in rests for piece in pieces], known)
    gone = {id(piece) for _, pieces in found for piece in pieces}
    tables += [table for table, _ in found]
    if not tables:
        return None
    rest: list[Fragment] = []
    for line, taken, pieces in zip(lines, own, rests, strict=True):
        if not taken and all(id(piece) not in gone for piece in pieces):
            rest.append(line.whole)  # as it stood
        else:
            rest += [piece for piece in pieces if id(piece) not in gone]
    return Layout(sorted(tables, key=lambda table: -table.top), rest)


def _ruled(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[list[PageTable], list[set[int]]]:
    """Give the tables that lines make, and which words of each line of text are in them."""
    own: list[set[int]] = [set() for _ in lines]
    tables = []
    words = [(number, at, word) for number, line in enumerate(lines) for at, word in enumerate(line.words)]
    for grid in grids:
        table, taken = ruledtables.fill(grid, [word for _, _, word in words])
        if table:
            tables.append(table)
            for index in taken:
                number, at, _ = words[index]
                own[number].add(at)
            words = [each for index, each in enumerate(words) if index not in taken]
    return tables, own


def _has_columns(lines: Sequence[Line], known: Columns) -> bool:
    """Tell cheaply whether there may be a table without lines: gaps in several lines, or lines side by side."""
    if known:
        return True
    apart = sum(max(len(line.pieces), len(line.words)) - 1 for line in lines)
    bases = [round(line.whole.base) for line in lines if line.whole.is_level]
    return apart + len(bases) - len(set(bases)) >= 3  # noqa: PLR2004 - a header and two rows
