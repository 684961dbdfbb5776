"""What the tests of YAML and of settings share: findings of a source, and that each word of it is read exactly once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.blocks import split_lines
from piiscan.config import ScanConfig
from piiscan.model import FileRef, FileReport, Finding, Location, Outcome, Part
from piiscan.piece import Piece, Raw, Segment, Table
from piiscan.scan import scan_content
from piiscan.sparse import as_segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CONFIG = ScanConfig(key=bytes(32), run_key=bytes(32))


def findings_in(name: str, content: str | bytes) -> list[Finding]:
    """Give what is found in a file of that name, which is read wholly."""
    data = content.encode() if isinstance(content, str) else content
    *parts, report = scan_content(FileRef(name, name), data, CONFIG)
    assert isinstance(report, FileReport)
    assert report.outcome is Outcome.COMPLETE
    return [each for part in parts if isinstance(part, Part) for each in part.findings]


def places_of(findings: Iterable[Finding]) -> set[tuple[Location, str]]:
    """Give where findings lie; a name is one by whichever pattern."""
    return {(each.location, each.pattern.removesuffix("_field")) for each in findings}


def source_of(words: Sequence[str]) -> str:
    """Write words: those that are signs as they are, and each empty one as a word with its number."""
    return "".join(word or f"W{number:03}" for number, word in enumerate(words))


def assert_each_is_read_once(words: Sequence[str], source: str, found: Iterable[Piece], escapes: Sequence[str]) -> None:
    """Assert that the numbered words are in one piece each, and there at their places, but for what `escapes` move."""
    lines = split_lines(source)
    texts: list[str] = []
    for piece in (as_segment(each) if isinstance(each, Raw) else each for each in found):
        if isinstance(piece, Segment):
            texts.append(piece.text)
            for number, line in enumerate(split_lines(piece.text), piece.first_line or 0):
                assert all(word in lines[number - 1] for word in re.findall("W[0-9]{3}", line))
            continue
        assert isinstance(piece, Table)
        for at, column in enumerate(piece.columns):
            for row, cell in enumerate(column):
                texts.append(cell)
                if "W" in cell:
                    place = piece.locate(at, row, cell.index("W"))
                    shown = lines[(place.line or 0) - 1][(place.column or 0) - 1 :]
                    assert shown.startswith("W") or any(mark in source for mark in escapes)
    for number, word in enumerate(words):
        if not word:
            assert sum(text.count(f"W{number:03}") for text in texts) == 1, source
