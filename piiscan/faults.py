"""What the system refuses, and which of several problems names the outcome of a file."""

from __future__ import annotations

import errno

from piiscan.model import Outcome, Problem

_PROBLEMS = {
    errno.EACCES: Problem(Outcome.UNREADABLE, "permission"),
    errno.EPERM: Problem(Outcome.UNREADABLE, "permission"),
    errno.ENOENT: Problem(Outcome.ERROR, "vanished"),
    errno.ENOMEM: Problem(Outcome.CRASH, "memory"),
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

NONE = Problem(Outcome.COMPLETE, "")


def problem_of(error: OSError) -> Problem:
    """Name what a system call on a path ran into; an error we have no word for keeps its own ("EIO")."""
    known = _PROBLEMS.get(error.errno or 0)
    return known or Problem(Outcome.ERROR, error_name(error))


def error_name(error: BaseException) -> str:
    """Give the system's or the type's name of an error, never its message: that may quote the document."""
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number or 0, type(error).__name__)


def worse(one: Problem, other: Problem) -> Problem:
    """Give the problem that decides the outcome of a file; the first of equals stands."""
    return min(one, other, key=lambda problem: _WORST_FIRST.index(problem.outcome))
