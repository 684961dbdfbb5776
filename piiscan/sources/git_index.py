"""What is about to be committed or pushed, and what is tracked, from git's index and commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan import git
from piiscan.errors import ConfigError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping


def staged(_environ: Mapping[str, str]) -> list[git.Change]:
    """Give what the index adds to HEAD, or to nothing where this will be the first commit."""
    head = git.commit_id("HEAD") or git.run_git("hash-object", "-t", "tree", "/dev/null").decode().strip()
    return git.changes("diff-index", "--cached", head)


def between(environ: Mapping[str, str]) -> list[git.Change]:
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


def tracked(_environ: Mapping[str, str]) -> list[git.Change]:
    """Give all that is tracked, as it stands in the index."""
    return git.tracked()
