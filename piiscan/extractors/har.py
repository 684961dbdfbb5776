"""What a browser has recorded (HAR): read as the JSON it is; bodies in base64 are members of their own."""

from __future__ import annotations

import base64
import binascii
import io
import json
from functools import partial
from typing import TYPE_CHECKING

from piiscan.encoding import iter_text
from piiscan.jsonpieces import iter_pieces
from piiscan.model import Outcome
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_DAMAGED = Problem(Outcome.PARTIAL, "base64")


def extract_har(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of the record in `stream`, then the bodies in it; their kind is told by their first bytes."""
    data = stream.read()
    yield from iter_pieces(iter_text(io.BytesIO(data)))
    try:
        waiting: list[object] = [json.loads(data)]
    except (ValueError, RecursionError):
        return  # it has been told
    number = 0
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if value.get("encoding") == "base64" and isinstance(value.get("text"), str):
                number += 1
                yield from _body(f"body-{number}", value["text"])
            waiting += reversed(value.values())
        elif isinstance(value, list):
            waiting += reversed(value)


def _body(name: str, text: str) -> Iterator[Member | Problem]:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        yield _DAMAGED
        return
    # JSON says nothing by its first bytes
    is_json = content.lstrip()[:1] in {b"{", b"["}
    yield Member(name + ".json" * is_json, partial(io.BytesIO, content))
