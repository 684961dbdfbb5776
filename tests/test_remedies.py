"""Every reason that the code can give for not reading a file has advice of its own, in both languages."""

from __future__ import annotations

import ast
import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan.extractors.signatures import SIGNATURES, TEXT_SIGNATURES, UNREAD_SUFFIXES
from piiscan.faults import path_problem
from piiscan.formats.unread import UNREAD
from piiscan.model import DELIBERATE, Outcome, is_unread
from piiscan.piece import Problem
from piiscan.remedies import OTHERWISE, REMEDIES, remedy
from piiscan.wording import reason_words

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "piiscan"
#: Calls that hand a reason on to a Problem, and which of their arguments it is.
GIVERS = {
    "Problem": 1, "UnreadableError": 1, "MemberReport": 2, "_SpentError": 0, "_stop": 0, "tell": 0, "_skipped": 1,
    "_named": 0, "_format": 0,
}  # fmt: skip
#: Reasons that are made of several words, or come from the system.
MADE = re.compile(r"needs |exit |signal ")


def _reasons() -> Iterator[tuple[str, str]]:
    """Yield the reasons that stand in the sources, with the module of each."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = GIVERS.get(name, -1)
            if 0 <= place < len(node.args):
                for constant in ast.walk(node.args[place]):
                    if isinstance(constant, ast.Constant) and isinstance(constant.value, str) and constant.value:
                        yield path.name, constant.value


def test_every_reason_in_the_sources_has_advice_of_its_own() -> None:
    found = {reason: module for module, reason in _reasons() if not MADE.match(reason)}
    assert {"encoding", "password", "permission", "time", "hardlink", "entries", "lost digits"} <= set(found)
    assert {reason: module for reason, module in found.items() if reason not in {*REMEDIES, ".", "ooxml"}} == {}


def test_every_format_that_is_only_named_and_every_deliberate_reason_has_advice() -> None:
    named = {found.reason for *_, found in (*SIGNATURES, *TEXT_SIGNATURES) if isinstance(found, Problem)}
    assert named | {found.reason for found in UNREAD_SUFFIXES.values()} | set(UNREAD) | DELIBERATE <= set(REMEDIES)


def test_there_is_always_advice_in_both_languages() -> None:
    reasons = [*REMEDIES, "", "needs py7zr", "signal 11", "exit 1", "EIO", "ValueError", "something new"]
    for outcome in set(Outcome) - {Outcome.COMPLETE, Outcome.UNCHANGED}:
        assert outcome in OTHERWISE
        for reason in reasons:
            words = remedy(outcome, reason)
            assert words.en
            assert words.ja
            assert not words.en.startswith("nothing") or not is_unread(Outcome.SKIPPED, reason)
    assert "py7zr" in remedy(Outcome.UNSUPPORTED, "needs py7zr").en
    assert "EIO" in remedy(Outcome.ERROR, "EIO").ja


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.ELOOP, errno.ENOMEM, errno.EBUSY, errno.EIO])
def test_what_the_system_refuses_has_advice(number: int) -> None:
    problem = path_problem(OSError(number, "x"))
    assert remedy(problem.outcome, problem.reason) is not OTHERWISE[Outcome.CRASH]


def test_every_reason_that_has_a_word_has_advice() -> None:
    assert set(reason_words(str)) <= set(REMEDIES)
