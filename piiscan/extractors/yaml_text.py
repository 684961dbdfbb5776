"""YAML by the events of its parser: mappings are rows, keys are headers, lists of values are columns, as in JSON.

Nothing is constructed and no alias is followed, so that nothing can blow up. A value of one line is a cell; one of
several, which has exact places only as it stands in the file, is text beside its key, and so are comments, anchors and
tags. Where a document is no YAML, such as a template of it, it is plain text up to the next `---`.

Limits: a file above `LARGEST` is plain text as a whole, and so is what is nested deeper than `_DEEPEST`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

import yaml

from piiscan.blocks import advance
from piiscan.heldtext import Held, Leftovers
from piiscan.jsonwhole import Keys
from piiscan.nested import Nested
from piiscan.runningtext import is_cell, is_name
from piiscan.tables import Spot, Tables, place_spot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece, Table

# Without the parser in C, which takes 0.2 s for a megabyte, it takes the fiftyfold.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
#: The largest file that is read as YAML, in bytes.
LARGEST = 1 << 23 if yaml.__with_libyaml__ else 1 << 20
#: The parser's own limit is 1000; where it is in Python there is none, and each level costs with each line.
_DEEPEST = 900
#: A key of more characters is no header.
_LONGEST_KEY = 1000
#: So many keys are remembered that are not scanned.
_QUIET = 10_000
#: How often reading begins anew behind what is no YAML.
_PATIENCE = 32
#: What only comments, anchors, aliases, tags and directives begin with, between values.
_TELLING = re.compile("[#&*!%]")
_NEXT_DOCUMENT = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)
_BLOCK_STYLES = frozenset("|>")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
#: What the parser refuses, or takes for the end of a line where editors do not.
_STRANGE = re.compile(r"[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class _Mark(Protocol):
    index: int
    line: int
    column: int


class _Node(Protocol):
    """What there is to know of an event of a value; lines and columns count from 0."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None


class _Scalar(_Node, Protocol):
    value: str
    tag: str | None
    style: str | None


class _DeepError(Exception):
    """Raised inside this module for what is nested too deep."""


