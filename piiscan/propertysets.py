"""The property sets of a compound file (title, author, the user's own properties) as texts under their names.

[MS-OLEPS]. Numbers and dates are left to the format, except those that somebody gave a name of their own.
"""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.model import Outcome
from piiscan.piece import Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.compound import Compound

#: The streams that hold property sets.
STREAMS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")
_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_COMPANY = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
_NAMES = {
    _SUMMARY: {2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 7: "template", 8: "author"},
    _COMPANY: {2: "category", 14: "manager", 15: "company", 26: "content type", 27: "status"},
}
_DICTIONARY, _CODEPAGE = 0, 1
_I2, _I4, _R8, _NARROW, _WIDE, _BLOB, _VECTOR, _VARIANT = 2, 3, 5, 0x1E, 0x1F, 0x41, 0x1000, 0x0C
_UNICODE, _LINKS = 1200, "_PID_HLINKS"
_MOST = 100_000


def iter_properties(compound: Compound) -> Iterator[Segment | Problem]:
    """Yield the texts of the property sets in an open compound file, part "properties"."""
    for name in STREAMS:
        if data := compound.read(name):
            yield from iter_texts(data)


def iter_texts(data: bytes) -> Iterator[Segment | Problem]:
    """Yield the texts of a property set in `data`."""
    try:
        (sections,) = struct.unpack_from("<L", data, 24)
        for at in range(min(sections, 2)):
            kind, offset = struct.unpack_from("<16sL", data, 28 + at * 20)
            yield from _Section(data[offset:]).iter_texts(_NAMES.get(kind, {}))
    except (struct.error, UnicodeDecodeError, OverflowError):
        yield _DAMAGED


@dataclass(slots=True)
class _Section:
    """One section; no more comes of it than it has bytes, whatever points where."""

    data: bytes
    codepage: int = 0
    left: int = 0

    def iter_texts(self, names: dict[int, str]) -> Iterator[Segment | Problem]:
        (count,) = struct.unpack_from("<L", self.data, 4)
        if count > _MOST:
            raise struct.error
        rows = [struct.unpack_from("<LL", self.data, 8 + at * 8) for at in range(count)]
        places = dict(rows)
        if _CODEPAGE in places:
            (self.codepage,) = struct.unpack_from("<H", self.data, places[_CODEPAGE] + 4)
        self.left = len(self.data) * 2
        own = self._read_dictionary(places[_DICTIONARY]) if _DICTIONARY in places else {}
        for key, place in rows:
            if key in {_DICTIONARY, _CODEPAGE}:
                continue
            hint = own.get(key) or names.get(key, "")
            for text in self._read(place, own.get(key, "")):
                if stripped := text.strip("\0 \r\n\t"):
                    yield Segment(stripped, part="properties", hint=hint, first_line=None)
            if self.left < 0:
                yield _DAMAGED
                return
        if names_given := "\n".join(own.values()):
            yield Segment(names_given, part="properties", first_line=None)

    def _read(self, at: int, name: str) -> list[str]:
        kind = struct.unpack_from("<L", self.data, at)[0]
        at += 4
        if kind & _VECTOR:
            (count,) = struct.unpack_from("<L", self.data, at)
            return self._read_many(kind & ~_VECTOR, at + 4, count)
        if kind == _BLOB:  # of hyperlinks: its size, then a count of variants
            size, count = struct.unpack_from("<LL", self.data.ljust(at + 8, b"\0"), at)
            return self._read_many(_VARIANT, at + 8, count) if name == _LINKS and size > 4 else []  # noqa: PLR2004
        if kind in {_NARROW, _WIDE}:
            return [self._text(kind, at)[0]]
        numbers = {_I4: "<l", _R8: "<d"}
        return [f"{struct.unpack_from(numbers[kind], self.data, at)[0]:.15g}"] if name and kind in numbers else []

    def _read_many(self, kind: int, at: int, count: int) -> list[str]:
        texts = []
        for _ in range(count):
            if self.left < 0 or at >= len(self.data):
                break
            of = struct.unpack_from("<L", self.data, at)[0] if kind == _VARIANT else kind
            at += 4 * (kind == _VARIANT)
            if of in {_NARROW, _WIDE}:
                text, at = self._text(of, at)
                texts.append(text)
            elif kind == _VARIANT:
                at += 8 if of == _R8 else 4
            else:
                break
        return texts

    def _text(self, kind: int, at: int) -> tuple[str, int]:
        """Give a text and where the next one begins: they are padded to four bytes, narrow ones not in vectors."""
        (count,) = struct.unpack_from("<L", self.data, at)
        size = count * 2 if kind == _WIDE else count
        raw = self.data[at + 4 : at + 4 + size]
        self.left -= size
        end = at + 4 + size
        if kind == _WIDE:
            return raw.decode("utf-16-le", "replace").partition("\0")[0], end + -end % 4
        return self._decode(raw), end

    def _decode(self, raw: bytes) -> str:
        if self.codepage == _UNICODE:
            return raw.decode("utf-16-le", "replace").partition("\0")[0]
        raw = raw.partition(b"\0")[0]
        encoding = "utf-8" if self.codepage == 65001 else f"cp{self.codepage}"  # noqa: PLR2004 - Windows' number of it
        try:
            return raw.decode(codecs.lookup(encoding).name)
        except (LookupError, UnicodeDecodeError):
            return charset.decode_lossy(raw, charset.decide(raw, final=True))

    def _read_dictionary(self, at: int) -> dict[int, str]:
        (count,) = struct.unpack_from("<L", self.data, at)
        at += 4
        names = {}
        for _ in range(min(count, _MOST)):
            key, length = struct.unpack_from("<LL", self.data, at)
            size = length * 2 if self.codepage == _UNICODE else length
            names[key] = self._decode(self.data[at + 8 : at + 8 + size])
            self.left -= size
            at += 8 + size + (-size % 4 if self.codepage == _UNICODE else 0)
        return names
