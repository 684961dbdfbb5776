"""How people write one and the same number: widths, dashes, separators, kanji digits, boxes of one digit each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

#: Every dash that stands between digits in the wild.
DASHES = "‐‑‒–—―−－﹣﹘ーｰ─━˗⁃➖゠"
_WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-()+@._",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ－（）＋＠．＿",
)
_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it stands in a document. Who finds at least `core` and at most `text` has found it.

    `is_bare` and `is_column` tell whether the specification wants it shown without a label, in text and in a column.
    """

    text: str
    core: str
    notation: str
    is_bare: bool = False
    is_column: bool = False

    @property
    def is_single(self) -> bool:
        """Tell whether it stands on one line, so that a cell can hold it."""
        return "\n" not in self.text


def written(notation: str, text: str, core: str = "", *, bare: bool = False, column: bool = False) -> Written:
    """Give a value that is written in one way only."""
    return Written(text, core or text, notation, bare, column)


def wide(text: str) -> str:
    """Write in full width.

    >>> wide("090-A")
    '０９０－Ａ'
    """
    return text.translate(_WIDE)


def _plain(groups: Sequence[str], _: Random) -> str:
    return "".join(groups)


def _joined(separator: str, groups: Sequence[str], _: Random) -> str:
    return separator.join(groups)


def _wide_joined(separator: str, groups: Sequence[str], _: Random) -> str:
    return wide(separator.join(groups))


def _dash(groups: Sequence[str], chance: Random) -> str:
    text = chance.choice(DASHES).join(groups)
    return wide(text) if chance.random() < 0.3 else text  # noqa: PLR2004 - wide dashes go with wide digits


def _kanji(groups: Sequence[str], _: Random) -> str:
    return "ー".join(groups).translate(_KANJI)


def _boxes(groups: Sequence[str], chance: Random) -> str:
    return chance.choice(" 　").join("".join(groups))


def _broken(groups: Sequence[str], _: Random) -> str:
    return "-".join(groups[:-1]) + "-\n" + groups[-1]


#: Notation -> how the groups of a number are put together. "plain" is one run of digits.
SPELLINGS: dict[str, Callable[[Sequence[str], Random], str]] = {
    "plain": _plain,
    "hyphen": partial(_joined, "-"),
    "space": partial(_joined, " "),
    "dot": partial(_joined, "."),
    "full width": partial(_wide_joined, ""),
    "full width, hyphen": partial(_wide_joined, "-"),
    "full width, space": partial(_wide_joined, "　"),
    "dash": _dash,
    "kanji digits": _kanji,
    "one digit a box": _boxes,
    "broken over lines": _broken,
}
UNGROUPED = frozenset({"plain", "full width"})
#: What needs a label in every case.
LABELLED = frozenset({"kanji digits", "one digit a box", "broken over lines"})


def spell(notation: str, groups: Sequence[str], chance: Random) -> Written:
    """Write a number; a dash that is none of the common ones becomes part of the notation's name."""
    text = SPELLINGS[notation](groups, chance)
    if notation == "dash":
        mark = next(sign for sign in text if sign in DASHES)
        return written(f"dash U+{ord(mark):04X}", text)
    return written(notation, text)


def shown(value: Written, *, bare: bool, column: bool) -> Written:
    """Tell of a value whether it is to be shown without a label."""
    is_shown = bare and value.notation not in LABELLED
    return replace(value, is_bare=is_shown, is_column=column and value.notation not in LABELLED)
