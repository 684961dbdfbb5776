r"""Names made safe to show: no byte of a file name may steer a terminal, fake a line or hide beside another name.

Control characters, bidirectional controls, zero-width characters and bytes that are not UTF-8 are written `\xNN`
or `\uNNNN`; everything else, Japanese above all, stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SURROGATE = re.compile("[\ud800-\udfff]")
# C0, DEL, C1, soft hyphen, Arabic letter mark, zero width and bidi, line and paragraph separators, invisible
# operators, BOM, interlinear marks, surrogates, language tags.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
#: What a JSON line must not carry raw, although JSON allows it: terminals obey it and some readers split lines at it.
_UNSAFE_SET = "\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_UNSAFE_IN_JSON = re.compile(f"[{_UNSAFE_SET}]")
_PLAIN_IN_JSON = re.compile(f'[^\x00-\x1f"\\\\\ud800-\udfff{_UNSAFE_SET}]*')
_BYTE = 0x100
_BMP = 0x10000
_ESCAPED_BYTES = range(0xDC80, 0xDD00)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in _ESCAPED_BYTES:
        return f"\\x{code - 0xDC00:02x}"
    if code < _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _BMP else f"\\U{code:08x}"


def encodable(name: str) -> str:
    r"""Write bytes that are not UTF-8 (kept by surrogateescape) as `\xNN`, so that `name` can be encoded.

    >>> encodable("a\udcff\n")
    'a\\xff\n'
    """
    return _SURROGATE.sub(_escape, name)


def printable(text: str) -> str:
    r"""Write everything in `text` that could steer a terminal or is not seen as an escape; the result is one line.

    >>> printable("顧客\x1b[2J\udcff\u202e.csv")
    '顧客\\x1b[2J\\xff\\u202e.csv'
    """
    return _UNSAFE.sub(_escape, text)


def is_utf8(name: str) -> bool:
    """Tell whether a file name decoded with surrogateescape was UTF-8."""
    return _SURROGATE.search(name) is None


def json_line(encoded: bytes) -> str:
    r"""Give a JSON object as a line on which a terminal and any line splitter agree: unsafe characters as `\uNNNN`."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", encoded.decode())


def is_plain(text: str) -> bool:
    r"""Tell whether a text is the same between the quotes of a JSON string.

    >>> is_plain("山田 ***"), is_plain('"'), is_plain("\x85"), is_plain("\\")
    (True, False, False, False)
    """
    return _PLAIN_IN_JSON.fullmatch(text) is not None


def place_name(path: str, members: Iterable[str] = ()) -> str:
    """Give the name that people see: `a.zip!b.csv`, printable."""
    return "!".join(printable(name) for name in (path, *members))
