"""Mailboxes of many messages in one file (mbox of all kinds), each a member; and emlx, the file of Apple's Mail.

A line begins a message where it begins with "From ", ends with a date, and a header field follows: a sentence does not
cut a message in two. That line is left out: it has what the header has. The mailbox streams, however large it is.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from piiscan.formats.post import MAILBOX
from piiscan.model import Outcome
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

    from piiscan.piece import Piece

#: Bytes read at once, and as many as a line that begins a message, the one below it and a field's name may take.
_CHUNK, _LONGEST = 1 << 18, 4096
_COUNT_DIGITS = 20
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


def extract_mbox(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the messages of a mailbox, each to be read before the next one is asked for."""
    mailbox = _Mailbox(stream)
    number = 1
    while mailbox.has_more():
        line = mailbox.line
        mailbox.skip_envelope()
        yield Member(f"message-{number}-line-{line}.eml", mailbox.open)
        mailbox.skip()
        number += 1
    if not mailbox.is_whole:
        yield _DAMAGED


def extract_emlx(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the message, of as many bytes as the first line says, and Apple's properties behind it."""
    first = stream.readline(_COUNT_DIGITS * 2).strip()
    if not first:
        return
    if not first.isdigit() or len(first) > _COUNT_DIGITS:
        yield Member("message.eml", lambda: io.BytesIO(first + b"\n" + stream.read()))
        yield _DAMAGED
        return
    message = stream.read(int(first))
    yield Member("message.eml", lambda: io.BytesIO(message))
    if len(message) < int(first):
        yield _DAMAGED
    elif rest := stream.read():
        yield Member("properties.plist", lambda: io.BytesIO(rest))


class _Mailbox:
    """A window on the file: what was taken of the open message, and what was read of it and of the next ones."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._data, self._at, self._has_ended = b"", 0, False
        #: Where the open message ends in the window, if that has been seen.
        self._end: int | None = None
        #: The line (1-based) of the next byte.
        self.line = 1
        #: Whether what was taken ends with a line: programs write mailboxes in whole lines.
        self.is_whole = True

    def open(self) -> BinaryIO:
        """Give the open message as a stream."""
        return cast("BinaryIO", _Message(self))

    def has_more(self) -> bool:
        """Tell whether another message follows."""
        self._end = None
        self._fill()
        return self._at < len(self._data)

    def take(self, most: int) -> bytes:
        """Give up to `most` bytes of the open message; none at its end."""
        if self._end is None:
            self._fill()
            if found := MAILBOX.search(self._data, self._at):
                self._end = found.start() + 1  # behind the line end that the expression begins with
        reach = self._end
        if reach is None:
            # What may be the beginning of a line that is not yet whole is held back.
            reach = len(self._data) if self._has_ended else len(self._data) - _LONGEST
        piece = self._data[self._at : min(self._at + most, reach)]
        self._at += len(piece)
        self.line += piece.count(b"\n")
        self.is_whole = piece.endswith(b"\n") if piece else self.is_whole
        return piece

    def skip_envelope(self) -> None:
        """Pass over the line that begins the open message, if it has one."""
        found = MAILBOX.match(b"\n" + self._data[self._at : self._at + _LONGEST])
        left = found.end(1) - 1 if found else 0
        while left and (piece := self.take(left)):  # none where the next message begins within that line
            left -= len(piece)

    def skip(self) -> None:
        """Pass over what nobody took of the open message."""
        while self.take(_CHUNK):
            pass

    def _fill(self) -> None:
        """Have a chunk at hand; the byte before it stays, for it may be the line end before a message."""
        while not self._has_ended and len(self._data) - self._at <= _LONGEST:
            fresh = self._stream.read(_CHUNK)
            kept = max(self._at - 1, 0)
            self._data, self._at = self._data[kept:] + fresh, self._at - kept
            self._has_ended = not fresh


class _Message(io.RawIOBase):
    """One message as a stream."""

    def __init__(self, mailbox: _Mailbox) -> None:
        super().__init__()
        self._mailbox = mailbox

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._mailbox.take(len(view))
        view[: len(piece)] = piece
        return len(piece)
