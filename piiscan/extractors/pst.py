"""Data files of Outlook (.pst, .ost): each message, contact or appointment a member, below the names of its folders.

libpff finds the messages; their properties become a .msg file in memory, and all else is as with those. What was
deleted from the bin, and what only a search or a view needs, is not read. A message inside a message is named: the
library has no way to it.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

import pypff

from piiscan.mapi import OBJECT
from piiscan.model import Outcome
from piiscan.msgcopy import Property, write_message
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from piiscan.piece import Piece

_DAMAGED = Problem(Outcome.PARTIAL, "damaged")
#: Where the header has its version, and from this one on the size of the file in 8 bytes; before, in 4 bytes.
_HEADER, _VERSION, _UNICODE = 192, slice(10, 12), 21
_SIZE, _SMALL_SIZE = slice(184, 192), slice(168, 172)
#: Numbers for properties whose own the library does not tell.
_NAMELESS = 0x8000
_FIRST_OF_FOLDERS, _DEEPEST = 1, 50


def extract_pst(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the messages of all folders; each may be opened until the next one is asked for."""
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    head = source.read(_HEADER)
    source.seek(0)
    if not head:
        return
    store = pypff.file()
    try:
        store.open_file_object(source)
    except (OSError, ValueError, MemoryError):
        yield _DAMAGED
        return
    is_new = int.from_bytes(head[_VERSION], "little") >= _UNICODE
    is_cut = size < int.from_bytes(head[_SIZE if is_new else _SMALL_SIZE], "little")
    try:
        yield from _Reader(is_damaged=is_cut).read(store)
    finally:
        store.close()


class _Reader:
    """Goes through the folders of one file."""

    def __init__(self, *, is_damaged: bool) -> None:
        self._is_damaged = is_damaged

    def read(self, store: Any) -> Iterator[Piece]:  # noqa: ANN401 - the library carries no types
        """Yield the messages, then what was found wrong."""
        waiting: list[tuple[Any, tuple[str, ...]]] = [(root, ()) for root in self._each(lambda: [store.root_folder])]
        while waiting:
            folder, path = waiting.pop()
            for number, message in enumerate(self._each(lambda folder=folder: folder.sub_messages), 1):
                name = "/".join((*path[_FIRST_OF_FOLDERS:], f"message-{number}.msg"))
                yield Member(name, partial(self._open, message))
            below = [
                (one, (*path, self._name(one, number)))
                for number, one in enumerate(self._each(lambda folder=folder: folder.sub_folders), 1)
            ]
            if len(path) < _DEEPEST:
                waiting += reversed(below)
            elif below:
                yield Problem(Outcome.PARTIAL, "depth")
        if self._is_damaged:
            yield _DAMAGED

    def _each(self, items: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        """Yield the items that the library can give, and note where it cannot."""
        try:
            for item in items():
                if item is None:
                    self._is_damaged = True
                else:
                    yield item
        except (OSError, ValueError, MemoryError):
            self._is_damaged = True

    def _open(self, message: Any) -> BinaryIO:  # noqa: ANN401 - as above
        own = self._properties(message)
        recipients = [self._entries(one) for one in self._each(lambda: message.recipients.record_sets)]
        attachments = [self._properties(one) for one in self._each(lambda: message.attachments)]
        return io.BytesIO(write_message(own, recipients, attachments))

    def _properties(self, item: Any) -> Sequence[Property]:  # noqa: ANN401 - as above
        return [each for one in self._each(lambda: item.record_sets) for each in self._entries(one)]

    def _entries(self, records: Any) -> Sequence[Property]:  # noqa: ANN401 - as above
        found = []
        for number, entry in enumerate(self._each(lambda: records.entries)):
            try:
                kind, data = entry.value_type, entry.data or b""
                if kind and kind != OBJECT:  # an object is only its place
                    found.append(Property(entry.entry_type or _NAMELESS + number, kind, data))
            except (OSError, ValueError, MemoryError):
                self._is_damaged = True
        return found

    def _name(self, folder: Any, number: int) -> str:  # noqa: ANN401 - as above
        """Give the name of a folder; one without it has lost its properties."""
        names = [name for name in self._each(lambda: [folder.name]) if name]
        self._is_damaged |= not names
        return str(names[0]).replace("/", "_") if names else f"folder-{number}"
