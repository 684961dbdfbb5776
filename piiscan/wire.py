"""Messages between the parent and a worker: a length, then a pickle of our own values.

What comes back is redacted; documents themselves only go to a worker, never out of it.

The parent never waits inside a message. A worker may die in the middle of one, while a process that it
started holds the other end open: then neither the rest nor an end of file ever comes.
"""

from __future__ import annotations

import pickle
import socket
import struct
from dataclasses import fields
from io import BytesIO
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from piiscan.explained import Dropped
from piiscan.model import Count, FileReport, MemberReport, Part, Tally
from piiscan.people import Combination, Share, Subjects

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 16


def _by_fields(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """Tell pickle to make a value anew from its fields, in a third of the time that it takes a dataclass by itself."""
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


class _Pickler(pickle.Pickler):
    """Writes what each file costs a message of."""

    dispatch_table = {  # noqa: RUF012 - as pickle's documentation has it
        kind: _by_fields(kind)
        for kind in (Combination, Count, Dropped, FileReport, MemberReport, Part, Share, Subjects, Tally)
    }


def _pickled(message: object) -> memoryview:
    body = BytesIO()
    _Pickler(body, pickle.HIGHEST_PROTOCOL).dump(message)
    return body.getbuffer()


def send(channel: socket.socket, message: object) -> None:
    """Send a message, waiting until the peer takes it. Raises OSError when there is no peer."""
    body = _pickled(message)
    if len(body) < _CHUNK:
        channel.sendall(b"".join((_LENGTH.pack(len(body)), body)))
        return
    channel.sendall(_LENGTH.pack(len(body)))
    channel.sendall(body)  # by itself: a document is not copied once more


def receive(channel: socket.socket) -> Any:  # noqa: ANN401 - the two ends know what they send
    """Wait for a message. Raises EOFError when the peer has gone."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    return pickle.loads(_exactly(channel, length))  # noqa: S301 - our own parent wrote it


def _exactly(channel: socket.socket, count: int) -> bytes:
    content = channel.recv(count, socket.MSG_WAITALL) if count else b""
    if len(content) < count:
        raise EOFError
    return content


class Inbox:
    """What has come from one peer so far: takes whatever is there, and gives whole messages only."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._buffer = bytearray()
        self.ended = False

    def read(self) -> list[Any]:
        """Give the messages that are complete by now, without waiting; `ended` tells whether that was all."""
        try:
            chunk = self._channel.recv(_CHUNK, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return []
        except OSError:
            chunk = b""
        self.ended = not chunk
        self._buffer += chunk
        return list(iter(self._message, None))

    def _message(self) -> Any:  # noqa: ANN401 - as for `receive`
        head = _LENGTH.size
        if len(self._buffer) < head:
            return None
        end = head + _LENGTH.unpack_from(self._buffer)[0]
        if len(self._buffer) < end:
            return None
        message = pickle.loads(memoryview(self._buffer)[head:end])  # noqa: S301 - our own worker wrote it
        del self._buffer[:end]
        return message
