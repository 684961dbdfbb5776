"""Pieces of regexes that patterns share, written `{left}` in a pattern's regex."""

from __future__ import annotations

from functools import cache

#: The guards and separators that number patterns share (specification section 0.3, A).
FRAGMENTS = {
    "left": r"(?<![0-9A-Za-z]) (?<![0-9][-.]) (?<![0-9A-Fa-f]{4}-)",
    # not the size of a type of SQL: varchar(255)
    "size": "".join(f"(?<! {kind}[(] )" for kind in "char CHAR varchar2 VARCHAR2 int INT number NUMBER".split()),
    # a telephone number may stand right behind its label
    "tel": r"""(?<![0-9A-Za-z] (?<! (?<![A-Za-z]) (?: [Tt][Ee][Ll] | [Ff][Aa][Xx] ) ))
        (?<![0-9][-.]) (?<![0-9A-Fa-f]{4}-)""",
    "right": r"(?![0-9A-Za-z]) (?![-.][0-9])",
    # kanji and kana, as names have them: \p{Han} takes in numerals and signs, and not the same ones everywhere
    "han": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ebef",
    "hira": "ぁ-ゖゝゞ",
    "kata": "ァ-ヺーヽヾ",
    "sep": r"(?: [ ]?-[ ]? | [ .・/] )",
}


@cache
def fill_in(source: str) -> str:
    """Put the fragments into a regex."""
    for name, fragment in FRAGMENTS.items():
        source = source.replace(f"{{{name}}}", fragment)
    return source
