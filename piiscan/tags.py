"""HTML as a stream of text, tags and raw runs with their places: tolerant, linear, in bounded memory.

The standard library's parser holds an unclosed comment or tag whole and reads it again with each block; here
a raw run (comment, script, style) streams, and a tag without an end is given as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from piiscan import possessive
from piiscan.blocks import SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.cursor import Cursor
    from piiscan.tables import Spot


class Text(NamedTuple):
    """Text between tags as it is in the file, references and all; `at` is its index in the window."""

    text: str
    at: int


class Tag(NamedTuple):
    """A tag, its name in lower case, its attributes as they are in the file; `shift` is their index in the tag."""

    name: str
    is_end: bool
    attributes: str
    shift: int


class Run(NamedTuple):
    """Markup that is plain as far as it looks: what follows each `<` from index `at` of the window on.

    Who reads it leaves the cursor behind what was plain: tags that `read_tag` can read, and the text after each.
    """

    pieces: list[str]
    at: int


class Lone(NamedTuple):
    """A tag read by itself, with its index in the window."""

    tag: Tag
    at: int


class Raw(NamedTuple):
    """A piece of a comment, script or style sheet; `part` says which, `is_last` that it ends here."""

    part: str
    text: str
    spot: Spot
    is_last: bool


# fmt: off
#: Elements that do not break the text they stand in.
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data",
    "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "nobr", "q",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
})
# fmt: on
_NAME = r"[^\s/>][^\s/>=]*+"
#: An attribute: the groups are its name, and its value as it is quoted.
ATTRIBUTE = re.compile(rf"""[\s/]*+({_NAME})(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""")
# Possessive throughout: else each attribute would be tried with and without its value.
_ATTRIBUTES = rf"""((?:[\s/]*+{_NAME}(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|%s[^\s>]*+)|(?!\s*+=)))*+)[\s/]*+"""
_TAG = possessive.compiled(rf"<(/?)([A-Za-z][^\s/>]*+){_ATTRIBUTES}>" % "")
# Left to be read alone: names that may be values, raw elements, and open quotes.
_PLAIN_TAG = possessive.compiled(
    rf"(/?)((?!(?i:script|style)(?:[\s/]|\Z))[A-Za-z:_-]++[1-6]?+)(?=[\s/]|\Z){_ATTRIBUTES}" % "(?![\"'])"
)
_SHORTEST_RUN, _LONGEST_RUN = 1 << 8, 1 << 13
#: Mail addresses stand in angle brackets, and then pass for tags; numbers for attributes without a value.
TELLING = re.compile(r"@|[0-9]{4}")
_REFERENCE = 40  # characters: the longest reference that a block border may split
# How a raw run begins and ends, the longest beginning first.
_RUNS = (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<!", ">"), ("<?", ">"))
_LONGEST_OPENING = len("<![CDATA[")
_LONGEST_END = len("</script>")
_TAG_START = re.compile(r"</?[A-Za-z]")
_RAW_ELEMENTS = {name: re.compile(rf"(?i)(?=</{name}\b)") for name in ("script", "style")}
_RAW_ENDS = {end: re.compile(re.escape(end)) for _, end in _RUNS}


def iter_markup(cursor: Cursor, limit: int = SIZE) -> Iterator[Text | Run | Lone | Raw]:
    """Yield the markup at `cursor` to its end; a tag of more than `limit` characters is text.

    The window stays as it is while the caller looks at what was yielded.
    """
    length = _SHORTEST_RUN
    while cursor.at < len(cursor.text) or cursor.grow():
        start, end = cursor.at, _find_run(cursor, length)
        if end > start:
            yield Run(cursor.text[start + 1 : end].split("<"), start)
            # What a run holds behind a tag that is not plain was split in vain.
            length = min(2 * length, _LONGEST_RUN) if cursor.at == end else _SHORTEST_RUN
        if cursor.at == start:
            yield from _iter_one(cursor, limit)


def read_tag(text: str) -> Tag | None:
    """Read what stands between `<` and the next `>` if that is a plain tag."""
    found = _PLAIN_TAG.fullmatch(text)
    return Tag(found[2].lower(), bool(found[1]), found[3], found.start(3) + 1) if found else None


def _find_run(cursor: Cursor, length: int) -> int:
    """Find where a run of at most `length` characters ends: before a `<`."""
    text, start = cursor.text, cursor.at
    if not _TAG_START.match(text, start):
        return start
    end = start + length
    for opening in ("<!", "<script"):
        found = text.find(opening, start + 1, end)
        end = found + 1 if found > 0 else end
    return max(text.rfind("<", start + 1, end), start)


def _iter_one(cursor: Cursor, limit: int) -> Iterator[Text | Lone | Raw]:
    if cursor.text[cursor.at] != "<":
        yield _read_text(cursor)
    elif len(cursor.text) - cursor.at < _LONGEST_OPENING and cursor.grow():
        return
    elif _TAG_START.match(cursor.text, cursor.at):
        yield from _iter_tag(cursor, limit)
    elif opening := next((each for each in _RUNS if cursor.text.startswith(each[0], cursor.at)), None):
        cursor.move(cursor.at + len(opening[0]))
        yield from _iter_raw(cursor, "comment", _RAW_ENDS[opening[1]])
    else:
        yield _take(cursor, cursor.at + 1)


def _iter_tag(cursor: Cursor, limit: int) -> Iterator[Text | Lone | Raw]:
    while True:
        tag = _TAG.match(cursor.text, cursor.at)
        if tag or len(cursor.text) - cursor.at > limit or not cursor.grow():
            break
    if tag is None:
        # A tag fails only for want of an end. What it ate is text, or the next "<" would eat it all again.
        yield _take(cursor, len(cursor.text))
        return
    name = tag[2].lower()
    if TELLING.search(name):
        yield _take(cursor, tag.end())
        return
    start, is_end = cursor.at, bool(tag[1])
    cursor.move(tag.end())
    yield Lone(Tag(name, is_end, tag[3], tag.start(3) - start), start)
    if not is_end and name in _RAW_ELEMENTS:
        yield from _iter_raw(cursor, name, _RAW_ELEMENTS[name])


def _read_text(cursor: Cursor) -> Text:
    end = cursor.text.find("<", cursor.at)
    if end < 0:
        end = len(cursor.text)
        reference = cursor.text.rfind("&", max(cursor.at, end - _REFERENCE))
        if reference > cursor.at:
            end = reference
        elif reference == cursor.at and cursor.grow():
            return _read_text(cursor)
    return _take(cursor, end)


def _take(cursor: Cursor, end: int) -> Text:
    at = cursor.at
    return Text(cursor.move(end), at)


def _iter_raw(cursor: Cursor, part: str, end: re.Pattern[str]) -> Iterator[Raw]:
    """Yield what comes before `end`, in pieces; the last piece may be empty."""
    while True:
        spot = cursor.spot()
        found = end.search(cursor.text, cursor.at)
        if found:
            yield Raw(part, cursor.move(found.start()), spot, is_last=True)
            cursor.move(found.end())
            return
        yield Raw(part, cursor.move(max(cursor.at, len(cursor.text) - _LONGEST_END)), spot, is_last=False)
        if not cursor.grow():
            spot = cursor.spot()
            yield Raw(part, cursor.move(len(cursor.text)), spot, is_last=True)
            return
