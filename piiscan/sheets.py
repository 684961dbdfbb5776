"""A workbook as values: sheets of columns and rows, for whoever writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    Cell = str | int | float | date | None


class Heading(str):
    """A cell that stands above others."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters of the Latin alphabet, and what stands in it.

    `key` is what a program that reads the sheet back knows it by. An asked column is filled in by a person, with one of
    its `choices` where there are any, or with a day.
    """

    title: str
    width: int = 12
    key: str = ""
    choices: tuple[str, ...] = ()
    is_hidden: bool = False
    is_asked: bool = False
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a list below its titles, with a filter, or a text of `rows` alone, whose titles are not shown.

    Rows are asked for once; cells of None are left empty.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    is_list: bool = True
