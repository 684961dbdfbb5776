"""How long a large workbook takes, beside the library that parses it alone.

Usage: python -m bench.xlsx [RUNS]. Prints each ratio with its bar, and exits 1 where a bar is missed.
"""

from __future__ import annotations

import sys
import tempfile
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from bench.calamine_alone import read_rows
from bench.ratio import compare, print_ratios
from piiscan.extractors.xlsx import extract_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.ratio import Ratio

BAR = 1.30
SHEETS, ROWS, COLUMNS = 4, 25_000, 20
LABELS = ("氏名", "電話番号", "住所", "郵便番号", "備考")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def text_of(row: int, column: int) -> str:
    """Give a cell's text: made up, of a length as people write, mostly seen once only."""
    texts = (f"見本 {row:05}", f"090-{column:04}-{row:05}", f"東京都見本区{row % 97}丁目{column}", f"100-{row:05}")
    return texts[column % len(texts)]


def inline_cell(row: int, column: int, reference: str) -> str:
    """Write a cell with its text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text_of(row, column)}</t></is></c>'


def shared_cell(row: int, column: int, reference: str) -> str:
    """Write every second cell as a number, the others as one of the shared strings."""
    if column % 2:
        return f'<c r="{reference}"><v>{row * 20 + column}</v></c>'
    return f'<c r="{reference}" t="s"><v>{row * COLUMNS // 2 + column // 2 + len(LABELS)}</v></c>'


def write_workbook(path: Path, cell: Callable[[int, int, str], str], row_count: int = ROWS) -> None:
    """Write a workbook, of two million cells unless there are fewer rows, the XML as Excel writes it."""
    letters = [chr(65 + column) for column in range(COLUMNS)]
    labels = [LABELS[column % len(LABELS)] for column in range(COLUMNS)]
    head = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{label}</t></is></c>'
        for letter, label in zip(letters, labels, strict=True)
    )
    rows = [
        f'<row r="{row}" spans="1:{COLUMNS}">'
        + "".join(cell(row, column, f"{letter}{row}") for column, letter in enumerate(letters))
        + "</row>"
        for row in range(2, row_count + 2)
    ]
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{head}</row>{"".join(rows)}</sheetData></worksheet>'
    texts = [*LABELS, *(text_of(row, column) for row in range(row_count + 2) for column in range(0, COLUMNS, 2))]
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    numbers = range(1, SHEETS + 1)
    names = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="r{number}"/>' for number in numbers)
    targets = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    targets += f'<Relationship Id="r0" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>'
        )
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        for number in numbers:
            package.writestr(f"xl/worksheets/sheet{number}.xml", sheet)


def ours(path: Path) -> None:
    """Extract all pieces, keeping none."""
    with path.open("rb") as stream:
        deque(extract_xlsx(stream, path.name), maxlen=0)


def measure(runs: int = 2) -> Iterator[Ratio]:
    """Measure both workbooks."""
    with tempfile.TemporaryDirectory() as folder:
        for name, cell in (("inline strings", inline_cell), ("shared strings and numbers", shared_cell)):
            path = Path(folder) / f"{name}.xlsx"
            write_workbook(path, cell)
            yield compare(
                f"xlsx, {name}, against calamine", BAR, partial(ours, path), partial(read_rows, str(path)), runs
            )


if __name__ == "__main__":
    sys.exit(print_ratios(measure))
