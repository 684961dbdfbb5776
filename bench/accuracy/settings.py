"""Where a value stands: behind a label, beside it, under a header, alone; and which combinations make sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench.accuracy.identifiers import IDENTIFIERS
from bench.accuracy.lists import BARE_BEFORE
from bench.accuracy.values import VALUES

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from bench.accuracy.notations import Written

#: Where a value stands in running text, and in tables and forms.
TEXT_SETTINGS = ("colon", "glued", "space", "prose", "spaced label", "key", "behind", "line above", "query", "bare")
TABLE_SETTINGS = ("header", "header, key", "left cell", "bare column")
#: What is a word, a secret or an attribute stands only where a form or a table asks for it.
_FORMS = frozenset({"colon", "space", "spaced label", "key", "line above", *TABLE_SETTINGS}) - {"bare column"}
_WORDS = frozenset({"special_care", "age", "sex", "relationship", "password", "person_name", "workplace"})
#: Of a value over several lines only the beginning can be labelled.
_LINED = frozenset({"colon", "space", "line above", "bare"})
_BEHIND, _SPACED_LABEL = 12, 8
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Combination:
    """An identifier in a notation in a setting."""

    name: str
    notation: str
    setting: str


def combinations(*, is_table: bool) -> list[Combination]:
    """List all combinations that make sense in text, or in tables."""
    return [
        Combination(name, notation, setting)
        for name, notations in VALUES.items()
        for notation in notations
        for setting in (TABLE_SETTINGS if is_table else TEXT_SETTINGS)
        if _is_sensible(name, notation, setting)
    ]


def _is_sensible(name: str, notation: str, setting: str) -> bool:
    labels = IDENTIFIERS[name].labels
    if name in _WORDS and setting not in _FORMS and not (name == "person_name" and notation == "様"):
        return False
    if notation in {"two lines", "broken over lines"}:
        return setting in _LINED
    if setting == "glued":
        return any(not label.isascii() or label in {"TEL", "FAX"} for label in labels)
    if setting == "spaced label":
        return any(not label.isascii() and 1 < len(label) <= _SPACED_LABEL for label in labels)
    if setting == "query":
        return notation in {"plain", "hyphen", "full width", "IPv4", "digits"}
    return True


def draw(combination: Combination, chance: Random, fits: Callable[[str], bool]) -> Written | None:
    """Draw a value that the encoding can hold; None where it holds none in this notation."""
    for _ in range(_TRIES):
        value = VALUES[combination.name][combination.notation](chance)
        if fits(value.text):
            return value
    return None


def role_of(value: Written, setting: str) -> str:
    """Tell whether the specification wants a value shown where it stands."""
    is_shown = value.is_bare if setting == "bare" else value.is_column if setting == "bare column" else True
    return "truth" if is_shown else "bare"


def _label(name: str, setting: str, chance: Random) -> str:
    labels = IDENTIFIERS[name].labels
    if setting == "glued":
        labels = tuple(label for label in labels if not label.isascii() or label in {"TEL", "FAX"})
    if setting == "spaced label":
        labels = tuple(label for label in labels if not label.isascii() and 1 < len(label) <= _SPACED_LABEL)
    if setting == "behind":
        labels = tuple(label for label in labels if len(label) <= _BEHIND) or labels[:1]
    return chance.choice(labels)


def place(combination: Combination, value: Written, chance: Random) -> tuple[str, str]:
    """Put a value behind its label; give the text and the value as it stands in there."""
    setting, text = combination.setting, value.text
    key = chance.choice(IDENTIFIERS[combination.name].keys)
    if setting == "bare":
        return chance.choice(BARE_BEFORE) + text, text
    if setting == "key":
        return key + chance.choice(("=", ": ", " = ")) + text, text
    if setting == "query":
        return f"https://zz-aozora.jp/form?{key}={quote(text)}&step=2", quote(text)
    label = _label(combination.name, setting, chance)
    if label == "〒" and setting != "line above":
        return label + text, text
    forms = {
        "colon": label + chance.choice(("：", ": ", ":")) + text,
        "glued": label + text,
        "space": label + chance.choice((" ", "　", "　　")) + text,
        "prose": f"{label}は{text}です。",
        "spaced label": "　".join(label) + "：" + text,
        "behind": f"{text}（{label}）",
        "line above": f"{label}\n{text}",
    }
    return forms[setting], text
