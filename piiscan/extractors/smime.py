"""S/MIME and CMS (.p7m, RFC 5652): what was signed is read; what is encrypted is named.

Only the way to the content is walked, in DER or BER. Signatures and certificates are no documents.
"""

from __future__ import annotations

import binascii
import io
import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from piiscan.model import Outcome
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_OID, _SEQUENCE, _EXPLICIT, _OCTETS, _MANY_OCTETS = 0x06, 0x30, 0xA0, 0x04, 0x24
_CMS, _SMIME = bytes.fromhex("2a864886f70d0107"), bytes.fromhex("2a864886f70d01091001")
_SIGNED, _DATA = _CMS + b"\2", _CMS + b"\1"
_SEALED = frozenset({_CMS + b"\3", _CMS + b"\6", _SMIME + b"\x17"})
_PEM = re.compile(rb"-----BEGIN (?:PKCS7|CMS)-----([A-Za-z0-9+/=\s]*)")
#: Levels of strings inside strings; longer lengths than of so many bytes are none.
_DEPTH, _LENGTH = 16, 8
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


class _CutError(Exception):
    """Something else stands here, or nothing any more."""


class _Element(NamedTuple):
    """A value: its tag, and where its content lies; `stop` is None where a mark ends it."""

    tag: int
    start: int
    stop: int | None


def extract_smime(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the message that was signed, as a member."""
    data = stream.read()
    if not data:
        return
    if pem := _PEM.match(data.lstrip()):
        text = re.sub(rb"\s", b"", pem[1])
        data = binascii.a2b_base64(text[: len(text) // 4 * 4])
    try:
        kind, at = _enter_content(data, 0)
        if kind in _SEALED:
            yield Problem(Outcome.ENCRYPTED, "password")
        elif kind != _SIGNED:
            yield Problem(Outcome.UNSUPPORTED, "smime")
        else:
            yield from _signed(data, at)
    except (_CutError, RecursionError):
        yield _DAMAGED


def _signed(data: bytes, at: int) -> Iterator[Piece]:
    start = _expect(data, at, _SEQUENCE).start
    for _ in range(2):  # version, digest algorithms
        start = _skip(data, start)
    kind, inner = _enter_content(data, start)
    if not inner:  # the signature of something that lies elsewhere
        return
    chunks: list[bytes] = []
    whole = True
    try:
        _collect(data, inner, chunks)
        _skip(data, 0)  # cut in the signature: then there may have been more to it
    except _CutError:
        whole = False
    if content := b"".join(chunks):
        yield Member("message.eml" if kind == _DATA else "content", partial(io.BytesIO, content))
    if not whole:
        yield _DAMAGED


def _enter_content(data: bytes, at: int) -> tuple[bytes, int]:
    """Read a sequence of a kind and a content: give both, the content as its place, 0 where there is none."""
    outer = _expect(data, at, _SEQUENCE)
    kind = _expect(data, outer.start, _OID)
    following = kind.stop or 0
    is_last = outer.stop is not None and following >= outer.stop
    if is_last or data[following : following + 2] == b"\0\0":
        return data[kind.start : following], 0
    return data[kind.start : following], _expect(data, following, _EXPLICIT).start


def _read(data: bytes, at: int) -> _Element:
    if at + 2 > len(data):
        raise _CutError
    tag, length = data[at], data[at + 1]
    start = at + 2
    if length == 0x80:  # noqa: PLR2004 - of no stated length
        return _Element(tag, start, None)
    if length & 0x80:
        width = length & 0x7F
        if width > _LENGTH or start + width > len(data):
            raise _CutError
        length, start = int.from_bytes(data[start : start + width], "big"), start + width
    return _Element(tag, start, start + length)


def _expect(data: bytes, at: int, tag: int) -> _Element:
    element = _read(data, at)
    if element.tag != tag:
        raise _CutError
    return element


def _skip(data: bytes, at: int, depth: int = 0) -> int:
    """Give the place behind the element."""
    element = _read(data, at)
    if depth > _DEPTH or (element.stop is not None and element.stop > len(data)):
        raise _CutError
    if element.stop is not None:
        return element.stop
    at = element.start
    while data[at : at + 2] != b"\0\0":
        at = _skip(data, at, depth + 1)
    return at + 2


def _collect(data: bytes, at: int, chunks: list[bytes], depth: int = 0) -> int:
    """Add the bytes of a string, which may be made of strings; give the place behind it."""
    element = _read(data, at)
    if element.tag == _OCTETS and element.stop is not None:
        chunks.append(data[element.start : element.stop])
        if element.stop > len(data):
            raise _CutError
        return element.stop
    if element.tag != _MANY_OCTETS or depth > _DEPTH:
        raise _CutError
    at = element.start
    while at < element.stop if element.stop is not None else data[at : at + 2] != b"\0\0":
        at = _collect(data, at, chunks, depth + 1)
    return at if element.stop is not None else at + 2