def extract_yaml(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of `stream` as tables, and what lies between them as text."""
    held = Held(stream, LARGEST)
    if held.text is None:
        yield from held.as_plain()
        return
    reader = _Reader(held.text)
    # what stays text has a place in a table only for the shape of its row
    yield from (table for table in reader.read() if any(map(any, table.columns)))
    if reader.is_plain:
        yield from held.as_plain()
        return
    yield from reader.leftovers.segments()
    yield from held.problems


class _Reader:
    """Goes from event to event. Indices are those of the text as a whole."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parsed, self._strange = _STRANGE.subn("\ufffd", text)
        self.leftovers = Leftovers(text, _TELLING)
        self._keys = Keys()
        self._nested = Nested(Tables(place_spot))
        # Whether the key of the next value is the name of a person.
        self._is_named = False
        # Keys that are not to be scanned, which most of them are again and again.
        self._quiet: set[str] = set()
        # For each open mapping whether a key comes next, and for each open sequence None.
        self._is_key: list[bool | None] = []
        self._key_start, self._base, self._line = -1, 0, 0
        #: Whether all is plain text, because there is no value in it.
        self.is_plain = False

    def read(self) -> Iterator[Table]:
        """Yield all rows."""
        for _ in range(_PATIENCE):
            try:
                yield from self._parse()
            except (yaml.YAMLError, _DeepError, ValueError, OverflowError):  # the last two for escapes of no character
                yield from self._nested.close_all()
                following = _NEXT_DOCUMENT.search(self._text, max(self._base + 1, self.leftovers.end))
                if not self._go_to(following.start() if following else len(self._text)):
                    break
            else:
                break
        else:
            self._go_to(len(self._text))
        yield from self._nested.tables.flush()

    def _parse(self) -> Iterator[Table]:
        """Read from the base on; raises YAMLError where there is no YAML."""
        text = self._parsed[self._base :] if self._base else self._parsed
        events: Callable[[], Any] = _LOADER(text).get_event
        scalar, frames, is_key = yaml.ScalarEvent, self._nested.frames, self._is_key
        while (event := events()) is not None:
            kind = type(event)
            if kind is scalar:
                if tables := self._take(event):
                    yield from tables
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(frames) >= _DEEPEST:
                    raise _DeepError
                if is_key and is_key[-1]:
                    frames[-1].key = ""
                is_object = kind is yaml.MappingStartEvent
                self._nested.open(is_object=is_object)
                self._is_named = False
                is_key.append(True if is_object else None)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                is_key.pop()
                yield from self._nested.close()
                self._note_end()
            elif kind is yaml.AliasEvent:
                yield from self._take_value("", Spot(1, 1))

    def _take(self, event: _Scalar) -> Iterable[Table]:
        start, end = event.start_mark, event.end_mark
        text, at, to = event.value, self._base + start.index, self._base + end.index
        if event.style in _BLOCK_STYLES or event.anchor or event.tag or start.line != end.line:
            return self._take_other(event, at, to)
        is_key = self._is_key
        if is_key and is_key[-1] and text in self._quiet:
            self.leftovers.skip(at, to)
            self._nested.frames[-1].key, self._key_start, self._is_named = text, at, False
            is_key[-1] = False
            return ()
        quote = 1 if event.style else 0
        if self._is_text(text):
            return self._leave(at, to)
        self.leftovers.skip(at, to)
        is_straight = to - at - 2 * quote == len(text)
        if not quote and text in _NULLS:
            text = ""
        elif not is_straight:
            text = _STRANGE.sub("\ufffd", text)
        elif self._strange:
            text = self._text[at + quote : to - quote]
        spot = Spot(self._line + start.line + 1, start.column + 1 + quote, is_straight)
        return self._take_value(text, spot, at)

    def _take_other(self, event: _Scalar, at: int, to: int) -> Iterable[Table]:
        """Take what is no plain or quoted value of one line without an anchor and a tag."""
        raw, quote = self._parsed[at:to], event.style or ""
        text = event.value
        if quote in _BLOCK_STYLES:
            quote, text = "", text.strip("\n")
            raw = raw.rstrip() if text and "\n" not in text else ""
        shown = f"{quote}{text}{quote}"
        if is_straight := raw.endswith(shown) and not self._is_text(text):
            to = at + len(raw)
            at = to - len(shown)
            text = self._text[at + len(quote) : to - len(quote)]
        elif quote != '"' or event.anchor or event.tag or "\\" not in raw or self._is_text(text):
            return self._leave(at, to)
        else:
            text = _STRANGE.sub("\ufffd", text)
        self.leftovers.skip(at, to)
        return self._take_value(text, self._spot_at(event, at + len(quote), is_straight=is_straight), at)

    def _is_text(self, text: str) -> bool:
        """Tell whether a key or value is no cell; a key of ASCII is one in any case, as it is a header."""
        is_key = self._is_key and self._is_key[-1]
        return not text.isascii() and not is_cell(text) if is_key else self._is_named or not is_cell(text)

    def _leave(self, start: int, end: int) -> Iterable[Table]:
        """Leave a value as text, with the key before it."""
        is_value = bool(self._is_key) and self._is_key[-1] is False
        self.leftovers.keep(self._key_start if is_value and self._key_start >= 0 else start, end)
        tables = self._take_value("", Spot(1, 1))
        self._key_start = -1
        return tables

    def _take_value(self, text: str, spot: Spot, at: int = -1) -> Iterable[Table]:
        """Take a key or value; `at` is where it begins."""
        if not self._is_key or not self._is_key[-1]:
            self._key_start, self._is_named = -1, False
            tables = self._nested.take(text, spot)
            self._note_end()
            return tables
        self._is_key[-1] = False
        is_fresh = self._keys.is_fresh(text)
        is_long = len(text) > _LONGEST_KEY
        self._nested.frames[-1].key = "" if is_long else text
        self._key_start, self._is_named = at, is_name(text)
        if not is_fresh and not is_long:
            if len(self._quiet) < _QUIET and not self._is_named:
                self._quiet.add(text)
            return ()
        self._key_start = -1
        self._keys.note(text)
        return self._nested.tables.add(("",), [text], [spot])

    def _note_end(self) -> None:
        """Note that a key or value has ended."""
        if self._is_key and self._is_key[-1] is not None:
            self._is_key[-1] = not self._is_key[-1]

    def _spot_at(self, event: _Node, at: int, *, is_straight: bool) -> Spot:
        """Tell where an index within an event is."""
        mark = event.start_mark
        passed = self._text[self._base + mark.index : at]
        return Spot(*advance(self._line + mark.line + 1, mark.column + 1, passed), is_straight)

    def _go_to(self, base: int) -> bool:
        """Leave as text what was not read up to `base`, and begin there; False at the end of the text."""
        start = self.leftovers.end
        self.is_plain = not start and base == len(self._text)
        if self._is_key and self._is_key[-1] is False and self._key_start >= 0:
            start = self._key_start
        self.leftovers.keep(start, base)
        self._is_key.clear()
        self._key_start, self._base, self._is_named = -1, base, False
        self._line = advance(0, 1, self._text[:base])[0]
        return base < len(self._text)
