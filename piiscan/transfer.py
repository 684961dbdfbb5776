"""How mail carries bytes in lines, and text in bytes: transfer encodings undone, charsets found out.

What is broken is decoded as far as it goes, and told.
"""

from __future__ import annotations

import binascii
import io
import re
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.encoding import PROBLEM, iter_text
from piiscan.model import Outcome
from piiscan.piece import Problem
from piiscan.plausible import plausibility

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Charsets that bytes alone do not betray: a declaration of one of them is tried first.
_HIDDEN = frozenset({"utf-7", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le", "utf-32be", "iso-2022-kr"})
# Charsets that are asked where the bytes are in none that Japan writes.
_FOREIGN = frozenset({"gb2312", "gbk", "gb18030", "big5", "euc-kr", "ks_c_5601-1987"})
_LATIN = frozenset({"iso-8859-1", "iso-8859-15", "windows-1252"})
_SPARSE = 10  # Latin text has fewer accents than one byte in so many

_BASE64_LINE = re.compile(rb"[ \t]*[A-Za-z0-9+/]*={0,2}[ \t\r]*")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_PADDINGS = (b"", b"=", b"==")
_PADDING = re.compile(rb"=+")
_SPACE = b" \t\r\n"
_QUAD = 4


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, bytes, Problem | None]:
    """Undo the transfer encoding of a body: its bytes, the lines that were not in it, and what is wrong."""
    decode = _DECODERS.get(encoding)
    if decode is None:
        return data, b"", Problem(Outcome.PARTIAL, "transfer")
    return decode(data)


def decode_base64(data: bytes) -> tuple[bytes, bytes, Problem | None]:
    """Decode base64 line by line: a line that is none (a mailing list's footer) is given back as it is."""
    text = data.replace(b"\r\n", b"").replace(b"\n", b"")
    padding = text.translate(None, _BASE64)
    if not len(text) % _QUAD and padding in _PADDINGS and text.endswith(padding):  # as mail programs write it
        return binascii.a2b_base64(text), b"", None
    kept: list[bytes] = []
    strange: list[bytes] = []
    for line in data.split(b"\n"):
        (kept if _BASE64_LINE.fullmatch(line) else strange).append(line)
    chunks, broken = [], bool(strange)
    # Padding in the middle: several encodings one behind the other.
    text = b"".join(kept).translate(None, _SPACE)
    broken |= len(text) % _QUAD != 0  # cut off: all that mail programs write is padded
    for chunk in _PADDING.split(text):
        whole, rest = chunk, len(chunk) % _QUAD
        if rest == 1:
            whole, broken = chunk[:-1], True
        chunks.append(binascii.a2b_base64(whole + b"=" * (-len(whole) % _QUAD)))
    problem = Problem(Outcome.PARTIAL, "base64") if broken else None
    return b"".join(chunks), b"\n".join(strange), problem


def iter_decoded(data: bytes, declared: str = "") -> Iterator[str | Problem]:
    """Decode `data` as its bytes say; the declared charset helps only where they say nothing."""
    label = declared.lower()
    if label in _HIDDEN and (text := _strictly(data, label)) is not None:
        yield text
        return
    if label in _FOREIGN or (label in _LATIN and _count_high(data) * _SPARSE < len(data)):
        pieces = list(iter_text(io.BytesIO(data)))
        text = _strictly(data, label) if PROBLEM in pieces else None
        yield from pieces if text is None else [text]
        return
    yield from iter_text(io.BytesIO(data))


def decode_text(data: bytes, declared: str = "") -> str:
    """Decode a short text at once; what is undecodable in it becomes U+FFFD."""
    return "".join(piece for piece in iter_decoded(data, declared) if isinstance(piece, str))


def _strictly(data: bytes, label: str) -> str | None:
    try:
        text = data.decode(label)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if plausibility(text[: charset.HEAD]) < 0 else text


def _count_high(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))


def _decode_plain(data: bytes) -> tuple[bytes, bytes, Problem | None]:
    return data, b"", None


def _decode_quoted(data: bytes) -> tuple[bytes, bytes, Problem | None]:
    return binascii.a2b_qp(data), b"", None


def _decode_uu(data: bytes) -> tuple[bytes, bytes, Problem | None]:
    chunks, strange, inside, broken = [], [], False, False
    for line in data.splitlines():
        if not inside:
            inside = line.startswith(b"begin ")
            if not inside and line.strip():
                strange.append(line)
        elif line.strip() == b"end":
            inside = False
        else:
            try:
                chunks.append(binascii.a2b_uu(line))
            except binascii.Error:
                strange.append(line)
                broken = True
    return b"".join(chunks), b"\n".join(strange), Problem(Outcome.PARTIAL, "uuencode") if broken else None


_DECODERS: dict[str, Callable[[bytes], tuple[bytes, bytes, Problem | None]]] = {
    "": _decode_plain,
    "7bit": _decode_plain,
    "8bit": _decode_plain,
    "binary": _decode_plain,
    "base64": decode_base64,
    "quoted-printable": _decode_quoted,
    "x-uuencode": _decode_uu,
    "uuencode": _decode_uu,
    "x-uue": _decode_uu,
}
