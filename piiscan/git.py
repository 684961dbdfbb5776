"""Git asked for plain facts: blobs and the lines of a change, by plumbing that runs nothing of the repository.

A repository's configuration and attributes can name programs for git to run (fsmonitor, textconv, external diffs,
hooks, transports). Whoever commits to somebody else's repository has agreed to none of them, so every call shuts
them off. The work tree is never read: what is committed is the index.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from piiscan.errors import ConfigError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A missing object of a partial clone would be fetched, by a program that the configuration names: protocol.allow
# forbids it to every git, GIT_NO_LAZY_FETCH to those that know it.
_GIT = (
    "git", "--no-pager", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
)  # fmt: skip
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_PLAIN_DIFF = ("--no-ext-diff", "--no-textconv", "--no-color")
_HUNK = re.compile(rb"^@@ -[0-9]+(?:,[0-9]+)? \+([0-9]+)(?:,([0-9]+))? @@", re.MULTILINE)
_STEP = 1_000_000
#: The id of no object: asked for, it is missing.
NO_BLOB = "0" * 40
_REGULAR = {b"100644", b"100755"}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the index or of a commit: `before` is the blob it replaces ("" for a new file).

    `path` is relative to the root of the repository, decoded with surrogateescape. `is_file` is false for symbolic
    links and submodules; `is_named` is true where the path itself is new.
    """

    path: str
    blob: str
    before: str
    is_file: bool
    is_named: bool


def run_git(*arguments: str) -> bytes:
    """Run git and give what it prints; raises ConfigError where git is missing or refuses."""
    try:
        done = subprocess.run([*_GIT, *arguments], env=_environ(), stdin=subprocess.DEVNULL, capture_output=True)  # noqa: S603, PLW1510 - no shell; the return code is looked at below
    except OSError as error:
        raise ConfigError(_("cannot run git: {why}").format(why=error.strerror)) from None
    if done.returncode:
        lines = os.fsdecode(done.stderr).strip().splitlines()
        raise ConfigError(_("git: {why}").format(why=lines[0] if lines else done.returncode))
    return done.stdout


def root() -> str:
    """Give the root of the work tree that the process stands in."""
    return os.fsdecode(run_git("rev-parse", "--show-toplevel").removesuffix(b"\n"))


def commit_id(name: str) -> str | None:
    """Give the id of the commit that `name` means, None where there is none."""
    try:
        return run_git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except ConfigError:
        return None


def changes(command: str, *arguments: str) -> list[Change]:
    """Run the plumbing `command` (diff-index, diff-tree) and give the entries that are added or changed by it."""
    fixed = ("--raw", "-z", "--no-abbrev", "--find-renames", "--diff-filter=ACMRT", *_PLAIN_DIFF)
    fields = iter(run_git(command, "-r", *fixed, *arguments).split(b"\0"))
    found = []
    for entry in fields:
        if entry.startswith(b":"):
            _old_mode, mode, before, blob, status = entry[1:].split(b" ")
            path = next(fields)
            if status[:1] in b"RC":  # the old name stands first
                path = next(fields)
            is_new = before.strip(b"0") == b""
            found.append(
                Change(
                    path=os.fsdecode(path),
                    blob=blob.decode(),
                    before="" if is_new else before.decode(),
                    is_file=mode in _REGULAR,
                    is_named=is_new or status[:1] in b"RC",
                )
            )
    return found


def tracked() -> list[Change]:
    """Give every entry of the index, as if all of it were new."""
    found = []
    for entry in run_git("ls-files", "--stage", "-z", "--full-name", f"{root()}/").split(b"\0"):
        facts, _tab, path = entry.partition(b"\t")
        if path:
            mode, blob, _stage = facts.split(b" ")
            found.append(Change(os.fsdecode(path), blob.decode(), "", mode in _REGULAR, is_named=True))
    return found


def read_blobs(blobs: Iterable[str], limit: int) -> Iterator[bytes | str]:
    """Give the content of each blob, or why there is none: "missing", or "size" above `limit` bytes.

    Nothing is written. Raises ConfigError if git goes away, because then nothing was looked at.
    """
    command = [*_GIT, "cat-file", "--batch"]
    with subprocess.Popen(command, env=_environ(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - no shell
        if process.stdin is None or process.stdout is None:
            return
        for blob in blobs:
            try:
                process.stdin.write(blob.encode() + b"\n")
                process.stdin.flush()
                answer = process.stdout.readline()
            except BrokenPipeError:
                answer = b""
            if not answer:
                raise ConfigError(_("git: {why}").format(why="cat-file"))
            _name, _blank, facts = answer.rstrip(b"\n").partition(b" ")
            kind, _blank, size = facts.partition(b" ")
            if kind != b"blob":
                yield "missing"
                continue
            if int(size) > limit:
                left = int(size) + 1
                while left:
                    left -= len(process.stdout.read(min(left, _STEP))) or left
                yield "size"
                continue
            content = process.stdout.read(int(size))
            process.stdout.read(1)
            yield content


def added_lines(before: str, after: str) -> list[range]:
    """Give the numbers (from 1) of the lines that `after` has and `before` has not.

    Two blobs are compared by their ids: no path takes part, so no attribute of one can call them binary.
    """
    diff = run_git("diff", "-U0", "--inter-hunk-context=0", "--text", *_PLAIN_DIFF, before, after)
    spans = ((int(match[1]), int(match[2] or 1)) for match in _HUNK.finditer(diff))
    return [range(start, start + count) for start, count in spans if count]


def _environ() -> dict[str, str]:
    return {**os.environ, **_QUIET}
