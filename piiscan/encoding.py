"""Bytes to text, in blocks and honestly: what is undecodable, or mixes encodings, is read and told.

The encoding stays open while a file is ASCII: 300 kB of it in front of the first kanji decide nothing.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

BLOCK = 1 << 20
PROBLEM = Problem(Outcome.PARTIAL, "encoding")

# Bytes from the first non-ASCII one on that must be at hand to decide, and those that are weighed.
_ENOUGH, _SAMPLE = 4096, 65536
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_OPEN_ESCAPE = re.compile(rb"\x1b(?:\$\(?|\()?\Z")
_DESIGNATION = re.compile(rb"\x1b(?:\$[@B]|\$\([@BD]|\([BIJ])")


def iter_text(stream: BinaryIO, block: int = BLOCK) -> Iterator[str | Problem]:
    """Decode `stream` into blocks of text from reads of `block` bytes, and yield `PROBLEM` at most once.

    No block ends inside a character or between CR and LF; blocks end after a line feed where there is one,
    and hold at most two reads. Byte order marks are dropped. Raises only what `stream.read` raises.
    """
    yield from iter_decoded(iter_whole(stream, block))


def iter_decoded(wholes: Iterable[tuple[bytes, str]]) -> Iterator[str | Problem]:
    """Decode runs of whole characters, and yield `PROBLEM` at most once."""
    flagged = False
    for data, encoding in wholes:
        text = charset.decode(data, encoding)
        if text is None:
            yield repair(data, encoding)
            if not flagged:
                yield PROBLEM
            flagged = True
        elif text:
            yield text


def iter_whole(stream: BinaryIO, block: int = BLOCK) -> Iterator[tuple[bytes, str]]:
    """Yield runs of whole characters, each with the encoding of the file as far as it is known.

    Runs end after a line feed where there is one, never between CR and LF, and hold at most two reads of `block`
    bytes. Byte order marks are dropped.
    """
    data, started, final, is_plain = b"", False, False, False
    encoding: str | None = None
    while not final:
        fresh = stream.read(block)
        final = not fresh
        if is_plain and (line_end := fresh.rfind(b"\n") + 1):  # as below, but nothing is copied twice
            whole = b"".join((data, memoryview(fresh)[:line_end]))
            data = fresh[line_end:]
            yield whole, encoding or "utf-8"
            continue
        data += fresh
        if not started:
            if not final and len(data) < charset.HEAD:
                continue
            started = True
            encoding, data = _read_mark(data)
        if encoding is None and (first := _find_non_ascii(data)) is not None:
            if not final and len(data) - first < _ENOUGH:
                continue
            encoding = charset.decide(data[first : first + _SAMPLE], final=final)
        end = len(data) if final else _border(data, encoding)
        whole, data = data[:end], data[end:]
        is_plain = encoding in charset.SEARCHABLE
        if encoding == "iso-2022-jp":
            data = _designated(whole) + data
        if whole:
            yield whole, encoding or "utf-8"


def _read_mark(data: bytes) -> tuple[str | None, bytes]:
    for mark, encoding in charset.BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return charset.find_utf16(data[: charset.HEAD]), data


def _find_non_ascii(data: bytes) -> int | None:
    """Find the first byte that is not ASCII, or the first escape sequence of JIS."""
    if data.isascii() and b"\x1b" not in data:  # most blocks, of which nothing is copied
        return None
    # Whoever decodes passes over ASCII a hundred times as fast as a search does.
    escape = charset.JIS_ESCAPE.search(data) if b"\x1b" in data else None
    try:
        data[: escape.start() if escape else None].decode("ascii")
    except UnicodeDecodeError as error:
        return error.start
    return escape.start() if escape else None


def _border(data: bytes, encoding: str | None) -> int:
    """Find where to cut `data`: after its last line, or else its last whole character."""
    if encoding and encoding.startswith(("utf-16", "utf-32")):
        return _wide_border(data, int(encoding[4:6]) // 8, little=encoding.endswith("le"))
    if line_end := data.rfind(b"\n") + 1:
        return line_end
    end = len(data) - _open_bytes(data, encoding)
    return end - 1 if data[:end].endswith(b"\r") else end


def _wide_border(data: bytes, unit: int, *, little: bool) -> int:
    end = len(data) - len(data) % unit
    last = int.from_bytes(data[max(end - unit, 0) : end], "little" if little else "big")
    is_open = last == ord("\r") or 0xD800 <= last <= 0xDBFF  # noqa: PLR2004 - the leading surrogates
    return end - unit if end and is_open else end


def _open_bytes(data: bytes, encoding: str | None) -> int:
    """Count the bytes at the end of `data` that are no whole character or escape sequence yet."""
    if encoding is None or encoding == "iso-2022-jp":
        escape = _OPEN_ESCAPE.search(data)
        if escape:
            return len(data) - escape.start()
        last = next(reversed([*_DESIGNATION.finditer(data)]), None)
        is_double = last is not None and last[0].startswith(b"\x1b$")
        return (len(data) - last.end()) % 2 if last and is_double else 0
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    decoder.decode(data)
    return len(decoder.getstate()[0])


def _designated(data: bytes) -> bytes:
    """Give the escape sequence in force at the end of `data`: the next block has to begin with it."""
    last = data.rfind(b"\x1b")
    escape = _DESIGNATION.match(data, last) if last >= 0 else None
    return escape[0] if escape and escape[0] not in {b"\x1b(B", b"\x1b(J"} else b""


def repair(data: bytes, encoding: str) -> str:
    """Decode what is not all in `encoding`: line by line, each as is most plausible."""
    if encoding.startswith(("utf-16", "utf-32")):
        return charset.decode_lossy(data, encoding)
    return "".join(_repair_line(line, encoding) for line in data.splitlines(keepends=True))


def _repair_line(line: bytes, encoding: str) -> str:
    text = charset.decode(line, encoding)
    # Half-width kana may be EUC-JP read as CP932: such a line is weighed anew.
    if text is not None and not (encoding == "cp932" and _HALF_WIDTH.search(text)):
        return text
    return charset.decode_lossy(line, charset.decide(line[:_SAMPLE], final=True))
