"""What a pattern names (a group of its regex, a strength, a validator, a mask) has to exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.context import SHAPES
from piiscan.dictionaries import DICTIONARIES
from piiscan.errors import PatternError, line_of
from piiscan.redact import CANONICAL, MASKS
from piiscan.validators import VALIDATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.pattern import Pattern


def check_names(pattern: Pattern, text: str, name: str) -> None:
    """Refuse a pattern that names a group, a shape, a validator or a mask which does not exist."""
    groups = set(pattern.compiled().groupindex)
    checks: list[tuple[str, str, Iterable[str], Iterable[str]]] = [
        ("shape", "group of the regex", pattern.shape, groups | {"any"}),
        ("shape", "strength", pattern.shape.values(), SHAPES),
        ("context", "shape", pattern.context.required, pattern.shape),
        ("trigger", "label to look for: add it to required, shape", pattern.unlabelled, ()),
        ("validator", "validator", filter(None, [pattern.validator]), VALIDATORS),
        ("dictionary", "dictionary", filter(None, [pattern.dictionary]), DICTIONARIES),
        ("mask", "mask", [pattern.mask], MASKS),
        ("canonical", "canonical form", [pattern.canonical], CANONICAL),
    ]
    for key, kind, used, known in checks:
        if unknown := sorted(set(used) - set(known)):
            raise PatternError(name, line_of(text, f"`{key}`"), f"unknown {kind} {unknown[0]!r}")
