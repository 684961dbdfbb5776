"""Office documents with a password: what is in them where one of the passwords that are given fits."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from piiscan.model import Outcome
from piiscan.passwords import given
from piiscan.piece import Member, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


def extract_locked(stream: BinaryIO, name: str) -> Iterator[Member | Problem]:
    """Yield the document without its lock as a member of the same name, or the word for what is locked."""
    passwords = given()
    if not passwords:
        return iter((Problem(Outcome.ENCRYPTED, "password"),))
    try:
        from piiscan.officelocks import unlocked  # noqa: PLC0415 - an extra, of use to those who have passwords
    except ImportError as error:
        return iter((Problem(Outcome.UNSUPPORTED, f"needs {error.name}"),))
    found = unlocked(stream if stream.seekable() else io.BytesIO(stream.read()), passwords)
    return iter((found if isinstance(found, Problem) else Member(name, partial(_again, found)),))


def _again(document: io.BytesIO) -> BinaryIO:
    document.seek(0)
    return document
