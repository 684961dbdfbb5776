"""What of a table is searched together: the parts of its columns, and what its other columns say of them.

All that only tables need is imported here, so that files without one do not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from piiscan.boxes import NUMBERS
from piiscan.employers import with_employers
from piiscan.leftlabels import iter_parts
from piiscan.lostzeros import has_lost_digits
from piiscan.postalhomes import compare_columns
from piiscan.roles import roles_of
from piiscan.sections import iter_sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.context import Labels
    from piiscan.piece import Table


class ColumnPart(NamedTuple):
    """Cells of a column below one header or label; `rows` are their rows, None where they are all.

    `role` tells whose data a column holds, where a row is of several people, and `home` whether its addresses agree
    with a column of postal codes.
    """

    column: int
    hint: str
    cells: Sequence[str]
    rows: Sequence[int] | None
    role: str
    home: str


class Section(NamedTuple):
    """A table below one header, and its parts in order."""

    table: Table
    parts: Iterator[ColumnPart]


def iter_table(table: Table, labels: Labels) -> Iterator[Section]:
    """Yield the sections of a table."""
    for section in iter_sections(table, labels):
        whole = with_employers(section, labels)
        yield Section(whole, _iter_parts(whole, labels))


def _iter_parts(table: Table, labels: Labels) -> Iterator[ColumnPart]:
    roles, homes = roles_of(table.headers), compare_columns(table, labels)
    for at in range(len(table.columns)):
        role = roles[at] if at < len(roles) else ""
        for hint, cells, rows in iter_parts(table, at, labels):
            yield ColumnPart(at, hint, cells, rows, role, homes.get(at, ""))


def has_lost(hint: str, text: str, labels: Labels) -> bool:
    """Tell whether numbers below a label are stored as floats that have lost their digits."""
    return bool(labels.owners_in(hint) & NUMBERS) and has_lost_digits(text)
