"""Whether SQL stops inside of something: a row, a string, parentheses, a comment, the lines of a COPY.

Only what is read as text gets here, for a row that was read has its end; and of that only the last statement counts.
What begins with no word of SQL is not judged: people keep notes under such names too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan import possessive
from piiscan.sqlheads import BEGUN, HEAD
from piiscan.sqlrows import Grammar, body

if TYPE_CHECKING:
    from collections.abc import Collection

_MARK = re.compile(r"['\"`()]|--|/\*|# ")
_COMMENTS = {"--": "\n", "# ": "\n", "/*": "*/"}
#: What stands in a string, by the sign that ends it and whether it has escapes.
_BODIES = {
    (quote, has_escapes): possessive.compiled(f"(?s){body(quote, has_escapes=has_escapes)}")
    for quote in "'\"`"
    for has_escapes in (False, True)
}
#: How the strings of Oracle end that begin with q and one of these; any other sign is its own end.
_BRACKETS = {"[": "]", "{": "}", "<": ">", "(": ")"}
#: What ends statements; the last of these in a text is where the last one begins.
_ENDS = (";\n", ";\r\n", "\nGO\n", "\nGO\r\n")
_LONGEST = max(map(len, _ENDS)) - 1
_COPY_END = "\n\\."
_ENDED, _LINE_ENDED = re.compile(r";\s*+\Z"), re.compile(r";[ \t]*+\r?\n\s*+\Z")
_VERB = possessive.compiled(
    r"(?i)(?:\s++|--[^\n]*+\n)*+(?:/\*|(?:ALTER|BEGIN|CALL|COMMENT|CREATE|DECLARE|DELETE|EXEC|EXECUTE|GRANT|INSERT|MERGE"
    r"|REPLACE|SELECT|SET|UPDATE|UPSERT|VALUES|WITH)(?![\w$]))"
)
#: So much of the end is remembered.
_TAIL = 64


class Ending:
    """What the text of a dump has open so far."""

    def __init__(self) -> None:
        self._tail = ""
        self.begin()

    def begin(self) -> None:
        """Take what comes next for the beginning of a statement."""
        self._statement = self._quote = self._closer = ""
        self._waiting = "\n"
        self._at = self._depth = 0
        self._has_escapes = self._has_rows = self._is_known = False

    def enter_row(self) -> None:
        """Take what comes next for a row: that has an end of its own, whatever stands in it."""
        self.begin()
        self._has_rows = self._is_known = True

    def enter_copy(self) -> None:
        """Take what comes next for the lines of a COPY: these end with a backslash and a point."""
        self.enter_row()
        self._closer, self._has_rows = _COPY_END, False

    def feed(self, text: str, grammar: Grammar) -> None:
        """Read more of the text, whose strings are those of `grammar`."""
        self._tail = (self._tail + text)[-_TAIL:]
        whole = self._waiting + text
        if not self._is_known and (start := max(_behind(whole, end) for end in _ENDS)):
            self.begin()
            whole = text = whole[start:]
        if len(self._statement) <= HEAD:
            self._statement += text[: HEAD + 1]
        was_known = self._is_known
        self._read(whole, grammar, is_last=False)
        if was_known and not self._is_known:
            self.feed("", grammar)  # what stands behind the row

    def is_cut(self, heads: Collection[str], grammar: Grammar) -> bool:
        """Tell at the end of the text whether it stops inside of something; `heads` are the statements before rows."""
        self._read(self._waiting, grammar, is_last=True)
        if self._closer == _COPY_END:
            return True
        if (_LINE_ENDED if self._is_known else _ENDED).search(self._tail):
            return False
        last = self._statement.strip()
        is_open = self._quote or self._depth or self._closer == "*/"
        if self._is_known or (is_open and (self._has_rows or _VERB.match(last))):
            return True
        return last == "," or bool(BEGUN.fullmatch(last)) or any(head.startswith(last) for head in heads if last)

    def _read(self, text: str, grammar: Grammar, *, is_last: bool) -> None:
        """Go through the text, and keep of its end what waits for the next sign."""
        at, end, was_known = self._at, len(text), self._is_known
        while self._is_known or not was_known:
            if self._quote:
                string = _BODIES[self._quote, self._has_escapes].match(text, at)
                at = string.end() if string else at
                if text[at : at + 1] != self._quote or (at + 1 == end and not is_last):
                    break
                self._quote = ""
                at += 1
            elif self._closer:
                found = text.find(self._closer, at)
                if found < 0:
                    at = max(at, end + 1 - len(self._closer))
                    break
                at = found + len(self._closer)
                self._is_known &= self._closer != _COPY_END
                self._closer = ""
            else:
                mark = _MARK.search(text, at)
                if mark is None or (mark.end() == end and not is_last):
                    at = mark.start() if mark else max(at, end - 1)
                    break
                at = self._enter(mark, text, grammar)
        kept = min(at, _LONGEST) if self._is_known or not was_known else 0
        self._waiting, self._at = text[at - kept :], kept

    def _enter(self, mark: re.Match[str], text: str, grammar: Grammar) -> int:
        """Take in a mark; give where reading goes on."""
        sign, at, before = mark[0], mark.end(), text[max(mark.start() - 1, 0) : mark.start()]
        if sign in _COMMENTS:
            self._closer = _COMMENTS[sign]
        elif sign == "(":
            self._depth += 1
        elif sign == ")":
            self._depth = max(self._depth - 1, 0)
            self._is_known &= self._depth > 0
        elif sign == "'" and before in {"q", "Q"}:
            opener = text[at : at + 1]
            self._closer = _BRACKETS.get(opener, opener) + "'"
            at += len(opener)
        else:
            self._quote = sign
            self._has_escapes = sign != "`" and (grammar is Grammar.MYSQL or before in {"e", "E"})
        return at


def _behind(text: str, end: str) -> int:
    """Give where the last of such ends is over, 0 where there is none."""
    at = text.rfind(end)
    return at + len(end) if at >= 0 else 0
