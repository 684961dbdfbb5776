"""Header rows: which rows of a table name its columns, and what they call them together.

A header may have two rows: the upper one names groups of columns (電話番号), each over blank cells that the lower one
fills (市外局番, 市内局番, 番号). Then a column is called by both, the name of its group first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from piiscan.dialect import find_header, may_be_label, names_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Rows = Sequence[Sequence[str]]

#: A row with so many cells that only labels hold, and as many as other cells, is a header wherever it stands.
_NAMES = 2


class Heading(NamedTuple):
    """The last row of a header, and what it calls the columns."""

    last: int
    names: tuple[str, ...]


def find_heading(rows: Rows, first: int) -> Heading | None:
    """Find the header among the `first` of `rows`, with the second row that it may have."""
    at = find_header(rows, first)
    if at is None:
        at = next((index for index, row in enumerate(rows[:first]) if is_heading(row)), None)
    return None if at is None else heading_at(rows, at)


def heading_at(rows: Rows, at: int) -> Heading:
    """Read the header of which row `at` is one, the lower or the upper."""
    names = tuple(cell.strip() for cell in rows[at])
    if at + 1 < len(rows) and (both := join_names(names, rows[at + 1])):
        return Heading(at + 1, both)
    if at and sum(map(bool, map(str.strip, rows[at - 1]))) >= _NAMES and (both := join_names(rows[at - 1], names)):
        return Heading(at, both)
    return Heading(at, names)


def is_heading(row: Sequence[str], is_known: Callable[[str], bool] = names_field) -> bool:
    """Tell by a row alone whether it names columns: half of its cells hold words that only labels use."""
    filled = [cell for cell in row if cell.strip()]
    known = sum(map(is_known, filled))
    return known >= _NAMES and known * 2 >= len(filled) and all(map(may_be_label, filled))


def join_names(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Name columns by two rows, or give nothing where the lower one does not part groups of the upper one."""
    upper, lower = [cell.strip() for cell in upper], [cell.strip() for cell in lower]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    if not all(map(may_be_label, (*upper, *lower))):
        return ()
    names: list[str] = []
    group, parts = "", 0
    for at, (above, below) in enumerate(zip(upper, lower, strict=True)):
        is_group = bool(above) and at + 1 < width and not upper[at + 1] and bool(lower[at + 1])
        if above and below and not is_group and not names_field(below):
            return ()
        group = above or (group if below else "")
        parts += bool(group and below and not above)
        names.append(f"{group} {below}".strip())
    return tuple(names) if parts else ()
