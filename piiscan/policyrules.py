"""The rules of policy as values: what the keys of policy/*.toml are, and which values they may have."""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 - msgspec reads the fields' types when the program runs
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from piiscan.holdings import Action, Exposure, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piiscan.model import Sensitivity

Operator = Literal["private", "public"]
Level = Literal["low", "moderate", "high", "critical"]
Count = Annotated[int, msgspec.Meta(ge=0)]
Weight = Annotated[float, msgspec.Meta(ge=0)]
MonthDay = Annotated[str, msgspec.Meta(pattern=r"^(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8]))?$")]


_PLACE = re.compile(r"\{([a-z_]+)\}")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence in both languages of the house; `{more_than}` and the like are filled in."""

    en: str
    ja: str

    def words(self, **values: object) -> Words:
        """Give both, with the values filled in; numbers get their commas."""
        if not values:
            return Words(self.en, self.ja)
        return Words(*(_filled(text, values, at) for at, text in enumerate((self.en, self.ja))))


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure of the law, for whom and from when it holds."""

    operator: Operator
    since: date
    more_than: Count
    law: Text


class TriggerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a leak has to be reported: what is counted, or the question that a person has to answer."""

    id: str
    title: Text
    counts: Literal["people", "classes", "patterns", "nothing"]
    threshold: tuple[Threshold, ...]
    classes: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    question: Text | None = None


class DutyRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has to be done when one of the triggers is met; no operator means every one."""

    id: str
    since: date
    triggers: tuple[str, ...]
    law: Text
    authority: Text
    first_days: tuple[Count, Count]
    final_days: Count
    intent_days: Count
    notice: Text
    items: tuple[Text, ...]
    remarks: tuple[Text, ...] = ()
    operator: Operator | None = None


class RetentionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a kind of documents is kept, and from when; policy/retention.toml tells what the keys mean."""

    id: str
    kind: Text
    globs: tuple[str, ...]
    years: Count
    law: Text
    following: MonthDay = ""
    delay_months: Count = 0
    year: Literal["calendar", "fiscal"] = "fiscal"
    classes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    general: bool = False


class Hold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Files that must not be deleted, as for a lawsuit, and why."""

    glob: str
    reason: str


class ActionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is recommended where all of its conditions hold; policy/actions.toml tells what the keys mean."""

    id: str
    action: Literal["move", "check"]
    basis: Text
    exposures: tuple[Exposure, ...] = ()
    classes: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    sensitivity: Level = "low"
    more_than: str = ""
    operator: Operator | None = None
    unless_kept: bool = False


class Age(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weight of documents from so many years on."""

    years: Count
    weight: Weight


class Copies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weight of each further copy, and the most that copies weigh."""

    each: Weight
    most: Weight


class Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of sensitivities."""

    low: Weight
    moderate: Weight
    high: Weight
    critical: Weight

    def of(self, sensitivity: Sensitivity) -> float:
        """Give the weight of one."""
        return (self.low, self.moderate, self.high, self.critical)[sensitivity - 1]


class Risk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of risk."""

    sensitivity: Levels
    exposure: dict[Exposure, Weight]
    age: tuple[Age, ...]
    copies: Copies
    decided: dict[Action, Weight]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a file or a report; policy/actions.toml tells what is filled in."""

    ended: Text
    ended_estimated: Text
    needs_event: Text
    running: Text
    running_estimated: Text
    held: Text
    decided: Text
    keep: Text
    first_report: Text
    final_report: Text
    intent_report: Text


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules together."""

    operator: Operator
    trigger: tuple[TriggerRule, ...]
    duty: tuple[DutyRule, ...]
    retention: tuple[RetentionRule, ...]
    action: tuple[ActionRule, ...]
    risk: Risk
    texts: Texts
    hold: tuple[Hold, ...] = ()


def _filled(text: str, values: Mapping[str, object], language: int) -> str:
    """Fill in once: what a value says (a person's reason, say) is never looked into."""

    def tell(match: re.Match[str]) -> str:
        value = values.get(match[1], match[0])
        if isinstance(value, Words):
            return value[language]
        return f"{value:,}" if isinstance(value, int) else str(value)

    return _PLACE.sub(tell, text)
