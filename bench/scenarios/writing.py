"""Rows as files, the way that programs of offices write them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Rows = Iterable[Sequence[str]]

_PER_INSERT = 500


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """Write delimited text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write a workbook, a sheet for each name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    book.save(path)


def write_jsonl(path: Path, objects: Iterable[Mapping[str, object]]) -> None:
    """Write an object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), encoding="utf-8")


def write_sql(path: Path, table: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a dump as mysqldump does: the table, and inserts of many rows each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds = ",\n".join(f"  `{name}` varchar(255) DEFAULT NULL" for name in columns)
    parts = [f"-- Dump completed\nDROP TABLE IF EXISTS `{table}`;\nCREATE TABLE `{table}` (\n{kinds}\n);\n"]
    names = ",".join(f"`{name}`" for name in columns)
    for start in range(0, len(rows), _PER_INSERT):
        values = ",\n".join("(" + ",".join(map(_quoted, row)) + ")" for row in rows[start : start + _PER_INSERT])
        parts.append(f"INSERT INTO `{table}` ({names}) VALUES\n{values};\n")
    path.write_text("".join(parts), encoding="utf-8")


def _quoted(cell: str) -> str:
    return "'" + cell.replace("'", "''") + "'" if cell else "NULL"
