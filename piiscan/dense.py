"""The dense path: a column of a table, cell by cell alike, matched and judged in bulk.

Cells that are one value from end to end fall into groups: one pattern, one spelling, one verdict. What speaks for one
of a group speaks for all, because nothing else stands in their cells; so one candidate stands for the group. Cells of
which that cannot be said are left to the regex, as `odd` rows. So are those with a value beside other characters, but
first it is asked whether the value could count without a label: codes such as SKU-123456 fill whole columns.
"""

from __future__ import annotations

import re
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from piiscan.bulk import different, digits_of, fits, matrix_of
from piiscan.candidate import Candidate, iter_claims
from piiscan.cells import EDGE, Column, Group, Shapes
from piiscan.firstchars import needed
from piiscan.seencells import SeenCells, Way
from piiscan.template import Template, shape_of, templates
from piiscan.validators import validator, validator_in_bulk, validator_of_many
from piiscan.verdict import VERDICTS, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from piiscan.engine import Engine
    from piiscan.pattern import Pattern
    from piiscan.seencells import Numbered

    Rows = NDArray[np.intp]
    Span = tuple[int, int]

#: What a cell can be beside nothing (0) and, above it, a value as a whole.
_ODD = 1
_INVALID = Verdict.INVALID.code
_WHOLE = slice(None)
_CODE = attrgetter("code")
_HAS_DIGIT = re.compile("[0-9]").search


class Cells:
    """What a set of patterns makes of cells; it remembers those it has seen."""

    def __init__(self, patterns: Sequence[Pattern], engine: Engine) -> None:
        """Take the engine that has told of a dense column."""
        self.numbers, classes, wide = engine.column_facts()
        self.find_numbers = engine.find_numbers
        self._numbers = [pattern for pattern in patterns if pattern.id in self.numbers]
        self._others = {pattern.id: pattern for pattern in patterns if pattern.id not in self.numbers}
        self._seen = SeenCells({name: Way(classes[name], wide.get(name)) for name in self._others})

    def sort(
        self, column: Column, others: Sequence[str], numbers: Mapping[str, Sequence[Span]] | None
    ) -> tuple[list[Group], list[Group], NDArray[np.bool_]]:
        """Put cells into groups, in the order of the patterns; tell which rows are odd.

        `others` names the patterns, beside those of numbers, that can match in the column; `numbers` are the spans in
        which numbers can, None where they are many. The second list is of groups whose values are parts of their
        cells: where one of them counts, its rows are odd as well.
        """
        groups: list[Group] = []
        parts: list[Group] = []
        if numbers is None:
            odd = np.zeros(len(column.cells), np.bool_)
            groups += self._of_numbers(column, odd, parts)
        else:
            odd = column.rows_of(numbers.values())
        numbered = self._seen.number(column, others)
        for name in others:
            groups += self._of_pattern(column, self._others[name], numbered[name], odd)
        return groups, parts, odd

    def _of_numbers(self, column: Column, odd: NDArray[np.bool_], parts: list[Group]) -> list[Group]:
        shapes = Shapes(column.text)
        groups: list[Group] = []
        for number, shape in enumerate(shapes.names[: shapes.common]):
            if "0" in shape:
                groups += self._of_shape(column, shape, np.flatnonzero(shapes.codes == number), odd, parts)
        rare = np.fromiter(("0" in shape for shape in shapes.names), np.bool_, len(shapes.names))
        rare[: shapes.common] = False
        self._mark_numbers(column, np.flatnonzero(rare[shapes.codes]), odd)
        return groups

    def _mark_numbers(self, column: Column, rows: Rows, odd: NDArray[np.bool_]) -> None:
        """Mark those of some cells, each of a shape of its own, in which a number can match."""
        if len(rows):
            cells = column.of(rows)
            text = EDGE.join(cells)
            odd[rows[Column(text, cells).rows_of(self.find_numbers(text).values())]] = True

    def _of_shape(
        self, column: Column, shape: str, rows: Rows, odd: NDArray[np.bool_], parts: list[Group]
    ) -> list[Group]:
        told = [(pattern, templates(pattern.source, shape)) for pattern in self._numbers]
        if any(ways is None for _, ways in told):
            odd[rows] = True
            return []
        found = [(pattern, ways) for pattern, ways in told if ways]
        if not found:
            return []
        matrix = matrix_of(column.of(rows))
        digits = digits_of(matrix, shape)
        groups: list[Group] = []
        for pattern, ways in found:
            free = np.ones(len(rows), np.bool_)
            spellings: dict[str, NDArray[np.bool_]] = {}
            for way in ways:
                fitting = free & fits(way, matrix)
                free &= ~fitting
                if (way.start, way.end) == (0, len(shape)):
                    spelling = _spelling(pattern, way.groups)
                    spellings[spelling] = spellings.get(spelling, False) | fitting
                elif len(ways) == 1 and not _is_digit_outside(way, shape):
                    parts += _parts(column, pattern, way, rows[fitting], digits[fitting])
                else:
                    odd[rows[fitting]] = True
            for spelling, fitting in spellings.items():
                if fitting.any():
                    codes = _judge_numbers(column, pattern, rows[fitting], digits[fitting])
                    if any(way.start for way in ways):
                        odd[rows[fitting][codes == _INVALID]] = True
                    groups += _split(column, pattern, spelling, rows[fitting], codes, digits[fitting])
        return groups

    def _of_pattern(self, column: Column, pattern: Pattern, numbered: Numbered, odd: NDArray[np.bool_]) -> list[Group]:
        """Let the regex match each cell that is new, digits that it does not tell apart taken for one."""
        told = numbered.tell(pattern.id, partial(_match_cells, pattern))
        odd |= told == _ODD
        groups: list[Group] = []
        for kind in different(told[told > _ODD]):
            rows = np.flatnonzero(told == kind)
            spelling, verdict = _kinds(pattern)[kind - _ODD - 1]
            # a valid value may be one of digits, which was not judged
            is_judged = not pattern.validator or verdict is not Verdict.VALID
            codes = np.full(len(rows), verdict.code, np.uint8) if is_judged else _judge(column, pattern, rows)
            for row in rows[codes == _INVALID]:  # what is refused as a whole may hold a value
                start = int(column.starts[row])
                odd[row] |= (
                    pattern.compiled().search(column.text, start + 1, start + len(column.cells[row]) + 1) is not None
                )
            groups += _split(column, pattern, spelling, rows, codes, None)
        return groups


