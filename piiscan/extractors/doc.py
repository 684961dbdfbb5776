"""Word documents of the binary kind (.doc): every sub-document, with tables, properties and embedded objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.compound import Compound, open_compound
from piiscan.model import Outcome
from piiscan.oleobjects import iter_objects
from piiscan.package import make_seekable
from piiscan.piece import Problem, Segment
from piiscan.propertysets import iter_properties
from piiscan.wordfile import read_word
from piiscan.wordtext import iter_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_POOL = "ObjectPool"


def extract_doc(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text, tables, properties and embedded objects of the document in `stream`."""
    compound = open_compound(make_seekable(stream))
    if not isinstance(compound, Compound):
        yield from [compound] if compound else ()
        return
    document = read_word(compound)
    if isinstance(document, Problem):
        yield document
        if document.outcome is Outcome.ENCRYPTED:
            return
    else:
        for story in document.iter_stories():
            yield from iter_story(story.text, story.part)
        if drawn := "\n".join(document.iter_drawn()):
            yield Segment(drawn, part="textbox", first_line=None)
        if names := "\n".join(filter(str.strip, document.iter_names())):
            yield Segment(names, part="authors", first_line=None)
        if document.is_cut:
            yield Problem(Outcome.PARTIAL, "damaged")
    yield from iter_properties(compound)
    yield from iter_objects(compound, _POOL)
    yield from iter_objects(compound, but=_POOL)
    yield from [compound.problem] if compound.problem else ()
