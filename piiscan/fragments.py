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
    "sep": r"(?: [ ]?-[ ]? | [ .・/] )",
}


@cache
def fill_in(source: str) -> str:
    """Put the fragments into a regex."""
    for name, fragment in FRAGMENTS.items():
        source = source.replace(f"{{{name}}}", fragment)
    return source
