"""The parts of Office documents as pieces: running text, tables, and whatever stands outside of both."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from piiscan.blocks import Blocks, iter_segments
from piiscan.encoding import iter_text
from piiscan.ooxml import iter_elements
from piiscan.piece import Problem, Segment
from piiscan.runs import Content, iter_attributes, local_name, plain_text, read_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from piiscan.piece import Piece

_BLOCKS, _NO_BLOCKS = ("{*}p", "{*}tbl"), ("{-}-",)
#: Parts of values, in elements of any name: what they call a paragraph may be anything.
_DATA = frozenset({"properties", "custom XML", "links"})
_BLOCK_NAMES = frozenset({"p", "tbl"})


def iter_pieces(data: bytes, part: str, iter_table: Callable[[Element, str], Iterator[Piece]]) -> Iterator[Piece]:
    """Yield the text of a part called `part`: running text in blocks, tables by `iter_table`, and the rest."""
    blocks = Blocks(part=part, line=None)
    last: Element | None = None
    for element in iter_elements(data, _NO_BLOCKS if part in _DATA else _BLOCKS):
        if isinstance(element, Problem):
            yield element
            if element.reason == "entities":  # nothing of it is parsed: its text is read as it stands
                yield from iter_segments(iter_text(io.BytesIO(data)), blocks)
                return
            continue
        last = element
        if part in _DATA or not _is_block(element) or _is_inside(element):
            continue
        if local_name(element.tag) == "tbl":
            yield from iter_table(element, part)
        else:
            text = plain_text(element)
            content = Content() if text is not None else read_content(element)
            if content.boxes:
                yield Segment("\n".join(box.text for box in content.boxes), part="textbox", first_line=None)
            yield from blocks.feed(f"{content.text if text is None else text}\n")
            yield from content.iter_asides()
            for table in content.iter_tables():
                yield from iter_table(table, part)
        _drop(element)
    yield from blocks.close()
    if last is not None:
        yield from _iter_rest(last, part)


def _is_inside(element: Element) -> bool:
    return any(_is_block(above) for above in element.iterancestors())


def _is_block(element: Element) -> bool:
    return isinstance(element.tag, str) and local_name(element.tag) in _BLOCK_NAMES


def _drop(element: Element) -> None:
    """Forget a block that was read, and the one before it: the parser still needs the last."""
    tail = element.tail
    element.clear()
    element.tail = tail
    previous, parent = element.getprevious(), element.getparent()
    if previous is None or parent is None or not _is_block(previous) or (previous.tail or "").strip():
        return
    parent.remove(previous)


def _iter_rest(root: Element, part: str) -> Iterator[Segment]:
    """Yield what stands outside of all paragraphs: values of elements, attributes. Each distinct one once."""
    seen: set[tuple[str, str]] = set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            texts = [("", element.text or "")]
        else:
            parent = element.getparent()
            named = parent.get("name", "") if parent is not None else ""
            texts = [(named or local_name(element.tag), element.text or ""), *iter_attributes(element, part)]
        texts.append(("", element.tail or ""))
        for hint, text in texts:
            if (hint, text) not in seen and text.strip():
                seen.add((hint, text))
                yield Segment(text.strip(), part=part, hint=hint, first_line=None)
