"""Word documents: every part of the package, so also what the editor does not show.

Findings are placed by part ("body", "footnotes", "deleted", "properties"...) and, in tables, by cell; a Word document
has no lines. What stands beside the running text has a part of its own: text boxes, fields, attributes, and text as
it was before tracked changes. Objects embedded in the document are members.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from piiscan.grids import iter_table
from piiscan.ooxml import is_xml
from piiscan.package import iter_members, iter_parts
from piiscan.paragraphs import iter_pieces
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

#: How a part's name in the package begins (its folder counts where it says more), and what people call it.
_NAMES = (
    ("docprops/", "properties"),
    ("customxml/", "custom XML"),
    ("word/glossary/", "glossary"),
    ("word/document", "body"),
    ("word/header", "header"),
    ("word/footer", "footer"),
    ("word/footnotes", "footnotes"),
    ("word/endnotes", "endnotes"),
    ("word/comments", "comments"),
    ("word/people", "authors"),
    ("word/settings", "settings"),
    ("word/charts/", "chart"),
    ("word/diagrams/", "diagram"),
)


def extract_docx(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text and tables of all parts of the document in `stream`."""
    for part in iter_parts(stream):
        if isinstance(part, Problem):
            yield part
        elif is_xml(part.data):
            yield from iter_pieces(part.data, name_part(part.name), iter_table)
        else:
            yield from iter_members(part.name, partial(io.BytesIO, part.data))


def name_part(path: str) -> str:
    """Name a part in words of our own: names in a package are anybody's text.

    >>> name_part("word/header2.xml"), name_part("word/_rels/document.xml.rels"), name_part("/word/x.xml")
    ('header', 'links', 'other')
    """
    path = path.lower().lstrip("/")
    if path.endswith(".rels"):
        return "links"
    return next((name for start, name in _NAMES if path.startswith(start)), "other")
