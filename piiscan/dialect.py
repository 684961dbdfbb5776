"""What a delimited file looks like: its delimiter and quote, its header, where a cell lies in a record."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from piiscan.blocks import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The longest field that `csv` will read, in characters; longer records are read as plain text.
FIELD_LIMIT = 1 << 22

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 200
_FIRST_ROWS = 8
_LABEL_LENGTH, _LABEL_DIGITS = 40, 3
_LABEL = re.compile(
    r"氏名|名前|番号|電話|住所|郵便|メール|生年月日|性別|年齢|コード|備考|(?<![式限同名資])会社|部署|カナ|フリガナ"
    r"|(?i:tel|mail|name|phone|address|number|code|date|^id$|_id$|^no\.?$)"
)


class Dialect(NamedTuple):
    """How fields are parted and quoted; a quote inside quotes is doubled."""

    delimiter: str = ","
    quote: str = '"'


def find_dialect(sample: str) -> Dialect:
    """Choose the delimiter between closing and opening quotes, or that cuts `sample` most evenly."""
    lines = split_lines(sample)[:_SAMPLE_LINES]
    delimiter = max(_DELIMITERS, key=lambda char: (sample.count(f'"{char}"'), _evenness(lines, char)))
    border = re.escape(delimiter)
    single = len(re.findall(rf"(?m)(?:^|{border})'[^'\n]*'(?={border}|\r?$)", sample))
    double = len(re.findall(rf'(?m)(?:^|{border})"', sample))
    return Dialect(delimiter, "'" if single > double else '"')


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return (0, 0, 0)
    rows, width = max(((rows, width) for width, rows in widths.items()), default=(0, 0))
    return (rows, widths.total(), width)


def find_header(rows: Sequence[Sequence[str]], first: int = _FIRST_ROWS) -> int | None:
    """Give the index of the header row among the `first` of `rows`, or None.

    The first row that fills half of the table's width decides (titles above it are narrower): it is a header
    if each cell looks like a label and the rows below do not, or if it holds a word that only labels use.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    width = max(filled, default=0)
    for index, row in enumerate(rows[:first]):
        if filled[index] and filled[index] * 2 >= width:
            if not all(may_be_label(cell) for cell in row):
                return None
            is_known = any(_LABEL.search(cell) for cell in row)
            return index if is_known or _differs(rows[index + 1 :]) else None
    return None


def names_field(cell: str) -> bool:
    """Tell whether a cell holds a label, with a word that only labels use."""
    return may_be_label(cell) and bool(_LABEL.search(cell))


def may_be_label(cell: str) -> bool:
    """Tell whether a cell may stand in a header, by its length and its few digits."""
    digits = sum(map(str.isdecimal, cell))
    return len(cell) <= _LABEL_LENGTH and digits <= _LABEL_DIGITS and digits * 2 <= len(cell) and "@" not in cell


def _differs(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether most of `rows` hold a cell that no header would."""
    values = sum(1 for row in rows if not all(may_be_label(cell) for cell in row))
    return values * 2 > len(rows)


def find_cell(record: str, dialect: Dialect, column: int, offset: int) -> int:
    """Give the index in the raw `record` of a cell's character, or of its end where the cell is shorter."""
    end = 0
    for index, number, is_content in _walk(record, dialect):
        if number > column:
            break
        end = index
        if number == column and is_content:
            if not offset:
                return index
            offset -= 1
    return end


def _walk(record: str, dialect: Dialect) -> Iterator[tuple[int, int, bool]]:
    """Yield (index, column, is content) for each character, by the rules of `csv` when it is not strict."""
    delimiter, quote = dialect
    column, is_start, is_quoted, was_quote = 0, True, False, False
    for index, char in enumerate(record):
        if is_quoted and not was_quote:
            was_quote = char == quote
            if not was_quote:
                yield index, column, True
        elif was_quote and char == quote:
            was_quote = False
            yield index, column, True
        elif is_start and char == quote:
            is_start, is_quoted = False, True
        elif char == delimiter:
            yield index, column, False
            column, is_start, is_quoted, was_quote = column + 1, True, False, False
        else:
            is_start = is_quoted = was_quote = False
            yield index, column, char not in "\r\n"
