"""Read every row of a workbook, keeping none: python -m bench.calamine_alone FILE. Nothing of ours is loaded."""

from __future__ import annotations

import sys
from collections import deque

from python_calamine import CalamineWorkbook


def read_rows(path: str) -> None:
    """Read the workbook."""
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        deque(book.get_sheet_by_name(name).iter_rows(), maxlen=0)


if __name__ == "__main__":
    read_rows(sys.argv[1])
