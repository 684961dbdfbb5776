"""An object in an RTF document: the stream of OLE 1 ([MS-OLEDS] 2.2) that its hexadecimal digits are."""

from __future__ import annotations

import io
import struct
from functools import partial
from typing import TYPE_CHECKING

from piiscan.model import Outcome
from piiscan.oleobjects import unpack_native
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = b"0123456789abcdefABCDEF"
_NO_DIGITS = bytes(byte for byte in range(256) if byte not in _DIGITS)
_EMBEDDED = 2
_LONGEST_NAME = 100


def read_object(digits: bytes) -> Iterator[Member | Problem]:
    """Yield what is embedded; of a link there is nothing. The name is that of its program ("Excel.Sheet.8")."""
    digits = digits.translate(None, _NO_DIGITS)
    data = bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))
    try:
        (kind,) = struct.unpack_from("<L", data, 4)
        texts, at = [], 8
        for _ in range(3):  # class, topic, item
            (length,) = struct.unpack_from("<L", data, at)
            texts.append(data[at + 4 : at + 4 + length].rstrip(b"\0"))
            at += 4 + length
        (size,) = struct.unpack_from("<L", data, at)
    except struct.error:
        if data:
            yield Problem(Outcome.PARTIAL, "damaged")
        return
    if kind != _EMBEDDED:
        return
    content = data[at + 4 : at + 4 + size]
    name = texts[0].decode("ascii", "replace")[:_LONGEST_NAME] or "object"
    if texts[0] == b"Package":
        yield unpack_native(bytes(4) + content, name)
    else:
        damage = Problem(Outcome.PARTIAL, "damaged") if len(content) < size else None
        yield Member(name, partial(io.BytesIO, content))
        yield from [damage] if damage else ()
