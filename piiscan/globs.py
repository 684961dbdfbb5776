"""Globs over paths, with the meaning of git's ignore patterns: what names a folder stands for all below it.

A hundred thousand paths are asked about a hundred globs, so most are turned away by a word that the glob needs and the
path has not. Upper and lower case, full and half width are one: people type names of folders, and configurations too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pathspec import GitIgnoreSpec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec.pattern import Pattern

_WILD = re.compile(r"\[[^\]]*\]|[*?/\\!\[\]]")


class _Glob(NamedTuple):
    word: str
    pattern: Pattern
    group: int


@lru_cache(maxsize=4)
def plain(path: str) -> str:
    """Give a path as globs see it."""
    return unicodedata.normalize("NFKC", path.replace("\\", "/")).lower()


def find_matching(path: str, groups: tuple[tuple[str, ...], ...], root: str = "") -> list[int]:
    """Give the places of the groups of globs of which one fits the path, or the path with its root.

    Raises ValueError for what is no glob.
    """
    text = plain(path)
    whole = plain(f"{root}/{path}").lstrip("/") if root else text
    words, globs = _index(groups)
    if not words.search(whole):
        return []
    found = [each for each in globs if each.word in whole]
    return sorted({each.group for each in found if any(map(each.pattern.match_file, (text, whole)))})


def check_globs(globs: Iterable[str]) -> None:
    """Raise ValueError for what is no glob."""
    _index((tuple(globs),))


@lru_cache(maxsize=16)
def _index(groups: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], tuple[_Glob, ...]]:
    """Compile all globs at once: one by one takes pathspec twenty times as long."""
    lines = [
        (group, unicodedata.normalize("NFKC", glob).lower()) for group, globs in enumerate(groups) for glob in globs
    ]
    if not all(line.strip() for _, line in lines):
        raise ValueError('no glob: ""')
    try:
        patterns = list(GitIgnoreSpec.from_lines([line for _, line in lines]).patterns)
    except (ValueError, re.error) as error:
        raise ValueError(f"no glob: {error}") from None
    found = [
        _Glob(max(_WILD.split(line), key=len), pattern, group)
        for (group, line), pattern in zip(lines, patterns, strict=True)
    ]
    # none is what git ignores ("#", "/", "a["), and false what it takes back ("!a")
    if unusable := next((line for (_, line), each in zip(lines, found, strict=True) if not each.pattern.include), None):
        raise ValueError(f'no glob: "{unusable}"')
    return re.compile("|".join(sorted({re.escape(each.word) for each in found}))), tuple(found)
