"""TNEF (winmail.dat, MS-OXTNEF): what Outlook sends of a message that other programs cannot show, with its files.

Attributes follow one another, each with its length and sum; most of what they say is said again as MAPI properties. A
length that lies ends the reading, and is told. A message inside is TNEF again, and becomes a file of its own.
"""

from __future__ import annotations

import io
import struct
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from piiscan.mapi import BINARY, MANY, OBJECT, STRING, STRING8, codepage_of, decode_8bit, decode_value
from piiscan.mapimessage import Attachment, Message, iter_attachments
from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.mapi import Value, Values
    from piiscan.piece import Piece

    #: Properties as they lie in the file: number, type, and the bytes of each value.
    Found = list[tuple[int, int, list[bytes]]]

SIGNATURE = b"\x78\x9f\x3e\x22"
_ATTRIBUTE = struct.Struct("<BLL")
_HEAD, _SUM = 6, 2
_CODEPAGE, _PROPERTIES, _RECIPIENTS = 0x9007, 0x9003, 0x9004
_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
#: Attributes that are texts, and the properties that say the same; the others are of no known kind.
_TEXTS = {0x8004: 0x0037, 0x800C: 0x1000}
_FROM, _SENDER_NAME, _SENDER_ADDRESS = 0x8000, 0x0C1A, 0x0C1F
_LONG_NAME, _SHORT_NAME, _FILE_DATA = 0x3707, 0x3704, 0x3701
_VARIABLE = frozenset({OBJECT, STRING8, STRING, BINARY})
_SIZES = {0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_NAMED, _GUID, _BY_NAME = 0x8000, 16, 1
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


class _CutError(Exception):
    """More was promised than there is."""


class _File(NamedTuple):
    """What was found of an attachment so far."""

    values: dict[int, Value]
    embedded: list[bytes]


def extract_tnef(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the fields, bodies and attachments of the message."""
    data = stream.read()
    if not data:
        return
    reader = _Message()
    is_whole = data.startswith(SIGNATURE) and reader.read(data)
    yield from Message(reader.values, reader.recipients).pieces()
    yield from iter_attachments(map(_attachment, reader.files))
    if not is_whole:
        yield _DAMAGED


def _attachment(file: _File) -> Attachment:
    if file.embedded:
        return Attachment(file.values, partial(io.BytesIO, file.embedded[0]), ".tnef")
    data = file.values.get(_FILE_DATA)
    return Attachment(file.values, partial(io.BytesIO, data if isinstance(data, bytes) else b""))


class _Message:
    """What the attributes say of the message."""

    def __init__(self) -> None:
        self.values: dict[int, Value] = {}
        self.recipients: list[Values] = []
        self.files: list[_File] = []
        self._codepage = 0

    def read(self, data: bytes) -> bool:
        """Take all attributes; tell whether they are whole."""
        at, is_whole = _HEAD, len(data) > _HEAD
        while at < len(data):
            if at + _ATTRIBUTE.size > len(data):
                return False
            _level, kind, size = _ATTRIBUTE.unpack_from(data, at)
            at += _ATTRIBUTE.size
            content = data[at : at + size]
            at += size + _SUM
            is_whole &= at <= len(data) and sum(content) & 0xFFFF == int.from_bytes(data[at - _SUM : at], "little")
            try:
                self._take(kind & 0xFFFF, content)
            except (_CutError, struct.error):
                is_whole = False
        return is_whole

    def _take(self, kind: int, content: bytes) -> None:
        if kind == _CODEPAGE:
            self._codepage = int.from_bytes(content[:4], "little")
        elif kind in _TEXTS:
            self.values.setdefault(_TEXTS[kind], decode_8bit(content, self._codepage))
        elif kind == _FROM:
            self._take_sender(content)
        elif kind == _PROPERTIES:
            values, _ = self._decoded(_Properties(content).read())
            self.values.update(values)
        elif kind == _RECIPIENTS:
            properties = _Properties(content)
            for _ in range(properties.number()):
                self.recipients.append(self._decoded(properties.read())[0])
        else:
            self._take_of_file(kind, content)

    def _take_sender(self, content: bytes) -> None:
        """Read a triple: lengths of a name and of an address with its kind, then both."""
        _, _, name_size, address_size = struct.unpack_from("<4H", content)
        name, address = content[8 : 8 + name_size], content[8 + name_size :][:address_size]
        self.values.setdefault(_SENDER_NAME, decode_8bit(name, self._codepage))
        self.values.setdefault(_SENDER_ADDRESS, decode_8bit(address, self._codepage).rpartition(":")[2])

    def _take_of_file(self, kind: int, content: bytes) -> None:
        if kind == _FILE or (kind in {_TITLE, _DATA, _FILE_PROPERTIES} and not self.files):
            self.files.append(_File({}, []))
        if kind == _TITLE:
            self.files[-1].values.setdefault(_SHORT_NAME, decode_8bit(content, self._codepage))
        elif kind == _DATA:
            self.files[-1].values[_FILE_DATA] = content
        elif kind == _FILE_PROPERTIES:
            values, embedded = self._decoded(_Properties(content).read())
            self.files[-1].values.update({number: value for number, value in values.items() if value != b""})
            self.files[-1].embedded.extend(embedded)

    def _decoded(self, found: Found) -> tuple[dict[int, Value], list[bytes]]:
        """Give the values of properties, and the messages in them."""
        raw = {number: decode_value(kind, data[0], 0) for number, kind, data in found if data and kind not in _VARIABLE}
        codepage = codepage_of(raw) or self._codepage
        values: dict[int, Value] = {}
        embedded = []
        for number, kind, data in found:
            if kind == OBJECT:
                embedded += [one[_GUID:] for one in data if one[_GUID:].startswith(SIGNATURE)]
            elif len(data) == 1:
                values[number] = decode_value(kind, data[0], codepage)
            elif kind in {STRING8, STRING}:
                values[number] = "\n".join(str(decode_value(kind, one, codepage)) for one in data)
        return values, embedded


class _Properties:
    """Properties one behind the other, each of its own length."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self) -> int:
        """Give a number of four bytes."""
        return int.from_bytes(self._take(4), "little")

    def read(self) -> Found:
        """Give as many properties as are said to follow."""
        return [self._property() for _ in range(self.number())]

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise _CutError
        self._at += size
        return taken

    def _property(self) -> tuple[int, int, list[bytes]]:
        kind, number = struct.unpack("<HH", self._take(4))
        if number >= _NAMED:
            self._take(_GUID)
            if self.number() == _BY_NAME:
                self._padded(self.number())
            else:
                self._take(4)
        single = kind & ~MANY
        if single in _VARIABLE:
            return number, single, [self._padded(self.number()) for _ in range(self.number())]
        count = self.number() if kind & MANY else 1
        return number, single, [self._take(_SIZES.get(single, 4)) for _ in range(count)]

    def _padded(self, size: int) -> bytes:
        """Take bytes that are filled up to four."""
        taken = self._take(size)
        self._at += -size % 4
        return taken
