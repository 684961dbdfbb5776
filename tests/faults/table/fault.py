"""A row of the matrix."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What goes wrong, what has to come of it, and the tests that show it (as pytest names them)."""

    what: str
    outcome: str
    tests: tuple[str, ...]
