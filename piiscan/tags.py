"""HTML as a stream of text, tags and raw runs with their places: tolerant, linear, in bounded memory.

The standard library's parser holds an unclosed comment or tag whole and reads it again with each block; here
a raw run (comment, script, style) streams, and a tag without an end is given as text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from piiscan.blocks import SIZE, advance
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.cursor import Cursor


class Text(NamedTuple):
    """Text between tags, references decoded."""

    text: str
    spot: Spot


class Tag(NamedTuple):
    """A tag, its name in lower case; `values` holds (name, raw value, index in `raw`) of its attributes."""

    name: str
    is_end: bool
    raw: str
    spot: Spot
    values: tuple[tuple[str, str, int], ...] = ()


class Raw(NamedTuple):
    """A piece of a comment, script or style sheet; `part` says which, `is_last` that it ends here."""

    part: str
    text: str
    spot: Spot
    is_last: bool


class Attribute(NamedTuple):
    """An attribute with its value, references decoded, where the value begins."""

    name: str
    value: str
    spot: Spot


_TAG_START = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_BARE_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)>")
_TAG_END = re.compile(r"[\s/]*+>")
# Matched one by one: a pattern for the whole tag could try each attribute with and without its value.
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""")
# Mail addresses stand in angle brackets, and then pass for tags; numbers for attributes without a value.
_TELLING = re.compile(r"@|[0-9]{4}")
_REFERENCE = 40  # characters: the longest reference that a block border may split
# How a raw run begins and ends, the longest beginning first.
_RUNS = (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<!", ">"), ("<?", ">"))
_LONGEST_OPENING = len("<![CDATA[")
_LONGEST_END = len("</script>")
_RAW_ELEMENTS = {name: re.compile(rf"(?i)(?=</{name}\b)") for name in ("script", "style")}
_RAW_ENDS = {end: re.compile(re.escape(end)) for _, end in _RUNS}


def iter_markup(cursor: Cursor, limit: int = SIZE) -> Iterator[Text | Tag | Raw]:
    """Yield the markup at `cursor` to its end; a tag of more than `limit` characters is text."""
    while cursor.at < len(cursor.text) or cursor.grow():
        if cursor.text[cursor.at] != "<":
            yield _read_text(cursor)
        elif len(cursor.text) - cursor.at < _LONGEST_OPENING and cursor.grow():
            continue
        elif _TAG_START.match(cursor.text, cursor.at):
            yield from _iter_tag(cursor, limit)
        elif run := next((run for run in _RUNS if cursor.text.startswith(run[0], cursor.at)), None):
            cursor.move(cursor.at + len(run[0]))
            yield from _iter_raw(cursor, "comment", _RAW_ENDS[run[1]])
        else:
            yield _take(cursor, cursor.at + 1)


def iter_attributes(tag: Tag) -> Iterator[Attribute]:
    """Yield the attributes of a tag that have a value, or a name that looks like one."""
    line, column, _ = tag.spot
    at = 0
    for name, raw, index in tag.values:
        line, column = advance(line, column, tag.raw[at:index])
        at = index
        yield Attribute(name.lower(), html.unescape(raw), Spot(line, column, straight="&" not in raw))


def _iter_tag(cursor: Cursor, limit: int) -> Iterator[Text | Tag | Raw]:
    while True:
        tag = _find_tag(cursor)
        if tag or len(cursor.text) - cursor.at > limit or not cursor.grow():
            break
    if tag is None:
        # A tag fails only for want of an end. What it ate is text, or the next "<" would eat it all again.
        yield _take(cursor, len(cursor.text))
        return
    if _TELLING.search(tag.name):
        yield Text(tag.raw, tag.spot)
        return
    yield tag
    if not tag.is_end and tag.name in _RAW_ELEMENTS:
        yield from _iter_raw(cursor, tag.name, _RAW_ELEMENTS[tag.name])


def _find_tag(cursor: Cursor) -> Tag | None:
    """Read the tag at the cursor, or None where it has no end yet."""
    text, start = cursor.text, cursor.at
    if bare := _BARE_TAG.match(text, start):  # most tags: they need not be looked at piece by piece
        spot = cursor.spot()
        return Tag(bare[2].lower(), bool(bare[1]), cursor.move(bare.end()), spot)
    opening = _TAG_START.match(text, start)
    end = opening.end() if opening else start
    values = []
    while attribute := _ATTRIBUTE.match(text, end):
        end = attribute.end()
        group = attribute.lastindex or 1
        if group > 1 or _TELLING.search(attribute[1]):
            values.append((attribute[1], attribute[group], attribute.start(group) - start))
    closing = _TAG_END.match(text, end)
    if not (opening and closing):
        return None
    spot = cursor.spot()
    return Tag(opening[2].lower(), bool(opening[1]), cursor.move(closing.end()), spot, tuple(values))


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
    line, column, _ = cursor.spot()
    raw = cursor.move(end)
    if "&" in raw:
        return Text(html.unescape(raw), Spot(line, column, straight=False))
    return Text(raw, Spot(line, column))


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
