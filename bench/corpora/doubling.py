"""The same kind of input in four sizes, each twice the one before; folders, named by how much is in them."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

STEPS = 4
TEXT_SIZE, LOG_SIZE, SLOW_SIZE = 25_000_000, 15_000_000, 2_500_000
SMALL_FILES, SMALL_SIZE = 1000, 2000
TABLE_ROWS, SHEET_ROWS, CELLS_A_ROW = 62_500, 3_125, 80


def fill_doubling(folder: Path, prose: Path, documentation: Path, log: Path, json: Path, dense: Path) -> None:
    """Write a folder for each kind, and in it one for each size."""
    for step in range(STEPS):
        factor = 2**step
        kinds = (
            ("prose", sorted(prose.glob("*.txt")), TEXT_SIZE),
            ("log", sorted(log.glob("*.log")), LOG_SIZE),
            ("json", [json / "orders.jsonl"], SLOW_SIZE),
            ("html", _shuffled(documentation.rglob("*.html")), SLOW_SIZE),
        )
        for kind, sources, size in kinds:
            target = _place(folder, kind, size * factor // 1000) / f"one{sources[0].suffix}"
            _write(target, _lines(sources), size * factor)
        _write_table(_place(folder, "dense", TABLE_ROWS * factor), dense / "members.csv", TABLE_ROWS * factor)
        _write_sheet(_place(folder, "workbook", SHEET_ROWS * CELLS_A_ROW * factor), SHEET_ROWS * factor)
        _write_small(_place(folder, "files", SMALL_FILES * factor), prose / "00.txt", SMALL_FILES * factor)


def _shuffled(paths: Iterable[Path]) -> list[Path]:
    """Put pages into an order of chance: in that of their names, each size would hold the manuals of other programs."""
    pages = sorted(path for path in paths if path.is_file())
    random.Random(0).shuffle(pages)
    return pages


def _place(folder: Path, kind: str, amount: int) -> Path:
    place = folder / kind / str(amount)
    place.mkdir(parents=True)
    return place


def _lines(sources: list[Path]) -> Iterator[bytes]:
    for source in itertools.cycle(sources):
        with source.open("rb") as stream:
            yield from stream


def _write(target: Path, lines: Iterator[bytes], size: int) -> None:
    with target.open("wb") as stream:
        while size > 0:
            size -= stream.write(next(lines))


def _write_table(place: Path, source: Path, rows: int) -> None:
    with source.open("rb") as stream, (place / "members.csv").open("wb") as target:
        target.writelines(itertools.islice(stream, rows + 1))


def _write_sheet(place: Path, rows: int) -> None:
    from bench.xlsx import inline_cell, write_workbook  # noqa: PLC0415 - loads the libraries it is measured with

    write_workbook(place / "members.xlsx", inline_cell, rows)


def _write_small(place: Path, source: Path, files: int) -> None:
    lines = _lines([source])
    for number in range(files):
        _write(place / f"{number:05}.txt", lines, SMALL_SIZE)
