"""What is told about a run: one row per format. A report is a pure generator from records to lines.

Its shape is independent of the data: the first line, the order and the keys are the same whatever was found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from piiscan.model import Record

REPORTS: Mapping[str, str] = {
    "human": "human:render_human",
    "jsonl": "jsonl:render_jsonl",
}


@dataclass(frozen=True, slots=True)
class View:
    """How people want to see a report; machine formats look at none of it.

    `language` is "en" or "ja", `width` in columns of the terminal, `titles` the patterns' names in that language by id.
    `explain` adds the evidence of each finding, `colour` allows terminal codes.
    """

    language: str = "en"
    width: int = 100
    colour: bool = False
    explain: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)


def render(name: str, records: Iterable[Record], view: View) -> Iterator[str]:
    """Render the records of one run in the format `name` of REPORTS, line by line without line ends."""
    lines: Iterator[str] = resolve(__name__, REPORTS[name])(records, view)
    return lines
