"""One file: opened as what the walk saw, read, searched, and told about, whatever it does.

The same `scan_file` serves the library and every worker. Nothing that a file can contain makes it raise; only
what kills the process is left for the pool to tell.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b, file_digest
from io import BufferedReader, BytesIO
from itertools import chain
from posixpath import basename
from typing import TYPE_CHECKING, Any

from piiscan import extractors
from piiscan.collector import Collector
from piiscan.contents import BUFFER, Inside, iter_contents
from piiscan.detect import Detector
from piiscan.faults import NONE, content_problem, path_problem, worse
from piiscan.findings import Findings
from piiscan.model import FileRef, FileReport, Outcome, Part, Tally
from piiscan.piece import PATH, Problem, path_segment
from piiscan.reading import CountedFile, Meter, is_elsewhere, open_quietly

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from piiscan.config import ScanConfig
    from piiscan.contents import Content
    from piiscan.pages import Pages
    from piiscan.piece import Slice
    from piiscan.quiet import Item

#: Bytes of the digest of a file.
_DIGEST = 16


def scan_file(ref: FileRef, config: ScanConfig, *, has_quiet_path: bool = False) -> Iterator[Part | FileReport]:
    """Yield a Part whenever there are new findings, and last one FileReport, whose own `findings` are empty.

    The file's path is searched before its content, unless it is known to be quiet (`quiet_paths`). Raises nothing: what
    goes wrong is the report's outcome.
    """
    meter, inside = Meter(config.pace), Inside()
    pieces = _pieces(ref, config, meter, inside)
    if has_quiet_path:
        next(pieces)  # which opens nothing yet
    yield from _told(ref, config, pieces, meter, inside)


def quiet_paths(refs: Iterable[FileRef], config: ScanConfig) -> frozenset[str]:
    """Give those paths of some files in which nothing can be found: told at once, in a fraction of the time."""
    return frozenset(detector_of(config).quiet_names([ref.path for ref in refs], PATH))


def scan_slice(share: Slice, config: ScanConfig) -> Iterator[Part | FileReport]:
    """Scan a share of a file as `scan_file` scans all of it. The shares of assembly.Assembly make one report again."""
    meter, inside = Meter(config.pace), Inside()
    pieces = _pieces(share.ref, config, meter, inside)
    yield from _told(share.ref, config, pieces, meter, inside, share)


class ElsewhereError(Exception):
    """This file is for another process: it is large, or libraries of others read it."""


def scan_here(ref: FileRef, config: ScanConfig, most: int) -> Iterator[Part | FileReport]:
    """Yield what `scan_file` yields if the file is of at most `most` bytes and our own code alone reads it.

    Raises ElsewhereError if not, and nothing else; what was yielded before that does not count.
    """
    meter, inside = Meter(config.pace), Inside()
    yield from _told(ref, config, _pieces(ref, config, meter, inside, most), meter, inside)


def scan_content(ref: FileRef, content: bytes, config: ScanConfig) -> Iterator[Part | FileReport]:
    """Scan bytes that lie in no file, such as a blob of git, as `scan_file` scans a file."""
    meter, inside = Meter(config.pace), Inside()
    meter.bytes_read = len(content)
    yield from _told(ref, config, _content_pieces(ref, content, config, inside), meter, inside)


def _told(
    ref: FileRef,
    config: ScanConfig,
    contents: Iterator[Content],
    meter: Meter,
    inside: Inside,
    share: Slice | None = None,
) -> Iterator[Part | FileReport]:
    started = time.monotonic()
    problem, detector, collector = NONE, None, None
    try:
        detector = detector_of(config)
        collector = Collector(detector)
        for number, member, piece in detector.leave_out_quiet(_ours(contents, share), lambda: inside.is_ours):
            if isinstance(piece, Problem):
                problem = worse(problem, piece)
                if waited := inside.take_waited():
                    yield Part(Findings(), collector.figures.so_far, number, waited, inside.pages)
            elif findings := collector.collect(piece, member):
                yield Part(findings, collector.figures.so_far, number, pages=inside.pages)
        problem = worse(problem, inside.problem)
        if collector.has_lost:
            problem = worse(problem, Problem(Outcome.PARTIAL, "lost digits"))
    except ElsewhereError:
        raise
    except Exception as error:  # noqa: BLE001 - a bad file is a row; the message may quote it, the name does not
        problem = worse(problem, content_problem(error))
    counts, failure = (yield from _closing(collector, share, inside)) if collector else ({}, NONE)
    problem = worse(problem, failure)
    yield FileReport(
        ref,
        problem.outcome,
        problem.reason,
        truncated=collector.figures.truncated if collector else (),
        engine=detector.engine if detector else "",
        bytes_read=meter.bytes_read,
        elapsed=time.monotonic() - started,
        members=inside.outcomes,
        unread_members=inside.unread,
        dropped=collector.dropped if collector else (),
        content=_content(ref, config, collector, share) if config.is_kept else "",
        is_touched=meter.is_touched,
        pages=inside.pages,
        **counts,
    )


def _closing(
    collector: Collector, share: Slice | None, inside: Inside
) -> Generator[Part, None, tuple[dict[str, Any], Problem]]:
    """Count values and people, and tell what can prevent that: they may fill the memory, or lie on a disk that fails.

    Whoever puts the shares of a file together is told which values were seen, so that each counts once.
    """
    so_far = collector.figures.so_far
    try:
        for each in chain(collector.figures.hashed(), collector.census.hashed()) if share else ():
            yield Part(Findings(), so_far, pages=inside.pages, hashed=(each,))
        return _counts(collector, share), NONE
    except Exception as error:  # noqa: BLE001 - as above
        return {"tally": so_far}, content_problem(error)


def _counts(collector: Collector, share: Slice | None) -> dict[str, Any]:
    """Count values and people; the people of a share are counted by whoever sees all of the file."""
    tally, census = collector.figures.tally, collector.census
    if share:
        return {"tally": tally, "shares": census.shares()}
    return {"tally": tally, **census.counts()}


def _content(ref: FileRef, config: ScanConfig, collector: Collector | None, share: Slice | None) -> str:
    """Give the digest of a file in which something was found: a copy or a move is told by it. "" for any other."""
    if not collector or not (collector.figures.has_found or (share and not share.index)):
        return ""
    try:
        meter = Meter(config.pace)
        with BufferedReader(CountedFile(open_quietly(ref.source, meter), meter), BUFFER) as stream:
            if not _is_same(ref, os.fstat(stream.fileno())):
                return ""
            return file_digest(stream, lambda: blake2b(key=config.key, digest_size=_DIGEST)).hexdigest()
    except OSError:
        return ""


def _ours(contents: Iterator[Content], share: Slice | None) -> Iterator[Item]:
    """Yield the pieces of a share of a file, or of all of it, and all problems, numbered."""
    for number, (member, piece) in enumerate(contents):
        if not share or number % share.of == share.index or isinstance(piece, Problem):
            yield number, member, piece


def merge(parts: Sequence[Part], report: FileReport) -> FileReport:
    """Put the findings of the parts into the closing report.

    A report that was written for a dead worker knows no tally and no pages: then those of the last part stand.
    """
    findings = Findings.joined(part.findings for part in parts)
    tally = parts[-1].tally if parts and report.tally == Tally() else report.tally
    return replace(report, findings=findings, tally=tally, pages=most_pages(parts, report))


def most_pages(parts: Sequence[Part], report: FileReport) -> Pages:
    """Give the pages that a worker has come to, whether or not it lived to report them: each part tells all so far."""
    return max((report.pages, *(part.pages for part in parts[-1:])), key=sum)


@lru_cache(maxsize=1)
def detector_of(config: ScanConfig) -> Detector:
    """Build the detector of a configuration, once per process. Raises PiiscanError for a bad pattern."""
    return Detector(config)


def _pieces(
    ref: FileRef, config: ScanConfig, meter: Meter, inside: Inside, most: int | None = None
) -> Iterator[Content]:
    yield (), path_segment(ref.path)
    try:
        descriptor = open_quietly(ref.source, meter)
    except OSError as error:
        yield (), path_problem(error)
        return
    before = os.fstat(descriptor)
    if not _is_same(ref, before):
        os.close(descriptor)
        yield (), Problem(Outcome.CHANGED, "replaced")
        return
    if is_elsewhere(descriptor, before):
        os.close(descriptor)
        yield (), Problem(Outcome.SKIPPED, "offline")
        return
    with BufferedReader(CountedFile(descriptor, meter), BUFFER) as stream:
        if most is not None and (before.st_size > most or not _is_ours(ref, stream.peek(BUFFER))):
            raise ElsewhereError
        if ref.inode and _content_key(before) != (ref.size, ref.mtime_ns):
            yield (), Problem(Outcome.CHANGED, "modified")  # and read all the same: it is the file that was meant
        yield from iter_contents(stream, basename(ref.source), config, before.st_size, inside)
        if _content_key(os.fstat(descriptor)) != _content_key(before):
            yield (), Problem(Outcome.CHANGED, "modified")


def _is_ours(ref: FileRef, head: bytes) -> bool:
    """Tell whether our own code alone reads a file. What was read of it for that is what will be looked at again."""
    row = extractors.choose(basename(ref.source), head[:BUFFER])
    return isinstance(row, Problem) or row in extractors.LINED


def _content_pieces(ref: FileRef, content: bytes, config: ScanConfig, inside: Inside) -> Iterator[Content]:
    yield (), path_segment(ref.path)
    with BufferedReader(BytesIO(content), BUFFER) as stream:
        yield from iter_contents(stream, basename(ref.path), config, len(content), inside)


def _is_same(ref: FileRef, status: os.stat_result) -> bool:
    """Tell whether the open file is the regular file of the reference; one without inode was made by hand."""
    identity = (status.st_dev, status.st_ino)
    return stat.S_ISREG(status.st_mode) and (not ref.inode or identity == (ref.device, ref.inode))


def _content_key(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
