"""Lines of one width cut at all their delimiters at once: most of what large tables are made of."""

from __future__ import annotations

from itertools import repeat
from operator import contains
from typing import TYPE_CHECKING

from piiscan.batch import Even

if TYPE_CHECKING:
    from piiscan.dialect import Dialect


def cut_even(text: str, dialect: Dialect, line: int) -> Even | None:
    r"""Cut whole lines that have the same number of cells, the same line ends, and quotes around all cells or none.

    >>> from piiscan.dialect import Dialect
    >>> cut_even("a,b\n1,2\n", Dialect(), 1).columns
    [['a', '1'], ['b', '2']]
    >>> cut_even('"a","b"\n"1","2"\n', Dialect(), 1).columns
    [['a', '1'], ['b', '2']]
    >>> cut_even('a,b\n1,"2"\n', Dialect(), 1), cut_even("a,b\n1\n", Dialect(), 1)
    (None, None)
    """
    body = text
    if "\r" in text:
        body = text.replace("\r\n", "\n")
        if "\r" in body:
            return None
    returns = len(text) - len(body)
    body = body[:-1]
    rows, quotes = body.count("\n") + 1, 0
    if returns not in {0, rows}:
        return None
    if dialect.quote in body:
        quotes, body = len(body), _without_quotes(body, dialect, rows)
        quotes -= len(body)
    columns = _cut(body, dialect.delimiter, rows)
    if columns is None:
        return None
    others = len(columns) + (quotes + returns) // rows
    characters = len(text) + len(body) - rows * len(columns) + 1
    return Even(columns, line, 3 if quotes else 1, others, characters)


def _without_quotes(body: str, dialect: Dialect, rows: int) -> str:
    """Take the quotes away if there is one at each border of a cell and nowhere else; else give nothing."""
    delimiter, quote = dialect
    if not (body.startswith(quote) and body.endswith(quote)):
        return ""
    inner = body[1:-1].replace(f"{quote}\n{quote}", "\n")
    plain = inner.replace(f"{quote}{delimiter}{quote}", delimiter)
    # Every line feed and every delimiter has lost its two quotes, so none of them stands inside of a cell.
    is_even = len(body) - len(inner) == 2 * rows and len(inner) - len(plain) == 2 * plain.count(delimiter)
    return plain if is_even and quote not in plain else ""


def _cut(body: str, delimiter: str, rows: int) -> list[list[str]] | None:
    step = body.split("\n", 1)[0].count(delimiter)
    if not step:
        column = body.split("\n")
        return [column] if all(column) and delimiter not in body else None
    cells = body.split(delimiter)
    # The last cell of a line and the first one of the next are still one, with the line feed in it.
    borders = cells[step:-1:step]
    if len(cells) != rows * step + 1 or not all(map(contains, borders, repeat("\n"))):
        return None
    halves = "\n".join(borders).split("\n") if borders else []
    inner = [cells[index::step] for index in range(1, step)]
    return [[cells[0], *halves[1::2]], *inner, [*halves[::2], cells[-1]]]
