"""Pieces of a printed page put back into rows, so that a label and its value stay together.

A form is often drawn as all its labels first and all its values afterwards; read in that order, no value has a
label. Columns of prose, though, must not be woven into each other: a row takes up short pieces only.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Longest label or cell in characters; two longer pieces side by side are columns of prose.
_SHORT = 16
#: How far apart two base lines of one row are, and from which gap on two pieces are cells, in points.
_LEVEL, _GAP = 2.0, 30.0


class Fragment(NamedTuple):
    """A run of text as it was drawn: where its base line begins and ends. Runs that are not level stay alone."""

    text: str
    left: float
    right: float
    base: float
    is_level: bool = True


def join_rows(fragments: Iterable[Fragment]) -> str:
    r"""Give the text of a page, one line a row, in the order in which the rows were begun.

    >>> join_rows([Fragment("電話", 50, 60, 700), Fragment("氏名", 50, 60, 680), Fragment("03", 150, 160, 700)])
    '電話\t03\n氏名'
    """
    rows: list[list[Fragment]] = []
    by_base: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        row = _find_row(fragment, by_base) if fragment.is_level else None
        if row is not None:
            row.append(fragment)
            continue
        rows.append([fragment])
        if fragment.is_level:
            by_base[int(fragment.base // _LEVEL)] = rows[-1]
    return "\n".join(map(_join, rows))


def _find_row(fragment: Fragment, by_base: dict[int, list[Fragment]]) -> list[Fragment] | None:
    at = int(fragment.base // _LEVEL)
    for key in (at, at - 1, at + 1):
        row = by_base.get(key)
        if row is None or abs(row[0].base - fragment.base) > _LEVEL:
            continue
        if _is_short(fragment) or all(map(_is_short, row)):
            return row
    return None


def _is_short(fragment: Fragment) -> bool:
    return len(fragment.text) <= _SHORT


def _join(row: list[Fragment]) -> str:
    row.sort(key=lambda fragment: fragment.left)
    text = row[0].text
    for before, fragment in pairwise(row):
        text += ("\t" if fragment.left - before.right > _GAP else " ") + fragment.text
    return text
