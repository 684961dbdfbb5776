"""Widths of characters that hardly any text has in a label: letters of full width, half-width kana, unusual spaces.

Hundreds of labels in every mixture of widths make a search half as fast as the labels in the usual ones do. So a text
is searched for these, and for the characters that are rare; what is around one of those is searched for all, or, for
the words that speak for numbers, folded and searched for these.
"""

from __future__ import annotations

from piiscan import bytesets, spans
from piiscan.spans import MARKS, Spans

#: Spaces but for that of full width.
_SPACES: Spans = ((0xA0, 0xA0), (0x2000, 0x200A), (0x202F, 0x202F), (0x205F, 0x205F))
#: Letters of full width, half-width kana, marks that join kana, a sign like a K.
_OTHERS: Spans = spans.of(((0x212A, 0x212A), *MARKS, (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0xFF66, 0xFF9F)))
RARE: Spans = spans.of((*_SPACES, *_OTHERS))


def write_common(folded: Spans, encoding: str) -> str:
    """Write a set of folded characters as the bytes of what is not rare and folds into it."""
    return bytesets.expression(common(folded), encoding)


def common(folded: Spans) -> Spans:
    """Give what is not rare of all that folds into some characters."""
    return spans.without(spans.widths(folded), RARE)


def rare_expressions() -> list[str]:
    """Write what finds a rare character in UTF-8."""
    return bytesets.alternatives(_OTHERS, "utf-8") + bytesets.loose_ends(_SPACES)
