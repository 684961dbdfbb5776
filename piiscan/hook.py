"""What a commit may carry: each changed file is scanned as git holds it, and judged by what the change adds to it.

Text is scanned whole, because a header far above gives a value its meaning, but only what stands on added lines is
held against the change. Of a document no lines are known: all of it counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

from piiscan import extractors
from piiscan.contents import BUFFER
from piiscan.git import added_lines, read_blobs
from piiscan.model import Confidence, FileRef, FileReport, Outcome, Part, Sensitivity
from piiscan.scan import scan_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from piiscan.config import RunConfig, ScanConfig
    from piiscan.git import Change
    from piiscan.model import Finding

#: So many different values of one pattern make a list of people of what would else be somebody's contact.
BULK = 10
#: A blob is read as a whole; no more than so many bytes of it, whatever the configuration allows.
MOST_BYTES = 500_000_000
#: Findings of one pattern and file that are kept to be shown; all are counted.
SHOWN = 3

_EVERY = 1_000_000_000
_LFS = b"version https://git-lfs.github.com/spec/"
_LFS_BYTES = 1024
# A reason has a letter in it: the end of a comment (`-->`, `*/`) is none.
_IGNORE = re.compile(rb"piiscan: ?ignore\[([a-z0-9_, ]+)\][^\n]*?[A-Za-z\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Charge:
    """What a change adds of one pattern: the first findings, and how many there are in all."""

    findings: tuple[Finding, ...]
    total: int
    blocks: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """One changed file: how its scan ended, and what is held against it."""

    report: FileReport
    charges: tuple[Charge, ...] = ()


def judge(changes: Iterable[Change], config: RunConfig, *, lines: bool = True) -> Iterator[Verdict]:
    """Scan every changed file, and give a verdict on each. Without `lines`, all of a file counts as added."""
    exclude = GitIgnoreSpec.from_lines(config.exclude)
    # The places that are capped for a report could hide the very line that was added.
    scan = replace(config.scan, max_locations=_EVERY, reveal=False)
    limit = min(MOST_BYTES, config.scan.max_file_size or MOST_BYTES)
    to_read = []
    for change in changes:
        if exclude.match_file(change.path):
            yield _unscanned(change, Outcome.SKIPPED, "excluded")
        elif not change.is_file:
            yield _unscanned(change, Outcome.SKIPPED, "special")
        else:
            to_read.append(change)
    for change, content in zip(to_read, read_blobs((change.blob for change in to_read), limit), strict=True):
        if content is None:
            yield _unscanned(change, Outcome.SKIPPED, "size")
        elif content.startswith(_LFS) and len(content) < _LFS_BYTES:
            yield _unscanned(change, Outcome.UNSUPPORTED, "LFS pointer")
        else:
            yield _judge_content(_Blob(change, content, lines=lines), scan)


def _unscanned(change: Change, outcome: Outcome, reason: str) -> Verdict:
    return Verdict(FileReport(FileRef(change.path, change.path), outcome, reason))


class _Blob:
    """The content of one changed file, and which of it is new; the lines are only asked for when something is found."""

    def __init__(self, change: Change, content: bytes, *, lines: bool) -> None:
        self.change = change
        self.content = content
        self._by_lines = lines

    @cached_property
    def _is_text(self) -> bool:
        """Whether a finding's line is a line of git's: neither in UTF-16 nor with carriage returns alone is it."""
        row = extractors.choose(self.change.path, self.content[:BUFFER])
        same_lines = b"\0" not in self.content and self.content.count(b"\r") == self.content.count(b"\r\n")
        return row in extractors.LINED and same_lines

    @cached_property
    def _added(self) -> list[range] | None:
        if not self._by_lines or not self.change.before or not self._is_text:
            return None
        return added_lines(self.change.before, self.change.blob)

    @cached_property
    def _ignored(self) -> Mapping[int, set[str]]:
        """The patterns that are suppressed with a reason, by line."""
        if not self._is_text or b"ignore[" not in self.content:
            return {}
        matches = ((number, _IGNORE.search(line)) for number, line in enumerate(self.content.split(b"\n"), 1))
        return {number: {*re.split(r"[, ]+", match[1].decode())} for number, match in matches if match}

    def is_new(self, finding: Finding) -> bool:
        """Tell whether the change answers for a finding."""
        place = finding.location
        if place.line is None or place.member:
            return self.change.is_named or place.part != "path"
        if finding.pattern in self._ignored.get(place.line, ()):
            return False
        return self._added is None or any(place.line in span for span in self._added)


def _judge_content(blob: _Blob, config: ScanConfig) -> Verdict:
    ref = FileRef(blob.change.path, blob.change.path, size=len(blob.content))
    kept: dict[str, list[Finding]] = defaultdict(list)
    values: dict[str, set[str]] = defaultdict(set)
    totals: Counter[str] = Counter()
    severe: set[str] = set()
    report = FileReport(ref, Outcome.ERROR)
    for item in scan_content(ref, blob.content, config):
        if isinstance(item, FileReport):
            report = item
            continue
        for finding in _personal(item):
            if not blob.is_new(finding):
                continue
            name = finding.pattern
            totals[name] += 1
            values[name].add(finding.fingerprint)
            if _is_severe(finding) and name not in severe:
                severe.add(name)
                kept[name].clear()  # show what blocks, not what came before it
            if len(kept[name]) < SHOWN and (_is_severe(finding) or name not in severe):
                kept[name].append(finding)
    charges = []
    for name, findings in kept.items():
        is_bulk = findings[0].sensitivity >= Sensitivity.MODERATE and len(values[name]) >= BULK
        charges.append(Charge(tuple(findings), totals[name], blocks=name in severe or is_bulk))
    return Verdict(report, tuple(charges))


def _personal(part: Part) -> Iterator[Finding]:
    return (finding for finding in part.findings if not {"business", "sample"} & {*finding.flags})


def _is_severe(finding: Finding) -> bool:
    return finding.sensitivity >= Sensitivity.HIGH and finding.confidence is Confidence.HIGH
