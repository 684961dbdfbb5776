"""One row per file with findings, for spreadsheets: no cell of it is ever taken for a formula.

The columns are the same whatever the language. The file begins with a byte order mark, without which Excel reads
Japanese as something else.
"""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from piiscan.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.holdings import Advice, Overview
    from piiscan.reports import View

_SECOND = 1_000_000_000
#: What makes a spreadsheet calculate a cell, at its front; some take the full-width forms for the same.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Row(NamedTuple):
    """The columns. `path_bytes` are the name's bytes in hexadecimal digits, where `path` does not show it as it is."""

    rank: int
    root: str
    path: str
    path_bytes: str
    department: str
    owner: str
    action: str
    basis_en: str
    basis_ja: str
    due: str
    due_estimated: str
    held: str
    risk: float
    sensitivity: str
    legal_classes: str
    categories: str
    values: str
    people: int
    people_low: int
    people_high: int
    exposure: str
    modified: str
    size: int
    copies: int
    outcome: str
    decision: str
    decided_by: str
    decided_on: str
    decided_until: str
    decision_reason: str


class _Line:
    """What the writer of rows writes to: it keeps the line last written."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def render_csv(overview: Overview, _view: View) -> Iterator[str]:
    """Yield the head, and a line for each file in the order of risk."""
    line = _Line()
    writer = csv.writer(line, quoting=csv.QUOTE_NONNUMERIC, lineterminator="")
    writer.writerow(Row._fields)
    yield f"\ufeff{line.text}"
    for rank, advice in enumerate(overview.advice, 1):
        row = _row(rank, advice)
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.text


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet calculates: an apostrophe in front of it says that it is text.

    >>> harmless("=1+1"), harmless("H30.xlsx")
    ("'=1+1", 'H30.xlsx')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _row(rank: int, advice: Advice) -> Row:
    holding, decision = advice.holding, advice.decision
    path = printable(holding.path)
    return Row(
        rank,
        printable(holding.root),
        path,
        os.fsencode(holding.path).hex() if harmless(path) != holding.path else "",
        printable(advice.department),
        printable(holding.owner),
        advice.action.value,
        printable(advice.basis.en),
        printable(advice.basis.ja),
        f"{advice.due or ''}",
        _yes(advice.due and advice.is_estimated),
        _yes(advice.is_held),
        round(advice.risk, 6),
        holding.sensitivity.name.lower(),
        printable(";".join(holding.classes)),
        ";".join(sorted(holding.categories)),
        ";".join(f"{pattern}={count}" for pattern, count in sorted(holding.distinct.items())),
        *holding.people,
        holding.exposure.value,
        _moment(holding.mtime_ns),
        holding.size,
        holding.copies,
        holding.outcome.value,
        decision.action.value if decision else "",
        printable(decision.person) if decision else "",
        f"{decision.day}" if decision else "",
        f"{decision.until or ''}" if decision else "",
        printable(decision.reason) if decision else "",
    )


def _yes(fact: object) -> str:
    return "yes" if fact else "no"


def _moment(nanoseconds: int) -> str:
    try:  # a file's clock may say anything
        return f"{datetime.fromtimestamp(nanoseconds // _SECOND, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError, OSError):
        return ""
