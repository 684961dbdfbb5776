"""Rich Text Format: body, headers, notes, comments, text boxes, fields, properties and embedded objects, in one pass.

Bytes are in the code page of their font or of the document, so a character of CP932 may begin in one group and end in
another. Tables come as tables (R1C1), hidden and deleted text is read, pictures are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.model import Outcome
from piiscan.piece import Problem
from piiscan.rtfflow import Flow
from piiscan.rtfgroup import Fonts, Group
from piiscan.rtfobject import read_object
from piiscan.rtftokens import iter_tokens
from piiscan.rtfwords import BYTES, ENDS, PARTS, PROPERTIES, SHOWN, SKIPPED, TYPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece
    from piiscan.rtftokens import Token

#: Groups deeper than this count, but hold nothing of their own.
_DEEPEST = 10_000
_NUMBER, _ONE = re.compile(rb"\\u(-?[0-9]+)"), re.compile(rb"\\u(-?[0-9]+) ?|\\'([0-9a-fA-F]{2})|\?")
_LARGEST_OBJECT = 200_000_000


def extract_rtf(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text, tables and objects of the document in `stream`."""
    yield from _Reader().read(stream)


@dataclass(slots=True)
class _Reader:
    """Reads one document."""

    body: Flow = field(default_factory=lambda: Flow("body"))
    deleted: Flow = field(default_factory=lambda: Flow("deleted"))
    group: Group = field(init=False)
    groups: list[Group] = field(default_factory=list)
    fonts: Fonts = field(default_factory=Fonts)
    name: Flow = field(default_factory=lambda: Flow("name"))
    hex: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    is_starred: bool = False
    too_deep: int = 0
    problem: Problem | None = None

    def read(self, stream: BinaryIO) -> Iterator[Piece]:
        """Yield all pieces, then what could not be read."""
        self.group = Group(self.body)
        is_open = False
        for token in iter_tokens(stream):
            if not token.word:
                self._text(token.data)
            elif token.word == "{":
                self._open()
                is_open = True
            elif token.word == "}":
                yield from self._close()
            else:
                yield from self._word(token)
        is_open = bool(self.groups) and is_open
        while self.groups:
            yield from self._close()
        yield from self.body.close()
        yield from self.deleted.close()
        if self.problem or is_open:
            yield self.problem or Problem(Outcome.PARTIAL, "damaged")

    def _open(self) -> None:
        self.to_skip, self.is_starred = 0, False
        if len(self.groups) >= _DEEPEST:
            self.too_deep += 1
            self.problem = Problem(Outcome.PARTIAL, "depth")
            return
        self.groups.append(self.group)
        self.group = self.group.open()

    def _close(self) -> Iterator[Piece]:
        self.to_skip = 0
        if self.too_deep:
            self.too_deep -= 1
            return
        if not self.groups:
            return
        ended, self.group = self.group, self.groups.pop()
        if ended.kind == "hex" and ended.is_owner:
            yield from read_object(bytes(self.hex))
            self.hex.clear()
        elif ended.is_owner:
            yield from ended.flow.close()

    def _text(self, data: bytes) -> None:
        group = self.group
        if self.to_skip:
            data, self.to_skip = data[self.to_skip :], max(0, self.to_skip - len(data))
        if group.kind == "hex":
            if len(self.hex) < _LARGEST_OBJECT:
                self.hex += data
        elif group.kind in {"text", "name"}:
            self._flow().add_bytes(data, group.encoding)

    def _many(self, data: bytes) -> None:
        """Take characters of Unicode, mostly with as many bytes that stand for each as are passed over."""
        group = self.group
        if group.kind not in {"text", "name"}:
            return
        if data.count(b"\\'") + data.count(b"?") == group.unicode_skip * data.count(b"\\u"):
            self.to_skip = 0
            self._flow().add("".join([chr(int(number) & 0xFFFF) for number in _NUMBER.findall(data)]))
            return
        for found in _ONE.finditer(data):
            if found[1]:
                self.add_unicode(int(found[1]))
            else:
                self._text(bytes.fromhex(found[2].decode("ascii")) if found[2] else b"?")

    def _flow(self) -> Flow:
        group = self.group
        if group.kind == "name":
            return self.name
        return self.deleted if group.is_deleted and group.flow is self.body else group.flow

    def _word(self, token: Token) -> Iterator[Piece]:
        word, group = token.word, self.group
        if word == "\\*":
            self.is_starred = True
            return
        is_starred, self.is_starred = self.is_starred, False
        if token.data:
            self._many(token.data)
        elif word in BYTES:
            self._text(BYTES[word])
        elif word in SHOWN and group.kind in {"text", "name"}:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self._flow().add(SHOWN[word])
        elif group.kind == "text" and word in _BREAKS:
            yield from self._break(word)
        elif change := _WORDS.get(word):
            change(self, token.number)
        else:
            self._begin_destination(word, is_starred=is_starred)

    def _begin_destination(self, word: str, *, is_starred: bool) -> None:
        """Let a word that names a destination make its group one; most words name none, and say how text looks."""
        group = self.group
        if word in SKIPPED:
            group.kind = "skip"
        elif group.kind == "skip" and word not in _ANYWHERE:
            pass
        elif word in PROPERTIES:
            self._begin("properties", word)
        elif word in PARTS or is_starred:
            self._begin(PARTS.get(word, "other"))

    def _break(self, word: str) -> Iterator[Piece]:
        flow = self._flow()
        if word == "cell":
            flow.end_cell()
        elif word == "row":
            flow.end_row()
        else:
            yield from flow.end_paragraph(in_table=self.group.in_table)

    def _begin(self, part: str, hint: str = "") -> None:
        """Let the group be text of a part of its own; the first of two twins is the same text with question marks."""
        group = self.group
        if group.is_twin:
            group.kind = "skip"
            return
        group.flow, group.kind, group.is_owner = Flow(part, hint), "text", True
        group.in_table = group.is_deleted = False

    def add_unicode(self, number: int | None) -> None:
        if number is not None and self.group.kind in {"text", "name"}:
            self._flow().add(chr(number & 0xFFFF))
            self.to_skip = self.group.unicode_skip

    def set_kind(self, kind: str) -> None:
        self.group.kind = kind
        self.group.is_owner = kind == "hex"

    def begin_name(self, _number: int | None) -> None:
        self.name = Flow("name")
        self.set_kind("name")

    def begin_value(self, _number: int | None) -> None:
        self._begin("properties", self.name.take().strip())

    def begin_typed(self, _number: int | None) -> None:
        if self.name.take().strip().startswith(TYPED):
            self._begin("attribute")
        else:
            self.set_kind("skip")

    def begin_twins(self, _number: int | None) -> None:
        self.group.is_twin = True

    def end_twins(self, _number: int | None) -> None:
        self.group.is_twin = False

    def set_endnote(self, _number: int | None) -> None:
        if self.group.flow.part == "footnotes":
            self.group.flow.part = "endnotes"


