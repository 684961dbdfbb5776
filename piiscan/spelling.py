"""How one name is spelled in many ways: old and new kanji, hiragana and katakana, the systems of romanisation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Kanji that are written in names for those that the lists have; for looking up only.
VARIANTS = str.maketrans(
    "髙﨑邉邊齋齊斉濵濱櫻德瀨曻栁𠮷塚祐嶋嶌澤廣國邨眞晧惠榮龍條嶽圓舘冨髮壽當藏萬渕淵槇薗籔",
    "高崎辺辺斎斎斎浜浜桜徳瀬昇柳吉塚祐島島沢広国村真皓恵栄竜条岳円館富髪寿当蔵万淵淵槙園薮",
)
#: Hiragana to katakana.
KATAKANA = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト",
    "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ",
    "r": "ラリルレロ",
}  # fmt: skip
_LETTERS = {
    **{kana: first + vowel for first, row in _ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)},
    "ヂ": "zi",
    "ヅ": "zu",
    "ヤ": "ya",
    "ユ": "yu",
    "ヨ": "yo",
    "ワ": "wa",
    "ヲ": "o",
    "ン": "n",
    "ヴ": "bu",
    "ャ": "~ya",
    "ュ": "~yu",
    "ョ": "~yo",
    "ヰ": "i",
    "ヱ": "e",
    "ー": "",
    "ッ": "",
}
_OF_KANA = str.maketrans(_LETTERS)
#: From the other systems to Kunrei; then long vowels and doubled consonants become short and single.
_STEPS = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        ("i~y", "y"), ("[^a-z\n]", ""), ("tch", "ch"), ("sh(?=i)", "s"), ("sh", "sy"), ("ch(?=i)", "t"), ("ch", "ty"),
        ("ts", "t"), ("f", "h"), ("dz", "z"), ("j(?=i)", "z"), ("jy?", "zy"), ("m(?=[bpm])", "n"),
        ("oh(?![aiueoy])|ou", "o"), (r"([a-z])\1+", r"\1"),
    )
)  # fmt: skip


def romanised(text: str) -> str:
    """Give what all romanisations of kana have in common; of kana as well.

    >>> romanised("Ohtsuka"), romanised("OTUKA"), romanised("オオツカ")
    ('otuka', 'otuka', 'otuka')
    >>> romanised("Jun'ichi"), romanised("ジュンイチ"), romanised("Shinpei"), romanised("Shimpei")
    ('zyuniti', 'zyuniti', 'sinpei', 'sinpei')
    """
    text = text.translate(_OF_KANA).lower()
    for pattern, short in _STEPS:
        text = pattern.sub(short, text)
    return text


def all_romanised(readings: Iterable[str]) -> frozenset[str]:
    """Romanise readings, all at once: thousands of small substitutions would take long."""
    return frozenset(romanised("\n".join(readings)).split("\n"))
