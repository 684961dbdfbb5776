"""Dates on forms that print all eras, and have one circled (明・大・○昭・平 55年3月4日), written as one of that era."""

from __future__ import annotations

import re

_NAME = "(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHRⓂⓉⓈⒽⓇ])"
_MARK = "[○◯●◎⦿☑☒■✓✔✅㊼(（\\[【〔①-⑤]"
_CLOSED, _BETWEEN = "[\u20dd\u20de)）\\]】〕○◯]", r"[・･,、/|.\s]{1,3}"
_ITEM = rf"(?:{_MARK}|[□☐1-5][.．]?)?[ \u3000]?{_NAME}{_CLOSED}?"
_CHOICE = re.compile(rf"(?P<list>{_ITEM}(?:{_BETWEEN}{_ITEM}){{2,4}})[ \u3000:：)]{{0,3}}(?=[0-9０-９元])")
#: The same from its first name of an era on: what begins with a mark that may be missing is searched for slowly.
_NAMED = re.compile(rf"{_NAME}{_CLOSED}?(?:{_BETWEEN}{_ITEM}){{2,4}}[ \u3000:：)]{{0,3}}[0-9０-９元]")
_MARKED = re.compile(rf"{_MARK}[ \u3000]?(?P<one>{_NAME})|(?P<two>{_NAME}){_CLOSED}|(?P<three>[ⓂⓉⓈⒽⓇ])")
_CIRCLED = str.maketrans("ⓂⓉⓈⒽⓇ", "MTSHR")


def choose_era(cell: str) -> str:
    """Write the era that is marked in place of the list; the cell as it is where not exactly one is marked.

    >>> choose_era("明・大・○昭・平 55年3月4日"), choose_era("明・大・昭・平 55年3月4日")
    ('昭55年3月4日', '明・大・昭・平 55年3月4日')
    """
    found = _CHOICE.search(cell)
    if found is None:
        return cell
    marked = {match[match.lastgroup or 0] for match in _MARKED.finditer(found["list"])}
    if len(marked) != 1:
        return cell
    return cell[: found.start()] + marked.pop().translate(_CIRCLED) + cell[found.end() :]


def has_choice(text: str) -> bool:
    """Tell whether a text may hold such a list."""
    return _NAMED.search(text) is not None
