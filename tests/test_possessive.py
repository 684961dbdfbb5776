"""Possessive groups: matched right by every Python, and compiled by nothing but what does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from piiscan import possessive

PACKAGE = Path(possessive.__file__).parent
#: What a possessive group, or an atomic one, looks like in a regex.
GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,{}]*\})\+|\(\?>")
#: Regexes of possessive, atomic and other groups, which begin with the kind that is looked at.
_ATOMS = st.sampled_from(["a", "b", "c", "[ab]", "[^a]", ".", "a?", "b+", "a*", "b*+", "a++", "(?!a)", "(?!ab)"])
_ENDS = ["", "*", "?", "*+", "++", "?+", "{0,3}+"]
SOURCES = st.recursive(
    _ATOMS,
    lambda inner: st.builds(
        lambda one, two, open_, end: f"{open_}{one}|{two}){end}",
        *(st.lists(inner, min_size=1, max_size=3).map("".join),) * 2,
        st.sampled_from(["(?:", "(?>"]),
        st.sampled_from(_ENDS),
    ),
    max_leaves=6,
)
#: Imports all modules, runs a planted one, and prints those that give such a regex to `re`, with what they give.
COMPILED_BY_RE = r"""
import importlib, pkgutil, re, sys
from re import _compiler, _constants, _parser
import piiscan

def has_group(parsed):
    for operation, argument in parsed:
        if operation is _constants.ATOMIC_GROUP:
            return True
        if operation is _constants.POSSESSIVE_REPEAT and not _compiler._simple(argument[2]):
            return True
        parts = argument if isinstance(argument, (list, tuple)) else ()
        if any(has_group(each) for each in (*parts, *(parts[1] or () if operation is _constants.BRANCH else ()))
               if isinstance(each, _parser.SubPattern)):
            return True
    return False

def watched(source, flags, known=re._compile):
    frame = sys._getframe(1)
    while frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    name = frame.f_globals["__name__"]
    if name.startswith("piiscan.") and name != "piiscan.possessive" and isinstance(source, (str, bytes)):
        if has_group(_parser.parse(source, int(flags))):
            print(name, source[:80])
    return known(source, flags)

re._compile = watched
for module in pkgutil.walk_packages(piiscan.__path__, "piiscan."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
exec(sys.argv[1], {"__name__": "piiscan.planted"})
print("all")
"""


@pytest.mark.parametrize(
    ("source", "text", "end"),
    [
        ("(?:ab+)?+a", "ac", 1),
        ("(?:ab+)*+ac", "ababac", 6),
        (r"(?:a\s*=)*+a", "a=a a", 3),
        ("(?:a(?!r)[a-z])*+ar", "abar", 4),
        ("(?>ab+|c)?a", "ac", 1),
        (r"'(?:\\.|[^'\\]+!)*+x", r"'\'a!x", 6),
    ],
)
def test_a_possessive_group_begins_anew_where_it_failed(source: str, text: str, end: int) -> None:
    found = possessive.compiled(source).match(text)
    assert found is not None
    assert found.end() == end
    in_bytes = possessive.compiled(source.encode()).match(text.encode())
    assert in_bytes is not None
    assert in_bytes.end() == end


@given(st.data())
def test_atomic_groups_match_as_possessive_ones(data: st.DataObject) -> None:
    """Two ways, of which neither is that of `re` before 3.11.5: the other library is the judge."""
    source = data.draw(SOURCES)
    text = data.draw(st.text("abc", max_size=8))
    expected = regex.compile(source).match(text)
    found = possessive._compiled_atomic(source).match(text)
    assert (found and found.span()) == (expected and expected.span())


def test_flags_names_and_groups_are_kept() -> None:
    found = possessive._compiled_atomic("(?si)(?P<head>a)(?:(?P<tail>.b)+,)*+").match("A\nB,")
    assert found is not None
    assert found.groupdict() == {"head": "A", "tail": "\nB"}
    assert found.re.pattern.startswith("(?si)")


def _by_re(planted: str = "") -> list[str]:
    command = [sys.executable, "-c", COMPILED_BY_RE, planted]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_no_module_gives_such_a_regex_to_re() -> None:
    assert _by_re() == ["all"]


@pytest.mark.parametrize("source", ["(?:ab|c)*+", "(?>a)", "x(?:y|(?:ab){2,3}+)", "(?=(?:ab)?+)"])
def test_one_that_does_is_found(source: str) -> None:
    assert len(_by_re(f"import re; re.compile({source!r})")) > 1


def test_a_module_whose_regexes_are_compiled_later_knows_possessive() -> None:
    ignorant = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if path.name != "possessive.py" and _has_group(path) and "possessive.compiled" not in path.read_text()
    }
    assert ignorant == set()


def _has_group(path: Path) -> bool:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    said = (node.value for node in nodes if isinstance(node, ast.Constant))
    return any(GROUP.search(text) for text in said if isinstance(text, str))
