"""Labels that a form spreads over their box: 氏　　名, 基　礎　年　金　番　号.

A short one may have gaps anywhere. Of a long one every character stands alone: so its end foretells the whole, and
where labels are read, it is closed again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

#: Labels of so few characters are spread with so many spaces between two of them, or none.
_SHORT, SPREAD_GAP = 4, 3
#: A label of more characters, up to the second number, is spread with a gap behind each of them.
_LEAST, _MOST = _SHORT + 1, 10
#: The most characters that such a label takes.
LONGEST_SPREAD = _MOST + (_MOST - 1) * SPREAD_GAP
#: So many characters of it foretell it.
_TAIL = 3
#: What in kana such a label may end with: more of them would cost automata more than they find.
_IN_KANA = ("番号", "コード", "ドレス", "ワード", "ンバー")
_RUN = re.compile(rf"(?:[A-Za-z々-鿿][ ]{{1,{SPREAD_GAP}}}){{{_LEAST - 1},60}}[々-鿿]")


def may_be_spaced(word: str) -> bool:
    """Tell whether a form may spread a label over its box: 氏　　名."""
    return 1 < len(word) <= _SHORT and all(char > "\u3000" for char in word)


def tail(word: str) -> str:
    """Give the characters by which a long label that may be spread is known, "" for one that may not.

    >>> tail("基礎年金番号"), tail("macアドレス"), tail("旅券番号"), tail("token")
    ('金番号', 'ドレス', '', '')
    """
    end = word[-_TAIL:]
    if not (_LEAST <= len(word) <= _MOST and word.isalpha() and all(char > "\u3000" for char in end)):
        return ""
    return end if "一" <= end[0] <= "鿿" or end.endswith(_IN_KANA) else ""


def longest_form(word: str) -> int:
    """Give the most characters that a label takes."""
    return len(word) + (len(word) - 1) * SPREAD_GAP if may_be_spaced(word) or tail(word) else len(word)


def spread(word: str) -> str:
    """Write a label that a form may spread over its box as a regex."""
    return f"[ ]{{0,{SPREAD_GAP}}}".join(map(re.escape, word))


def spread_tail(end: str) -> str:
    """Write the end of a long label that is spread as a regex."""
    return f"[ ]{{1,{SPREAD_GAP}}}".join(map(re.escape, end))


def closed(text: str, words: Container[str]) -> str:
    """Take the gaps out of long labels that are spread; only whole ones, in lower case among `words`.

    >>> closed("本 人 の 基 礎 年 金 番 号: 1234", {"基礎年金番号"})
    '本 人 の 基礎年金番号: 1234'
    """
    if text.count(" ") < _SHORT:
        return text
    return _RUN.sub(lambda match: _close(match[0], words), text)


def _close(run: str, words: Container[str]) -> str:
    chars = run.split(" ")
    letters = [char for char in chars if char]
    for count in range(min(_MOST, len(letters)), _SHORT, -1):
        word = "".join(letters[-count:])
        if word.lower() in words:
            at = len(run)
            for char in reversed(letters[-count:]):
                at = run.rindex(char, 0, at)
            return run[:at] + word
    return run
