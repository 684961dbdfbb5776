"""What a paragraph or a cell holds: its text joined over the runs, and what stands beside that text.

Elements are known by their local names, because the strict and the usual form of the formats, and Word and
PowerPoint, differ in namespaces only. Deleted text would break the text around it, so that text comes as it stands
now, and once more as it was before the changes, with only the changed middle to report from (part "deleted").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from piiscan.ooxml import local_name
from piiscan.piece import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_TAGS = 1024  # remembered: tags are the document's, and may be any number
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "tblGrid", "endParaRPr"})  # a tab in them is a tab stop
_LAYOUT = frozenset("posOffset align pctWidth pctHeight pctPosHOffset pctPosVOffset".split())
_OLD, _NEW = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_FIELDS = frozenset({"instrText", "delInstrText", "fldChar"})
#: Attributes that people fill; the rest are identifiers and measures, which only look like somebody's numbers.
TOLD = frozenset("instr descr title string tooltip author userId displayText".split())
#: Elements whose value is what somebody typed.
NAMELESS = frozenset("alias tag default docVar listItem listEntry statusText helpText docPr cNvPr".split())
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


# What says nothing of its own beside its text: everything else takes the long way.
_SILENT = frozenset("bookmarkStart bookmarkEnd proofErr lastRenderedPageBreak".split()) | _PROPERTIES


def plain_text(paragraph: Element) -> str | None:
    """Give the text of a paragraph that holds nothing but plain runs, as nearly all do, or None: a fast way."""
    texts = []
    for child in paragraph:
        kind = _kind(child.tag)
        if kind == "r":
            for piece in child:
                kind = _kind(piece.tag)
                if kind == "t":
                    texts.append(piece.text or "")
                elif kind or any(_iter_tips(piece)):
                    return None
        elif kind:
            return None
    return "".join(texts)


@lru_cache(maxsize=_TAGS)
def _kind(tag: object) -> str:
    """Give what an element is: a run or text by its name, "" where it says nothing."""
    name = local_name(tag) if isinstance(tag, str) else "?"
    return "" if name in _SILENT else name


def read_content(block: Element) -> Content:
    """Read a paragraph, a cell, or anything else that holds runs."""
    content = Content()
    _walk(block, content, is_now=True, was_before=True)
    return content


def iter_attributes(element: Element, part: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes that tell something, with what they are called; `part` decides which do."""
    name = local_name(element.tag)
    for key, text in element.items():
        attribute = local_name(str(key))
        if part == "links":
            if attribute == "Target" and element.get("TargetMode") == "External":
                yield "", unquote(str(text), errors="replace")
        elif (
            part == "custom XML"
            or (part == "authors" and attribute == "name")
            or attribute in TOLD
            or (name in NAMELESS and attribute in {"val", "value"})
        ):
            yield element.get("name", "") if attribute == "val" else attribute, str(text)


def _walk(element: Element, content: Content, *, is_now: bool, was_before: bool) -> None:
    for child in element:
        if not isinstance(child.tag, str):
            _add_aside(content, child.text, "comment")
            continue
        name = local_name(child.tag)
        if name in _PROPERTIES or (name == "Fallback" and _repeats(child)):
            content.asides += (_aside(tip, "attribute", "tooltip") for tip in _iter_tips(child))
            continue
        for hint, text in iter_attributes(child, ""):
            _add_aside(content, text, "attribute", hint)
        if name == "p":
            content.boxes.append(read_content(child))
        elif name == "tbl":
            content.tables.append(child)
        elif text := _run_text(child, name):
            content.runs.append(Run(text, is_now and name != "delText", was_before))
        elif name in _FIELDS:
            content.instructions.append("\n" if name == "fldChar" else child.text or "")
            _walk(child, content, is_now=is_now, was_before=was_before)
        else:
            if name not in _LAYOUT:
                _add_aside(content, child.text, "other", name)
            _walk(child, content, is_now=is_now and name not in _OLD, was_before=was_before and name not in _NEW)


def _iter_tips(properties: Element) -> Iterator[str]:
    """Yield what a slide says of the links of a run, which are among its properties."""
    for child in properties.iterchildren("*"):  # a comment has no attributes to ask for
        if tip := child.get("tooltip", "").strip():
            yield str(tip)


def _run_text(element: Element, name: str) -> str:
    return (element.text or "") if name in {"t", "delText"} else _BREAKS.get(name, "")


def _add_aside(content: Content, text: str | None, part: str, hint: str = "") -> None:
    if text and text.strip():
        content.asides.append(_aside(text.strip(), part, hint))


def _aside(text: str, part: str, hint: str) -> Segment:
    return Segment(text, part=part, hint=hint, first_line=None)


def _repeats(fallback: Element) -> bool:
    """Tell whether what older programs show says the same as what newer ones do."""
    choice = fallback.getprevious()
    return choice is not None and _text_of(choice) == _text_of(fallback)


def _text_of(element: Element) -> str:
    return "".join(run.text or "" for run in element.iter("{*}t", "{*}delText", "{*}instrText"))
