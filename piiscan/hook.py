"""What a commit may carry: each changed file is scanned as git holds it, and judged by what the change adds to it.

Text is scanned whole, because a header far above gives a value its meaning, but only what stands on added lines is
held against the change. Of a document no lines are known: all of it counts.

Small text, which is nearly all of a commit, is scanned in this process: it costs no start of another. Documents and
large files go to a worker with a time limit, because the libraries that read them may hang or crash.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

from piiscan import extractors
from piiscan.contents import BUFFER
from piiscan.git import added_lines, read_blobs
from piiscan.model import Confidence, FileRef, FileReport, Outcome, Part, Sensitivity
from piiscan.piece import Blob, Problem
from piiscan.pool import scan_all
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
#: The largest text in bytes that is scanned in this process: a second at the very most.
SMALL = 1_000_000
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


def judge(changes: Iterable[Change], config: RunConfig) -> Iterator[Verdict]:
    """Scan every changed file, and give a verdict on each. Raises PiiscanError if no worker can be started."""
    exclude = GitIgnoreSpec.from_lines(config.exclude)
    # The places that are capped for a report could hide the very line that was added.
    scan = replace(config.scan, max_locations=_EVERY, reveal=False, ocr="off")
    limit = min(MOST_BYTES, config.scan.max_file_size or MOST_BYTES)
    to_read = []
    for change in changes:
        if exclude.match_file(change.path):
            yield _unscanned(change, Outcome.SKIPPED, "excluded")
        elif not change.is_file:
            yield _unscanned(change, Outcome.SKIPPED, "special")
        else:
            to_read.append(change)
    to_hand_over = []
    for change, content in _iter_contents(to_read, limit):
        if isinstance(content, str):
            yield _unscanned(change, Outcome.SKIPPED if content == "size" else Outcome.UNREADABLE, content)
        elif content.startswith(_LFS) and len(content) < _LFS_BYTES:
            yield _unscanned(change, Outcome.UNSUPPORTED, "LFS pointer")
        elif _is_quick(change.path, content, scan):
            ref = _ref(change, content)
            yield _judge_content(_Content(change, content), scan_content(ref, content, scan))
        else:
            to_hand_over.append(change)  # and its content is read anew: all of them at once may be too much
    if to_hand_over:
        yield from _judge_apart(to_hand_over, replace(config, scan=scan, jobs=1), limit)


def _iter_contents(changes: list[Change], limit: int) -> Iterator[tuple[Change, bytes | str]]:
    return zip(changes, read_blobs((change.blob for change in changes), limit), strict=True)


def _is_quick(path: str, content: bytes, config: ScanConfig) -> bool:
    """Tell whether a file is scanned by our own code alone, in no time."""
    row = extractors.choose(path, content[:BUFFER], {**extractors.EXTRACTORS, **config.extractors})
    return isinstance(row, Problem) or (row in extractors.LINED and len(content) <= SMALL)


def _judge_apart(changes: list[Change], config: RunConfig, limit: int) -> Iterator[Verdict]:
    """Let a worker scan files, one after the other: there is a report on each, whatever becomes of the worker."""
    held: deque[_Content] = deque()
    gone = []

    def jobs() -> Iterator[Blob]:
        for change, content in _iter_contents(changes, limit):
            if isinstance(content, str):
                gone.append(_unscanned(change, Outcome.UNREADABLE, content))
            else:
                held.append(_Content(change, content))
                yield Blob(_ref(change, content), content)

    for report in scan_all(jobs(), config):
        yield _judge_content(held.popleft(), (Part(report.findings, report.tally), report))
    yield from gone


def _ref(change: Change, content: bytes) -> FileRef:
    return FileRef(change.path, change.path, size=len(content))


def _unscanned(change: Change, outcome: Outcome, reason: str) -> Verdict:
    return Verdict(FileReport(FileRef(change.path, change.path), outcome, reason))


class _Content:
    """The content of one changed file, and which of it is new; the lines are only asked for when something is found."""

    def __init__(self, change: Change, content: bytes) -> None:
        self.change = change
        self.content = content

    @cached_property
    def _is_text(self) -> bool:
        """Whether a finding's line is a line of git's: neither in UTF-16 nor with carriage returns alone is it."""
        row = extractors.choose(self.change.path, self.content[:BUFFER])
        same_lines = b"\0" not in self.content and self.content.count(b"\r") == self.content.count(b"\r\n")
        return row in extractors.LINED and same_lines

    @cached_property
    def _added(self) -> list[range] | None:
        if not self.change.before or not self._is_text:
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


def _judge_content(content: _Content, scanned: Iterable[Part | FileReport]) -> Verdict:
    kept: dict[str, list[Finding]] = defaultdict(list)
    values: dict[str, set[str]] = defaultdict(set)
    totals: Counter[str] = Counter()
    severe: set[str] = set()
    report = FileReport(_ref(content.change, content.content), Outcome.ERROR)
    for item in scanned:
        if isinstance(item, FileReport):
            report = item
            continue
        for finding in _personal(item):
            if not content.is_new(finding):
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
    return (finding for finding in part.findings if not {"business", "public", "sample"} & {*finding.flags})


def _is_severe(finding: Finding) -> bool:
    return finding.sensitivity >= Sensitivity.HIGH and finding.confidence is Confidence.HIGH
