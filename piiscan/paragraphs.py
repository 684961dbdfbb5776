"""The parts of Office documents as text: paragraphs joined over their runs, tables with cells, and what is beside them.

Elements are known by their local names, because the strict and the usual form of the formats, and Word and
PowerPoint, differ in namespaces only. Deleted text would break the text around it, so that text comes as it stands
now, and once more as it was before the changes, with only the changed middle to report from (part "deleted").
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from piiscan.blocks import Blocks, iter_segments
from piiscan.encoding import iter_text
from piiscan.ooxml import iter_elements
from piiscan.piece import Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from piiscan.piece import Piece

_BLOCKS, _NO_BLOCKS = ("{*}p", "{*}tbl"), ("{-}-",)
#: Parts of values, in elements of any name: what they call a paragraph may be anything.
_DATA = frozenset({"properties", "custom XML", "links"})
_BLOCK_NAMES = frozenset({"p", "tbl"})
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "tblGrid", "endParaRPr"})  # a tab in them is a tab stop
_LAYOUT = frozenset("posOffset align pctWidth pctHeight pctPosHOffset pctPosVOffset".split())
_OLD, _NEW = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_FIELDS = frozenset({"instrText", "delInstrText", "fldChar"})
#: Attributes that people fill; the rest are identifiers and measures, which only look like somebody's numbers.
_TOLD = frozenset("instr descr title string tooltip author userId displayText".split())
_NAMELESS = frozenset("alias tag default docVar listItem listEntry statusText helpText docPr cNvPr".split())
_WORD_END = re.compile(r".*[\s、。,：:；;（）()「」|]", re.DOTALL)


class Run(NamedTuple):
    """Text of a paragraph; it stands there now, stood there before the tracked changes, or both."""

    text: str
    is_now: bool = True
    was_before: bool = True


@dataclass(slots=True)
class Content:
    """What a block holds: its own runs, its tables, and pieces of text that stand beside the running text."""

    runs: list[Run] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    asides: list[Segment] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    boxes: list[Content] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The running text as it stands now."""
        return "".join(run.text for run in self.runs if run.is_now)

    def iter_asides(self) -> Iterator[Segment]:
        """Yield what is no running text: the text before changes, fields, text boxes, attributes."""
        if any(not run.is_now for run in self.runs):
            yield self._before()
        if instruction := "".join(self.instructions).strip():
            yield Segment(unquote(instruction, errors="replace"), part="field", first_line=None)
        for content in self.boxes:
            yield from content.iter_asides()
        yield from self.asides

    @property
    def cell(self) -> str:
        """The text of a table's cell: of the paragraphs in it."""
        return "\n".join((self.text, *(box.text for box in self.boxes))).strip()

    def iter_tables(self) -> Iterator[Element]:
        """Yield the tables inside, those of text boxes too."""
        yield from self.tables
        for content in self.boxes:
            yield from content.iter_tables()

    def _before(self) -> Segment:
        first = next(index for index, run in enumerate(self.runs) if not run.is_now)
        last = max(index for index, run in enumerate(self.runs) if not run.is_now)
        ahead, middle, behind = (
            "".join(run.text for run in runs if run.was_before)
            for runs in (self.runs[:first], self.runs[first : last + 1], self.runs[last + 1 :])
        )
        # A value may begin before the part of it that was deleted.
        begun = _WORD_END.match(ahead)
        lead = begun.end() if begun else 0
        return Segment(ahead + middle + behind, part="deleted", first_line=None, lead=lead, tail=len(behind))


@cache
def local_name(tag: str) -> str:
    """Give the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def read_content(block: Element) -> Content:
    """Read a paragraph, a cell, or anything else that holds runs."""
    content = Content()
    _walk(block, content, is_now=True, was_before=True)
    return content


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
        if part in _DATA or local_name(element.tag) not in _BLOCK_NAMES or _is_inside(element):
            continue
        if local_name(element.tag) == "tbl":
            yield from iter_table(element, part)
        else:
            content = read_content(element)
            if content.boxes:
                yield Segment("\n".join(box.text for box in content.boxes), part="textbox", first_line=None)
            yield from blocks.feed(f"{content.text}\n")
            yield from content.iter_asides()
            for table in content.iter_tables():
                yield from iter_table(table, part)
        tail = element.tail
        element.clear()
        element.tail = tail
    yield from blocks.close()
    if last is not None:
        yield from _iter_rest(last, part)


def _is_inside(element: Element) -> bool:
    return any(
        isinstance(above.tag, str) and local_name(above.tag) in _BLOCK_NAMES for above in element.iterancestors()
    )


def _iter_rest(root: Element, part: str) -> Iterator[Segment]:
    """Yield what stands outside of all paragraphs: values of elements, attributes. Each distinct one once."""
    seen: set[tuple[str, str]] = set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            texts = [("", element.text or "")]
        else:
            parent = element.getparent()
            named = parent.get("name", "") if parent is not None else ""
            texts = [(named or local_name(element.tag), element.text or ""), *_iter_attributes(element, part)]
        texts.append(("", element.tail or ""))
        for hint, text in texts:
            if (hint, text) not in seen and text.strip():
                seen.add((hint, text))
                yield Segment(text.strip(), part=part, hint=hint, first_line=None)


def _iter_attributes(element: Element, part: str) -> Iterator[tuple[str, str]]:
    name = local_name(element.tag)
    for key, text in element.attrib.items():
        attribute = local_name(str(key))
        if part == "links":
            if attribute == "Target" and element.get("TargetMode") == "External":
                yield "", unquote(str(text), errors="replace")
        elif part == "custom XML" or attribute in _TOLD or (name in _NAMELESS and attribute in {"val", "value"}):
            yield element.get("name", "") if attribute == "val" else attribute, str(text)


def _walk(element: Element, content: Content, *, is_now: bool, was_before: bool) -> None:
    for child in element:
        if not isinstance(child.tag, str):
            _add_aside(content, child.text, "comment")
            continue
        name = local_name(child.tag)
        if name in _PROPERTIES or (name == "Fallback" and _repeats(child)):
            continue
        for hint, text in _iter_attributes(child, ""):
            _add_aside(content, text, "attribute", hint)
        if name == "p":
            content.boxes.append(read_content(child))
        elif name == "tbl":
            content.tables.append(child)
        elif text := _run_text(child, name):
            content.runs.append(Run(text, is_now and name != "delText", was_before))
        elif name in _FIELDS:
            content.instructions.append("\n" if name == "fldChar" else child.text or "")
        else:
            if name not in _LAYOUT:
                _add_aside(content, child.text, "other", name)
            _walk(child, content, is_now=is_now and name not in _OLD, was_before=was_before and name not in _NEW)


def _run_text(element: Element, name: str) -> str:
    return (element.text or "") if name in {"t", "delText"} else _BREAKS.get(name, "")


def _add_aside(content: Content, text: str | None, part: str, hint: str = "") -> None:
    if text and text.strip():
        content.asides.append(Segment(text.strip(), part=part, hint=hint, first_line=None))


def _repeats(fallback: Element) -> bool:
    """Tell whether what older programs show says the same as what newer ones do."""
    choice = fallback.getprevious()
    return choice is not None and _text_of(choice) == _text_of(fallback)


def _text_of(element: Element) -> str:
    return "".join(run.text or "" for run in element.iter("{*}t", "{*}delText", "{*}instrText"))
