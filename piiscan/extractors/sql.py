r"""SQL dumps: the rows of INSERT, REPLACE and COPY as tables under their columns' names, all else as running text.

Columns that an INSERT does not name are those of the file's own CREATE TABLE; MySQL's comments on columns count as
names too. The statement before rows is text to its columns' names, unless the same one came before. A row above `ROW`
characters, or of a grammar that is not ours, is plain text to the end of its statement. A file that stops inside of a
row, a string or a COPY was cut.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.blocks import Blocks
from piiscan.cursor import Cursor
from piiscan.encoding import iter_text
from piiscan.model import Outcome
from piiscan.piece import Problem, Segment
from piiscan.sqlends import Ending
from piiscan.sqlheads import AHEAD, DEFINITION, GAP, HEAD, KEYWORD, LONGEST_KEYWORD, NEXT, STATEMENT_END, Head, Heads
from piiscan.sqlrows import Grammar, Row, read_any, read_copied, read_plain
from piiscan.sqltables import SqlTables

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

ROW = 1 << 20
_STEP = 1 << 16
#: How often text is read twice because it was taken for rows; then what was looked through is text to its end.
_PATIENCE = 8
_SEEN = 256
_BLANK = re.compile(r"[\s;]*+")
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


def extract_sql(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of `stream` as tables, and its text."""
    yield from iter_pieces(iter_text(stream))


def iter_pieces(texts: Iterator[str | Problem], limit: int = ROW) -> Iterator[Piece]:
    """Yield the pieces of decoded text; `limit` is the longest row in characters (for tests)."""
    cursor = Cursor(texts, _STEP)
    yield from _Dump(cursor, limit).read()
    yield from cursor.problems


