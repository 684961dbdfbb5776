"""What of a share was read and what was not: files, bytes and pages by cause, by folder and by format."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from piiscan.errors import ConfigError
from piiscan.gaps import Acknowledged, Cause
from piiscan.messages import _
from piiscan.model import Outcome, is_unread
from piiscan.pages import NO_PAGES, Pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: A suffix that is longer, or has other signs in it, is no format but a part of a name.
_SUFFIX = 12
#: Folders in which systems keep what was deleted, in lower case: it is scanned, for people's data lies there as well.
_RECYCLED = frozenset({"#recycle", "$recycle.bin", "@recycle", "recycler", ".recycle", "recycled"})
_DONE = frozenset({Outcome.COMPLETE, Outcome.UNCHANGED})


class Entry(NamedTuple):
    """How the scan of one path ended. `size` is in bytes on disk; `pages` are those that are known."""

    path: str
    size: int
    outcome: Outcome
    reason: str
    acknowledged: Acknowledged | None = None
    is_truncated: bool = False
    has_findings: bool = False
    pages: Pages = NO_PAGES


@dataclass(slots=True)
class Figures:
    """Files, bytes and pages: all, those not read or not wholly, and the files of these that are acknowledged.

    `pages` are all that are known. Those that are neither read nor unread were left out on purpose: pictures at which
    nobody looks.
    """

    files: int = 0
    bytes: int = 0
    unread: int = 0
    unread_bytes: int = 0
    acknowledged: int = 0
    pages: int = 0
    pages_read: int = 0
    unread_pages: int = 0

    def add(self, entry: Entry) -> None:
        """Count a path."""
        self.files += 1
        self.bytes += entry.size
        self.pages += sum(entry.pages)
        self.pages_read += entry.pages.read
        if is_unread(entry.outcome, entry.reason):
            self.unread += 1
            self.unread_bytes += entry.size
            self.unread_pages += entry.pages.unread
            self.acknowledged += bool(entry.acknowledged and entry.acknowledged.holds)


@dataclass(slots=True)
class Coverage:
    """The sums over all paths of a run. `depth` is that of the folders; a format is told by the suffix of the name.

    `is_ended` is false where the run was broken off, and `unlisted` are paths of which the result holds no record, for
    they had not changed since an earlier run.
    """

    depth: int = 1
    whole: Figures = field(default_factory=Figures)
    read: Figures = field(default_factory=Figures)
    recycled: Figures = field(default_factory=Figures)
    recycled_with_findings: int = 0
    folders: dict[str, Figures] = field(default_factory=dict)
    formats: dict[str, Figures] = field(default_factory=dict)
    expired: int = 0
    truncated: int = 0
    unlisted: int = 0
    is_ended: bool = True
    _causes: dict[tuple[Outcome, str], Figures] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Count a path everywhere."""
        self.whole.add(entry)
        if entry.outcome in _DONE:
            self.read.add(entry)
        else:
            self._causes.setdefault((entry.outcome, entry.reason), Figures()).add(entry)
        self.folders.setdefault(folder_of(entry.path, self.depth), Figures()).add(entry)
        self.formats.setdefault(suffix_of(entry.path), Figures()).add(entry)
        if is_recycled(entry.path):
            self.recycled.add(entry)
            self.recycled_with_findings += entry.has_findings
        self.expired += bool(entry.acknowledged and not entry.acknowledged.holds)
        self.truncated += entry.is_truncated

    def causes(self, *, unread: bool) -> list[Cause]:
        """Give why files were not read, or why they were left out on purpose, the most frequent first."""
        found = [
            Cause(outcome, reason, each.files, each.bytes, each.acknowledged, each.pages - each.pages_read)
            for (outcome, reason), each in self._causes.items()
            if is_unread(outcome, reason) is unread
        ]
        return sorted(found, key=lambda each: (-each.files, each.outcome, each.reason))

    @property
    def is_complete(self) -> bool:
        """Tell whether everything was read but what is acknowledged or left out on purpose."""
        return self.is_ended and self.whole.unread == self.whole.acknowledged


def folder_of(path: str, depth: int) -> str:
    """Give the folder of a path, at most `depth` levels deep; "" for what lies directly in the root.

    >>> folder_of("人事/給与/2024/a.csv", 2), folder_of("a.csv", 1), folder_of("/srv/a.csv", 1)
    ('人事/給与', '', '/srv')
    """
    start = "/" if path.startswith("/") else ""
    return start + "/".join(path.strip("/").split("/")[:-1][:depth])


def suffix_of(path: str) -> str:
    """Give the suffix that tells the format, in lower case; "" where there is none.

    >>> suffix_of("A/名簿.XLSX"), suffix_of("README"), suffix_of("a.第2版 (最終)"), suffix_of("web/.env")
    ('.xlsx', '', '', '.env')
    """
    suffix = PurePosixPath(f"_{path.rpartition('/')[2]}").suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _SUFFIX else ""


def is_recycled(path: str) -> bool:
    """Tell whether a path lies in a recycle bin of a server or a desktop."""
    folders = path.lower().split("/")[:-1]
    return any(folder in _RECYCLED or folder.startswith(".trash") for folder in folders)


def read_result(path: Path, depth: int) -> Coverage:
    """Add up the result of a scan in JSON lines; raises ConfigError for what is none."""
    coverage = Coverage(depth)
    records = _records(path)
    if next(records, {}).get("record") != "run":
        raise ConfigError(_("{path} is neither a catalog nor a result in JSON lines").format(path=path))
    coverage.is_ended = False
    for record in records:
        if record.get("record") == "file":
            coverage.add(_entry(record))
        elif record.get("record") == "summary":
            coverage.is_ended = not record["interrupted"]
            coverage.unlisted = record["enumerated"] - coverage.whole.files
    return coverage


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    record = json.loads(line)
                except ValueError:
                    record = None
                if not isinstance(record, dict):
                    raise ConfigError(_("{path}:{line}: not a record of piiscan").format(path=path, line=number))
                yield record
    except OSError as error:
        raise ConfigError(_("cannot read {path}: {why}").format(path=path, why=error.strerror)) from None
    except UnicodeDecodeError:
        raise ConfigError(_("{path}: not UTF-8").format(path=path)) from None


def _entry(record: dict[str, Any]) -> Entry:
    told = record.get("acknowledged")
    size = record.get("size", record.get("bytes", 0))
    return Entry(
        str(record["path"]),
        size if isinstance(size, int) else 0,
        Outcome(str(record["outcome"])),
        str(record["reason"]),
        Acknowledged(str(told["reason"]), str(told["until"]), bool(told["holds"])) if isinstance(told, dict) else None,
        bool(record.get("truncated")),
        bool(record.get("counts")),
        _pages(record.get("pages")),
    )


def _pages(told: object) -> Pages:
    """Give the pages of a record; one of an older version knows none."""
    return Pages(int(told["read"]), int(told["unread"])) if isinstance(told, dict) else NO_PAGES
