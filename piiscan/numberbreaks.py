"""Numbers right behind their label that go on in the next line, without a hyphen at the line's end.

What is joined has a label that says how many digits there are, and exactly so many (specification A, split numbers):
a number that is whole before its line ends has nothing to do with what the next line begins with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from piiscan.addressbreaks import HYPHENS, INDENT, LINE_BREAK, find_breaks

if TYPE_CHECKING:
    from piiscan.addressbreaks import Breaks


class _Kind(NamedTuple):
    """How many digits a number has, and behind how many of them a separator may stand; None: as telephones have."""

    lengths: frozenset[int]
    joints: frozenset[int] | None = frozenset()


_PHONE = _Kind(frozenset({10, 11}), None)
_MY_NUMBER = _Kind(frozenset({12}), frozenset({4, 8}))
_PENSION = _Kind(frozenset({10}), frozenset({4}))
_KINDS = {
    "個人番号": _MY_NUMBER,
    "マイナンバー": _MY_NUMBER,
    "年金番号": _PENSION,
    "免許証番号": _Kind(frozenset({12})),
    "免許番号": _Kind(frozenset({12})),
    "住民票コード": _Kind(frozenset({11})),
    "カード番号": _Kind(frozenset({14, 15, 16}), frozenset({4, 8, 12})),
    "口座番号": _Kind(frozenset({7})),
    "電話": _PHONE,
    "電話番号": _PHONE,
    "携帯": _PHONE,
    "携帯番号": _PHONE,
    "TEL": _PHONE,
    "Tel": _PHONE,
    "tel": _PHONE,
}
#: The labels, of whatever length: one may be the end of another.
LABELS = tuple(_KINDS)
#: What may stand between a label and its number, and between the digits.
BETWEEN, SEPARATORS = " \u3000\t:：.．は)）", f"{HYPHENS} \u3000"
DIGITS = "0123456789０１２３４５６７８９"
#: Characters between a label and its number, and digits behind the first with what is between them, at most.
GAP, MOST = 4, 16

_DIGIT = f"[{DIGITS}]"
_RUN = f"{_DIGIT}(?:[{SEPARATORS}]?{_DIGIT}){{0,{MOST}}}"
# It begins with the one character that is searched for fast.
_WORTH = re.compile(rf"\n(?:(?<={_DIGIT}\n)|(?<={_DIGIT}\r\n)){INDENT}{_DIGIT}")
_HEAD = re.compile(
    f"(?P<label>{'|'.join(sorted(LABELS, key=len, reverse=True))})[{BETWEEN}]{{0,{GAP}}}(?P<head>{_RUN})$"
)
#: A head and all before it: of label, gap, and digits with separators.
_REACH = max(map(len, LABELS)) + GAP + 2 * MOST + 1
_TAIL = re.compile(f"(?P<tail>{_RUN})(?![{SEPARATORS}]?{_DIGIT}|[A-Za-zＡ-Ｚａ-ｚ])")
_LINE = re.compile(f"{LINE_BREAK}(?={_DIGIT})")
_NOT_DIGITS = re.compile(f"[^{DIGITS}]+")
_LAST_GROUP, _AREA_CODE = 4, range(2, 6)


def find_line_breaks(text: str) -> Breaks:
    """Find the line ends within addresses and within labelled numbers."""
    numbers = find_number_breaks(text)
    return numbers if text.isascii() else find_breaks(text) | numbers


def find_number_breaks(text: str) -> Breaks:
    r"""Find the line ends within numbers behind a label: where each begins, where what is behind it goes on, the joint.

    >>> find_number_breaks("個人番号：1234 5678\n　9012")
    {14: (16, ' ')}
    >>> find_number_breaks("個人番号：123456789012\n3456"), find_number_breaks("個数 1234\n567890")
    ({}, {})
    """
    found: Breaks = {}
    if "\n" not in text or not _WORTH.search(text):
        return found
    for line in _LINE.finditer(text):
        before = text[max(line.start() - _REACH, 0) : line.start()]
        head = _HEAD.search(before[before.rfind("\n") + 1 :])
        tail = _TAIL.match(text, line.end()) if head else None
        if head and tail:
            joint = _joint(_KINDS[head["label"]], head["head"], tail["tail"])
            if joint is not None:
                found[line.start()] = line.end(), joint
    return found


def _joint(kind: _Kind, head: str, tail: str) -> str | None:
    """Give what stands between the halves in one line; None where they are no number."""
    first, second = (len(_NOT_DIGITS.sub("", half)) for half in (head, tail))
    if first in kind.lengths or first + second not in kind.lengths:
        return None
    separators = _NOT_DIGITS.findall(head + tail)
    if not separators:
        return ""
    if kind.joints is not None:
        return separators[0] if first in kind.joints else ""
    is_code = first in _AREA_CODE and not _NOT_DIGITS.search(head)
    return separators[0] if second == _LAST_GROUP or is_code else ""
