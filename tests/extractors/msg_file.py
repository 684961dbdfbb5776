"""Builds messages as Outlook saves them (MS-OXMSG), and RTF bodies as it compresses them (MS-OXRTFCP)."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from piiscan.storagecopy import write_compound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Streams = dict[tuple[str, ...], bytes]

#: A property's number with its type, and its value.
Properties = dict[tuple[int, int], str | bytes | int]
LONG, STRING8, STRING, TIME, BINARY = 0x03, 0x1E, 0x1F, 0x40, 0x102
MANY = 0x1000
SUBJECT, HEADERS, BODY, RTF, HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013


def time_of(year: int, month: int, day: int, hour: int = 0) -> bytes:
    moment = datetime(year, month, day, hour, tzinfo=timezone.utc)  # noqa: UP017
    return struct.pack("<Q", int((moment.timestamp() + 11_644_473_600) * 10_000_000))


def _storage(properties: Properties, head: bytes) -> Streams:
    streams: Streams = {}
    table = bytearray(head)
    for (number, kind), value in properties.items():
        name = f"__substg1.0_{number:04X}{kind:04X}"
        if isinstance(value, int):
            table += struct.pack("<HHLQ", kind, number, 6, value)
        elif kind == TIME:
            assert isinstance(value, bytes)
            table += struct.pack("<HHL8s", kind, number, 6, value)
        else:
            encoded = value if isinstance(value, bytes) else value.encode("utf-16-le" if kind & 1 else "cp932")
            streams[name,] = encoded
            table += struct.pack("<HHLLL", kind, number, 6, len(encoded) + 2, 0)
            if kind & MANY:
                streams[f"{name}-00000000",] = encoded
    return {("__properties_version1.0",): bytes(table), **streams}


def message_streams(
    properties: Properties,
    recipients: Sequence[Properties] = (),
    attachments: Sequence[Properties | tuple[Properties, Streams]] = (),
    *,
    is_inner: bool = False,
) -> Streams:
    """Give the streams of a message; an attachment with streams holds a storage of them."""
    counts = (len(recipients), len(attachments))
    head = bytes(8) + struct.pack("<4L", *counts, *counts) + (b"" if is_inner else bytes(8))
    streams = _storage(properties, head)
    for number, one in enumerate(recipients):
        for path, data in _storage(one, bytes(8)).items():
            streams[f"__recip_version1.0_#{number:08X}", *path] = data
    for number, attached in enumerate(attachments):
        own, inner = attached if isinstance(attached, tuple) else (attached, {})
        folder = f"__attach_version1.0_#{number:08X}"
        for path, data in _storage(own, bytes(8)).items():
            streams[folder, *path] = data
        for path, data in inner.items():
            streams[folder, "__substg1.0_3701000D", *path] = data
    return streams


def message_file(
    properties: Properties,
    recipients: Sequence[Properties] = (),
    attachments: Sequence[Properties | tuple[Properties, Streams]] = (),
) -> bytes:
    """Give the bytes of a .msg file."""
    names: Mapping[tuple[str, ...], bytes] = {("__nameid_version1.0", "__substg1.0_00020102"): b""}
    return write_compound({**message_streams(properties, recipients, attachments), **names})


def recipient(kind: int, name: str, address: str, text: int = STRING) -> Properties:
    """Give a recipient: 1 To, 2 Cc, 3 Bcc."""
    return {(0x0C15, LONG): kind, (0x3001, text): name, (0x3002, text): "SMTP", (0x3003, text): address}


def attachment(name: str, data: bytes) -> Properties:
    """Give an attached file."""
    return {(0x3705, LONG): 1, (0x3707, STRING): name, (0x3701, BINARY): data}


def compressed(text: bytes, *references: tuple[int, int]) -> bytes:
    """Give RTF as LZFu: all characters as they are, then references of (place in the window, length), then the end."""
    items = [bytes((byte,)) for byte in text]
    items += [struct.pack(">H", place << 4 | length - 2) for place, length in references]
    bits = [False] * len(text) + [True] * len(references)
    size = 207 + len(text) + sum(length for _, length in references)
    items.append(struct.pack(">H", size % 4096 << 4))
    bits.append(True)
    body = bytearray()
    for at in range(0, len(items), 8):
        body.append(sum(bit << n for n, bit in enumerate(bits[at : at + 8])))
        body += b"".join(items[at : at + 8])
    checksum = zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<4L", len(body) + 12, size - 207, 0x75465A4C, checksum) + body
