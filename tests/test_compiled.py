"""Compiled regexes come from the store as they went in, and nothing else comes out of it."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import pytest
import regex

from piiscan import compiled, stored
from piiscan.firstchars import needed
from piiscan.pattern import load_shipped

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.pattern import Pattern

SOURCES = tuple(pattern.source for pattern in load_shipped().values())


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def _loaded() -> dict[str, regex.Pattern[str]]:
    compiled.compile_all.cache_clear()
    regex.purge()
    return compiled.compile_all(SOURCES)


def test_what_is_stored_matches_as_what_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    made = _loaded()
    monkeypatch.setattr(compiled, "compile_source", None)  # nothing is compiled again
    kept = _loaded()
    for pattern in load_shipped().values():
        assert kept[pattern.source].groupindex == made[pattern.source].groupindex
        for text in (*(text for text, _ in pattern.marked()), *pattern.counter_examples):
            found = [[(match.span(), match.groupdict()) for match in each.finditer(text)] for each in (
                kept[pattern.source], made[pattern.source],
            )]  # fmt: skip
            assert found[0] == found[1]


@pytest.mark.parametrize("content", [b"", b"x", pickle.dumps(os.getcwd)])
def test_nothing_else_is_taken_from_the_store(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "stored", lambda _name, _content, _make: content)
    assert _loaded().keys() == {*SOURCES}


TEXTS = [text for pattern in load_shipped().values() for text, _ in pattern.marked()]
TEXTS += [text for pattern in load_shipped().values() for text in pattern.counter_examples]


@pytest.mark.parametrize("pattern", load_shipped().values(), ids=load_shipped())
def test_what_stands_at_its_front_changes_no_match(pattern: Pattern) -> None:
    plain = regex.compile(pattern.source, regex.VERBOSE | regex.VERSION1)
    whole = compiled.compile_source(pattern.source)
    for text in ("\n".join(TEXTS), *TEXTS):
        assert [(each.span(), each.groups()) for each in whole.finditer(text)] == [
            (each.span(), each.groups()) for each in plain.finditer(text)
        ]


@pytest.mark.parametrize("pattern", load_shipped().values(), ids=load_shipped())
def test_no_match_is_without_what_a_regex_needs(pattern: Pattern) -> None:
    chars = set(needed(pattern.source))
    for text in TEXTS:
        for match in pattern.compiled().finditer(text):
            assert not chars or chars & set(match[0])


@pytest.mark.parametrize(
    "source",
    [
        "(?<!x)", "(?<!x)[0-9]*", "(?<!x)(?:[0-9]|)", "(?<!x)(?:[0-9]|(?<=y))", "(?<!x)(?<a>1)?(?P=a)2",
        "(?=1)(?:x*|y)", "(?<!x)(?:[0-9]{0,2}-)+ # and that is all", "(?<!x)(?>1|2)3", r"\b[0-9]",
        "(?<!x)(?:ab|[^c-z])", "(?:(?<!x)1|y)",
    ],
)  # fmt: skip
def test_a_front_leaves_every_match(source: str) -> None:
    plain, whole = regex.compile(source, regex.VERBOSE | regex.VERSION1), compiled.compile_source(source)
    for text in ("", "x1", "12-3-", "y2", "abc x-1 9", "13 23 112", "x", "1", "a1 1 y"):
        assert [match.span() for match in whole.finditer(text)] == [match.span() for match in plain.finditer(text)]


def test_a_regex_of_ones_own_is_compiled() -> None:
    assert compiled.compile_source(" a b ").fullmatch("ab")
    assert stored._folder().exists() is False