class _Dump:
    """Goes from statement to statement, and from row to row."""

    def __init__(self, cursor: Cursor, limit: int) -> None:
        self._cursor, self._limit = cursor, limit
        self._heads = Heads()
        self._seen: dict[str, Head] = {}
        self._last = ""
        self._tables = SqlTables()
        self._ending = Ending()
        self._nameless = ""
        self._blocks: Blocks | None = None
        self._patience = _PATIENCE
        self._grammar = Grammar.STANDARD

    def read(self) -> Iterator[Piece]:
        """Yield all pieces."""
        self._fill(_STEP)
        start = self._cursor.text[:_STEP]
        if "`" in start or "MySQL" in start:
            self._grammar = Grammar.MYSQL
        while head := self._repeated_head() or (yield from self._find_head()):
            self._ending.begin()
            if not head.headers and head.table != self._nameless:
                yield from self._tables.flush()  # what has no headers is told apart by its table
                self._nameless = head.table
            yield from self._copy(head) if head.is_copy else self._insert(head)
        yield from self._close_text()
        yield from self._tables.flush()
        if self._ending.is_cut(self._seen, self._grammar):
            yield _DAMAGED

    def _fill(self, size: int) -> None:
        """Have at least `size` characters from here on in the window, if the text goes on."""
        cursor = self._cursor
        while len(cursor.text) - cursor.at < size and cursor.grow():
            pass

    def _repeated_head(self) -> Head | None:
        """Go behind a statement that is read already, letter by letter, if it comes next."""
        cursor = self._cursor
        if self._blocks or not self._seen:
            return None
        self._fill(HEAD * 2)
        text = cursor.text
        gap = GAP.match(text, cursor.at, cursor.at + HEAD)
        if gap is None:
            return None
        start = gap.end()
        if not self._last or not text.startswith(self._last, start):
            head = self._heads.read(text, start)
            self._last = text[start : head.end] if head else ""
        head = self._seen.get(self._last)
        cursor.at = start + len(self._last) if head else cursor.at
        return head

    def _find_head(self) -> Generator[Piece, None, Head | None]:
        """Yield text up to rows, and give the statement before them."""
        cursor = self._cursor
        seek = cursor.at
        while True:
            found = KEYWORD.search(cursor.text, seek)
            if found is None:
                yield from self._pass(max(seek, len(cursor.text) - LONGEST_KEYWORD))
                if not cursor.grow():
                    yield from self._pass(len(cursor.text))
                    return None
                seek = 0
                continue
            start = found.start()
            if len(cursor.text) - start < HEAD + DEFINITION:
                yield from self._pass(start)
                seek = start - cursor.at
                self._fill(HEAD + DEFINITION)
                start = cursor.at + seek
            if head := self._heads.read(cursor.text, start):
                self._note(cursor.text[start : head.end], head)
                yield from self._pass(head.text_end)
                cursor.at = head.end
                return head
            made = self._heads.define(cursor.text, start, self._grammar)
            if made:
                self._seen.clear()  # its columns may be others now
            seek = self._end_of(made, start) if made else start + 1

    def _note(self, statement: str, head: Head) -> None:
        self._seen[statement] = head
        if len(self._seen) > _SEEN:
            self._seen.pop(next(iter(self._seen)))

    def _end_of(self, row: Row, start: int) -> int:
        """Give where a row ends, or where reading goes on behind what is none."""
        if row.cells is None and row.is_open and self._patience > 0:
            self._patience -= 1
            end = STATEMENT_END.search(self._cursor.text, start, row.end)
            return end.end() if end else row.end
        return row.end

    def _pass(self, index: int) -> Iterator[Segment]:
        """Read up to `index` in the window as text, not from and not to between CR and LF."""
        cursor = self._cursor
        index -= cursor.text[index - 1 : index + 1] == "\r\n"
        if self._blocks is None:
            blank = _BLANK.match(cursor.text, cursor.at, max(index, cursor.at))
            cursor.at = blank.end() if blank else cursor.at
        if cursor.at >= index:
            return
        if self._blocks is None:
            line, column = cursor.place(cursor.at)
            self._blocks = Blocks(line=line, column=column)
        text = cursor.move(index)
        self._ending.feed(text, self._grammar)
        yield from self._blocks.feed(text)

    def _close_text(self) -> Iterator[Segment]:
        if self._blocks:
            yield from self._blocks.close()
            self._blocks = None

    def _insert(self, head: Head) -> Iterator[Piece]:
        cursor = self._cursor
        while True:
            row = self._row()
            if row.cells is None:
                if row.is_open:
                    self._ending.enter_row()
                yield from self._pass(row.end)
                return
            yield from self._close_text()
            yield from self._tables.add(head, row.cells, cursor, row.end, self._grammar)
            cursor.at = row.end
            self._fill(AHEAD)
            following = NEXT.match(cursor.text, cursor.at, cursor.at + AHEAD)
            if following is None:
                return
            line, column = cursor.place(cursor.at)
            cursor.at = following.end()
            if not following[0].replace(",", "").isspace() and following[0] != ",":
                yield Segment(following[0], first_line=line, first_column=column)

    def _row(self) -> Row:
        """Read the row that begins here, with or without escapes; where there is none, tell where text ends."""
        cursor = self._cursor
        while True:
            text, at, grammar = cursor.text, cursor.at, self._grammar
            end = min(len(text), at + self._limit)
            if row := read_plain(text, at, end, grammar):
                return row
            row = read_any(text, at, end, grammar)
            if not (row.is_open and len(text) < at + self._limit and cursor.grow()):
                break
        is_open = row.is_open
        if self._patience > 0:
            other_grammar = Grammar.STANDARD if grammar is Grammar.MYSQL else Grammar.MYSQL
            other = read_plain(text, at, row.end, other_grammar)
            if other is None and row.cells is None:
                other = read_any(text, at, row.end, other_grammar)
            if other and other.cells is not None:
                self._patience -= 1
                self._grammar = other_grammar
                return other
            is_open |= bool(other and other.is_open)
        return row if row.cells is not None else Row(None, self._end_of(row, at), is_open)

    def _copy(self, head: Head) -> Iterator[Piece]:
        cursor = self._cursor
        yield from self._close_text()
        self._ending.enter_copy()
        while True:
            end = cursor.text.find("\n", cursor.at, cursor.at + self._limit)
            if end < 0:
                if len(cursor.text) - cursor.at < self._limit and cursor.grow():
                    continue
                if not 0 < len(cursor.text) - cursor.at < self._limit:
                    return
                end = len(cursor.text)
            line = cursor.text[cursor.at : end].removesuffix("\r")
            cells = read_copied(line)
            if line == r"\." or (head.headers and len(cells) != len(head.headers)):
                return
            yield from self._tables.add(head, cells, cursor, end, Grammar.COPY)
            cursor.at = min(end + 1, len(cursor.text))
