"""XML: elements become rows (see `elements.py`), comments and instructions text.

The encoding is decided by the bytes, as everywhere, not by the declaration. Entities of a DTD are refused,
not expanded: such a file, and one that is not well-formed, is read up to there and as plain text from there on,
so that nothing in it is missed. Nothing outside the file is ever loaded.

Limits: attributes are placed at their tag, a value with references or child elements where it starts. A tag
or comment above `_LONGEST` bytes and nesting deeper than `_DEEPEST` end the reading as XML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from piiscan.blocks import Blocks, advance
from piiscan.elements import Elements
from piiscan.encoding import iter_text
from piiscan.model import Outcome, Problem, Segment
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.model import Piece

_CHUNK, _LONGEST, _DEEPEST = 1 << 16, 1 << 22, 200_000


class _Stop(NamedTuple):
    """Where reading as XML ended, and what of the text fed so far lies behind."""

    reason: str
    rest: str
    line: int
    column: int


class _RefusedError(Exception):
    """Raised through expat to stop it: the reason is the message."""


def extract_xml(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield rows and text of `stream`; what expat cannot read is plain text and `PARTIAL`."""
    yield from iter_pieces(iter_text(stream))


def iter_pieces(texts: Iterator[str | Problem], chunk: int = _CHUNK) -> Iterator[Piece]:
    """Yield the pieces of decoded text, fed to expat in steps of `chunk` characters."""
    document = _Document()
    plain: Blocks | None = None
    for text in _iter_chunks(texts, chunk):
        if isinstance(text, Problem):
            yield text
        elif plain:
            yield from plain.feed(text)
        else:
            stop = document.feed(text)
            yield from document.drain()
            if stop:
                plain = Blocks(line=stop.line, column=stop.column)
                yield Problem(Outcome.PARTIAL, stop.reason)
                yield from plain.feed(stop.rest)
    if plain is None and (stop := document.finish()):
        yield Problem(Outcome.PARTIAL, stop.reason)
        plain = Blocks(line=stop.line, column=stop.column)
        yield from plain.feed(stop.rest)
    yield from document.drain()
    if plain:
        yield from plain.close()


def _iter_chunks(texts: Iterator[str | Problem], chunk: int) -> Iterator[str | Problem]:
    for text in texts:
        if isinstance(text, Problem):
            yield text
        else:
            yield from (text[start : start + chunk] for start in range(0, len(text), chunk))


class _Document:
    """Feeds expat, keeping the text behind the last event: where expat stops, that is still to be read."""

    def __init__(self) -> None:
        self._elements = Elements()
        self._out: list[Piece] = []
        self._window, self._base = b"", 0
        self._mark, self._line, self._column = 0, 1, 1
        self._end, self._text_end = 0, -1
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._finish_element
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = lambda text: self._aside(text, b"-->")
        parser.ProcessingInstructionHandler = lambda _target, data: self._aside(data, b"?>")
        parser.StartDoctypeDeclHandler = lambda *_: self._note()
        parser.EntityDeclHandler = self._refuse_entity

    def feed(self, text: str) -> _Stop | None:
        """Parse more text; say where and why if that was the end of it."""
        data = text.encode("utf-8", "replace")
        self._window += data
        stop = self._parse(data, final=False)
        if stop:
            return stop
        self._window, self._base = self._window[self._mark - self._base :], self._mark
        return self._stop("xml") if len(self._window) > _LONGEST else None

    def finish(self) -> _Stop | None:
        """Parse the end of the text; nothing at all is no XML, but complete."""
        return self._parse(b"", final=True) if self._base or self._window else None

    def drain(self) -> Iterator[Piece]:
        """Yield what has come together since the last call."""
        yield from self._out
        self._out.clear()

    def _parse(self, data: bytes, *, final: bool) -> _Stop | None:
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError:
            return self._stop("xml")
        except _RefusedError as refused:
            return self._stop(str(refused))
        if final:
            self._out.extend(self._elements.close())
        return None

    def _stop(self, reason: str) -> _Stop:
        """Give up: the rest begins where the last event ended, for expat may blame a place far behind that."""
        self._out.extend(self._elements.close())
        mark, end = self._mark - self._base, self._end - self._base
        place = advance(self._line, self._column, self._window[mark:end].decode("utf-8", "replace"))
        return _Stop(reason, self._window[end:].decode("utf-8", "replace"), *place)

    def _note(self) -> Spot:
        """Note that an event begins here; until it is taken, the rest would begin with it."""
        self._mark = self._end = self._parser.CurrentByteIndex
        self._line, self._column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return Spot(self._line, self._column)

    def _pass(self, last: bytes) -> None:
        self._end = self._base + self._window.find(last, self._mark - self._base) + len(last)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        spot = self._note()
        if self._elements.depth >= _DEEPEST:
            raise _RefusedError("xml")
        self._elements.start(name, attributes, spot._replace(straight=False))
        self._pass(b">")

    def _finish_element(self, _name: str) -> None:
        self._note()
        self._out.extend(self._elements.end())
        self._pass(b">")

    def _text(self, text: str) -> None:
        spot = self._note()
        self._out.extend(self._elements.text(text, spot, follows=self._mark == self._text_end))
        at = self._mark - self._base
        # In a CDATA section an ampersand is itself: there the text goes on behind it.
        if self._window.startswith(b"&", at) and (text == "&" or not text.startswith("&")):
            self._pass(b";")
            self._text_end = -1  # what follows a reference does not stand where the text says
        else:
            line_end = text == "\n" and self._window.startswith(b"\r\n", at)
            self._end = self._text_end = self._mark + len(text.encode()) + line_end

    def _aside(self, text: str, last: bytes) -> None:
        line, column, _ = self._note()
        self._out.append(Segment(text, part="comment", first_line=line, first_column=column + len("<!--")))
        self._pass(last)

    def _refuse_entity(self, *_declaration: object) -> None:
        raise _RefusedError("entities")
