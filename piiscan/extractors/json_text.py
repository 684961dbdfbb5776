"""JSON, JSON lines and concatenated JSON, as jsonpieces.py reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.encoding import iter_text
from piiscan.jsonpieces import iter_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece


def extract_json(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of `stream` as tables; what is no JSON is plain text and `PARTIAL` "json"."""
    yield from iter_pieces(iter_text(stream))
