"""What pyproject.toml says of each dependency: its licence, and why it is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
_LINE = re.compile(r'^  "(?P<name>[A-Za-z0-9._-]+)[^"]*",?(?:\s*# (?P<said>.*))?$')
_COMMENT = re.compile(r"^  # (?P<said>.*)$")


class Dependency(NamedTuple):
    """A distribution, the extra that brings it ("" for all installations), its licence, and what it is for."""

    name: str
    extra: str
    licence: str
    why: str


def iter_dependencies() -> Iterator[Dependency]:
    """Yield what users install, in the order of pyproject.toml; raises ValueError for one without its reason."""
    text = PYPROJECT.read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    extras = {"": project["dependencies"], **project.get("optional-dependencies", {})}
    said = _said(text)
    for extra, requirements in extras.items():
        for requirement in requirements:
            name = re.split(r"[^A-Za-z0-9._-]", requirement)[0]
            licence, _, why = said.get(name, "").partition(": ")
            if not why:
                raise ValueError(f"{name}: pyproject.toml does not say its licence and why it is there")
            yield Dependency(name, extra, licence, why)


def _said(text: str) -> dict[str, str]:
    """Give the comment behind each requirement, or that of the line above it."""
    said: dict[str, str] = {}
    above = ""
    for line in text.splitlines():
        if found := _LINE.match(line):
            said.setdefault(found["name"], found["said"] or above)
        comment = _COMMENT.match(line)
        above = comment["said"] if comment else ""
    return said


def rows() -> Iterator[str]:
    """Yield the lines of a table."""
    yield "| package | extra | licence | what for |"
    yield "|---|---|---|---|"
    for each in iter_dependencies():
        yield f"| {each.name} | {each.extra and f'`{each.extra}`'} | {each.licence} | {each.why} |"
