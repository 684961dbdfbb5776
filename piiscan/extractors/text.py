"""Plain text and source code: the file as it is, in overlapping blocks of a million bytes, not decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.encoding import iter_whole
from piiscan.rawblocks import iter_raw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

#: Bytes at once: what is read three times should lie in the processor's own memory.
_BLOCK = 1 << 20


def extract_text(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text of `stream` in blocks with exact places; one endless line streams too."""
    yield from iter_raw(iter_whole(stream, _BLOCK))
