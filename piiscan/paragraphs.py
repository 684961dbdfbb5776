"""The parts of Office documents as pieces: running text, tables, and whatever stands outside of both."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from piiscan.blocks import Blocks, iter_segments
from piiscan.encoding import iter_text
from piiscan.ooxml import find_blocks, is_bare, is_named, is_silent, iter_blocks, iter_outside, local_name
from piiscan.piece import Problem, Segment
from piiscan.plain import MARK, take_plain
from piiscan.runs import NAMELESS, TOLD, iter_attributes, plain_text, read_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from piiscan.piece import Piece
    from piiscan.plain import Rows
    from piiscan.runs import Content

_BLOCKS = frozenset({"p", "tbl"})
#: Parts of values, in elements of any name: what they call a paragraph may be anything.
_DATA = frozenset({"properties", "custom XML", "links"})
#: Parts whose attributes of any name may tell something.
_TELLING = _DATA | {"authors"}
#: What an element of links says that leads out of the document.
_OUTWARD, _NOTHING = frozenset({"TargetMode"}), frozenset[str]()
#: Elements around one that the parser reads, at least.
_DEEP = 200
# Tags of text that is no XML: at the end of a paragraph or cell, and all others. What is declared is no tag.
_END, _TAG = re.compile(r"</(?:\w{1,9}:)?(?:p|tc)>"), re.compile(r"<[/?\w][^<>]{0,4096}>")


def iter_pieces(
    data: bytes, part: str, iter_table: Callable[[Element | Rows, str], Iterator[Piece]], page: int | None = None
) -> Iterator[Piece]:
    """Yield the text of a part called `part`: running text on `page` in blocks, tables by `iter_table`, the rest."""
    blocks = Blocks(part=part, line=None, page=page)
    names = frozenset[str]() if part in _DATA else _BLOCKS
    root: Element | None = None
    is_broken = False
    for element in _iter_blocks(data, part, names):
        if isinstance(element, Problem):
            yield element
            is_broken = True
        elif isinstance(element, str):
            yield from blocks.feed(element)
        elif isinstance(element, list) or local_name(element.tag) == "tbl":
            yield from iter_table(element, part)
        elif not is_named(element, names):
            root = element
        elif (text := plain_text(element)) is not None:
            yield from blocks.feed(f"{text}\n")
        else:
            content = read_content(element)
            yield from _iter_content(content, blocks)
            for table in content.iter_tables():
                yield from iter_table(table, part)
    if is_broken:
        # Nobody can say how far it was read: rather give a value twice than not at all.
        yield from iter_segments(_iter_untagged(data), blocks)
    else:
        yield from blocks.close()
    if root is not None:
        yield from _iter_rest(root, part, names)


def _iter_content(content: Content, blocks: Blocks) -> Iterator[Segment]:
    if content.boxes:
        yield Segment("\n".join(box.text for box in content.boxes), part="textbox", first_line=None)
    yield from blocks.feed(f"{content.text}\n")
    yield from content.iter_asides()


def _iter_blocks(data: bytes, part: str, names: frozenset[str]) -> Iterator[Element | Problem | str | Rows]:
    """Yield the blocks, of plain ones what they hold; last the root. Of a part that says nothing, nothing."""
    if part == "links" and is_bare(data, _NOTHING, _OUTWARD, _NOTHING):
        return
    may_be_silent = part not in _TELLING
    if may_be_silent and is_silent(data, _BLOCKS, TOLD, NAMELESS):
        return
    rest = take_plain(data) if names else None
    # Elements nest no deeper than they end; the parser reads none below its own limit.
    if may_be_silent and rest and rest.data.count(b"</") < _DEEP and is_bare(rest.data, _BLOCKS, TOLD, NAMELESS):
        yield from rest.plain
        return
    found = find_blocks(rest.data, names | {MARK}) if rest else None
    if rest is None or found is None:
        yield from iter_blocks(data, names)
        return
    plain = iter(rest.plain)
    for element in found:
        yield next(plain) if local_name(element.tag) == MARK else element


def _iter_untagged(data: bytes) -> Iterator[str | Problem]:
    for text in iter_text(io.BytesIO(data)):
        yield _TAG.sub("", _END.sub("\n", text)) if isinstance(text, str) else text


def _iter_rest(root: Element, part: str, names: frozenset[str]) -> Iterator[Segment]:
    """Yield what stands outside of all paragraphs: values of elements, attributes. Each distinct one once."""
    seen: set[tuple[str, str]] = set()
    for element, tail in iter_outside(root, names):
        texts = [("", tail)] if tail else []
        if element is not None:
            if text := element.text:
                texts.append((_hint(element), text))
            # An instruction's attributes are its text, which is told.
            if isinstance(element.tag, str) and len(element.attrib):
                texts += iter_attributes(element, part)
        for hint, text in texts:
            if (hint, text) not in seen and text.strip():
                seen.add((hint, text))
                yield Segment(text.strip(), part=part, hint=hint, first_line=None)


def _hint(element: Element) -> str:
    """Name a value by its element or, better, by the name that the element around it was given."""
    if not isinstance(element.tag, str):
        return ""
    parent = element.getparent()
    return (parent.get("name", "") if parent is not None else "") or local_name(element.tag)
