"""What is about to be committed or pushed, and what is tracked, from git's index and commits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan import git
from piiscan.errors import ConfigError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def staged(_environ: Mapping[str, str], _paths: Collection[str]) -> list[git.Change]:
    """Give what the index adds to HEAD, or to nothing where this will be the first commit."""
    head = git.commit_id("HEAD") or git.run_git("hash-object", "-t", "tree", "/dev/null").decode().strip()
    return git.changes("diff-index", "--cached", head)


def between(environ: Mapping[str, str], _paths: Collection[str]) -> list[git.Change]:
    """Give what PRE_COMMIT_TO_REF adds to where it left PRE_COMMIT_FROM_REF."""
    ends = []
    for variable in ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"):
        found = git.commit_id(environ.get(variable, ""))
        if found is None:
            raise ConfigError(_("{variable} names no commit of this repository").format(variable=variable))
        ends.append(found)
    try:
        fork = git.run_git("merge-base", *ends).decode().split()[0]
    except ConfigError:  # unrelated histories
        fork = ends[0]
    return git.changes("diff-tree", fork, ends[1])


def tracked(_environ: Mapping[str, str], _paths: Collection[str]) -> list[git.Change]:
    """Give all that is tracked, as it stands in the index."""
    return git.tracked()


def named(environ: Mapping[str, str], paths: Collection[str]) -> list[git.Change]:
    """Give the files that pre-commit has named: as changes if all of them are staged, else as they are tracked.

    pre-commit does not say why it runs. Before a commit it names what is staged; for --all-files and --files, what
    it pleases. In a merge it names what conflicted, which need not differ from HEAD: there, all that is staged counts.
    """
    changes = staged(environ, ())
    if git.commit_id("MERGE_HEAD"):
        return changes
    if {*paths} <= {change.path for change in changes}:
        # What is staged and not in the work tree cannot be named: pre-commit looks at files there.
        top = Path(git.root())
        return [change for change in changes if change.path in paths or not os.path.lexists(top / change.path)]
    entries = [entry for entry in git.tracked() if entry.path in paths]
    unknown = {*paths} - {entry.path for entry in entries}
    return entries + [git.Change(path, git.NO_BLOB, "", is_file=True, is_named=True) for path in sorted(unknown)]
