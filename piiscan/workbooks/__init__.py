"""The findings report as Excel workbooks: one row per kind. Each is a function from an overview to sheets.

To add one, write `iter_sheets(overview, told)` and a row of `WORKBOOKS`. What people fill in
and send back is read by piiscan/review.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.overviewwords import phrases
from piiscan.registry import resolve
from piiscan.xlsxfile import write_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from piiscan.holdings import Overview
    from piiscan.sheets import Sheet

WORKBOOKS: Mapping[str, str] = {
    "findings": "findings:iter_sheets",
    "ledger": "ledger:iter_sheets",
    "file_register": "file_register:iter_sheets",
}


def iter_sheets(name: str, overview: Overview, language: str) -> Iterator[Sheet]:
    """Yield the sheets of the workbook `name` of WORKBOOKS in a language, "en" or "ja"."""
    sheets: Iterator[Sheet] = resolve(__name__, WORKBOOKS[name])(overview, phrases(language))
    return sheets


def write_workbook(name: str, overview: Overview, language: str, stream: BinaryIO) -> None:
    """Write a workbook; the same overview gives the same bytes."""
    write_sheets(iter_sheets(name, overview, language), stream, overview.run.ended or overview.run.began)
