"""Zip entries that share bytes: a few kilobytes that inflate to petabytes, read again and again (CVE-2024-0450)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable

_LOCAL_HEADER = 30


def is_folder(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is a folder; the library's own answer does not expect a name of no characters."""
    return entry.filename.endswith("/")


def has_overlap(entries: Iterable[zipfile.ZipInfo], end: int) -> bool:
    """Tell whether two entries share bytes, or one reaches past `end`, where the central directory begins."""
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends:
            return True
        ends = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    return ends > end
