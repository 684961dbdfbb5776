"""What a paragraph or a cell of an OpenDocument text holds: its text, and what stands beside that text."""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from piiscan.ooxml import local_name
from piiscan.piece import Member, Segment
from piiscan.sheetxml import show_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_MOST_SPACES = 1000
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_BREAKS = {"tab": "\t", "line-break": "\n"}
#: Attributes that people fill, wherever they stand.
TOLD = frozenset(
    "href string-value string-value-if-true string-value-if-false current-value label author description prompt".split()
)
#: And those that they fill in these elements only.
_NAMED = frozenset("table page named-expression named-range database-range user-field-decl variable-decl".split())
_VALUES = frozenset(
    "text textarea password formatted-text combobox hidden listbox item option filter-condition filter-set-item".split()
)
#: Attributes with the elements in which they are filled: a condition is the list to choose from.
_WITHIN = {
    **dict.fromkeys(("name", "expression"), _NAMED),
    "value": _VALUES,
    "title": frozenset({"help-message", "error-message"}),
    "condition": frozenset({"content-validation"}),
}
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_PARAGRAPH, _KIND = f"{{{_SPACE}text:1.0}}p", f"{{{_SPACE}office:1.0}}value-type"
_SPACES = f"{{{_SPACE}text:1.0}}c"
_REPEATED = {kind: f"{{{_SPACE}table:1.0}}number-{kind}-repeated" for kind in ("rows", "columns")}
FORMULA = f"{{{_SPACE}table:1.0}}formula"
_ABOUT = "{http://purl.org/dc/elements/"
_ASIDES = {"ruby-text": "ruby", "title": "attribute", "desc": "attribute"}


@dataclass(slots=True)
class Content:
    """What a block holds: its own text, that of boxes in it, tables, comments, and pieces beside the text."""

    texts: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    asides: list[Segment | Member] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The running text."""
        return "".join(self.texts)

    def add(self, text: str | None) -> None:
        """Take running text; XML's line ends and indents are blanks in it."""
        if text:
            self.texts.append(" ".join(text.split("\n")) if "\n" in text else text)

    def add_aside(self, text: str | None, part: str, hint: str = "") -> None:
        """Take a text that stands beside."""
        if text and text.strip():
            self.asides.append(Segment(text.strip(), part=part, hint=hint, first_line=None))


def read_content(block: Element) -> Content:
    """Read a paragraph, or anything else that holds paragraphs: those are its boxes."""
    content = Content()
    _walk(block, content)
    return content


def read_paragraphs(block: Element, content: Content) -> str:
    """Give the text of the paragraphs of a cell, note or comment; what else it holds goes to `content`."""
    own = read_content(block)
    for kind in ("tables", "comments", "asides"):
        getattr(content, kind).extend(getattr(own, kind))
    return "\n".join((*own.boxes, own.text.strip())).strip("\n")


def iter_told(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element that tell something, with what they are called."""
    name = local_name(element.tag)
    for key, value in element.items():
        attribute = local_name(str(key))
        if attribute in TOLD:
            text = unquote(str(value), errors="replace") if attribute == "href" else str(value)
            if not text.startswith(("#", "./", "Pictures/")):
                yield "" if attribute == "href" else attribute, text
        elif name in _WITHIN.get(attribute, ()):
            yield "", str(value)


def plain_cell(cell: Element) -> str | None:
    """Give what a cell shows that holds one paragraph of nothing but text, as nearly all do, or None: a fast way."""
    if len(cell) == 1 and cell[0].tag == _PARAGRAPH and not len(cell[0]):
        text = cell[0].text or ""
        return text if "\n" not in text else None
    return None if len(cell) or cell.text else ""


def cell_text(cell: Element, shown: str) -> str:
    """Give a cell as people see it: of a number, all digits, as its display may round them or part them by commas."""
    kind = cell.get(_KIND)
    if kind == "string" and shown:
        return shown
    values = {local_name(str(key)): str(value) for key, value in cell.items()} if cell.attrib else {}
    kind = values.get("value-type", "")
    if kind == "date":
        return values.get("date-value", shown).replace("T00:00:00", "").replace("T", " ") or shown
    if kind not in {"float", "currency"} or "value" not in values:
        return shown or values.get("string-value", "")
    try:
        value = show_number(float(values["value"]))
    except (ValueError, OverflowError):
        return shown or values["value"]
    digits = "".join(filter(str.isdecimal, shown))
    return shown if digits.lstrip("0") == value and "," not in shown else value


def open_binary(text: str | None) -> Member | None:
    """Give the file that stands in a flat document as base64."""
    try:
        data = base64.b64decode(text or "")
    except (binascii.Error, ValueError):
        return None
    return Member("object", partial(io.BytesIO, data)) if data else None


def _walk(element: Element, content: Content) -> None:
    content.add(element.text)
    for child in element:
        if isinstance(child.tag, str):
            for hint, text in iter_told(child):
                content.add_aside(text, "attribute", hint)
            _take(child, local_name(child.tag), content)
        else:
            content.add_aside(child.text, "comment")
        content.add(child.tail)


def _take(child: Element, name: str, content: Content) -> None:
    if str(child.tag).startswith(_ABOUT):  # who commented, and when
        content.add_aside(child.text if name == "creator" else "", "authors")
    elif name in _BREAKS or name == "s":
        content.texts.append(_BREAKS.get(name) or " " * _count(child.get(_SPACES), _MOST_SPACES))
    elif name == "annotation":
        content.comments.append(read_paragraphs(child, content))
    elif name == "note-citation":
        pass
    elif name == "note":
        kind = next((str(value) for key, value in child.items() if local_name(str(key)) == "note-class"), "")
        content.add_aside(read_paragraphs(child, content), _NOTES.get(kind, "footnotes"))
    elif name in {"p", "h"}:
        content.boxes.append(read_paragraphs(child, content))
    elif name == "table":
        content.tables.append(child)
    elif name in _ASIDES:
        content.add_aside(child.text, _ASIDES[name])
    elif name == "binary-data":
        content.asides += filter(None, [open_binary(child.text)])
    else:
        _walk(child, content)


def _count(value: str | None, most: int) -> int:
    if value is None or not (value.isascii() and value.isdecimal() and len(value) < 9):  # noqa: PLR2004
        return 1
    return min(int(value), most)


def count_repeats(element: Element, kind: str) -> int:
    """Tell how often a row or cell ("rows", "columns") comes."""
    return max(1, _count(element.get(_REPEATED[kind]), 1 << 24))
