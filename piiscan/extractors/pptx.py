"""PowerPoint documents: every part of the package, so also hidden slides, notes, comments and masters.

A slide's number is its page, in the order in which the presentation shows it; its notes and comments have the same.
The text of each slide is one text, shape after shape. Embedded objects are members.
"""

from __future__ import annotations

import io
import posixpath
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from piiscan.grids import iter_table
from piiscan.ooxml import is_xml, iter_blocks, local_name
from piiscan.package import Package, iter_members, make_seekable, open_package
from piiscan.pages import Pages
from piiscan.paragraphs import iter_pieces
from piiscan.piece import Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from lxml.etree import _Element as Element

    from piiscan.package import Part
    from piiscan.piece import Piece

_NAMES = (
    ("ppt/slides/", "slide"),  # first, as most parts are
    ("docprops/", "properties"),
    ("customxml/", "custom XML"),
    ("ppt/notesslides/", "notes"),
    ("ppt/notesmasters/", "master"),
    ("ppt/handoutmasters/", "master"),
    ("ppt/slidemasters/", "master"),
    ("ppt/slidelayouts/", "master"),
    ("ppt/comments/", "comments"),
    ("ppt/commentauthors", "authors"),
    ("ppt/authors", "authors"),
    ("ppt/charts/", "chart"),
    ("ppt/diagrams/", "diagram"),
    ("ppt/presentation", "settings"),
)
_OF_A_SLIDE = frozenset({"notes", "comments", "chart", "diagram"})
_INDEX = "ppt/presentation.xml"


def extract_pptx(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text and tables of all parts of the presentation in `stream`."""
    package = open_package(make_seekable(stream))
    if isinstance(package, Package):
        with package.archive:
            yield from _iter_package(package)
    elif package:
        yield package


def _iter_package(package: Package) -> Iterator[Piece]:
    pages = _find_pages(replace(package))  # what is read for that counts against no limit
    slides: dict[str, bool] = {}
    for part in package.iter_parts():
        if isinstance(part, Problem):
            slides = dict.fromkeys((name for name in pages if name_part(name) == "slide"), False) | slides
            yield part
        elif is_xml(part.data):
            is_whole = True
            for piece in _iter_part(part, pages.get(_owner(part.name))):
                is_whole &= not isinstance(piece, Problem)
                yield piece
            if name_part(part.name) == "slide":
                slides[part.name] = is_whole
        else:
            yield from iter_members(part.name, partial(io.BytesIO, part.data))
    if slides:
        yield Pages(sum(slides.values()), len(slides) - sum(slides.values()))


def name_part(path: str) -> str:
    """Name a part in words of our own: names in a package are anybody's text.

    >>> name_part("ppt/slides/slide2.xml"), name_part("ppt/slides/_rels/slide2.xml.rels"), name_part("x.xml")
    ('slide', 'links', 'other')
    """
    path = path.lower().lstrip("/")
    if path.endswith(".rels"):
        return "links"
    return next((name for start, name in _NAMES if path.startswith(start)), "other")


def _iter_part(part: Part, page: int | None) -> Iterator[Piece]:
    for piece in iter_pieces(part.data, name_part(part.name), partial(iter_table, page=page), page):
        yield replace(piece, page=page) if isinstance(piece, Segment) and piece.page != page else piece


def _find_pages(package: Package) -> Mapping[str, int]:
    """Give the slides numbers as they are shown, and with each what is its own (notes, comments, charts)."""
    order: list[str] = []
    relations: dict[str, dict[str, str]] = {}
    for part in package.iter_parts(_tells_order):
        if isinstance(part, Problem):
            continue  # told when all parts are read
        if part.name == _INDEX:
            order = [_relation(element) for element in _iter_named(part, "sldId")]
        else:
            folder = posixpath.dirname(_owner(part.name))
            relations[_owner(part.name)] = {
                element.get("Id", ""): _resolve(folder, element.get("Target", ""))
                for element in _iter_named(part, "Relationship")
            }
    shown = relations.get(_INDEX, {})
    pages = {shown[key]: page for page, key in enumerate(order, 1) if key in shown}
    for slide, page in tuple(pages.items()):
        for target in relations.get(slide, {}).values():
            if name_part(target) in _OF_A_SLIDE:
                pages.setdefault(target, page)
    return pages


def _tells_order(name: str) -> bool:
    return name == _INDEX or name.endswith("presentation.xml.rels") or name.startswith("ppt/slides/_rels/")


def _owner(name: str) -> str:
    """Give the part that a part of relations belongs to; any other part is its own.

    >>> _owner("ppt/slides/_rels/slide1.xml.rels")
    'ppt/slides/slide1.xml'
    """
    return name.replace("/_rels/", "/").removesuffix(".rels") if "/_rels/" in name else name


def _resolve(folder: str, target: str) -> str:
    """Give the part that a relation leads to.

    >>> _resolve("ppt/slides", "../comments/c.xml"), _resolve("ppt", "slides/s.xml"), _resolve("ppt", "/ppt/s.xml")
    ('ppt/comments/c.xml', 'ppt/slides/s.xml', 'ppt/s.xml')
    """
    if target.startswith("/") or "./" in target or "//" in target:
        return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
    return f"{folder}/{target}"  # as nearly all are; to take a path apart takes longer than to read the element


def _iter_named(part: Part, name: str) -> Iterator[Element]:
    for element in iter_blocks(part.data, frozenset({name})):
        if not isinstance(element, Problem) and local_name(element.tag) == name:
            yield element


def _relation(slide: Element) -> str:
    """Give the relation's name: the `id` with a namespace, not the number beside it."""
    return next((str(text) for key, text in slide.attrib.items() if str(key).endswith("}id")), "")
