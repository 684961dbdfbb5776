"""Messages between the parent and a worker: a length, then a pickle of our own values.

What comes back is redacted; documents themselves only go to a worker, never out of it.

The parent never waits inside a message. A worker may die in the middle of one, while a process that it
started holds the other end open: then neither the rest nor an end of file ever comes.
"""

from __future__ import annotations

import pickle
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 16


def send(channel: socket.socket, message: object) -> None:
    """Send a message, waiting until the peer takes it. Raises OSError when there is no peer."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
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
