"""The workbook of bench.xlsx as a corpus: two million cells of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def fill_workbook(folder: Path) -> None:
    """Write the workbook with its strings inline, as programs export it."""
    from bench.xlsx import inline_cell, write_workbook  # noqa: PLC0415 - loads the libraries it is measured with

    write_workbook(folder / "members.xlsx", inline_cell)
