"""Folding: one normal form to match in, and the way back to the place in the original.

Folding is one code point to one wherever it can be, never plain NFKC, which turns ① into 1 and moves every offset
(specification section A). Text that holds characters which vanish or combine (zero-width characters, variation
selectors, half-width voiced kana) goes through a slower fold that keeps a map of offsets.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from piiscan.addressbreaks import HYPHENS, LINE_BREAK
from piiscan.numberbreaks import find_line_breaks
from piiscan.shifts import Shifts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piiscan.addressbreaks import Breaks

_HALF_WIDTH_KANA = range(0xFF66, 0xFF9E)
_SPACES = (0x3000, 0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F)
#: One to one: full-width ASCII, half-width kana, every width of space, the two glyphs that stand for 〒.
ONE_TO_ONE = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _HALF_WIDTH_KANA},
    **dict.fromkeys(_SPACES, " "),
    0x3020: "〒",
    0x3036: "〒",
}
#: What people type for a hyphen; the prolonged sound mark and the kanji one only count as one between digits.
DASHES = "\u2010-\u2015\u2212\ufe31\ufe32\ufe58\ufe63ー\u2500\u2501\u02d7\u2043\u207b\u208b\u2796\u30a0一"
#: The class stands first, the look-behind after it: so the search runs on one set of characters.
_DASH_BETWEEN_DIGITS = re.compile(rf"[{DASHES}](?<=[0-9].)(?=[0-9])")
_WIDE = re.compile("[" + "".join(map(re.escape, map(chr, sorted(ONE_TO_ONE)))) + "]+")
#: The end of a line within a number: a hyphen stands before it, and the next line begins with a digit.
_DIGIT, _HYPHEN = "[0-9０-９]", f"[{HYPHENS}]"
_BROKEN = re.compile(rf"\r?\n(?:(?<={_DIGIT}{_HYPHEN}\n)|(?<={_DIGIT}{_HYPHEN}\r\n))[ \t\u3000]{{0,8}}(?={_DIGIT})")
#: Digits each in a box of its own, so many that they are no list of figures.
BOXES = 7
_BOX = r"[ \u3000](?:[-－][ \u3000])?"
IN_BOXES = re.compile(
    rf"(?P<boxes>{_DIGIT}(?<![0-9A-Za-z０-９]{_DIGIT})(?<!{_DIGIT}[ \u3000]{_DIGIT})"
    rf"(?:{_BOX}{_DIGIT}){{{BOXES - 1},}}(?![0-9A-Za-z０-９.])(?![ \u3000]{_DIGIT}))"
)
VOICED = {"\uff9e": "\u3099", "\uff9f": "\u309a", "\u3099": "\u3099", "\u309a": "\u309a"}
#: Characters without width, as pairs of first and last.
VANISHING = (
    (0x200B, 0x200D), (0x2060, 0x2060), (0xFEFF, 0xFEFF), (0xAD, 0xAD), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF),
)  # fmt: skip
#: A character as programs write it: \u30ab, &#12459;, &#x30ab;, or, as in web addresses, %E3%82%AB. Not all of them:
#: what stands in Japanese text, and of ASCII what values cannot be without.
ESCAPES = (
    r"\\u[Dd]8[4-6][0-9A-Fa-f]\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}",
    r"\\u(?:00(?:2[BDbd]|3[0-9]|40)|201[0-5]|2212|3[0-4][0-9A-Fa-f]{2}|[4-9][0-9A-Fa-f]{3}|[Ff][Ff][0-9A-Fa-f]{2})",
    r"&#[0-9]{1,7};",
    r"&#[Xx][0-9A-Fa-f]{1,6};",
    r"&nbsp;",
    r"%(?:40|2B|2D)",
    r"%[CDcd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]",
    r"%[Ee][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}",
    r"%[Ff][0-4](?:%[89ABab][0-9A-Fa-f]){3}",
)
ESCAPE_MARKS = ("\\u", "&", "%")
#: Digits that are written as in vertical text, so many in a row that they can only be a number, and not a quantity.
KANJI_DIGITS = "〇一二三四五六七八九"
KANJI_RUN = 7
KANJI_JOINTS = "-・ ー―－‐−"
KANJI_NUMBER = re.compile(f"[{KANJI_DIGITS}](?:[{KANJI_JOINTS}]?[{KANJI_DIGITS}]){{{KANJI_RUN - 1},}}")
_TO_DIGITS = str.maketrans(KANJI_DIGITS, "0123456789")
_MOVING_RANGES = "".join(f"{chr(first)}-{chr(last)}" for first, last in VANISHING)
MOVING = re.compile(rf"[{_MOVING_RANGES}{''.join(VOICED)}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `shifts` is None where all characters are in their places.

    `ends` gives the place behind a character that is written as several.
    """

    text: str
    shifts: Shifts | None = None
    ends: Mapping[int, int] = field(default_factory=dict)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the original text of a (non-empty) span in the folded one."""
        if self.shifts is None:
            return start, end
        return self.shifts.before(start), self.ends.get(end - 1) or self.shifts.before(end - 1) + 1

    def place(self, at: int) -> int:
        """Give the place in the folded text of a character in the original, or of the next one that is left."""
        return at if self.shifts is None else self.shifts.after(at, len(self.text))


def fold(text: str, *, has_cells: bool = False, is_narrow: bool = False) -> Folded:
    r"""Bring width, spaces, kana and dashes to one form; dashes only between digits, so `サーバー1` keeps its ー.

    A number or an address that goes on in the next line becomes whole, unless lines are cells (`has_cells`). With
    `is_narrow` it is known that no character moves, or is of another width than the one that is kept.

    >>> fold("０９０ー１２３４−５６７８").text, fold("①サーバー1").text
    ('090-1234-5678', '①サーバー1')
    >>> fold("ﾏｲﾅﾝﾊﾞｰ").text, fold("〇九〇ー一二三四ー五六七八").text
    ('マイナンバー', '090-1234-5678')
    >>> fold(r"\u96fb\u8a71 taro%40example.jp").text
    '電話 taro@example.jp'
    """
    breaks = {} if has_cells else find_line_breaks(text)
    is_escaped = has_escapes(text) or bool(breaks) or _is_spread(text, has_cells=has_cells)
    if not is_escaped and text.isascii():
        return Folded(text)
    shifts, ends = None, dict[int, int]()
    if is_escaped or (not is_narrow and MOVING.search(text)):
        moving = _rewritten(has_cells=has_cells, has_breaks=bool(breaks)) if is_escaped else MOVING
        text, shifts, ends = _join(text, moving, breaks)
    if is_escaped or not is_narrow:
        text = _WIDE.sub(lambda run: run[0].translate(ONE_TO_ONE), text)
    if sum(map(text.count, KANJI_DIGITS)) >= KANJI_RUN:
        text = KANJI_NUMBER.sub(lambda run: run[0].translate(_TO_DIGITS), text)
    return Folded(_DASH_BETWEEN_DIGITS.sub("-", text), shifts, ends)


def has_escapes(text: str) -> bool:
    """Tell whether something in a text may be an escape."""
    return any(mark in text for mark in ESCAPE_MARKS) and escape().search(text) is not None


def _is_spread(text: str, *, has_cells: bool) -> bool:
    """Tell whether some number stands in boxes, or goes on in the next line."""
    in_boxes = (" " in text or "\u3000" in text) and IN_BOXES.search(text)
    return bool(in_boxes or (not has_cells and "\n" in text and _is_broken(text)))


def _is_broken(text: str) -> bool:
    """Tell whether some number goes on in the next line; hardly any line ends with a hyphen at all."""
    at = text.find("\n")
    while at >= 0:
        end = at - 1 if text.startswith("\r", at - 1) else at
        if end > 0 and text[end - 1] in HYPHENS:
            return _BROKEN.search(text, end) is not None
        at = text.find("\n", at + 1)
    return False


@cache
def escape() -> re.Pattern[str]:
    """Give the expression for a character that is written as an escape."""
    return re.compile("|".join(ESCAPES))  # each begins with a character of its own: a search runs on three of them


@cache
def _rewritten(*, has_cells: bool, has_breaks: bool) -> re.Pattern[str]:
    broken = () if has_cells else (_BROKEN.pattern, *([LINE_BREAK] if has_breaks else []))
    return re.compile("|".join((MOVING.pattern, *ESCAPES, IN_BOXES.pattern, *broken)))


def _join(text: str, moving: re.Pattern[str], breaks: Breaks) -> tuple[str, Shifts, dict[int, int]]:
    """Drop what has no width, compose voiced kana, read escapes, join what is broken; tell where each stood."""
    kept: list[str] = []
    shifts, ends = Shifts([], []), dict[int, int]()
    size = end = 0

    def keep(part: str, place: int) -> None:
        nonlocal size
        if part:
            kept.append(part)
            shifts.folded.append(size)
            shifts.original.append(place)
            size += len(part)

    for match in moving.finditer(text):
        start, is_run = match.start(), match.lastgroup == "boxes"
        char = "" if is_run else _stands_for(match, breaks)
        if char is None:
            continue
        keep(text[end:start], end)
        end = match.end()
        if is_run:
            for at in range(start, end):
                keep(text[at].strip(" \u3000"), at)
            continue
        mark = VOICED.get(char)
        composed = mark and kept and _compose(kept[-1][-1], mark)
        if composed:
            kept[-1] = kept[-1][:-1] + composed
        elif mark or (char and not MOVING.match(char)):
            keep(char, start)
            if end > start + 1:
                ends[size - 1] = end
    keep(text[end:], end)
    return "".join(kept), shifts, ends


def _stands_for(match: re.Match[str], breaks: Breaks) -> str | None:
    """Tell what takes the place of what is rewritten: "" for the end of a line within a number, None if it stays."""
    if match.lastgroup == "line":
        return breaks[match.start()][1] if match.start() in breaks else None
    return "" if "\n" in match[0] else _unescape(match[0]) or None


@lru_cache(maxsize=4096)
def _unescape(found: str) -> str:
    """Read an escape; give "" for what is no character that stands in a line of text."""
    if len(found) == 1:
        return found
    if found[0] == "%":
        char = bytes.fromhex(found.replace("%", "")).decode("utf-8", "replace")
    elif found == "&nbsp;":
        char = "\u00a0"
    elif found[0] == "&":
        code = int(found[3:-1], 16) if found[2] in "xX" else int(found[2:-1])
        char = chr(code) if code <= sys.maxunicode else ""
    else:
        char = bytes.fromhex(found.replace("\\u", "")).decode("utf-16-be", "replace")
    is_text = len(char) == 1 and char != "\ufffd" and (char.isprintable() or ord(char) in ONE_TO_ONE)
    return char if is_text or MOVING.fullmatch(char) else ""


def _compose(base: str, mark: str) -> str | None:
    composed = unicodedata.normalize("NFC", ONE_TO_ONE.get(ord(base), base) + mark)
    return composed if len(composed) == 1 else None
