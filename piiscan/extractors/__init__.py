"""Which extractor reads a file: magic bytes first, the suffix second, "looks like text" last.

To add an extractor, write `extract_x(stream, name)` and one row here; it is imported on first use.
A format that has no extractor yet is named, because what is not read must never pass for clean.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from piiscan.charset import is_mostly_controls, is_text
from piiscan.extractors.signatures import SIGNATURES, TEXT_SIGNATURES, UNREAD_SUFFIXES
from piiscan.model import Outcome
from piiscan.piece import Piece, Problem
from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    Extractor = Callable[[BinaryIO, str], Iterator[Piece]]

_TEXT = "text:extract_text"
_DELIMITED = "delimited:extract_delimited"
_JSON = "json_text:extract_json"
_XML = "xml_text:extract_xml"
_HTML = "html_text:extract_html"
_XLSX = "xlsx:extract_xlsx"

#: Suffix (lower case) to "module:function"; a module name with a dot is absolute.
EXTRACTORS: dict[str, str] = {
    ".csv": _DELIMITED,
    ".tsv": _DELIMITED,
    ".tab": _DELIMITED,
    ".psv": _DELIMITED,
    ".json": _JSON,
    ".jsonl": _JSON,
    ".ndjson": _JSON,
    ".geojson": _JSON,
    ".har": _JSON,
    ".ipynb": _JSON,
    ".xml": _XML,
    ".svg": _XML,
    ".rss": _XML,
    ".atom": _XML,
    ".kml": _XML,
    ".gpx": _XML,
    ".plist": _XML,
    ".xsd": _XML,
    ".xsl": _XML,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".shtml": _HTML,
    ".xlsx": _XLSX,
    ".xlsm": _XLSX,
    ".xltx": _XLSX,
    ".xltm": _XLSX,
    ".txt": _TEXT,
    ".log": _TEXT,
    ".md": _TEXT,
}

# How a package begins, and how it begins when a password locks it: what else has the suffix is no workbook.
_PACKAGES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

# How text begins that says what it is; only asked where the suffix says nothing.
_OPENINGS = ((b"<?xml", _XML), (b"<!doctype html", _HTML), (b"<html", _HTML))


def choose(name: str, head: bytes, table: Mapping[str, str] = EXTRACTORS) -> str | Problem:
    """Give the row that reads the file called `name` that begins with `head` (64 KiB), or say why none does.

    A row of `table` that is not ours wins by its suffix alone. An empty file is text: it is read, and holds
    nothing.
    """
    suffix = PurePath(name).suffix.lower()
    row = table.get(suffix)
    is_added = row is not None and row != EXTRACTORS.get(suffix)
    if row is not None and (is_added or (row == _XLSX and head.startswith(_PACKAGES))):
        return row
    if not head:
        return _TEXT
    looks_like_text = is_text(head)
    if problem := _find_signature(head, suffix, looks_like_text=looks_like_text):
        return problem
    if row is not None and row != _XLSX:
        return Problem(Outcome.UNSUPPORTED, "binary") if is_mostly_controls(head) else row
    if not looks_like_text:
        return Problem(Outcome.UNSUPPORTED, "binary")
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:32].lower()
    return next((row for start, row in _OPENINGS if opening.startswith(start)), _TEXT)


def open_extractor(row: str) -> Extractor:
    """Import the function of a row. Raises ImportError where an optional library is missing."""
    return cast("Extractor", resolve(__name__, row))


def _find_signature(head: bytes, suffix: str, *, looks_like_text: bool) -> Problem | None:
    """Name a known format. Text may begin with "BM" or "MZ": most signatures count in binary files only."""
    if not looks_like_text:
        for offset, mark, problem in SIGNATURES:
            if head.startswith(mark, offset):
                return problem
    if suffix == ".pyc" and head[2:4] == b"\r\n":
        return Problem(Outcome.SKIPPED, "executable")
    for mark, problem in TEXT_SIGNATURES:
        if head.startswith(mark):
            return problem
    return UNREAD_SUFFIXES.get(suffix)
