"""Texts in which folding finds every character in its place and in its width, told by a glance at their bytes."""

from __future__ import annotations

from piiscan.text import ONE_TO_ONE, VANISHING, VOICED

#: All that moves or is of another width, or the ends of it.
_OTHERS = [*map(chr, ONE_TO_ONE), *VOICED, *(chr(code) for span in VANISHING for code in span)]
#: What begins in UTF-8 like nearly every character of Japanese is looked for by itself.
_KANA_LEAD = 0xE3
_LEADS = tuple(bytes((lead,)) for lead in sorted({char.encode()[0] for char in _OTHERS} - {_KANA_LEAD}))
_LIKE_KANA = tuple(char for char in _OTHERS if char.encode()[0] == _KANA_LEAD)


def is_narrow(data: bytes, text: str) -> bool:
    """Tell of a text and its bytes in UTF-8 that no character moves or is of another width; False is no answer.

    >>> is_narrow("電話: 090".encode(), "電話: 090"), is_narrow("電話：".encode(), "電話：")
    (True, False)
    """
    return not any(map(data.__contains__, _LEADS)) and not any(map(text.__contains__, _LIKE_KANA))
