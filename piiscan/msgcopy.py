"""A message with its properties as a .msg file (MS-OXMSG), so that what another store holds is read alike."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from piiscan.mapi import BOOLEAN, INTEGER16, INTEGER32, INTEGER64, MANY, STRING, STRING8, TIME
from piiscan.storagecopy import write_compound

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIXED = frozenset({INTEGER16, INTEGER32, BOOLEAN, INTEGER64, TIME})
_TEXTS = frozenset({STRING8, STRING})
_PROPERTIES = "__properties_version1.0"


class Property(NamedTuple):
    """A property as it lies in a store: its number, its type, its bytes."""

    number: int
    kind: int
    data: bytes


def write_message(
    own: Sequence[Property], recipients: Sequence[Sequence[Property]], attachments: Sequence[Sequence[Property]]
) -> bytes:
    """Give the bytes of a .msg file."""
    counts = (len(recipients), len(attachments))
    streams = _streams((), own, struct.pack("<8x4L8x", *counts, *counts))
    for number, one in enumerate(recipients):
        streams |= _streams((f"__recip_version1.0_#{number:08X}",), one, bytes(8))
    for number, one in enumerate(attachments):
        streams |= _streams((f"__attach_version1.0_#{number:08X}",), one, bytes(8))
    return write_compound(streams)


def _streams(folder: tuple[str, ...], properties: Sequence[Property], head: bytes) -> dict[tuple[str, ...], bytes]:
    streams: dict[tuple[str, ...], bytes] = {}
    table = [head]
    for number, kind, data in properties:
        if kind in _FIXED:
            table.append(struct.pack("<HHL8s", kind, number, 6, data[:8]))
            continue
        name = f"__substg1.0_{number:04X}{kind:04X}"
        if kind & MANY and kind & ~MANY in _TEXTS:
            for at, value in enumerate(_values(data)):
                streams[*folder, f"{name}-{at:08X}"] = value
        else:
            streams[*folder, name] = data
    streams[*folder, _PROPERTIES] = b"".join(table)
    return streams


def _values(data: bytes) -> list[bytes]:
    """Take the values of a property apart: their count, where each begins, and they themselves."""
    count = min(int.from_bytes(data[:4], "little"), len(data) // 4)
    places = [int.from_bytes(data[at : at + 4], "little") for at in range(4, 4 + 4 * count, 4)]
    return [data[start:end] for start, end in zip(places, [*places[1:], len(data)], strict=True)]
