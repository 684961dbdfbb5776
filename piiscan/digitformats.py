"""Number formats that show a whole number as a code: `000-0000` makes 600001 the postal code 060-0001.

Only formats of digits and literals are known; all others (decimals, dates, thousands) show nothing of their own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\])*)(;|$)', re.DOTALL)
_LENGTH = 255  # of a format, in a spreadsheet
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)([0-9]{1,15})\]")
# A quoted or escaped text, a colour or language, a space as wide as a character, a digit, a literal; else no code.
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(_.)|\*.|([0#])|([-+(): !^&\'~{}<>=$])|(.)', re.DOTALL)
_COMPARE = {
    "<=": int.__le__,
    ">=": int.__ge__,
    "<>": int.__ne__,
    "<": int.__lt__,
    ">": int.__gt__,
    "=": int.__eq__,
}


class Section(NamedTuple):
    """One alternative of a format: its tokens, each a digit's place or a literal, and the condition it has."""

    tokens: tuple[tuple[str, bool], ...]
    comparison: str = ""
    limit: int = 0

    def suits(self, value: int) -> bool:
        """Tell whether the alternative is for this number."""
        return not self.comparison or _COMPARE[self.comparison](value, self.limit)


Format = tuple[Section | None, ...]


def read_format(code: str) -> Format | None:
    """Give the alternatives of a format, None for those that are no codes; nothing where the first is none."""
    if len(code) > _LENGTH:
        return None
    sections = list[Section | None]()
    for found in _SECTION.finditer(code):
        sections.append(_read_section(found[1]))
        if not found[2]:
            break
    return tuple(sections) if sections and sections[0] else None


def show_digits(value: int, sections: Format) -> str | None:
    """Write a number as its format shows it.

    >>> show_digits(600001, read_format("[<=999]000;[<=9999]000-00;000-0000"))
    '060-0001'
    """
    is_chosen = any(section and section.comparison for section in sections)
    if value < 0 or (not is_chosen and not value and len(sections) > 2):  # noqa: PLR2004 - the third is for zero
        return None
    section = next((each for each in sections if each is None or each.suits(value)), None)
    if section is None:
        return None
    left, texts = str(value), list[str]()
    first = next(index for index, (_, is_digit) in enumerate(section.tokens) if is_digit)
    for index in reversed(range(len(section.tokens))):
        text, is_digit = section.tokens[index]
        if is_digit:
            text = (left if index == first else left[-1:]) or text.replace("#", "")
            left = left[:-1]
        texts.append(text)
    return "".join(reversed(texts))


def _read_section(code: str) -> Section | None:
    condition = _CONDITION.search(code)
    tokens: list[tuple[str, bool]] = []
    for found in _TOKEN.finditer(code):
        quoted, escaped, wide, digit, literal, other = found.groups()
        if other:
            return None
        if digit:
            tokens.append((digit, True))
        elif text := (" " if wide else quoted or escaped or literal):
            tokens.append((text, False))
    if sum(is_digit for _, is_digit in tokens) < 2:  # noqa: PLR2004 - one place shows a number as it is
        return None
    return Section(tuple(tokens), condition[1], int(condition[2])) if condition else Section(tuple(tokens))
