"""Which values of a structured text are no cells but text.

A name is found beside a number in running text only; and to search a column takes a hundred times as long as to search
a line of text, which is where most of what settings hold belongs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from piiscan.validators.person_name import may_begin, person_name_listed
from piiscan.verdict import Verdict

#: A value of more characters is text.
LONGEST = 1 << 20
_BESIDE = re.compile(
    "[ァ-ヶ一-鿿ぁ-ゖ]{2}[ \u3000,、:：/／(（<＜;；].{0,40}?(?:[0-9０-９][-－0-9０-９() ]{8}|[@＠年都道府県])"
)
#: What is in no name: signs, as in a path or a variable, and so many spaces or characters, as in a sentence.
_ODD = re.compile(r"[/_$%{}<>\\*=|;:]")
_SPACES, _SENTENCE = 5, 60
#: One word that begins small is no name, and the commonest value of all; so are versions and a few words
#: more; a sex is found by its header.
_WORD = re.compile(
    r"(?!male|female)[a-z][A-Za-z.-]{2,}|no|on|v[0-9]{1,2}(?:(?:alpha|beta)[0-9]?)?|True|False|Yes|No|On|Off|None|Null"
)
_NUMERIC = re.compile("[0-9０-９@＠]")
_LONGEST_NAME = 20


def is_cell(text: str) -> bool:
    """Tell whether a value is a cell: no running text, and nothing of which a header tells no more than its line does.

    >>> is_cell("佐藤 花子"), is_cell("東京都千代田区 丸の内1-2-3"), is_cell("佐藤花子 090-2345-6789")
    (True, True, False)
    >>> is_cell("Hanako Sato"), is_cell("46"), is_cell("/etc/piiscan"), is_cell("true")
    (True, True, False, False)
    """
    if len(text) > LONGEST or (not text.isascii() and _BESIDE.search(text)):
        return False
    if _WORD.fullmatch(text):
        return False
    if _NUMERIC.search(text):
        return True
    return not (len(text) > _SENTENCE or text.count(" ") >= _SPACES or _ODD.search(text))


def is_name(key: str) -> bool:
    """Tell whether a key is the name of a person, to whom the value belongs: `佐藤花子: 090-2345-6789`.

    >>> is_name("佐藤花子"), is_name("電話番号"), is_name("name")
    (True, False, False)
    """
    return not key.isascii() and len(key) <= _LONGEST_NAME and _is_listed(key)


@lru_cache(maxsize=4096)
def _is_listed(key: str) -> bool:
    return may_begin(key, key) and person_name_listed(key) is not Verdict.INVALID
