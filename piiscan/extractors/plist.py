"""Binary property lists: dictionaries are rows under their keys, lists of values columns, data may be files.

An object that several others share is read once: sharing can make a few bytes endless.
"""

from __future__ import annotations

import io
import plistlib
from functools import partial
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.model import Outcome
from piiscan.piece import Member, Place, Problem
from piiscan.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_DAMAGED = Problem(Outcome.PARTIAL, "plist")
#: Data of so many bytes is a value, such as a hash, and no document.
_SHORT = 256


def extract_plist(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the values of the list in `stream` under their keys, and the files in it."""
    data = stream.read()
    if not data:
        return
    try:
        root = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library do; the message may quote it
        yield _DAMAGED
        return
    yield from _Reader().read(root)


class _Reader:
    """Goes through what was read, and makes rows of it."""

    def __init__(self) -> None:
        self._tables: Tables[int] = Tables(lambda row, column, *_: Place(cell=f"R{row}C{column + 1}"))
        self._seen: set[int] = set()
        self._rows = 0
        self._files = 0

    def read(self, root: object) -> Iterator[Piece]:
        """Yield all pieces. Nesting is followed in a list of our own, so that it may be as deep as it is."""
        waiting: list[tuple[str, object]] = [("", root)]
        while waiting:
            name, value = waiting.pop()
            if isinstance(value, (dict, list)):
                if id(value) in self._seen:
                    continue
                self._seen.add(id(value))
                inside = list(value.items()) if isinstance(value, dict) else [(name, each) for each in value]
                plain = [(key, each) for key, each in inside if not isinstance(each, (dict, list))]
                waiting += reversed([(str(key), each) for key, each in inside if isinstance(each, (dict, list))])
            else:
                plain = [(name, value)]
            yield from self._take(plain, is_row=isinstance(value, dict))
        yield from self._tables.flush()

    def _take(self, plain: list[tuple[str, object]], *, is_row: bool) -> Iterator[Piece]:
        for _, value in plain:
            if isinstance(value, bytes) and len(value) > _SHORT:
                self._files += 1
                yield Member(f"data-{self._files}", partial(io.BytesIO, value))
        for row in [plain] if is_row else [[each] for each in plain]:
            if row:
                self._rows += 1
                headers, cells = tuple(str(key) for key, _ in row), [_text(value) for _, value in row]
                yield from self._tables.add(headers, cells, self._rows)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace") if len(value) <= _SHORT and charset.is_text(value) else ""
    return value if isinstance(value, str) else str(value)
