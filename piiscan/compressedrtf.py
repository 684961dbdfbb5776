"""LZFu, the compression of RTF bodies in messages of Outlook (MS-OXRTFCP): at most nine times as much comes out."""

from __future__ import annotations

import struct
import zlib

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_HEADER = struct.Struct("<4L")
_WINDOW = 4096
#: What the window holds at first.
_USUAL = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
#: Place 0 of the window as it lies in memory.
_SHIFT = _WINDOW - len(_USUAL)


def decompress_rtf(data: bytes) -> tuple[bytes, bool]:
    """Give the RTF text as far as it goes, and whether it is whole; sizes in the header are only compared."""
    if len(data) < _HEADER.size:
        return b"", False
    size, _, kind, checksum = _HEADER.unpack_from(data)
    body = data[_HEADER.size : size + 4]
    is_whole = len(body) == size + 4 - _HEADER.size
    if kind == _PLAIN:
        return body, is_whole
    if kind != _COMPRESSED:
        return b"", False
    text, has_ended = _inflate(body)
    return text, is_whole and has_ended and (zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF) == checksum


def _inflate(body: bytes) -> tuple[bytes, bool]:
    """Undo the compression: eight items behind each control byte, characters or references into the last 4096."""
    text = bytearray(_WINDOW - len(_USUAL)) + _USUAL
    at = 0
    while at < len(body):
        control, at = body[at], at + 1
        for bit in range(8):
            if not control >> bit & 1:
                text += body[at : at + 1]
                at += 1
            else:
                reference, at = int.from_bytes(body[at : at + 2], "big"), at + 2
                distance, length = (len(text) - _SHIFT - (reference >> 4)) % _WINDOW, (reference & 15) + 2
                if at > len(body) or not distance:
                    return bytes(text[_WINDOW:]), at <= len(body)
                piece = text[len(text) - distance :][:length]
                text += (piece * length)[:length]  # it may reach into what it is just writing
            if at > len(body):
                return bytes(text[_WINDOW:]), False
    return bytes(text[_WINDOW:]), False
