"""The XML of a part: read whole or in a stream, it is the same."""

from __future__ import annotations

import pytest
from lxml import etree

from piiscan import ooxml
from piiscan.ooxml import is_named, iter_blocks, iter_outside
from piiscan.piece import Problem

NAMES = frozenset({"p", "tbl"})


@pytest.mark.parametrize(
    "content",
    [
        "<d><p><t>1</t></p>tail<tbl><p/></tbl><s><p><tbl/></p></s><t a='1'>2</t><!-- c --></d>",
        "<p><p/></p>",
        "<d><x><p>1</p></x><p>2",
        "<d/>",
    ],
)
def test_a_part_in_a_stream_is_the_same_as_a_whole_one(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def list_all() -> list[object]:
        found: list[object] = []
        for element in iter_blocks(content.encode(), NAMES):
            if isinstance(element, Problem):
                found.append(element)
            elif is_named(element, NAMES):
                found.append(etree.tostring(element, with_tail=False))
            else:
                outside = iter_outside(element, NAMES)
                found += [(None if each is None else each.tag, tail.strip()) for each, tail in outside]
        return found

    whole = list_all()
    monkeypatch.setattr(ooxml, "_WHOLE", 0)
    assert list_all() == whole