def _kinds(pattern: Pattern) -> list[tuple[str, Verdict]]:
    """List what a cell can be as a whole: the numbers from _ODD on stand for these."""
    return [(spelling, verdict) for spelling in (*pattern.shape, "any") for verdict in VERDICTS]


def _match_cells(pattern: Pattern, cells: Sequence[str]) -> list[int]:
    """Tell what each cell is: nothing, something odd, or one of _kinds as a whole.

    A value of digits stands for others and is taken to be valid.
    """
    chars = needed(pattern.source)
    if not chars:
        return _match_all(pattern, cells)
    told = [0] * len(cells)
    rows = [row for row, cell in enumerate(cells) if not chars.isdisjoint(cell)]
    for row, kind in zip(rows, _match_all(pattern, [cells[row] for row in rows]) if rows else (), strict=True):
        told[row] = kind
    return told


def _match_all(pattern: Pattern, cells: Sequence[str]) -> list[int]:
    judge = validator(pattern.validator) if pattern.validator else None
    text = EDGE.join(("", *cells, ""))
    # the verdicts of a spelling stand in the order of their codes
    numbers = {spelling: number for number, (spelling, _) in reversed([*enumerate(_kinds(pattern), _ODD + 1)])}
    told = [0] * len(cells)
    row, start = 0, 1
    end = start + len(cells[0])
    lenient = judge and (lambda value: Verdict.VALID if _HAS_DIGIT(value) else judge(value))
    for first, last, spelling, verdict in iter_claims(text, pattern, judge=lenient):
        while first >= end:
            start, row = end + 1, row + 1
            end = start + len(cells[row])
        is_whole = (first, last) == (start, end) and not told[row]
        told[row] = numbers[spelling] + verdict.code if is_whole else _ODD
    return told


def _is_digit_outside(way: Template, shape: str) -> bool:
    return "0" in shape[: way.start] + shape[way.end :]


def _parts(column: Column, pattern: Pattern, way: Template, rows: Rows, digits: NDArray[np.uint8]) -> list[Group]:
    """Make a group of the cells that hold a value of each verdict, with the same characters before and behind it."""
    codes = _judge_numbers(column, pattern, rows, digits, slice(way.start, way.end))
    groups = []
    for code in different(codes[codes != _INVALID]):
        chosen = rows[codes == code]
        start, cell = int(column.starts[chosen[0]]), column.cells[chosen[0]]
        value, spelling = cell[way.start : way.end], _spelling(pattern, way.groups)
        one = Candidate(pattern, start + way.start, start + way.end, value, spelling, VERDICTS[code])
        groups.append(Group(one, chosen))
    return groups


def _spelling(pattern: Pattern, groups: frozenset[str]) -> str:
    return next((name for name in pattern.shape if name != "any" and name in groups), "any")


def _judge(column: Column, pattern: Pattern, rows: Rows, place: slice = _WHOLE) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on cells, or on the same part of each, one by one."""
    if not pattern.validator:
        return np.full(len(rows), Verdict.VALID.code, np.uint8)
    judge, values = validator_of_many(pattern.validator), column.of(rows)
    if place != _WHOLE:
        values = [cell[place] for cell in values]
    return np.fromiter(map(_CODE, judge(values)), np.uint8, len(rows))


def _judge_numbers(
    column: Column, pattern: Pattern, rows: Rows, digits: NDArray[np.uint8], place: slice = _WHOLE
) -> NDArray[np.uint8]:
    """Give the same for numbers of one shape, in bulk where the validator can."""
    in_bulk = validator_in_bulk(pattern.validator) if pattern.validator and len(rows) else None
    if in_bulk is None:
        return _judge(column, pattern, rows, place)
    return in_bulk(digits, shape_of(column.cells[rows[0]][place]))


def _split(
    column: Column,
    pattern: Pattern,
    spelling: str,
    rows: Rows,
    codes: NDArray[np.uint8],
    digits: NDArray[np.uint8] | None,
) -> list[Group]:
    """Make a group of the rows of each verdict, and of each mark that speaks for a value from within."""
    groups = []
    marks = column.first_of(pattern.context.marks, rows)
    for code in different(codes[codes != _INVALID]):
        for mark in different(marks[codes == code]):
            chosen = (codes == code) & (marks == mark)
            one = column.candidate(int(rows[chosen][0]), pattern, spelling, VERDICTS[code])
            groups.append(Group(one, rows[chosen], None if digits is None else digits[chosen]))
    return groups
