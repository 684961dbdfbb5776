"""Delimited text into batches of rows, and into segments whatever is no row.

Most of a large table is lines of one width: `even` makes columns of them. The rest goes through `csv`, many lines at
once too.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from piiscan.batch import Batch, Parsed
from piiscan.blocks import Blocks, iter_segments, split_lines
from piiscan.dialect import FIELD_LIMIT
from piiscan.even import cut_even
from piiscan.lineindex import LINE_END
from piiscan.piece import Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from piiscan.dialect import Dialect

#: Bytes to read at once: a processor keeps that much and the cells it becomes at hand.
BLOCK = 1 << 17


# The module's limit is one for the process; ours only has to lie above the longest text we let it read.
csv.field_size_limit(FIELD_LIMIT)


class Records:
    """Reads the records of `texts`, which begin in line `line` of the file; one above `limit` characters is none."""

    def __init__(self, texts: Iterator[str | Problem], dialect: Dialect, limit: int, line: int = 1) -> None:
        self._texts, self._dialect, self._limit, self._line = texts, dialect, limit, line
        self._rest = ""
        self._problems: list[Problem] = []

    def __iter__(self) -> Iterator[Batch | Segment | Problem]:
        for text in self._texts:
            if isinstance(text, Problem):
                self._problems.append(text)
            else:
                yield from self._read(self._rest + text)
        while self._rest:
            yield from self._read(self._rest, final=True)
        yield from self._problems

    def _read(self, text: str, *, final: bool = False) -> Iterator[Batch | Segment | Problem]:
        """Yield the records that end in `text`, which begins with one; keep the rest unless nothing follows."""
        end = text.rfind("\n") + 1
        # What ends with CR alone is a line too, and none that may be cut here.
        is_simple = end and len(text) < self._limit and "\r" not in text[end:]
        even = cut_even(text[:end], self._dialect, self._line) if is_simple else None
        if even:
            yield even
            self._rest = text[end:]
            self._line += len(even)
        else:
            yield from self._read_lines(text, final=final)

    def _read_lines(self, text: str, *, final: bool) -> Iterator[Batch | Segment | Problem]:
        lines = split_lines(text)
        begun = lines.pop() if not final and lines and not _is_ended(lines[-1]) else ""
        while True:
            rows, ends = self._parse(lines, final=final)
            endless = yield from self._iter_records(rows, [0, *ends], lines)
            if endless is None:
                break
            start, end = endless
            yield from self._spill(lines[start:end], start)
            yield from self._iter_problems()
            self._line += end
            lines = lines[end:]
        done = ends[-1] if ends else 0
        self._line += done
        self._rest = "".join(lines[done:]) + begun
        if len(self._rest) >= self._limit:
            yield from iter_segments(self._iter_endless(len(lines) - done), Blocks(line=self._line))
            yield from self._iter_problems()

    def _parse(self, lines: list[str], *, final: bool) -> tuple[list[list[str]], list[int]]:
        """Give the rows, and for each the number of lines with its end; an open last one only if nothing follows."""
        # Another line is a row of its own, or what is left open takes it in.
        source = lines if final else chain(lines, ["\n"])
        rows, ends = [], []
        reader = csv.reader(source, delimiter=self._dialect.delimiter, quotechar=self._dialect.quote)
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
        return (rows, ends) if final else (rows[:-1], ends[:-1])

    def _iter_records(
        self, rows: list[list[str]], bounds: list[int], lines: list[str]
    ) -> Generator[Batch | Segment | Problem, None, tuple[int, int] | None]:
        """Yield rows up to one that is endless, and return the range of its lines: to where it got too long."""
        at = list(accumulate(map(len, lines), initial=0))

        def batch(first: int, last: int) -> Iterator[Batch]:
            if first < last:
                some, starts, ends = rows[first:last], bounds[first:last], bounds[first + 1 : last + 1]
                characters = at[bounds[last]] - at[bounds[first]] + sum(map(len, chain.from_iterable(some)))
                yield Parsed(some, lines, starts, ends, self._line, self._dialect, characters)

        first = 0
        # The lines behind the last row are an open record.
        records = enumerate(pairwise([*bounds, len(lines)]))
        for index, (start, end) in records if at[-1] >= self._limit or bounds[-1] > len(rows) else ():
            if at[end] - at[start] >= self._limit:
                yield from batch(first, index)
                return start, bisect_left(at, at[start] + self._limit)
            if index < len(rows) and end - start > 1 and "".join(lines[start:end]).count(self._dialect.quote) % 2:
                yield from batch(first, index)
                yield from self._spill(lines[start:end], start)
                first = index + 1
        yield from batch(first, len(rows))
        return None

    def _spill(self, lines: list[str], start: int) -> Iterator[Segment | Problem]:
        yield from iter_segments(["".join(lines)], Blocks(line=self._line + start))

    def _iter_endless(self, lines: int) -> Iterator[str | Problem]:
        """Yield what is left and what follows, to the end of the line; `lines` are those left and ended."""
        yield self._rest
        self._rest = ""
        for text in self._texts:
            if isinstance(text, str) and (line_end := LINE_END.search(text)):
                self._line += lines + 1
                self._rest = text[line_end.end() :]
                yield text[: line_end.end()]
                return
            yield text

    def _iter_problems(self) -> Iterator[Problem]:
        yield from self._problems
        self._problems.clear()


def _is_ended(line: str) -> bool:
    return line.endswith(("\n", "\r"))
