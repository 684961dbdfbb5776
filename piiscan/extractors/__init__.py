"""Which extractor reads a file: magic bytes first, the suffix second, "looks like text" last.

To add an extractor, write `extract_x(stream, name)` and one row of the tables in formats/; it is imported on first use.
A format that has no extractor yet is named, because what is not read must never pass for clean.
"""

from __future__ import annotations

import re
from posixpath import splitext
from typing import TYPE_CHECKING, cast

from piiscan.charset import is_mostly_controls, is_text
from piiscan.extractors.signatures import (
    OPEN_DOCUMENT,
    PACKAGE_SUFFIXES,
    PACKAGES,
    SIGNATURES,
    TEXT_SIGNATURES,
    UNREAD_SUFFIXES,
)
from piiscan.formats import FORMATS, containers, post
from piiscan.formats.containers import ZIP
from piiscan.formats.plain import HTML, TEXT, XML
from piiscan.formats.post import CALENDAR, LDIF, MAIL, MAILBOX, MBOX, VCARD
from piiscan.formats.unread import BINARY_SUFFIXES
from piiscan.model import Outcome
from piiscan.piece import Piece, Problem
from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    Extractor = Callable[[BinaryIO, str], Iterator[Piece]]

#: Suffix (lower case) to "module:function"; a module name with a dot is absolute.
EXTRACTORS: dict[str, str] = {suffix: kind.row for kind in FORMATS for suffix in kind.suffixes.split()}

# Formats that are never plain text: a text under such a suffix is read as what it is.
_BINARY = frozenset(kind.row for kind in FORMATS if kind.is_binary)
#: The rows that give places as lines of the file itself.
LINED = frozenset(kind.row for kind in FORMATS if kind.is_lined)
#: The rows of what only carries files: archives, and mail.
CARRIERS = frozenset(kind.row for kind in (*containers.ROWS, *post.ROWS))

# How text begins that says what it is; only asked where the suffix says nothing.
_OPENINGS = (
    (b"<?xml", XML),
    (b"<!doctype html", HTML),
    (b"<html", HTML),
    (b"begin:vcard", VCARD),
    (b"begin:vcalendar", CALENDAR),
    (b"dn: ", LDIF),
    (b"dn:: ", LDIF),
)

# Three fields of a message's header at its top: notes that begin with one "From:" stay text.
_MESSAGE = re.compile(
    rb"(?:(?:return-path|received|delivered-to|from|sender|reply-to|to|cc|bcc|subject|date|message-id|mime-version"
    rb"|envelope-to|delivery-date|received-spf|authentication-results|references|in-reply-to|user-agent|importance"
    rb"|(?:content|x|arc|list|resent|thread|dkim|domainkey)-[a-z-]{1,60}): ?"
    rb"[^\r\n]{0,998}(?:\r?\n[ \t][^\r\n]{0,998}){0,99}\r?\n){3}",
    re.IGNORECASE,
)


def choose(name: str, head: bytes, table: Mapping[str, str] = EXTRACTORS) -> str | Problem:
    """Give the row that reads the file called `name` that begins with `head` (64 KiB), or say why none does.

    A row of `table` that is not ours wins by its suffix alone. An empty file is text: it is read, and holds
    nothing.
    """
    suffix = splitext(f"_{name}")[1].lower()  # .env is a suffix with no name before it
    row = table.get(suffix)
    if row is not None and row != EXTRACTORS.get(suffix):
        return row
    if not head:
        return TEXT
    looks_like_text = is_text(head)
    if found := _find_signature(head, suffix, looks_like_text=looks_like_text):
        return (found == ZIP and _office_row(head, suffix, table)) or found
    if row is not None and not (row in _BINARY and looks_like_text):
        return Problem(Outcome.UNSUPPORTED, "binary") if is_mostly_controls(head) else row
    if not looks_like_text:
        return Problem(Outcome.UNSUPPORTED, "binary")
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:32].lower()
    text = MAIL if _MESSAGE.match(head) else TEXT
    return next((row for start, row in _OPENINGS if opening.startswith(start)), text)


def _office_row(head: bytes, suffix: str, table: Mapping[str, str]) -> str | Problem | None:
    """Tell an office document from a plain zip: by its suffix, or by the names that such a package begins with."""
    if OPEN_DOCUMENT in head[:100]:
        return table.get(".odt")
    if suffix in BINARY_SUFFIXES:
        return Problem(Outcome.UNSUPPORTED, BINARY_SUFFIXES[suffix])
    if suffix not in PACKAGE_SUFFIXES and table.get(suffix) != table.get(".odt"):
        if b"[Content_Types].xml" not in head:
            return None
        suffix = next((known for folder, known in PACKAGES if folder in head), suffix)
    reason = BINARY_SUFFIXES.get(suffix) or suffix.lstrip(".") or "ooxml"
    return table.get(suffix) or Problem(Outcome.UNSUPPORTED, reason)


def open_extractor(row: str) -> Extractor:
    """Import the function of a row. Raises ImportError where an optional library is missing."""
    return cast("Extractor", resolve(__name__, row))


def _find_signature(head: bytes, suffix: str, *, looks_like_text: bool) -> str | Problem | None:
    """Name a known format. Text may begin with "BM" or "MZ": most signatures count in binary files only."""
    if not looks_like_text:
        for offset, mark, found in SIGNATURES:
            if head.startswith(mark, offset):
                return found
    if suffix == ".pyc" and head[2:4] == b"\r\n":
        return Problem(Outcome.SKIPPED, "executable")
    if head.startswith(b"From ") and MAILBOX.match(b"\n" + head):
        return MBOX
    for mark, found in TEXT_SIGNATURES:
        if head.startswith(mark):
            return found
    if suffix in BINARY_SUFFIXES and not looks_like_text:
        return Problem(Outcome.UNSUPPORTED, BINARY_SUFFIXES[suffix])
    return UNREAD_SUFFIXES.get(suffix)
