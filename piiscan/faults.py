"""What the system refuses, and which of several problems names the outcome of a file."""

from __future__ import annotations

import errno

from piiscan.model import Outcome
from piiscan.piece import Problem

NONE = Problem(Outcome.COMPLETE, "")
MEMORY = Problem(Outcome.CRASH, "memory")

_PROBLEMS = {
    errno.EACCES: Problem(Outcome.UNREADABLE, "permission"),
    errno.EPERM: Problem(Outcome.UNREADABLE, "permission"),
    errno.ENOENT: Problem(Outcome.ERROR, "vanished"),
    errno.ENOMEM: MEMORY,
    # O_NOFOLLOW met a link, O_DIRECTORY a file, O_RDONLY a socket: not what the walk saw under this name.
    errno.ELOOP: Problem(Outcome.CHANGED, "replaced"),
    errno.ENOTDIR: Problem(Outcome.CHANGED, "replaced"),
    errno.ENXIO: Problem(Outcome.CHANGED, "replaced"),
}

#: From bad to good: of two problems in one file, the earlier in this list is its outcome.
_WORST_FIRST = (
    Outcome.CRASH,
    Outcome.TIMEOUT,
    Outcome.ERROR,
    Outcome.CHANGED,
    Outcome.UNREADABLE,
    Outcome.ENCRYPTED,
    Outcome.UNSUPPORTED,
    Outcome.PARTIAL,
    Outcome.SKIPPED,
    Outcome.UNCHANGED,
    Outcome.COMPLETE,
)


def path_problem(error: OSError) -> Problem:
    """Name what the system said to a path; an error that we have no word for keeps its own ("EIO")."""
    known = _PROBLEMS.get(error.errno or 0)
    return known or Problem(Outcome.ERROR, error_name(error))


def content_problem(error: Exception) -> Problem:
    """Name what went wrong inside an open file: there, a "vanished" would speak of something else."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return MEMORY
    return Problem(Outcome.ERROR, error_name(error))


def error_name(error: BaseException) -> str:
    """Give the system's or the type's name of an error, never its message: that may quote the document."""
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number or 0, type(error).__name__)


def worse(one: Problem, other: Problem) -> Problem:
    """Give the problem that decides the outcome of a file; the first of equals stands."""
    return min(one, other, key=lambda problem: _WORST_FIRST.index(problem.outcome))
