"""Which encoding a text is in, judged by its bytes alone: declarations lie, most files carry none.

Codecs are named `utf-8`, `cp932`, `euc-jp`, `iso-2022-jp`, `utf-16-le`, `utf-16-be`, `utf-32-le` and
`utf-32-be`. CP932 stands for every Shift_JIS; EUC-JP and ISO-2022-JP fall back to its table for the vendor
characters (㈱ ① 髙) that Python's codecs do not know. Only the few that EUC-JP writes with three bytes stay
undecodable.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from piiscan.plausible import BROKEN, COMMON, CONTROLS, may_reach, plausibility

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The encodings whose bytes can be searched as they are.
SEARCHABLE = ("utf-8", "cp932", "euc-jp")
JIS_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([@BD]|\([IJ])")
REPLACEMENT = "\ufffd"
#: Bytes of a file's beginning that are weighed to tell UTF-16 without a mark.
HEAD = 4096

# What Python's cp932 makes of the bytes 80, A0 and FD-FF, which Shift_JIS does not assign.
_UNASSIGNED = "\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3"
_TO_REPLACEMENT = str.maketrans(_UNASSIGNED, REPLACEMENT * len(_UNASSIGNED))
# Hiragana of EUC-JP reads as "､ｱ､ｲ､ｳ" in CP932: valid, but nobody writes that.
# Written out three times: a pattern that begins with a literal byte is searched ten times as fast.
_EUC_KANA = re.compile(rb"\xa4[\xa1-\xf3]\xa4[\xa1-\xf3]\xa4[\xa1-\xf3]")
# Half-width kana of CP932 read as pairs of EUC-JP are kanji. Nobody writes so many without a kana, or one of the kanji
# whose bytes lie beyond; files of banks hold nothing but half-width kana.
_FULL_WIDTH_KANA = re.compile(rb"(?:[\xa4\xa5][\xa1-\xf6]){3}")
_NARROW, _MANY_HALF_WIDTH = bytes((*range(0x80), *range(0xA1, 0xE0))), 32
_JIS_RUN = re.compile(rb"\x1b(\$[@B]|\$\([@BD]|\([BIJ])([^\x1b]*)")
_JIS_PAIRS = re.compile(rb"((?:[\x21-\x7e]{2})+)|[\x21-\x7e]")
_FIRST, _PLANE = 0xA1, range(94)
_SET_HIGH_BIT = bytes(byte | 0x80 for byte in range(256))
_NOT_PLAIN = CONTROLS + bytes(range(0x80, 0x100))
#: Of UTF-8 the bytes that continue a character, and those that ask for one of them at least, for two, and for three.
_CONTINUING = bytes(range(0x80, 0xC0))
_ASKING = tuple(bytes(range(first, 0xF8)) for first in (0xC0, 0xE0, 0xF0))
#: Bytes that are a part of no character of EUC-JP; CP932 writes kana and most kanji with them.
_NEVER_EUC = bytes((*range(0x80, 0x8E), *range(0x90, 0xA1), 0xFF))

#: Bytes below the first figure are characters by themselves wherever they stand; which ones begin a longer one.
_SINGLE = {
    "cp932": (0x40, frozenset((*range(0x81, 0xA0), *range(0xE0, 0xFD)))),
    "euc-jp": (0x80, frozenset(range(0x8E, 0xFF))),
}

_TEXT_SCORE, _TEXT_LEAD = 0.7, 0.5
_SHORTEST = 4  # bytes: less says nothing about UTF-16


def decode(data: bytes, encoding: str) -> str | None:
    """Decode the whole of `data`; None where some of it is not in `encoding` or betrays another one."""
    if encoding in {"utf-8", "cp932", "euc-jp"} and betrays_another(data, encoding):
        return None
    try:
        text = _decode(data, encoding, "strict")
    except UnicodeDecodeError:
        return None
    return None if encoding == "cp932" and any(char in text for char in _UNASSIGNED) else text


def betrays_another(data: bytes, encoding: str) -> bool:
    """Tell whether bytes hold what only another encoding than UTF-8, CP932 or EUC-JP writes."""
    if b"\x1b" in data and JIS_ESCAPE.search(data):
        return True
    return encoding == "cp932" and _EUC_KANA.search(data) is not None


def decode_lossy(data: bytes, encoding: str) -> str:
    """Decode `data` with U+FFFD for what is undecodable."""
    text = _decode(data, encoding, "replace")
    return text.translate(_TO_REPLACEMENT) if encoding == "cp932" else text


def decode_known(data: bytes, encoding: str) -> str:
    """Decode whole characters of which it is known that they are in `encoding`."""
    if data.isascii():
        return data.decode("ascii")
    return _decode(data, encoding, "replace")


def decode_within(data: bytes, first: int, last: int, encoding: str) -> str:
    """Decode the characters of UTF-8, CP932 or EUC-JP that begin within two places, which may lie outside of `data`."""
    start, end = (boundary(data, at, encoding) for at in (max(first, 0), min(last, len(data))))
    return decode_known(data[start:end], encoding)


def boundary(data: bytes, at: int, encoding: str) -> int:
    """Give the first place from `at` on where a character of UTF-8, CP932 or EUC-JP begins, or the end of `data`."""
    if encoding == "utf-8":
        while at < len(data) and data[at] & 0xC0 == 0x80:  # noqa: PLR2004 - a continuation byte
            at += 1
        return at
    certain, leads = _SINGLE[encoding]
    start = at
    while start and data[start - 1] >= certain:
        start -= 1
    while start < at:
        start += 3 if encoding == "euc-jp" and data[start] == 0x8F else 2 if data[start] in leads else 1  # noqa: PLR2004
    return min(start, len(data))


def decide(sample: bytes, *, final: bool) -> str:
    """Name the ASCII-compatible encoding of `sample`; unless `final`, it may end inside a character."""
    if JIS_ESCAPE.search(sample) and sample.isascii():
        return "iso-2022-jp"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final)
    except UnicodeDecodeError:
        if _is_half_width(sample):
            return "cp932"
        return _most_plausible(sample)
    return "utf-8"


def _most_plausible(sample: bytes) -> str:
    """Name the reading of a sample that looks most like text.

    The others are made only where they can win, for bytes tell how much of them is broken at least. CP932 is full of
    what EUC-JP lacks, which is looked up character by character.
    """
    readings = {"cp932": plausibility(decode_lossy(sample, "cp932"))}
    stray = _count(sample, _CONTINUING) - sum(_count(sample, leads) for leads in _ASKING)
    for name, broken in (("utf-8", max(stray, 0)), ("euc-jp", _count(sample, _NEVER_EUC))):
        if (broken * BROKEN + (len(sample) - broken) * COMMON) / max(len(sample), 1) >= max(readings.values()):
            readings[name] = plausibility(decode_lossy(sample, name))
    return max((name for name in SEARCHABLE if name in readings), key=readings.__getitem__)


def _is_half_width(sample: bytes) -> bool:
    """Tell whether all that is not ASCII are the half-width kana of CP932, and enough of them to be sure."""
    if sample.translate(None, _NARROW) or _FULL_WIDTH_KANA.search(sample):
        return False
    return len(sample.translate(None, bytes(range(0x80)))) >= _MANY_HALF_WIDTH


def find_utf16(head: bytes) -> str | None:
    """Name the byte order if the beginning of a file is UTF-16 without a mark, else None.

    A file of nothing but hiragana is left to ASCII: "あい" and "0B0D" are the same bytes.
    """
    return _find_utf16(head[: min(HEAD, len(head) & ~1)])


@lru_cache(maxsize=2)
def _find_utf16(sample: bytes) -> str | None:
    """Judge a sample; remembered, because who chooses the extractor asks, and then who decodes."""
    if len(sample) < _SHORTEST or (sample.isascii() and not _count(sample, CONTROLS)):
        return None
    names = [name for name, first in (("utf-16-le", 1), ("utf-16-be", 0)) if may_reach(sample[first::2], _TEXT_SCORE)]
    if not names:
        return None
    narrow = _narrow_plausibility(sample)
    if narrow + _TEXT_LEAD >= COMMON:  # no reading is better than that
        return None
    scores = {name: plausibility(decode_lossy(sample, name)) for name in names}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= _TEXT_SCORE and scores[best] > narrow + _TEXT_LEAD else None


def _narrow_plausibility(sample: bytes) -> float:
    """Score a sample as text in which ASCII is ASCII; at least so much where that is plain from its ASCII alone."""
    encoding = decide(sample, final=False)
    text = decode_lossy(sample, encoding)
    plain = len(sample.translate(None, _NOT_PLAIN)) if encoding == "utf-8" else 0
    least = (plain * COMMON + (len(text) - plain) * BROKEN) / len(text)
    return least if least + _TEXT_LEAD >= COMMON else plausibility(text)


def is_text(head: bytes) -> bool:
    """Tell whether a file that begins with `head` is text: NULs only as UTF-16, few controls, decodable."""
    if head.isascii() and not _count(head, CONTROLS):  # what comes out below, at a glance
        return True
    for mark, name in BOMS:
        if head.startswith(mark):
            return plausibility(decode_lossy(head[len(mark) :], name)) >= 0 or len(head) == len(mark)
    if find_utf16(head):
        return True
    if b"\0" in head or _count(head, CONTROLS) * 50 > len(head):
        return False
    text = decode_lossy(head, decide(head, final=False))
    return text.count(REPLACEMENT) * 5 <= len(text)


def is_mostly_controls(head: bytes) -> bool:
    """Tell whether more than 3 in 10 bytes are control characters: no text, whatever the name says."""
    if find_utf16(head) or any(head.startswith(mark) for mark, _ in BOMS):
        return False
    return _count(head, CONTROLS) * 10 > len(head) * 3


def _count(data: bytes, kind: bytes) -> int:
    return len(data) - len(data.translate(None, kind))


def _decode(data: bytes, encoding: str, errors: str) -> str:
    if encoding == "iso-2022-jp":
        data = _JIS_RUN.sub(_jis_to_euc, data)
    if encoding in {"euc-jp", "iso-2022-jp"}:
        return data.decode("euc-jp", f"piiscan-vendor-{errors}")
    return data.decode(encoding, errors)


def _jis_to_euc(run: re.Match[bytes]) -> bytes:
    """Turn one ISO-2022-JP run into EUC-JP; a byte without its partner becomes FF, which EUC-JP rejects."""
    designation, body = run.groups()
    if designation in {b"(B", b"(J"}:
        return body
    if designation == b"(I":
        return re.sub(rb"[\x21-\x5f]", lambda kana: b"\x8e" + kana[0].translate(_SET_HIGH_BIT), body)
    pairs = _JIS_PAIRS.sub(lambda pair: pair[1].translate(_SET_HIGH_BIT) if pair[1] else b"\xff", body)
    return re.sub(rb"[\xa1-\xfe]{2}", rb"\x8f\g<0>", pairs) if designation == b"$(D" else pairs


def _vendor_strict(error: UnicodeError) -> tuple[str, int]:
    """Read a pair that EUC-JP does not assign from CP932's table, in Shift_JIS arithmetic."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    row, cell = (byte - _FIRST for byte in (error.object[error.start : error.start + 2] + b"\0\0")[:2])
    if row not in _PLANE or cell not in _PLANE:
        raise error
    lead = row // 2 + (0x81 if row < 62 else 0xC1)  # noqa: PLR2004 - Shift_JIS skips A0-DF after row 62,
    trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 63)  # noqa: PLR2004 - and 7F after cell 63
    try:
        char = bytes((lead, trail)).decode("cp932")
    except UnicodeDecodeError:
        raise error from None
    return char, error.start + 2


def _vendor_replace(error: UnicodeError) -> tuple[str, int]:
    try:
        return _vendor_strict(error)
    except UnicodeDecodeError as undecodable:
        return REPLACEMENT, undecodable.end


codecs.register_error("piiscan-vendor-strict", _vendor_strict)
codecs.register_error("piiscan-vendor-replace", _vendor_replace)
