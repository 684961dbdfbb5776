"""How much a decoding looks like what people write in Japan: the mean over its characters."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

#: Bytes that no text holds.
CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
#: What a character of everyday Japanese or ASCII speaks for the decoding that gave it, and U+FFFD against it.
COMMON, BROKEN = 1.0, -3.0
_SYMBOL, _RARE, _HALF_WIDTH, _STRANGE, _CONTROL = 0.8, 0.2, 0.2, -1.0, -2.0
_SCORES = (
    (0x3040, 0x30FF, COMMON),  # kana
    (0xFF61, 0xFF9F, _HALF_WIDTH),  # EUC-JP read as CP932 is made of them
    (0x3000, 0x303F, _SYMBOL),
    (0xFF01, 0xFF5E, _SYMBOL),
    (0xFFFD, 0xFFFD, BROKEN),
)
_LEVEL_1 = range(0xB0, 0xD0)  # lead bytes of the 2,965 kanji in daily use, in EUC-JP
# The higher bytes, in UTF-16, of all characters that score above _RARE.
_COMMON_ROWS = bytes((0x00, 0x30, *range(0x4E, 0xA0), 0xFF))


def plausibility(text: str) -> float:
    """Score a decoding from -3 (broken) to 1 (everyday Japanese or ASCII), the mean over its characters."""
    return sum(_weight(char) * count for char, count in Counter(text).items()) / max(len(text), 1)


def may_reach(rows: bytes, score: float) -> bool:
    """Tell, fast, whether UTF-16 with these higher bytes may score so much; what is compressed never comes near it.

    The bound is above every score: all that is not common is taken to be rare, and to be pairs of surrogates.
    """
    common = len(rows) - len(rows.translate(None, _COMMON_ROWS))
    characters = common + (len(rows) - common) / 2
    return common * COMMON + (characters - common) * _RARE >= score * characters


@lru_cache(maxsize=65536)
def _weight(char: str) -> float:
    if char.isascii():
        return _CONTROL if ord(char) in CONTROLS else COMMON
    score = next((score for first, last, score in _SCORES if first <= ord(char) <= last), None)
    if score is not None:
        return score
    lead, *rest = char.encode("euc-jp", "ignore") or b"\0"
    if len(rest) == 1:
        return COMMON if lead in _LEVEL_1 else _RARE
    return _RARE if char.encode("cp932", "ignore") else _STRANGE
