"""The prefilter of a set of patterns: loaded as it was stored, or compiled on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from piiscan import automaton
from piiscan.automaton import AutomatonError
from piiscan.plan import Plan
from piiscan.prefilter import Prefilter
from piiscan.stored import code_of, is_stored, stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.pattern import Pattern


_MAKERS = (
    "addressbreaks", "alike", "automaton", "bytesets", "charset", "choices", "context", "derive", "digitrun",
    "firstchars", "fragments", "headers", "labelled", "labeltrigger", "labelwords", "negative", "numberbreaks",
    "places", "plan", "plausible", "regextree", "shifts", "spans", "spread", "surroundings", "template", "text",
    "trigger", "variants", "verdict",
)  # fmt: skip


def load_prefilter(patterns: Sequence[Pattern], encoding: str, before: int, after: int) -> Prefilter | None:
    """Give the prefilter for one of charset.SEARCHABLE, None where not every pattern has a trigger.

    `before` and `after` are the characters of context that count. Compiling takes seconds, loading a millisecond.
    """
    name, content = _key(patterns, encoding)
    try:
        plan = msgspec.msgpack.decode(stored(name, content, lambda: _make(patterns, encoding)), type=Plan)
        return None if plan.open else Prefilter(plan, before, after)
    except (AutomatonError, msgspec.DecodeError):
        return None


def is_compiled(patterns: Sequence[Pattern], encoding: str) -> bool:
    """Tell whether the prefilter for an encoding need only be loaded."""
    return is_stored(*_key(patterns, encoding))


def _key(patterns: Sequence[Pattern], encoding: str) -> tuple[str, bytes]:
    """Name the plan of an encoding, and give all that it depends on."""
    told = [(each.id, each.source, each.dictionary, each.shape, each.context, each.trigger) for each in patterns]
    return f"plan-{encoding}", msgspec.json.encode([automaton.version(), encoding, told]) + code_of(_MAKERS)


def _make(patterns: Sequence[Pattern], encoding: str) -> bytes:
    from piiscan.derive import make_plan  # noqa: PLC0415 - its result is stored

    return msgspec.msgpack.encode(make_plan(patterns, encoding))
