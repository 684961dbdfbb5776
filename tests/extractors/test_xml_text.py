"""XML becomes rows with true places; what is refused or broken is read as text and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan.extractors.xml_text import iter_pieces
from piiscan.piece import Problem, Segment, Table

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "xml_text:extract_xml"
CUSTOMERS = """<?xml version="1.0" encoding="UTF-8"?>
<customers>
  <customer id="7"><name>山田太郎</name><tel kind="home">090-0000-0001</tel></customer>\r
  <customer id="8"><name>佐藤花子</name><tel kind="work">090-0000-0002</tel></customer>
</customers>
"""


def test_records_are_rows(read: Read) -> None:
    pieces = read(ROW, CUSTOMERS)
    (table,) = pieces.tables
    assert dict(zip(table.headers, table.columns, strict=True)) == {
        "customer.id": ("7", "8"),
        "tel.kind": ("home", "work"),
        "customer.name": ("山田太郎", "佐藤花子"),
        "customer.tel": ("090-0000-0001", "090-0000-0002"),
    }
    place = table.locate(table.headers.index("customer.tel"), 1, 4)
    assert (place.line, place.column) == (4, 58)
    assert table.locate(0, 1, 0).line == 4
    pieces.assert_shape()


@pytest.mark.parametrize("codec", ["cp932", "euc-jp", "utf-16", "iso-2022-jp"])
def test_bytes_decide_whatever_is_declared(read: Read, codec: str) -> None:
    pieces = read(ROW, CUSTOMERS.encode(codec))
    assert ("customer.name", "山田太郎") in pieces.cells
    assert pieces.reasons == []


def test_repeated_children_make_a_column(read: Read) -> None:
    pieces = read(ROW, "<tels>" + "".join(f"<tel>{index}</tel>" for index in range(5)) + "</tels>")
    assert sorted(pieces.cells) == [("tels.tel", str(index)) for index in range(5)]
    pieces.assert_places()


def test_mixed_text_is_joined_once(read: Read) -> None:
    pieces = read(ROW, '<p>電話 <b>090</b>-<i href="mailto:a@example.jp">0000</i>-0001 まで</p>')
    (segment,) = pieces.segments
    assert (segment.text, segment.hint, segment.first_column) == ("電話 090-0000-0001 まで", "p", 4)
    assert pieces.cells == [("i.href", "mailto:a@example.jp")]


def test_references_cdata_comments_and_instructions(read: Read) -> None:
    pieces = read(ROW, "<a><!-- 090-0000-0001 --><b>x&amp;y &#x5C71;</b><c><![CDATA[<090>]]></c><?php tel?></a>")
    assert dict(pieces.cells) == {"a.b": "x&y 山", "a.c": "<090>"}
    assert [(segment.text, segment.part) for segment in pieces.segments] == [
        (" 090-0000-0001 ", "comment"),
        ("tel", "comment"),
    ]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "090-0000-0001">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://x/">',
    ],
)
def test_entities_are_refused_and_the_text_is_read(read: Read, declared: str) -> None:
    pieces = read(ROW, f"<?xml version='1.0'?>\n<!DOCTYPE r [\n{declared}\n]>\n<r>&a; 090-0000-0002</r>")
    assert pieces.reasons == ["entities"]
    (segment,) = pieces.segments
    assert declared in segment.text
    assert segment.text.endswith("<r>&a; 090-0000-0002</r>")
    pieces.assert_places()


def test_a_doctype_without_entities_is_read(read: Read) -> None:
    pieces = read(ROW, '<!DOCTYPE plist PUBLIC "-//X//DTD" "http://example.jp/x.dtd"><plist><k>v&nbsp;</k></plist>')
    assert pieces.reasons == []
    assert pieces.texts == ["v"]


BROKEN = [
    "<r><a>090-0000-0001</a><b>090-0000-0002</c><d>090-0000-0003</d></r>",
    "<r><a>090-0000-0001</a><b x='090-0000-0002' y=<d>090-0000-0003</d></r>",
    "<r><a>090-0000-0001</a><b>090-0000-0002 &oops; 090-0000-0003",
    "<r><a>090-0000-0001</a></r><r>090-0000-0002</r>090-0000-0003",
    "<r>\n<a>090-0000-0001</a>\n<b>090-0000-0002</b>\n<c 090-0000-0003",
    "090-0000-0001 090-0000-0002 090-0000-0003",
    "<r a='090-0000-0001' b='090-0000-0002' <090-0000-0003>",
    "<r>&090-0000-0001;<a>090-0000-0002</a>090-0000-0003",
    "<r><![CDATA[&090-0000-0001]]>&amp;090-0000-0002 &#x30;\r\n & 090-0000-0003 < </r>",
    "<r><!-- 090-0000-0001 --><b>090-0000-0002</b><!-- 090-0000-0003 ",
]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("chunk", [1, 5, 1000])
def test_broken_xml_loses_nothing(broken: str, chunk: int) -> None:
    pieces = list(iter_pieces(iter([broken]), chunk))
    assert [piece.reason for piece in pieces if isinstance(piece, Problem)] == ["xml"]
    texts = [piece.text for piece in pieces if isinstance(piece, Segment)]
    texts += [cell for piece in pieces if isinstance(piece, Table) for column in piece.columns for cell in column]
    for number in ("090-0000-0001", "090-0000-0002", "090-0000-0003"):
        assert sum(text.count(number) for text in texts) == 1


@pytest.mark.parametrize("broken", BROKEN)
def test_the_rest_of_broken_xml_has_its_place(read: Read, broken: str) -> None:
    read(ROW, broken).assert_places()


def test_deep_nesting(read: Read) -> None:
    assert read(ROW, "<a>" * 50_000 + "x" + "</a>" * 50_000).cells == [("a.a", "x")]
    assert read(ROW, "<a>" * 200_001 + "090").reasons == ["xml"]


def test_long_text_streams_in_blocks(read: Read) -> None:
    text = "0123456789" * 250_000
    pieces = read(ROW, f"<r><a>{text}</a><b>y</b></r>")
    cores = [segment.text[segment.lead : len(segment.text) - segment.tail] for segment in pieces.segments]
    assert "".join(cores) == text
    assert {segment.hint for segment in pieces.segments} == {"a"}
    assert ("r.b", "y") in pieces.cells
    pieces.assert_places()


def test_an_endless_comment_is_text(read: Read) -> None:
    pieces = read(ROW, "<r><!-- " + "x" * 5_000_000 + " 090-0000-0001")
    assert pieces.reasons == ["xml"]
    assert pieces.segments[-1].text.endswith("090-0000-0001")


@settings(max_examples=150, deadline=None)
@given(st.text("<>/ab1&;!-[]?\"'= \n", max_size=60), st.integers(1, 20))
def test_no_digit_of_any_text_is_lost(source: str, chunk: int) -> None:
    found = 0
    for piece in iter_pieces(iter([f"<r>{source}</r>"]), chunk):
        if isinstance(piece, Table):
            found += sum("".join((*piece.headers, *column)).count("1") for column in piece.columns)
        elif isinstance(piece, Segment):
            found += piece.text.count("1") + piece.hint.count("1")
    assert found >= (source.count("1") if "#" not in source else 0)
