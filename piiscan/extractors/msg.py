"""Messages of Outlook (.msg, MS-OXMSG): a storage for the message, one for each recipient and each attachment.

A message that is attached is a storage in the same file: it becomes a file of its own, and so do embedded objects.
"""

from __future__ import annotations

import io
import re
import struct
from functools import partial
from typing import TYPE_CHECKING

from piiscan.compound import Compound, open_compound
from piiscan.mapi import (
    BOOLEAN,
    INTEGER16,
    INTEGER32,
    INTEGER64,
    MANY,
    OBJECT,
    STRING,
    STRING8,
    TIME,
    codepage_of,
    decode_value,
)
from piiscan.mapimessage import Attachment, Message, iter_attachments
from piiscan.model import Outcome
from piiscan.piece import Problem
from piiscan.storagecopy import write_compound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.mapi import Value, Values
    from piiscan.piece import Piece

    Path = tuple[str, ...]

#: The stream of values that need no stream of their own; bytes in front of them at the top, and in a storage's.
PROPERTIES = "__properties_version1.0"
_TOP, _EMBEDDED, _INNER = 32, 24, 8
_ENTRY = struct.Struct("<HHL8s")
_SUBSTREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-[0-9A-F]{8})?", re.IGNORECASE)
_SIZES = {INTEGER16: 2, BOOLEAN: 2, INTEGER32: 4, INTEGER64: 8, TIME: 8}
_RECIPIENT, _ATTACHMENT = "__recip_version1.0_", "__attach_version1.0_"
_DATA, _METHOD, _EMBEDDED_MESSAGE = 0x3701, 0x3705, 5
_EMBEDDED_KINDS = frozenset({_EMBEDDED_MESSAGE, 6})
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")
#: Of a property of many values, none is binary that anybody wrote.
_TEXTS = frozenset({STRING8, STRING})


def extract_msg(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the fields, bodies and attachments of a message."""
    compound = open_compound(stream)
    if not isinstance(compound, Compound):
        yield from [compound] if compound else ()
        return
    storages = dict(compound.iter_storages())
    own: dict[Path, Path] = {path: path for path in compound.streams if len(path) == 1}
    values = _read_values(compound, own, _TOP, 0)
    codepage = codepage_of(values)
    recipients = [
        _read_values(compound, streams, _INNER, codepage)
        for storage, streams in storages.items()
        if storage.lower().startswith(_RECIPIENT)
    ]
    attached = [streams for storage, streams in storages.items() if storage.lower().startswith(_ATTACHMENT)]
    yield from Message(values, recipients).pieces()
    yield from iter_attachments(_iter_attached(compound, attached, codepage))
    if compound.problem or len(recipients) + len(attached) < _count(compound):
        yield _DAMAGED


def _count(compound: Compound) -> int:
    """Give how many recipients and attachments the message says that it has."""
    head = compound.read(PROPERTIES)[16:24]
    return sum(struct.unpack("<2L", head)) if len(head) == 8 else 1  # noqa: PLR2004 - two counts of 4 bytes


def _read_values(compound: Compound, streams: dict[Path, Path], skipped: int, codepage: int) -> Values:
    """Read the properties of one storage, in the code page of the message or, for 0, in the one that they tell."""
    names = {path[0].lower(): whole for path, whole in streams.items() if len(path) == 1}
    fixed = names.get(PROPERTIES)
    found: dict[int, tuple[int, bytes]] = {}
    table = compound.read(*fixed)[skipped:] if fixed else b""
    for kind, number, _flags, data in _ENTRY.iter_unpack(table[: len(table) // _ENTRY.size * _ENTRY.size]):
        if size := _SIZES.get(kind):  # of others it tells the lengths
            found[number] = kind, data[:size]
    codepage = codepage or codepage_of({number: decode_value(*value, 0) for number, value in found.items()})
    values: dict[int, Value] = {number: decode_value(*value, codepage) for number, value in found.items()}
    lines: dict[int, list[str]] = {}
    for name, whole in names.items():
        if stream := _SUBSTREAM.fullmatch(name):
            number, kind = int(stream[1], 16), int(stream[2], 16)
            is_many = bool(kind & MANY)
            if is_many and ("-" not in name or kind & ~MANY not in _TEXTS):
                continue  # the lengths of the values
            value = decode_value(kind & ~MANY, compound.read(*whole), codepage)
            if is_many:
                lines.setdefault(number, []).append(str(value))
            else:
                values[number] = value
    values.update({number: "\n".join(texts) for number, texts in lines.items()})
    return values


def _iter_attached(compound: Compound, attached: list[dict[Path, Path]], codepage: int) -> Iterator[Attachment]:
    inner = f"__substg1.0_{_DATA:04X}{OBJECT:04X}".lower()
    for streams in attached:
        values = _read_values(compound, streams, _INNER, codepage)
        storage = {path[1:]: whole for path, whole in streams.items() if len(path) > 1 and path[0].lower() == inner}
        data = values.get(_DATA)
        if storage:
            is_message = values.get(_METHOD) == _EMBEDDED_MESSAGE
            yield Attachment(values, partial(_open_storage, compound, storage), ".msg" if is_message else "")
        elif isinstance(data, bytes) and data:
            yield Attachment(values, partial(io.BytesIO, data))
        else:
            yield Attachment(values, partial(io.BytesIO, b""), problem=_missing(values))


def _missing(values: Values) -> Problem | None:
    """Say why there is nothing of an attachment: a link to a file that lies elsewhere is none, an empty file has it."""
    if values.get(_METHOD) in _EMBEDDED_KINDS:
        return Problem(Outcome.UNSUPPORTED, "embedded")
    return None if values.get(_DATA) == b"" else Problem(Outcome.SKIPPED, "special")


def _open_storage(compound: Compound, storage: dict[Path, Path]) -> BinaryIO:
    """Give a storage as a file of its own; at the top, a message has eight bytes more in front of its properties."""
    streams = {path: compound.read(*whole) for path, whole in storage.items()}
    for path, data in streams.items():
        if len(path) == 1 and path[0].lower() == PROPERTIES:
            streams[path] = data[:_EMBEDDED] + bytes(_TOP - _EMBEDDED) + data[_EMBEDDED:]
    return io.BytesIO(write_compound(streams))
