"""Every path below the roots, once: as a file to scan, or as a report of why it is not scanned.

A directory is opened never through a link and only as what its parent's listing showed, so that a tree that
is rearranged while we walk cannot lead us out of it. Files are not opened here: the worker checks them again.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, permutations
from typing import TYPE_CHECKING, NamedTuple, cast, overload

from piiscan.faults import path_problem
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Problem
from piiscan.seals import Passed, pass_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathspec import GitIgnoreSpec

    from piiscan.config import RunConfig
    from piiscan.seals import Ask

Item = FileRef | FileReport | Passed

#: Folders in which file servers and Windows keep earlier states of all that lies beside them.
_SNAPSHOTS = frozenset(
    (".snapshot", ".snapshots", "~snapshot", ".zfs", "@Recently-Snapshot", "System Volume Information")
)
_OPEN_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@overload
def iter_files(config: RunConfig) -> Iterator[FileRef | FileReport]: ...
@overload
def iter_files(config: RunConfig, sealed: Ask | None) -> Iterator[Item]: ...
def iter_files(config: RunConfig, sealed: Ask | None = None) -> Iterator[Item]:
    """Yield a FileRef for each file to scan and a FileReport for each path that is not.

    Where `sealed` knows a folder as it is, a Passed stands for those of its files that are the same as ever.

    A directory that is read has no row of its own. Under a single root that is a directory, paths are shown
    relative to it; otherwise as they were typed. The order is that of the file system. A root may be a link,
    because somebody typed it; a link below a root, or in a list of files, is not followed. Raises nothing for
    a bad path.
    """
    alone = len(config.paths) == 1 and not config.files
    roots = [_Start(os.path.realpath(path), path, "" if alone else path) for path in config.paths]
    listed = [_Start(_real_parent(path), path, path) for path in config.files]
    is_once = not listed and not _overlap(roots)
    walk = _Walk(config, _excluded(config.exclude) if config.exclude else None, sealed if is_once else None)
    items = chain.from_iterable(map(walk.start, [*roots, *listed]))
    return items if is_once else _once(cast("Iterator[FileRef | FileReport]", items))


class _Start(NamedTuple):
    """A path that a person named: what the system opens, what was typed, and how paths below it begin."""

    source: str
    typed: str
    shown: str


class _Node(NamedTuple):
    """A path that was met: how it is opened and shown, its path below the root, and what it was just now."""

    source: str
    shown: str
    relative: str
    status: os.stat_result

    @property
    def ref(self) -> FileRef:
        now = self.status
        identity = (now.st_size, now.st_dev, now.st_ino, now.st_mtime_ns, now.st_ctime_ns)
        return FileRef(self.shown or ".", self.source, *identity)


class _Prefixes(NamedTuple):
    """What stands before the names of a listing: there are many names to one folder."""

    source: str
    shown: str
    relative: str


@dataclass(frozen=True, slots=True)
class _Walk:
    """The rules of one walk, and the files with several names that it has met."""

    config: RunConfig
    exclude: GitIgnoreSpec | None
    sealed: Ask | None = None
    linked: set[tuple[int, int]] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether every plain file with one name is scanned."""
        return self.exclude is None and self.config.scan.max_file_size is None

    def start(self, start: _Start) -> Iterator[Item]:
        try:
            status = os.lstat(start.source)
        except OSError as error:
            yield _report(FileRef(start.typed, start.source), path_problem(error))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self.tree(_Node(start.source, start.shown, "", status))
        else:
            relative = os.path.normpath(start.typed).lstrip("/")
            yield self.file(_Node(start.source, start.typed, relative, status))

    def tree(self, top: _Node) -> Iterator[Item]:
        pending = [top]
        while pending:
            folder = pending.pop()
            try:
                with _entries(folder) as entries:
                    if self.sealed and self.is_open:
                        passed, entries = pass_over(entries, folder.source, self.sealed, self.config.outputs)  # noqa: PLW2901
                        if passed:
                            yield passed
                    before = _Prefixes(*(_join(place, "") for place in folder[:3]))
                    for entry in entries:
                        item = self.entry(entry, before, top.status.st_dev)
                        if isinstance(item, _Node):
                            pending.append(item)
                        else:
                            yield item
            except OSError as error:
                yield _report(folder.ref, path_problem(error))

    def entry(self, entry: os.DirEntry[str], before: _Prefixes, device: int) -> _Node | Item:
        """Decide on one name in a listing: a directory to go into, a file to scan, or a report."""
        name = entry.name
        source, shown, relative = before.source + name, before.shown + name, before.relative + name
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            return _report(FileRef(shown, source), path_problem(error))
        if stat.S_ISREG(status.st_mode) and self.is_open and status.st_nlink == 1:  # nearly all of them
            identity = (status.st_size, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
            if identity[1:3] not in self.config.outputs:
                return FileRef(shown, source, *identity)
        node = _Node(source, shown, relative, status)
        if not stat.S_ISDIR(status.st_mode):
            return self.file(node)
        if self.is_excluded(f"{relative}/"):
            return _skipped(node, "excluded")
        is_elsewhere = self.config.one_file_system and status.st_dev != device
        if is_elsewhere or (name in _SNAPSHOTS and not self.config.include_snapshots):
            return _skipped(node, "filesystem" if is_elsewhere else "snapshot")
        return node

    def file(self, node: _Node) -> Item:
        """Decide on anything that is no directory."""
        status, limit = node.status, self.config.scan.max_file_size
        if self.is_excluded(node.relative):
            return _skipped(node, "excluded")
        if not stat.S_ISREG(status.st_mode):
            return _skipped(node, "symlink" if stat.S_ISLNK(status.st_mode) else "special")
        if (status.st_dev, status.st_ino) in self.config.outputs:
            return _skipped(node, "output")
        if limit is not None and status.st_size > limit:
            return _skipped(node, "size")
        if status.st_nlink > 1:
            identity = (status.st_dev, status.st_ino)
            if identity in self.linked:
                return _skipped(node, "hardlink")
            self.linked.add(identity)
        return node.ref

    def is_excluded(self, relative: str) -> bool:
        return self.exclude is not None and self.exclude.match_file(relative)


def _excluded(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only --exclude pays for it

    return GitIgnoreSpec.from_lines(patterns)


@contextmanager
def _entries(folder: _Node) -> Iterator[Iterable[os.DirEntry[str]]]:
    descriptor = os.open(folder.source, _OPEN_DIRECTORY)
    try:
        if not os.path.samestat(os.fstat(descriptor), folder.status):
            raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))  # another directory: not the one we saw
        with os.scandir(descriptor) as entries:
            yield entries
    finally:
        os.close(descriptor)


def _skipped(node: _Node, reason: str) -> FileReport:
    return _report(node.ref, Problem(Outcome.SKIPPED, reason))


def _report(ref: FileRef, problem: Problem) -> FileReport:
    return FileReport(ref, problem.outcome, problem.reason)


def _join(folder: str, name: str) -> str:
    return os.path.join(folder, name)  # noqa: PTH118 - keeps "./" as typed, and is called for every path


def _real_parent(path: str) -> str:
    folder, name = os.path.split(os.path.normpath(path))
    return _join(os.path.realpath(folder), name)


def _overlap(roots: list[_Start]) -> bool:
    pairs = permutations((root.source for root in roots), 2)
    return any(inner == outer or inner.startswith(_join(outer, "")) for inner, outer in pairs)


def _once(items: Iterable[FileRef | FileReport]) -> Iterator[Item]:
    """Let each path through once; only overlapping roots pay for the memory of all names."""
    met: set[str] = set()
    for item in items:
        source = item.ref.source if isinstance(item, FileReport) else item.source
        if source not in met:
            met.add(source)
            yield item
