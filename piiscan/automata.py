"""The prefilter of a set of patterns: loaded as it was stored, or compiled on the spot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from piiscan import automaton
from piiscan.automaton import AutomatonError
from piiscan.plan import Part, Plan
from piiscan.prefilter import Prefilter
from piiscan.stored import code_of, is_stored, store, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from piiscan.pattern import Pattern

#: Stands for a plan without its parts.
_PLAN = ""
_MAKERS = (
    "addressbreaks", "alike", "automaton", "bytesets", "charset", "choices", "context", "derive", "digitrun",
    "firstchars", "fragments", "headers", "labelled", "labeltrigger", "labelwords", "negative", "numberbreaks",
    "places", "plan", "plausible", "regextree", "shifts", "spans", "spread", "surroundings", "template", "text",
    "rarewidths", "trigger", "variants", "verdict",
)  # fmt: skip


def load_prefilter(patterns: Sequence[Pattern], encoding: str, before: int, after: int) -> Prefilter | None:
    """Give the prefilter for one of charset.SEARCHABLE, None where not every pattern has a trigger.

    `before` and `after` are the characters of context that count. Compiling takes seconds, loading a millisecond.
    """
    name, content = _key(patterns, encoding)

    made: dict[str, bytes] = {}

    def make() -> dict[str, bytes]:
        """Make all at once, and keep it: who cannot store anything must not make it again for each part."""
        if not made:
            made.update(_make(patterns, encoding, name, content))
        return made

    def load(part: str) -> bytes:
        """Give what is stored of a plan under its name, or of one of its parts."""
        return made[part] if made else stored(f"{name}{part}", content, lambda: make()[part])

    try:
        plan = msgspec.msgpack.decode(load(_PLAN), type=Plan)
        parts = partial(_part, load)
        return None if plan.open else Prefilter(plan, parts, before, after)
    except (AutomatonError, msgspec.DecodeError):
        return None


def _part(load: Callable[[str], bytes], name: str) -> Part:
    """Load a part that is stored apart."""
    return msgspec.msgpack.decode(load(f"-{name}"), type=Part)


def is_compiled(patterns: Sequence[Pattern], encoding: str) -> bool:
    """Tell whether the prefilter for an encoding need only be loaded."""
    return is_stored(*_key(patterns, encoding))


def _key(patterns: Sequence[Pattern], encoding: str) -> tuple[str, bytes]:
    """Name the plan of an encoding, and give all that it depends on."""
    told = [(each.id, each.source, each.dictionary, each.shape, each.context, each.trigger) for each in patterns]
    return f"plan-{encoding}", msgspec.json.encode([automaton.version(), encoding, told]) + code_of(_MAKERS)


def _make(patterns: Sequence[Pattern], encoding: str, name: str, content: bytes) -> dict[str, bytes]:
    """Make a plan and its parts, and store the parts."""
    from piiscan.derive import make_plan  # noqa: PLC0415 - its result is stored

    plan, parts = make_plan(patterns, encoding)
    made = {f"-{part}": msgspec.msgpack.encode(each) for part, each in parts.items()}
    for part, dump in made.items():
        store(f"{name}{part}", content, dump)
    return {_PLAN: msgspec.msgpack.encode(plan), **made}
