"""Mail taken apart into its leaves, line by line: bounded in memory, in depth and in the size of headers.

The standard library's parser recurses with the nesting, and keeps the message several times over. This one
knows the open boundaries; whatever is no part (a preamble, an epilogue, what lies too deep) is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.fields import parse_parameters, unfold
from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_LINE = 1 << 16  # a longer line is read in pieces


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and fields of one header, bytes of one body and of all bodies, levels of parts inside parts."""

    header: int = 4_000_000
    fields: int = 10_000
    body: int = 100_000_000
    total: int = 500_000_000
    depth: int = 100


@dataclass(frozen=True, slots=True)
class Field:
    """A header field: its name in lower case and as written, its raw value, the line where it begins."""

    key: str
    name: str
    value: bytes
    line: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A message's or part's header with the body that belongs to it; a multipart's body is its preamble."""

    fields: tuple[Field, ...] = ()
    body: bytes = b""
    is_root: bool = False

    def get(self, key: str) -> str:
        """Give the unfolded value of the first field of that name, or ""."""
        return next((unfold(field.value) for field in self.fields if field.key == key), "")


@dataclass(slots=True)
class _Reader:
    """Reads lines with a number; a line may be put back."""

    stream: BinaryIO
    number: int = 0
    starts: bool = True
    _ended: bool = True
    _back: bytes | None = None

    def next(self) -> bytes:
        if self._back is not None:
            line, self._back = self._back, None
            return line
        self.starts = self._ended
        line = self.stream.readline(_LINE)
        self.number += self.starts
        self._ended = line.endswith(b"\n")
        return line

    def put_back(self, line: bytes) -> None:
        self._back = line


@dataclass(slots=True)
class _Splitter:
    """The open boundaries, innermost last, and what has been told already."""

    reader: _Reader
    limits: Limits
    boundaries: list[bytes] = field(default_factory=list)
    problems: set[str] = field(default_factory=set)
    taken: int = 0

    def find_boundary(self, line: bytes) -> tuple[int, bool] | None:
        """Tell which open level a line separates, and whether it closes it."""
        text = line.rstrip()
        for level in range(len(self.boundaries) - 1, -1, -1):
            mark = self.boundaries[level]
            if text == mark:
                return level, False
            if text == mark + b"--":
                return level, True
        return None

    def tell(self, reason: str) -> Iterator[Problem]:
        if reason not in self.problems:
            self.problems.add(reason)
            yield Problem(Outcome.PARTIAL, reason)


def iter_entities(stream: BinaryIO, limits: Limits | None = None) -> Iterator[Entity | Problem]:
    """Yield the message itself, then its parts as they follow; problems once each. Raises only what `read` raises."""
    splitter = _Splitter(_Reader(stream), limits or Limits())
    has_header, is_root, more = True, True, True
    while more:
        fields, whole = _read_header(splitter) if has_header else ((), True)
        if not whole:
            yield from splitter.tell("header")
        entity = Entity(fields)
        kind, parameters = parse_parameters(entity.get("content-type"))
        if kind.startswith("multipart/"):
            boundary = parameters.get("boundary", "").rstrip().encode("utf-8", "surrogateescape")
            if not boundary:
                yield from splitter.tell("boundary")
            elif len(splitter.boundaries) >= splitter.limits.depth:
                yield from splitter.tell("depth")
            else:
                splitter.boundaries.append(b"--" + boundary)
        body, whole, has_header, more = _read_body(splitter)
        if fields or body.strip():
            yield Entity(fields, body, is_root)
        if not whole:
            yield from splitter.tell("bytes")
        is_root = False
    if splitter.boundaries:  # the last of them never closed: the rest of the message was cut off
        yield from splitter.tell("boundary")


def _read_header(splitter: _Splitter) -> tuple[tuple[Field, ...], bool]:
    """Read fields up to the empty line; a line that is no field begins the body, as does one above the limit."""
    reader, size = splitter.reader, 0
    found: list[tuple[str, list[bytes], int]] = []
    while line := reader.next():
        size += len(line)
        if reader.number == 1 and reader.starts:
            line = line.removeprefix(b"\xef\xbb\xbf")
            if line.startswith(b"From "):
                continue  # the envelope that mailboxes write
        is_start = reader.starts and line[:1] not in b" \t"
        if reader.starts and not line.strip():
            break
        if size > splitter.limits.header or len(found) > splitter.limits.fields:
            reader.put_back(line)
            return _fields(found), False
        if is_start:
            match = _FIELD.match(line)
            if match is None or splitter.find_boundary(line):
                reader.put_back(line)
                break
            found.append((match[1].decode("ascii"), [line[match.end() :]], reader.number))
        elif found:
            found[-1][1].append(line)
        else:
            reader.put_back(line)
            break
    return _fields(found), bool(line) or reader.starts  # at the very end, a line without its end was cut


def _fields(found: list[tuple[str, list[bytes], int]]) -> tuple[Field, ...]:
    return tuple(Field(name.lower(), name, b"".join(lines), number) for name, lines, number in found)


def _read_body(splitter: _Splitter) -> tuple[bytes, bool, bool, bool]:
    """Read up to the next boundary: the body, whether all of it was kept, whether a header follows, or anything."""
    lines: list[bytes] = []
    size, whole, reader = 0, True, splitter.reader
    while line := reader.next():
        if reader.starts and line.startswith(b"--") and (found := splitter.find_boundary(line)):
            level, is_end = found
            del splitter.boundaries[level + (not is_end) :]
            return _without_last_end(lines), whole, not is_end, True
        size += len(line)
        splitter.taken += len(line)
        if size > splitter.limits.body or splitter.taken > splitter.limits.total:
            whole = False
        else:
            lines.append(line)
    return b"".join(lines), whole, False, False


def _without_last_end(lines: list[bytes]) -> bytes:
    """Join lines; the line end before a boundary belongs to the boundary."""
    return b"".join(lines).removesuffix(b"\n").removesuffix(b"\r")
