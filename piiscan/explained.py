"""A candidate that is no finding, as it is told to whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from piiscan.model import Location


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that is no finding, and why: a word of our own, with a detail behind a colon. Nothing of its value.

    `refused` by its check or list · `no label` where it needs one · `claimed:PATTERN` by a stronger one ·
    `sample` · `public` register · `score:N` below the minimum confidence.
    """

    pattern: str
    location: Location
    reason: str
    evidence: tuple[str, ...]
