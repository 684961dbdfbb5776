"""A sheet's values into texts as people see them: column by column, as cell by cell takes longer than reading them."""

from __future__ import annotations

import datetime as dt
import math
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

import msgspec

from piiscan import sheetxml
from piiscan.workbook import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Rows of a block, and cells that are packed at once: few stay in the processor's cache, which halves the time of that.
_ROWS, _CELLS = 10_000, 16_384
#: So many packs make a block: to search a column takes a while, however short it is.
_PACKS = 4
#: Below this, all digits of a whole number are its own.
_LARGE = 1e15
_encode = msgspec.json.Encoder().encode


def iter_blocks(rows: Iterable[Sequence[object]], column: int, width: int, number: int = 1) -> Iterator[Grid]:
    """Yield a sheet's rows, whose first cells stand in `column`, in blocks of texts; the first is that of a number."""
    size = max(1, min(_ROWS, _CELLS // max(width, 1)))
    packs = _iter_packs(iter(rows), size, width)
    while together := [*islice(packs, max(1, min(_PACKS, _ROWS // size)))]:
        columns = [[*chain.from_iterable(parts)] for parts in zip(*together, strict=True)]
        yield Grid(number, column, columns)
        number += len(columns[0])


def _iter_packs(rows: Iterator[Sequence[object]], size: int, width: int) -> Iterator[list[Sequence[str]]]:
    # One row after the other in one tuple, then every so many-th cell of it: zip would keep all rows meanwhile.
    while block := (*chain.from_iterable(islice(rows, size)),):
        yield [_texts_of(block[at::width]) for at in range(width)]


def _texts_of(column: tuple[object, ...]) -> Sequence[str]:
    """Give the texts of a column's values; most columns hold one type."""
    if isinstance(column[-1], float) and (whole := _show_whole(column)):
        return whole
    kinds = set(map(type, column))
    if kinds == {str}:
        return cast("Sequence[str]", column)
    if str not in kinds:
        return [*map(_show, column)]
    others = [value for value in column if not isinstance(value, str)]
    shown = iter(_show_whole(others) or map(_show, others))
    return [value if isinstance(value, str) else next(shown) for value in column]


def _show_whole(values: Sequence[object]) -> Sequence[str]:
    """Write floats that are whole numbers, in half the time that Python takes; nothing where one is none."""
    try:
        if not math.hypot(*cast("Sequence[float]", values)) < _LARGE:  # none is larger than all of them together
            return ()
    except (TypeError, ValueError):
        return ()
    text = _encode(values).decode()
    cells = text[1:-3].split(".0,")
    return cells if len(cells) == len(values) and text[-3:] == ".0]" and "-0." not in text else ()


def _show(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return sheetxml.show_number(value) if abs(value) < float("inf") else str(value)
    if isinstance(value, dt.datetime):
        return sheetxml.show_moment(value)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