def _set(name: str, value: Callable[[int | None], object]) -> Callable[[_Reader, int | None], None]:
    def change(reader: _Reader, number: int | None) -> None:
        setattr(reader.group, name, value(number))

    return change


#: Destinations that hold text although the group around them holds none.
_ANYWHERE = frozenset({"shptxt", "dptxbxtext"})
_BREAKS = ENDS | {"cell", "row"}
#: Words that change what holds in their group.
_WORDS: dict[str, Callable[[_Reader, int | None], None]] = {
    "u": _Reader.add_unicode,
    "uc": _set("unicode_skip", lambda number: max(0, min(number or 0, 100))),
    "f": lambda reader, number: reader.fonts.set_font(reader.group, number),
    "fcharset": lambda reader, number: reader.fonts.set_charset(reader.group, number),
    "ansicpg": lambda reader, number: reader.fonts.set_codepage(reader.group, number),
    "intbl": _set("in_table", lambda _number: True),
    "pard": _set("in_table", lambda _number: False),
    "deleted": _set("is_deleted", lambda number: number != 0),
    "plain": _set("is_deleted", lambda _number: False),
    "fonttbl": lambda reader, _number: reader.set_kind("fonts"),
    "objdata": lambda reader, _number: reader.set_kind("hex"),
    "propname": _Reader.begin_name,
    "sn": _Reader.begin_name,
    "staticval": _Reader.begin_value,
    "sv": _Reader.begin_typed,
    "upr": _Reader.begin_twins,
    "ud": _Reader.end_twins,
    "ftnalt": _Reader.set_endnote,
    **dict.fromkeys("shppict shpinst fldrslt userprops do".split(), lambda _reader, _number: None),
}
