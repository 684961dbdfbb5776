"""What stands around a value: its line before and behind it, the label in the line above. Only the text counts here."""

from __future__ import annotations

import re

#: Behind a value, labels count within so many characters.
_AFTER = 15
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NOT_LINE = re.compile(r"[^\r\n]*")
_ONLY_LABEL = re.compile(r"[^0-9@]{1,40}")
#: What may open a value that stands alone on its line: 第309012345620号.
_OPENING = " 第(["
_NUMBERS, _REMARK = re.compile(r"[0-9]{2}"), re.compile(r"\([^()]{0,20}\)")


def line_before(text: str, start: int, window: int) -> str:
    """Give up to `window` characters before `start` on its own line, no piece of a word in letters."""
    piece = _cut_before(text, start, window)
    return piece[max(piece.rfind("\n"), piece.rfind("\r")) + 1 :]


def line_after(text: str, end: int, window: int = _AFTER) -> str:
    """Give up to `window` characters after `end` on its own line, no piece of a word in letters."""
    match = _NOT_LINE.match(text, end, end + window)
    piece = match[0] if match else ""
    following = text[end + window : end + window + 1]
    return piece.rstrip(_LETTERS) if len(piece) == window and following and following in _LETTERS else piece


def _cut_before(text: str, start: int, window: int) -> str:
    """Give the characters before `start`: the `age` of a `message` that is cut there is no label."""
    first = max(0, start - window)
    piece = text[first:start]
    return piece.lstrip(_LETTERS) if first and text[first - 1] in _LETTERS else piece


def behind_numbers(before: str) -> str:
    """Cut what stands before a value behind the last number: where only labels count, each speaks for one value."""
    return _NUMBERS.split(_REMARK.sub("", before))[-1]


def begins_line(before: str) -> bool:
    """Tell whether what stands before a value on its line is nothing, or a mark that opens it."""
    return not before.strip(_OPENING)


def label_line_above(text: str, start: int, window: int) -> str:
    """Give the line above if the value begins its own line and that line holds a label only, "" otherwise."""
    head = _cut_before(text, start, 2 * window).rstrip(_OPENING)
    if not head.endswith(("\n", "\r")):
        return ""
    lines = head.rstrip("\r\n").splitlines()
    above = lines[-1].strip() if lines else ""
    return above.rstrip(":") if is_only_label(above) else ""


def is_only_label(text: str) -> bool:
    """Tell whether a line, or the cell above a value, can be a label by itself."""
    return _ONLY_LABEL.fullmatch(text) is not None
