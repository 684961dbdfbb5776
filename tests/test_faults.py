from __future__ import annotations

import errno
import os

import pytest

from piiscan.faults import NONE, content_problem, path_problem, worse
from piiscan.model import Outcome
from piiscan.piece import Problem


def system_error(number: int) -> OSError:
    return OSError(number, os.strerror(number), "090-1234-5678")


@pytest.mark.parametrize(
    ("number", "outcome", "reason"),
    [
        (errno.EACCES, Outcome.UNREADABLE, "permission"),
        (errno.EPERM, Outcome.UNREADABLE, "permission"),
        (errno.ENOENT, Outcome.ERROR, "vanished"),
        (errno.ELOOP, Outcome.CHANGED, "replaced"),
        (errno.ENOMEM, Outcome.CRASH, "memory"),
        (errno.EIO, Outcome.ERROR, "EIO"),
        (errno.ENAMETOOLONG, Outcome.ERROR, "ENAMETOOLONG"),
    ],
)
def test_what_the_system_says_to_a_path(number: int, outcome: Outcome, reason: str) -> None:
    assert path_problem(system_error(number)) == Problem(outcome, reason)


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (MemoryError(), Outcome.CRASH, "memory"),
        (system_error(errno.ENOMEM), Outcome.CRASH, "memory"),
        (system_error(errno.EIO), Outcome.ERROR, "EIO"),
        (system_error(errno.ENOENT), Outcome.ERROR, "ENOENT"),
        (OSError("no number"), Outcome.ERROR, "OSError"),
        (ValueError("090-1234-5678"), Outcome.ERROR, "ValueError"),
    ],
)
def test_what_goes_wrong_inside_a_file(error: Exception, outcome: Outcome, reason: str) -> None:
    assert content_problem(error) == Problem(outcome, reason)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_place_in_the_order(outcome: Outcome) -> None:
    assert worse(NONE, Problem(outcome, "")).outcome is outcome
    assert worse(Problem(Outcome.CRASH, ""), Problem(outcome, "")).outcome is Outcome.CRASH


def test_the_first_of_equals_stands() -> None:
    assert worse(Problem(Outcome.PARTIAL, "one"), Problem(Outcome.PARTIAL, "two")).reason == "one"
