"""The formats that are read, and the words for those that are not: the one table of extractors, a module for each kind.

`docs/formats.md` is written from it, so that what a person may rely on stands beside what makes it true. A module name
with a dot in `row` is absolute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.formats import containers, databases, documents, pictures, plain, post

if TYPE_CHECKING:
    from piiscan.formats.row import Format

FORMATS: tuple[Format, ...] = (
    *plain.ROWS,
    *documents.ROWS,
    *pictures.ROWS,
    *post.ROWS,
    *databases.ROWS,
    *containers.ROWS,
)
