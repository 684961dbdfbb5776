"""The XML of a part: read whole or in a stream, it is the same."""

from __future__ import annotations

import pytest
from lxml import etree

from piiscan import ooxml
from piiscan.ooxml import is_named, is_silent, iter_blocks, iter_outside
from piiscan.piece import Problem
from tests.wordparts import read

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


SILENT = '<?xml version="1.0"?>\n<w:styles xmlns:w="urn:w">\n <w:style w:val="a"><w:sz/></w:style></w:styles>\n'


@pytest.mark.parametrize(
    "data",
    [
        SILENT,
        SILENT.replace("<w:sz/>", "<w:sz>0</w:sz>"),
        SILENT.replace("<w:sz/>", "<w:tag w:val='0'/>"),
        SILENT.replace("<w:sz/>", '<w:docVar\nw:val="0"/>'),
        SILENT.replace("<w:sz/>", "<w:p/>"),
        SILENT.replace("<w:sz/>", '<w:docPr w:id="0" val="1"/>'),
        SILENT.replace("<w:sz/>", '<w:docPr w:id="0" name="1"/>'),
        SILENT.replace("w:val", "w:title"),
        SILENT.replace("w:val=", "title\n="),
        SILENT.replace("<w:sz/>", "<!-- 0 -->"),
        SILENT.replace("<w:sz/>", '<?x y="0"?>'),
        SILENT.replace("<w:sz/>", "<![CDATA[0]]>"),
        SILENT.replace("<w:sz/>", "&#48;"),
        SILENT.replace("<w:sz/>", "<w:sz>"),
        SILENT.replace("<w:sz/>", '<w:sz w:a="1" w:a="1"/>'),
        SILENT.replace("?xml", "?x"),
        SILENT.replace("?>", "?><!DOCTYPE x>"),
        SILENT[:-20],
        "<!-- 0 -->" + SILENT[22:],
        "",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_that_says_nothing_is_told_from_one_that_does(data: str, encoding: str) -> None:
    assert read(data.encode(encoding), part="other") == read(data.encode(encoding), part="other", slowly=True)


def test_a_part_that_says_nothing_is_known_at_a_glance() -> None:
    part, title, none = SILENT.encode(), frozenset({"title"}), frozenset[str]()
    assert is_silent(part, frozenset({"tag"}), title, none)
    assert is_silent(part, frozenset({"tag"}), title, frozenset({"alias"}))
    assert not is_silent(part, frozenset({"sz"}), title, none)
    assert not is_silent(part, frozenset({"tag"}), frozenset({"val"}), none)
    assert not is_silent(part, frozenset({"tag"}), title, frozenset({"style"}))
    assert is_silent(part.replace(b"w:val=", b"w:w="), frozenset({"tag"}), title, frozenset({"style"}))
