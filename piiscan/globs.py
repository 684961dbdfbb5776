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
    found = [each for each in _index(groups) if each.word in whole]
    return sorted({each.group for each in found if any(map(each.pattern.match_file, (text, whole)))})


def check_glob(glob: str) -> None:
    """Raise ValueError for what is no glob."""
    _compile(glob, 0)


@lru_cache(maxsize=16)
def _index(groups: tuple[tuple[str, ...], ...]) -> tuple[_Glob, ...]:
    return tuple(_compile(glob, place) for place, globs in enumerate(groups) for glob in globs)


def _compile(glob: str, group: int) -> _Glob:
    text = unicodedata.normalize("NFKC", glob).lower()
    patterns = list(GitIgnoreSpec.from_lines([text]).patterns)
    if len(patterns) != 1 or not patterns[0].include:
        raise ValueError(f'no glob: "{glob}"')
    return _Glob(max(_WILD.split(text), key=len), patterns[0], group)
